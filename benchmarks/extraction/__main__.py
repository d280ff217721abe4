"""``make eval``: how well articles are read, each measure beside its floor; a floor that is not reached fails.

Our own texts are always measured; the founding article and public corpora where the folder that holds them is there.
``--raise`` writes each floor that was beaten anew; none is ever lowered by this program.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.extraction.gold import Gold, founding_gold, own_golds
from benchmarks.extraction.polnear import ROLES, score_polnear
from benchmarks.extraction.scoring import Score, score, share
from provenance.extraction.reader import Unread, read, read_all

ROOT = Path(__file__).parents[2]
OWN = ROOT / "fixtures" / "articles"
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).with_name("floors.toml")


@dataclass(frozen=True, slots=True)
class Measure:
    """One number that must not fall, or that of a ``peer``; ``unit`` is what it is shown in."""

    name: str
    value: float
    unit: str = "%"
    peer: bool = False


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and answer 1 if a floor is not reached."""
    parser = argparse.ArgumentParser(prog="make eval ARGS=", description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder with seed/ and corpora/")
    parser.add_argument("--raise", action="store_true", dest="lift", help="write floors that were beaten anew")
    parser.add_argument("--details", action="store_true", help="say what was missed and what was wrong")
    parser.add_argument("--only", nargs="*", help="names of measures to take begin with one of these")
    asked = parser.parse_args(arguments)
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    wanted = tuple(asked.only or [""])
    measures = [found for found in _measures(asked.shared, wanted, asked.details) if found.name.startswith(wanted)]
    below = [found.name for found in measures if found.value < floors.get(found.name, 0.0)]
    _print(measures, floors)
    if asked.lift:
        _lift(measures, floors)
    if below:
        print(f"Below the floor: {', '.join(below)}.", file=sys.stderr)
    return 1 if below else 0


def _measures(shared: Path, wanted: tuple[str, ...], details: bool) -> Iterator[Measure]:
    groups = {
        "own texts": lambda: _own(details),
        "founding article": lambda: _founding(shared / "seed", details),
        "polnear dev": lambda: _polnear(shared / "corpora" / "polnear-dev.jsonl.gz"),
        "recognizers": lambda: _recognizers(shared / "corpora" / "recognizers-text", details),
        "checkthat dev": lambda: _checkthat(shared / "corpora"),
        "speed": _speed,
    }
    for name, group in groups.items():
        if any(name.startswith(one) or one.startswith(name) for one in wanted):
            yield from group()


def _own(details: bool) -> Iterator[Measure]:
    total = Score()
    golds = list(own_golds(OWN))
    for gold, reading in zip(golds, read_all(Unread(gold.text, language="en") for gold in golds), strict=True):
        total.add(score(gold, reading))
    yield from _scores("own texts", total, details)


def _founding(folder: Path, details: bool) -> Iterator[Measure]:
    if not folder.is_dir():
        print(f"{folder} is not there, so the founding article is not measured.", file=sys.stderr)
        return
    gold = founding_gold(folder)
    result = score(gold, read(gold.text))
    yield from _scores(gold.name, result, details)


def _scores(name: str, result: Score, details: bool) -> Iterator[Measure]:
    if details:
        for line in (*result.missed, *result.wrong):
            print(f"{name}: {line}", file=sys.stderr)
    yield Measure(f"{name}: statements, recall", result.recall)
    yield Measure(f"{name}: statements, precision", result.precision)
    yield Measure(f"{name}: full chains right", result.chains)
    yield Measure(f"{name}: figures right", share(result.figures_right, result.figures))
    yield Measure(f"{name}: traps avoided", 1 - share(result.traps_sprung, result.traps) if result.traps else 1.0)


def _polnear(file: Path) -> Iterator[Measure]:
    if not file.exists():
        print(f"{file} is not there, so PolNeAR is not measured.", file=sys.stderr)
        return
    counts = score_polnear(file)
    for role in ROLES:
        yield Measure(f"polnear dev: {role}, exact F1", counts[role].f1())
    for role in ROLES:
        yield Measure(f"polnear dev: {role}, F1 at half overlap", counts[role].f1(counts[role].half))


def _recognizers(folder: Path, details: bool) -> Iterator[Measure]:
    if not folder.is_dir():
        print(f"{folder} is not there, so numbers are not held against Recognizers.", file=sys.stderr)
        return
    from benchmarks.extraction.recognizers import score as score_numbers

    for result in score_numbers(folder):
        if details:
            for failure in result.failures:
                print(f"recognizers {result.model}: {failure}", file=sys.stderr)
        yield Measure(f"recognizers: {result.model}", share(result.cases - len(result.failures), result.cases))


def _checkthat(folder: Path) -> Iterator[Measure]:
    if not (folder / "checkthat2020-dev.jsonl.gz").exists():
        print(f"{folder} has no CheckThat! 2020, so matching is not measured.", file=sys.stderr)
        return
    from benchmarks.extraction.checkthat import compare

    result = compare(folder)
    yield Measure("checkthat dev: MAP@5 of /v1/match", result.match.map_at_5)
    yield Measure("checkthat dev: MAP@5 of plain BM25", result.bm25.map_at_5, peer=True)
    yield Measure("checkthat dev: ms a query, median", result.match.median_ms, "ms")


def _speed() -> Iterator[Measure]:
    golds: list[Gold] = list(own_golds(OWN))
    texts = [gold.text for gold in golds] * max(1, 60 // max(len(golds), 1))
    list(read_all([Unread("Police said so.", language="en")]))
    began = time.perf_counter()
    list(read_all(Unread(text, language="en") for text in texts))
    words = sum(len(text.split()) for text in texts)
    yield Measure("speed: words a second on one core", words / (time.perf_counter() - began), "words/s")


def _print(measures: list[Measure], floors: Mapping[str, float]) -> None:
    table = Table("measure", "value", "floor")
    for found in measures:
        floor = floors.get(found.name)
        table.add_row(found.name, _shown(found.value, found.unit), "" if floor is None else _shown(floor, found.unit))
    Console().print(table)


def _shown(value: float, unit: str) -> str:
    return f"{value:.1%}" if unit == "%" else f"{value:,.1f} {unit}"


def _lift(measures: list[Measure], floors: dict[str, float]) -> None:
    # Times differ from machine to machine; they are shown and never become a floor.
    for found in measures:
        if found.unit == "%" and not found.peer:
            floors[found.name] = max(floors.get(found.name, 0.0), int(found.value * 1000) / 1000)
    lines = [f'"{name}" = {value}' for name, value in sorted(floors.items())]
    head = "# Shares that reading must reach. They only rise: `make eval ARGS=--raise`.\n"
    FLOORS.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
