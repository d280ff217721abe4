"""What stands where in the text of a document: its statements in the order of the text, and the marks of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.web.marking import Mark
from api.web.words import plain
from provenance.answers_detail import FigureDetail, ReportDetail
from provenance.answers_reading import ReadingAnswer
from provenance.storage.quoting import Span, place
from provenance.vocabulary import ReportState, Stance


@dataclass(frozen=True, slots=True)
class Told:
    """One reading of a document with the number by which text and list refer to each other, and its figures."""

    number: int
    report: ReportDetail
    figures: tuple[FigureDetail, ...]

    @property
    def waits(self) -> bool:
        """Whether somebody is to decide about it."""
        return self.report.state is ReportState.PROPOSED

    @property
    def surenesses(self) -> list[tuple[str, float]]:
        """What the extractor says of its own reading, part by part, in words with its number."""
        said = (self.report.grounds or {}).get("confidences", {})
        return [(PARTS[name], float(said[name])) for name in PARTS if name in said]

    @property
    def compared(self) -> list[dict[str, object]]:
        """The known claims that it was compared with when it was proposed, best first, without its own."""
        return [one for one in (self.report.grounds or {}).get("matches", []) if one["claim"] != self.report.claim]


# What an extractor is more or less sure of, in the order in which a reader checks it.
PARTS = {
    "content": "what is said",
    "source": "who says it",
    "chain": "through whom",
    "cue": "the words that attribute it",
    "stance": "what the page does with it",
    "restates": "that it repeats the text below",
}


def told_in_order(reports: Sequence[ReportDetail], figures: Sequence[FigureDetail]) -> list[Told]:
    """The reports that hold or wait, numbered in the order of the text; those without a place come last."""
    shown = [report for report in reports if report.state is not ReportState.REJECTED]
    shown.sort(key=lambda one: (one.quote_start is None, one.quote_start or 0))
    printed: dict[str, list[FigureDetail]] = {}
    for figure in figures:
        printed.setdefault(figure.report, []).append(figure)
    return [Told(number, one, tuple(printed.get(one.id, ()))) for number, one in enumerate(shown, start=1)]


def marks_of(told: Sequence[Told], text: str) -> list[Mark]:
    """The marks that the readings of a document leave on its text."""
    return list(dict.fromkeys(mark for one in told for mark in _marks(one, text)))


def _marks(one: Told, text: str) -> Iterator[Mark]:
    report = one.report
    look = f"{report.state} {report.stance}"
    quote = None
    if report.quote_start is not None and report.quote_end is not None:
        quote = Span(report.quote_start, report.quote_end)
        yield Mark(quote.start, quote.end, "statement", report.id, look, _said(one))
    for hop in report.attributions:
        if hop.cue_start is not None and hop.cue_end is not None:
            yield Mark(hop.cue_start, hop.cue_end, "cue", report.id, look, "attributes it")
    for named in _named(report, text, quote):
        yield Mark(named.start, named.end, "name", report.id, look, "names a source")
    for figure in one.figures:
        if figure.text_start is not None and figure.text_end is not None:
            yield Mark(figure.text_start, figure.text_end, "figure", report.id, look, "figure")


def _said(one: Told) -> str:
    waits = ", proposed" if one.waits else ""
    stance = "" if one.report.stance is Stance.ASSERTS else f", {plain(one.report.stance)}"
    return f"statement {one.number}{waits}{stance}"


def _named(report: ReportDetail, text: str, quote: Span | None) -> Iterator[Span]:
    """Where the words stand that name a source: as the extractor found them, else where they stand just once."""
    found = {
        link["as_named"]: Span(link["start"], link["end"])
        for link in (report.grounds or {}).get("sources", [])
        if link["start"] is not None
    }
    for hop in report.attributions:
        if hop.as_named is None:
            continue
        span = found.get(hop.as_named) or place(text, hop.as_named, quote)
        if isinstance(span, Span):
            yield span


def marks_of_reading(reading: ReadingAnswer) -> list[Mark]:
    """The marks of an article that was read and is not held; statements go by their number from 1."""
    return list(dict.fromkeys(_of_reading(reading)))


def _of_reading(reading: ReadingAnswer) -> Iterator[Mark]:
    for number, one in enumerate(reading.statements, start=1):
        of, look = f"st{number}", f"proposed {one.stance}"
        stance = "" if one.stance is Stance.ASSERTS else f", {plain(one.stance)}"
        yield Mark(one.content.start, one.content.end, "statement", of, look, f"statement {number}{stance}")
        if one.cue is not None:
            yield Mark(one.cue.start, one.cue.end, "cue", of, look, "attributes it")
        for link in one.chain:
            if link.start is not None and link.end is not None:
                yield Mark(link.start, link.end, "name", of, look, "names a source")
    for figure in reading.figures:
        of = "" if figure.statement is None else f"st{figure.statement + 1}"
        yield Mark(figure.start, figure.end, "figure", of, "", "figure")
    for date in reading.dates:
        yield Mark(date.start, date.end, "date", "", "", "date")
