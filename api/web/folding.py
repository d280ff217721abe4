"""What a claim's page shows folded: findings of one rule, figures printed alike, changes of one kind, carriers quoted
side by side, and the moments of its own story that a reader may want to go back to.

Folding loses nothing: whatever was folded is still there, one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.web.drawing.chain_routes import joined
from api.web.words import date, sentence
from provenance.analysis.plain_answer import day
from provenance.answers_drift import DriftItem
from provenance.answers_trace import Trace, TracedCorrection, TracedFlag, TracedReport
from provenance.storage.reads.figures import PrintedFigure
from provenance.vocabulary import DatePrecision, DriftField, DriftKind, OriginClass

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as reports print it, with what the words allow."""

    text: str
    low: float | None
    high: float | None
    unit: str | None
    figures: tuple[PrintedFigure, ...]

    @property
    def documents(self) -> int:
        """In how many documents it is printed so."""
        return len({one.document for one in self.figures})


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule found: one finding, or several of the same rule."""

    rule: str
    title: str
    findings: tuple[TracedFlag, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed in one way between reports."""

    field: DriftField
    kind: DriftKind
    items: tuple[DriftItem, ...]

    @property
    def told(self) -> str:
        """Which change it is, in a reader's words."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a report's document: each step one source, or carriers side by side; ``origin`` says what is first."""

    steps: tuple[Names, ...]
    origin: OriginClass


@dataclass(frozen=True, slots=True)
class FirstNamed:
    """A source that reports begin with; words that identify nobody stand for another one in each report.

    ``reports`` counts the reports of each of them.
    """

    source: str
    source_id: str
    origin_class: OriginClass
    established: bool
    party: str | None
    disowned: bool
    withdrawn: bool
    reports: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fall:
    """The smallest set without which nothing is left: who of it is named first, and who else stands behind a report.

    ``unidentified`` counts the documents that only those others stand behind; 0 where some of these do name somebody.
    """

    known: Names
    others: Names
    unidentified: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A moment of the claim's story: how it is called, and its day; with the clock where that is known."""

    told: str
    day: str


def printed(figures: Iterable[PrintedFigure]) -> list[Printed]:
    """Figures by the words that are printed, most documents first."""
    alike: dict[tuple[str, float | None, float | None, str | None], list[PrintedFigure]] = {}
    for one in figures:
        alike.setdefault((one.text, one.low, one.high, one.unit), []).append(one)
    found = [Printed(*key, tuple(several)) for key, several in alike.items()]
    return sorted(found, key=lambda one: (-one.documents, one.text))


def found_by_rules(flags: Sequence[TracedFlag]) -> list[Found]:
    """Findings by rule, in the order of the catalogue."""
    return [
        Found(rule, title, tuple(one for one in flags if one.rule == rule))
        for rule, title in dict.fromkeys((one.rule, one.title) for one in flags)
    ]


def changed(items: Sequence[DriftItem]) -> list[Changed]:
    """Changes by field and kind, numbers first."""
    fields, kinds = list(DriftField), list(DriftKind)
    pairs = sorted(
        {(one.field, one.kind) for one in items}, key=lambda pair: (fields.index(pair[0]), kinds.index(pair[1]))
    )
    return [Changed(*pair, tuple(one for one in items if (one.field, one.kind) == pair)) for pair in pairs]


KINDS: dict[DriftKind, str] = {
    DriftKind.TRANSPOSED_DIGITS: "two digits changed places",
    DriftKind.MAGNITUDE: "another order of size",
    DriftKind.ROUNDING: "rounded",
    DriftKind.NUMBER: "another number",
    DriftKind.QUALIFIER_DROPPED: "they were dropped",
    DriftKind.QUALIFIER_ADDED: "they were added",
    DriftKind.QUALIFIER_CHANGED: "they were changed",
    DriftKind.UNIT: "another one",
    DriftKind.MEASURE: "something else",
    DriftKind.POPULATION: "other people",
    DriftKind.PLACE: "another one",
    DriftKind.PERIOD: "another moment or period",
    DriftKind.SOURCE_ORGANISATION: "another organisation",
    DriftKind.SOURCE_TITLE: "another speaker of the same organisation",
    DriftKind.SOURCE_GENDER: "a woman became a man, or a man a woman",
    DriftKind.SOURCE_NAME: "the name is spelt in another order",
    DriftKind.SOURCE_LOST: "somebody named became words that identify nobody",
    DriftKind.MERGED_STATEMENTS: "one statement became several",
    DriftKind.WORDING: "others are quoted",
}


