"""Holds the figures that we find to the specifications of Microsoft's Recognizers-Text, case by case.

Their model of a number and ours differ on purpose, so this is what is compared, and how:

- A case counts when reading its ``Input`` as an English text yields exactly the expected results: as many, in their
  order, each with the same stretch of text and the same value.
- **NumberModel** gives bare numbers: compared are the numbers' own spans (``number_start`` to ``number_end``, and the
  other end of a range) with their values to fifteen digits. Our ordinals, percentages, vague words, ratios and
  durations without a number belong to other models there; a number that touches its unit ("180ml") is none there.
- **PercentModel** gives percentages: the whole span of ours, and the value with "%". Where theirs has no number
  ("a small percent"), there is nothing that we would call a figure.
- **OrdinalModel** gives places: the span of the ordinal and its value.
- **NumberRangeModel** gives intervals: the whole spans of ours that assert more than one number, or say that a number
  equals something. Ends are compared with whether they are open. Where whole things are counted, our "more than 30"
  begins at 31, which is their open 30; their convention for two printed ends, "between 20 and 30", leaves the upper
  end out, and ours keeps it in, as the words do: these count as the same.

Counted are the cases that Recognizers' own Python supports; of ranges it supports none, so all are counted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from provenance.extraction.article import Article
from provenance.extraction.figures import find_figures
from provenance.extraction.reading import FigureFound
from provenance.numerals import Number, share
from provenance.vocabulary import FigureKind, Qualifier


@dataclass(frozen=True, slots=True)
class Failure:
    """A case where something else came out: the place of the case in its file, its text, both lists of results."""

    case: int
    text: str
    expected: tuple[str, ...]
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How many of a model's cases came out exactly as expected."""

    model: str
    cases: int
    failures: tuple[Failure, ...]

    @property
    def share(self) -> float:
        """The part of the cases that is right."""
        return 1 - len(self.failures) / self.cases if self.cases else 0.0


@dataclass(frozen=True, slots=True)
class _Result:
    text: str
    start: int
    value: str

    def __str__(self) -> str:
        return f"{self.text} = {self.value}"


def score(folder: Path, read: Callable[[str], Iterable[FigureFound]] | None = None) -> tuple[Score, ...]:
    """The score of each model whose specification lies in a folder; ``read`` finds the figures of a text."""
    return tuple(
        _score(folder / f"{model}.json", model, results, read or _read)
        for model, results in _MODELS.items()
        if (folder / f"{model}.json").is_file()
    )


def _read(text: str) -> tuple[FigureFound, ...]:
    return find_figures(Article(text, (), "en"))


def _score(path: Path, model: str, results: _Results, read: Callable[[str], Iterable[FigureFound]]) -> Score:
    failures = []
    cases = 0
    for place, case in enumerate(json.loads(path.read_text(encoding="utf-8-sig"))):
        if model != "NumberRangeModel" and not _supported(case):
            continue
        cases += 1
        text = case["Input"]
        expected = tuple(_expected(result, text) for result in case["Results"] if result["Resolution"]["value"])
        found = tuple(results(text, read(text)))
        if model == "NumberRangeModel":
            fits = len(found) == len(expected) and all(map(_same_range, found, expected))
        else:
            fits = found == expected
        if not fits:
            failures.append(Failure(place, text, tuple(map(str, expected)), tuple(map(str, found))))
    return Score(model, cases, tuple(failures))


def _supported(case: dict[str, Any]) -> bool:
    return "python" not in f"{case.get('NotSupported', '')},{case.get('NotSupportedByDesign', '')}"


def _expected(result: dict[str, Any], text: str) -> _Result:
    start = result["Start"] if "Start" in result else text.lower().find(result["Text"].lower())
    end = result["End"] + 1 if "End" in result else start + len(result["Text"])
    value = result["Resolution"]["value"]
    plain = value.rstrip("%")
    if not plain.startswith(("(", "[")):
        plain = _printed(_number(plain))
    return _Result(text[start:end].lower(), start, plain)


def _number(text: str) -> Number:
    return share(Decimal(text), 1)


def _printed(value: Number) -> str:
    return f"{share(value, 1):f}" if isinstance(value, Decimal) else str(share(value, 1))


