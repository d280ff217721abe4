"""What a ledger's plot shows, before anything is measured out: panels of figures that count the same, with their dots,
the lines that join them, what was taken back, and what was repeated all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from api.web.drawing.time_axis import Span, span_of
from api.web.words import counted, date, listed, plain
from provenance.answers_ledger import LedgerFigure, LedgerScope, PartySeries, SeriesMark, SeriesPoint, TallySeries
from provenance.vocabulary import CorrectionKind, FigureStatus

OFF_THE_LINE = frozenset({FigureStatus.RETRACTED, FigureStatus.DENIED, FigureStatus.CORRECTED})


@dataclass(frozen=True, slots=True)
class Repeat:
    """A report that repeats a claim after it was withdrawn, or where ``withdrawn`` is false, only denied or disowned.

    ``confirmed`` says whether an editor decided that it does.
    """

    claim: str
    report: str
    publisher: str
    published_at: str | None
    withdrawn: bool = True
    confirmed: bool = False


def after_what(repeats: Sequence[Repeat]) -> str:
    """After what a claim was repeated, in one form for sentences and signs.

    >>> late, soon = (Repeat("clm_164", "rep_1", "taz", None, withdrawn=taken_back) for taken_back in (True, False))
    >>> after_what([late]), after_what([soon]), after_what([late, soon])
    ('withdrawn', 'denied', 'denied or withdrawn')
    """
    if all(repeat.withdrawn for repeat in repeats):
        return "withdrawn"
    return "denied or withdrawn" if any(repeat.withdrawn for repeat in repeats) else "denied"


def told_of(repeats: Sequence[Repeat]) -> str:
    """After what a claim was repeated, how many of the reports were before a withdrawal, and what editors confirmed.

    >>> told_of([Repeat("clm_164", "rep_1", "taz", None), Repeat("clm_164", "rep_2", "AP", None, withdrawn=False)])
    'after it was denied or withdrawn (1 of them after a denial alone); no editor has confirmed any of them yet'
    """
    denied, confirmed = (
        sum(not repeat.withdrawn for repeat in repeats),
        sum(repeat.confirmed for repeat in repeats),
    )
    alone = f" ({denied} of them after a denial alone)" if 0 < denied < len(repeats) else ""
    return f"after it was {after_what(repeats)}{alone}; {_confirmed(confirmed, len(repeats))}"


def _confirmed(some: int, of_all: int) -> str:
    if some == 0:
        return f"no editor has confirmed {'it' if of_all == 1 else 'any of them'} yet"
    return f"editors have confirmed {some if some < of_all else 'it' if of_all == 1 else 'all of them'}"


@dataclass(frozen=True, slots=True)
class Party:
    """Linked sources as the plot tells them from others: by colour and shape, and filled where established."""

    name: str
    established: bool
    place: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure: an interval of numbers, at a day or over the days that its date may mean.

    ``low`` and ``high`` are None where the figure is open to that side; ``value`` is where its mark stands.
    """

    claim: str
    party: Party
    span: Span | None
    low: float | None
    high: float | None
    value: float
    text: str
    withdrawn: bool
    title: str


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to a figure on one day, by however many."""

    claim: str
    span: Span | None
    value: float
    withdraws: bool
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class Echo:
    """A day on which a withdrawn figure was printed as it was."""

    claim: str
    span: Span
    value: float
    reports: int
    title: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Figures that count the same; others are drawn apart, for the numbers say nothing of each other."""

    title: str | None
    dots: tuple[Dot, ...]
    acts: tuple[Act, ...]
    echoes: tuple[Echo, ...]
    repeats: tuple[Repeat, ...] = ()


def panels(figures: Iterable[LedgerFigure], series: TallySeries, repeats: Sequence[Repeat] = ()) -> list[Panel]:
    """The panels of a tally, those with most figures first; what has no number is in none."""
    known = {figure.claim: figure for figure in figures}
    parties = parties_of(series.series)
    scopes = sorted(range(len(series.scopes)), key=lambda place: -series.scopes[place].figures)
    differing = _differing(series.scopes)
    made = (_panel(series, known, parties, place, differing, repeats) for place in scopes)
    return [panel for panel in made if panel.dots]


def scope_words(scope: LedgerScope, fields: Iterable[str]) -> str:
    """What a scope counts, by the named fields.

    >>> both = LedgerScope(measure="killed", counted="dead identified by name", place="Kazakhstan", period=None,
    ...                    cumulative=True, unit=None, figures=2)
    >>> scope_words(both, ["counted"]), scope_words(both, ["counted", "period"])
    ('dead identified by name', 'dead identified by name, period not stated')
    """
    told = (
        (None if getattr(scope, name) else "not cumulative") if name == "cumulative" else _field(scope, name)
        for name in fields
    )
    return ", ".join(words for words in told if words)


def scope_titles(scopes: Sequence[LedgerScope]) -> list[str]:
    """What each scope counts, told by what makes it differ from the others; empty where there is but one."""
    return [scope_words(scope, _differing(scopes)) for scope in scopes]


def _field(scope: LedgerScope, name: str) -> str:
    value = getattr(scope, name)
    return f"{NAMES.get(name, name)} not stated" if value is None else date(value) if name == "period" else str(value)