def ways(report: TracedReport) -> list[Way]:
    """The ways that a report declares, without the document that is their end; carriers side by side are one step.

    Three agencies that are quoted together, each of the same spokeswoman, are one way of two steps.
    """
    by_origin: dict[tuple[str, OriginClass], list[Names]] = {}
    for path, cls in zip(report.paths, report.origin_classes, strict=True):
        by_origin.setdefault((path[0], cls), []).append(tuple(path[:-1]))
    return [Way(steps, cls) for (_, cls), several in by_origin.items() for steps in joined(several)]


def origins(trace: Trace) -> list[FirstNamed]:
    """Who is named first, each name once, in the order of the trace."""
    alike: dict[tuple[str, str, OriginClass, bool, str | None, bool, bool], list[int]] = {}
    for one in trace.origins:
        key = (one.source, one.source_id, one.origin_class, one.established, one.party, one.disowned, one.withdrawn)
        alike.setdefault(key, []).append(one.reports)
    return [FirstNamed(*key, tuple(reports)) for key, reports in alike.items()]


def cut_reports(trace: Trace) -> set[str]:
    """The reports that no path supports any more because a hop of each was taken back."""
    cut = {(edge.upstream, edge.downstream) for edge in trace.edges if edge.cut}
    return {
        report.id
        for report in trace.reports
        if not report.supported and any(hop in cut for path in report.paths for hop in pairwise(path))
    }


def fall(trace: Trace) -> Fall:
    """The support cut of a trace, parted by whether somebody can be identified."""
    established = {(one.source, one.origin_class) for one in trace.origins if one.established}
    firsts = {name for name, _ in established}
    known = tuple(name for name in trace.support_cut.sources if name in firsts)
    rest = [one for one in trace.reports if one.supported and not any(set(path) & set(known) for path in one.paths)]
    begin = {pair for one in rest for pair in zip((path[0] for path in one.paths), one.origin_classes, strict=True)}
    unidentified = 0 if begin & established else len({one.document for one in rest})
    return Fall(known, tuple(name for name in trace.support_cut.sources if name not in known), unidentified)


def choices(whole: Trace) -> list[Choice]:
    """The days on which a claim's story changed: when it came out, and when something was done to it."""
    days = published_days(whole)
    first = [Choice(f"First published, {day(days[0])}", days[0])] if days else []
    return [*first, *_done_days(whole)]


def _done_days(whole: Trace) -> Iterator[Choice]:
    for when in sorted({_since(one) for one in whole.corrections} - {""}):
        kinds = dict.fromkeys(one.kind for one in whole.corrections if _since(one) == when)
        yield Choice(f"{sentence(', '.join(DONE[kind.value] for kind in kinds))}, {date(when)}", when)


def _since(one: TracedCorrection) -> str:
    """The minute from which a correction counts, where it is known; else the day; empty where neither is."""
    exact = one.effective if one.effective_precision is DatePrecision.MINUTE else one.effective_latest
    return "" if not exact else exact if one.effective_precision is DatePrecision.MINUTE else exact[:10]


DONE = {
    "retraction": "withdrawn",
    "correction": "corrected",
    "denial": "denied",
    "disavowal": "disowned",
    "supersession": "replaced",
}


def published_days(whole: Trace) -> list[str]:
    """The days on which documents came out, each once; those whose day is not known are left out."""
    return sorted({one.published_at[:10] for one in whole.reports if one.published_at and len(one.published_at) >= 10})


def story_days(whole: Trace) -> list[str]:
    """All days on which the answer may differ from the day before."""
    return sorted({*published_days(whole), *(choice.day[:10] for choice in choices(whole))})


def source_ids(trace: Trace) -> dict[str, str]:
    """The ids of all sources that a trace names with one."""
    found = {one.source: one.source_id for one in trace.origins}
    for edge in trace.edges:
        found[edge.downstream] = edge.downstream_id
        if edge.upstream and edge.upstream_id:
            found[edge.upstream] = edge.upstream_id
    for party in trace.parties:
        for tie in (*party.ties, *party.further_ties):
            found |= {tie.source: tie.source_id, tie.other: tie.other_id}
    return found
