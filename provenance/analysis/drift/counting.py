"""What a figure is said to count, of whom, where and for when, as each report prints it.

A report's own words are compared, not the tally's: a count of attackers that became one of demonstrators is the same
number, and another assertion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator

from provenance.analysis.drift.comparing import Pair, across_languages, pairs
from provenance.analysis.drift.found import Drift, sentence, side
from provenance.analysis.drift.numbers import aligned
from provenance.analysis.drift.periods import dated_by_its_page, differ
from provenance.analysis.picture import ClaimPicture, FigureView, ReportView
from provenance.vocabulary import ComparedWith, DriftField, DriftKind, Sureness

KINDS = {
    DriftField.MEASURE: DriftKind.MEASURE,
    DriftField.COUNTED: DriftKind.POPULATION,
    DriftField.PLACE: DriftKind.PLACE,
    DriftField.AS_OF: DriftKind.PERIOD,
}
WORDS = {
    DriftField.MEASURE: "something else is counted",
    DriftField.COUNTED: "others are counted",
    DriftField.PLACE: "another place, or a wider or narrower one",
    DriftField.AS_OF: "another time",
    DriftField.HEADLINE: "the headline counts others than the text",
}
# A page that says one thing above and another below: "rioters (headline), attackers (text)".
MARKED = re.compile(r"(?P<words>[^(),][^()]*?) \((?P<part>headline|lead|text|quote|body)\)")
HEADLINE = "headline"
BODY = "body"


def found(picture: ClaimPicture) -> Iterator[Drift]:
    """Figures whose measure, population, place or period differs from those they are compared with."""
    for field in KINDS:
        for pair in pairs(picture, _reading(field)):
            for was, now in aligned(pair.was.figures, pair.now.figures):
                yield from _between(pair, was, now, field)
    for report in picture.asserting:
        for figure in report.figures:
            yield from _within(report, figure)


def said(figure: FigureView, field: DriftField) -> str | None:
    """What the text of a page says of the field, below its headline; None where it is silent."""
    return next((words for part, words in parts(figure, field) if part != HEADLINE), _normalised(figure, field))


def parts(figure: FigureView, field: DriftField) -> list[tuple[str, str]]:
    """The parts of a page that print the field, each with its words.

    A headline that counts demonstrators over a text that counts attackers is printed as such, in one field.
    """
    printed: str | None = None if field is DriftField.AS_OF else getattr(figure.printed, f"{field.value}_printed")
    if printed is None:
        return []
    marked = [(found["part"], found["words"].strip(" ,")) for found in MARKED.finditer(printed)]
    return marked or [(BODY, printed)]


def _normalised(figure: FigureView, field: DriftField) -> str | None:
    value: str | None = getattr(figure.printed, field.value)
    return value


def _reading(field: DriftField) -> Callable[[ReportView], Hashable | None]:
    def reads(report: ReportView) -> Hashable | None:
        words = tuple(said(figure, field) for figure in report.figures)
        return tuple(map(_folded, words)) if any(words) else None

    return reads


def _between(pair: Pair, was: FigureView, now: FigureView, field: DriftField) -> Iterator[Drift]:
    one, other = said(was, field), said(now, field)
    if one is None or other is None or _folded(one) == _folded(other):
        return
    if field is DriftField.AS_OF and not differ((one, pair.was, was), (other, pair.now, now)):
        return
    before, after = side(pair.was, was), side(pair.now, now)
    yield Drift(
        before=before,
        after=after,
        field=field,
        kind=KINDS[field],
        from_=one,
        to=other,
        sure=_sure(pair, was, now, field),
        against=pair.against,
        reason=sentence(before, after, one, other, WORDS[field], pair.against),
        figure=now.id,
    )


def _sure(pair: Pair, was: FigureView, now: FigureView, field: DriftField) -> Sureness:
    if field is DriftField.AS_OF and dated_by_its_page(was, pair.was) and dated_by_its_page(now, pair.now):
        return Sureness.POSSIBLE  # a total that is told again later is told as of later
    read_by_an_editor = None not in (_normalised(was, field), _normalised(now, field))
    return across_languages(pair, read_by_an_editor=read_by_an_editor)


def _within(report: ReportView, figure: FigureView) -> Iterator[Drift]:
    above = next((words for part, words in parts(figure, DriftField.COUNTED) if part == HEADLINE), None)
    below = said(figure, DriftField.COUNTED)
    if above is None or below is None or _folded(above) == _folded(below):
        return
    row = side(report, figure)
    yield Drift(
        before=row,
        after=row,
        field=DriftField.HEADLINE,
        kind=DriftKind.POPULATION,
        from_=below,
        to=above,
        sure=Sureness.CERTAIN,
        against=ComparedWith.BODY,
        reason=sentence(row, row, below, above, WORDS[DriftField.HEADLINE], ComparedWith.BODY),
        figure=figure.id,
    )


def _folded(words: str | None) -> str:
    return " ".join((words or "").casefold().split())