NAMES = {"measure": "what is counted", "counted": "who is counted", "unit": "unit"}
FIELDS = ("measure", "counted", "place", "period", "cumulative", "unit")


def _differing(scopes: Sequence[LedgerScope]) -> list[str]:
    return [name for name in FIELDS if len({getattr(scope, name) for scope in scopes}) > 1]


def parties_of(series: Sequence[PartySeries]) -> dict[int, Party]:
    """The party of each line; one that is established in one line and not in another keeps its colour."""
    names: list[str | None] = list(dict.fromkeys(one.party for one in series))
    return {
        number: Party(one.party or "origin not known", one.established, names.index(one.party))
        for number, one in enumerate(series)
    }


def _panel(
    series: TallySeries,
    known: dict[str, LedgerFigure],
    parties: dict[int, Party],
    place: int,
    differing: Sequence[str],
    repeats: Sequence[Repeat],
) -> Panel:
    dots = [
        _dot(parties[number], point, known.get(point.claim))
        for number, one in enumerate(series.series)
        for point in one.points
        if point.scope == place and _has_number(point)
    ]
    values = {dot.claim: dot.value for dot in dots}
    words = scope_words(series.scopes[place], differing)
    return Panel(
        title=words[:1].upper() + words[1:] if words else None,
        dots=tuple(dots),
        acts=tuple(_acts([mark for mark in series.corrections if mark.claim in values and mark.applies], values)),
        echoes=tuple(_echoes([repeat for repeat in repeats if repeat.claim in values], values)),
        repeats=tuple(repeat for repeat in repeats if repeat.claim in values),
    )


def _dot(party: Party, point: SeriesPoint, figure: LedgerFigure | None) -> Dot:
    return Dot(
        claim=point.claim,
        party=party,
        span=span_of(point.at),
        low=point.low,
        high=point.high,
        value=_stands_at(point),
        text=point.text,
        withdrawn=point.status in OFF_THE_LINE,
        title=_title(party, point, figure),
    )


def _has_number(point: SeriesPoint) -> bool:
    """Whether there is something to draw; words such as "a group" stand in the table alone: they are no zero."""
    return point.low is not None or point.high is not None


def _stands_at(point: SeriesPoint) -> float:
    """Where the mark of a figure stands: at its closed end, and between two of them."""
    if point.low is not None and point.high is not None:
        return float(point.value) if point.value is not None else (point.low + point.high) / 2
    return float(point.low if point.low is not None else point.high or 0)


def _title(party: Party, point: SeriesPoint, figure: LedgerFigure | None) -> str:
    said = listed([origin.source for origin in figure.origins], most=2) if figure else ""
    dated = {"given_for": "for", "said": "said", "published": "published"}.get(point.dated_by, "")
    known_as = "FigureStatus" if point.status is FigureStatus.CONTRADICTED else "ClaimStatus"
    whose = f"{said or party.name}{'' if party.established else ' (origin not established)'}"
    return (
        f"{point.text}: {whose}, {f'{dated} {date(point.at)}'.strip()}; {counted(point.documents, 'document')}; "
        f"{plain(str(point.status), known_as)}"
    )


def _acts(marks: Sequence[SeriesMark], values: dict[str, float]) -> Iterable[Act]:
    """One act for all that was done to a figure on one day."""
    by_day: dict[tuple[str, str], list[SeriesMark]] = defaultdict(list)
    for mark in marks:
        by_day[mark.claim, (mark.at or "")[:10]].append(mark)
    for (claim, _), done in by_day.items():
        withdraws = any(CorrectionKind(mark.kind) is not CorrectionKind.SUPERSESSION for mark in done)
        yield Act(
            claim=claim,
            span=span_of(done[0].at),
            value=values[claim],
            withdraws=withdraws,
            title="; ".join(f"{SHORT[mark.kind]} by {mark.by}, {date(mark.at)}" for mark in done),
            says=SHORT[_gravest(done)],
        )


def _gravest(done: Sequence[SeriesMark]) -> CorrectionKind:
    return min((CorrectionKind(mark.kind) for mark in done), key=list(SHORT).index)


SHORT = {
    CorrectionKind.RETRACTION: "taken back",
    CorrectionKind.CORRECTION: "corrected",
    CorrectionKind.DISAVOWAL: "disowned",
    CorrectionKind.DENIAL: "denied",
    CorrectionKind.SUPERSESSION: "replaced",
}


AFTER = {"withdrawn": "withdrawal", "denied": "denial", "denied or withdrawn": "denial or withdrawal"}


def _echoes(repeats: Sequence[Repeat], values: dict[str, float]) -> Iterable[Echo]:
    dated = sorted(
        (repeat for repeat in repeats if repeat.published_at),
        key=lambda one: (one.claim, (one.published_at or "")[:10]),
    )
    for (claim, day), found in groupby(dated, key=lambda one: (one.claim, (one.published_at or "")[:10])):
        same = list(found)
        publishers = [repeat.publisher for repeat in same]
        span = span_of(day)
        if span is not None:
            yield Echo(
                claim=claim,
                span=span,
                value=values[claim],
                reports=len(publishers),
                title=f"Repeated after {AFTER[after_what(same)]}, {date(day)}: {listed(publishers, most=4)}",
            )