_Results = Callable[[str, Iterable[FigureFound]], Iterable[_Result]]


def _numbers(text: str, figures: Iterable[FigureFound]) -> Iterable[_Result]:
    for figure in figures:
        if figure.kind in _NO_NUMBERS or figure.rule in ("both", "vague duration"):
            continue
        first, last = figure.number_start, figure.number_end
        if figure.qualifier is Qualifier.VAGUE or first is None or last is None:
            continue
        if figure.kind is FigureKind.MEASUREMENT and text[last : last + 1].isalpha():
            continue
        ends = figure.low if figure.value is None else figure.value, figure.high
        yield _Result(text[first:last].lower(), first, _printed(ends[0] or 0))
        if figure.second_start is not None and ends[1] is not None:
            second = figure.second_start
            yield _Result(text[second : figure.second_end].lower(), second, _printed(ends[1]))


_NO_NUMBERS = frozenset({FigureKind.ORDINAL, FigureKind.RANK, FigureKind.RATIO, FigureKind.PERCENT})


def _percents(text: str, figures: Iterable[FigureFound]) -> Iterable[_Result]:
    for figure in figures:
        if figure.kind is FigureKind.PERCENT and figure.value is not None:
            yield _Result(figure.text.lower(), figure.start, _printed(figure.value))


def _ordinals(text: str, figures: Iterable[FigureFound]) -> Iterable[_Result]:
    for figure in figures:
        if figure.kind in (FigureKind.ORDINAL, FigureKind.RANK) and figure.value is not None:
            first, last = figure.number_start or 0, figure.number_end or 0
            yield _Result(text[first:last].lower(), first, _printed(figure.value))


def _ranges(text: str, figures: Iterable[FigureFound]) -> Iterable[_Result]:
    for figure in figures:
        equal = figure.qualifier is Qualifier.EXACT and figure.text.lower().startswith("equal")
        if equal or figure.qualifier in _WIDE:
            low = "" if figure.low is None else _printed(figure.low)
            high = "" if figure.high is None else _printed(figure.high)
            marks = "(" if figure.low_open or not low else "[", ")" if figure.high_open or not high else "]"
            span = text[figure.start : figure.end].lower()
            yield _Result(span, figure.start, f"{marks[0]}{low},{high}{marks[1]}")


_WIDE = frozenset({Qualifier.RANGE, Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.UP_TO, Qualifier.FEWER_THAN})


def _same_range(found: _Result, expected: _Result) -> bool:
    """The same span and the same ends, in our conventions or in theirs."""
    if (found.text, found.start) != (expected.text, expected.start):
        return False
    ours, theirs = _ends(found.value), _ends(expected.value)
    lows = {ours[0], _whole(ours[0], -1)} & {theirs[0]}
    highs = {ours[1], _whole(ours[1], 1), _two_ended(*ours)} & {theirs[1]}
    return bool(lows and highs)


_End = tuple[Decimal, bool] | None


def _ends(value: str) -> tuple[_End, _End]:
    low, _, high = value[1:-1].partition(",")
    return (
        (Decimal(low), value[0] == "(") if low else None,
        (Decimal(high), value[-1] == ")") if high else None,
    )


def _whole(end: _End, step: int) -> _End:
    """A closed end of whole counts as the open end beside it: from 31 on is more than 30."""
    return None if end is None or end[1] else (end[0] + step, True)


def _two_ended(low: _End, high: _End) -> _End:
    return None if high is None or low is None or high[1] else (high[0], True)


_MODELS: dict[str, _Results] = {
    "NumberModel": _numbers,
    "OrdinalModel": _ordinals,
    "PercentModel": _percents,
    "NumberRangeModel": _ranges,
}


def main() -> None:
    """Prints the scores and what went wrong: ``python -m benchmarks.extraction.recognizers FOLDER``."""
    import sys

    for one in score(Path(sys.argv[1])):
        print(f"{one.model}: {one.cases - len(one.failures)} of {one.cases} ({one.share:.1%})")
        for failure in one.failures:
            print(f"  {failure.case} {failure.text!r}")
            print(f"      expected {failure.expected}\n      found    {failure.found}")


if __name__ == "__main__":
    main()
