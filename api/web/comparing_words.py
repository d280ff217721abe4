"""What changed in the answer about one claim between two dates: in sentences, and side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.web.words import counted, date, listed, plain, plainly, sentence
from provenance.answers_trace import Trace, TracedCorrection, TracedReport
from provenance.vocabulary import CorrectionKind

MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Side:
    """One thing about the claim as it stood on the earlier and on the later date."""

    what: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether it is another thing on the later date."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Pair:
    """Two dates that are worth comparing, and why."""

    first: str
    last: str | None
    why: str


def changes(before: Trace, after: Trace) -> list[str]:
    """What changed, the gravest first; empty if nothing did."""
    return [
        *_standing(before, after),
        *_corrections(before, after),
        *_documents(before, after),
        *_origins(before, after),
        *_figures(before, after),
        *_flags(before, after),
    ]


def sides(before: Trace, after: Trace) -> list[Side]:
    """Everything that is compared, changed or not."""
    return [Side(what, tuple(told(before)), tuple(told(after))) for what, told in TOLD.items()]


def between(before: Trace, after: Trace) -> list[TracedReport]:
    """The reports that came in between, oldest first."""
    known = {report.id for report in before.reports}
    fresh = [report for report in after.reports if report.id not in known]
    return sorted(fresh, key=lambda report: report.published_at or "9")


def pairs(trace: Trace) -> list[Pair]:
    """Pairs of dates from the claim's own time: around each correction, and from its first day to now."""
    days = sorted(at[:10] for report in trace.reports if (at := report.published_at) and len(at) >= len("2022-01-06"))
    found: dict[tuple[str, str | None], Pair] = {}
    for correction in trace.corrections:
        pair = _around(correction, days)
        if pair is not None:
            found.setdefault((pair.first, pair.last), pair)
    if days:
        found.setdefault((days[0], None), Pair(days[0], None, "its first day, and everything held now"))
        if days[-1] != days[0]:
            last = Pair(days[0], days[-1], "its first day, and the last day on which a document held states it")
            found.setdefault((days[0], days[-1]), last)
    return list(found.values())


def _around(correction: TracedCorrection, days: Sequence[str]) -> Pair | None:
    """The day before a correction, if a document stated the claim by then, and the day on which it certainly held."""
    if not days or correction.effective_earliest is None or correction.effective_latest is None:
        return None
    first, last = max(days[0], _day_before(correction.effective_earliest)), correction.effective_latest[:10]
    return Pair(first, last, f"before and after it was {_done(correction)}") if first < last else None


def _done(correction: TracedCorrection) -> str:
    return f"{DONE[correction.kind]} by {correction.by}"


DONE = {
    CorrectionKind.RETRACTION: "taken back",
    CorrectionKind.CORRECTION: "corrected",
    CorrectionKind.DENIAL: "denied",
    CorrectionKind.DISAVOWAL: "disowned",
    CorrectionKind.SUPERSESSION: "replaced by a later statement",
}


def _day_before(moment: str) -> str:
    """The day before that of a moment.

    >>> _day_before("2022-01-09T15:33:00Z")
    '2022-01-08'
    """
    return (datetime.fromisoformat(moment[:10]) - timedelta(days=1)).date().isoformat()


def _standing(before: Trace, after: Trace) -> Iterator[str]:
    if before.claim.status is not after.claim.status:
        yield f"It stood as “{plain(before.claim.status)}”, and then as “{plain(after.claim.status)}”."
    if before.documents and before.independence.verdict is not after.independence.verdict:
        yield (
            f"The answer to “how many independent origins” went from “{plain(before.independence.verdict)}” to "
            f"“{plain(after.independence.verdict)}”."
        )


def _corrections(before: Trace, after: Trace) -> Iterator[str]:
    in_force = {correction.id for correction in before.corrections if correction.applies}
    new = [one for one in after.corrections if one.applies and one.id not in in_force]
    for one in new:
        yield f"{sentence(_done(one))} ({date(one.effective)})."


def _documents(before: Trace, after: Trace) -> Iterator[str]:
    more = after.documents - before.documents
    if before.documents == 0 and more > 0:
        yield f"No document held stated it on the earlier date, and {counted(more, 'document')} did on the later."
    elif more:
        told = f"{counted(abs(more), 'document')} {'more' if more > 0 else 'fewer'}"
        yield f"{told}: {before.documents} and then {after.documents}."
    if after.possible != before.possible:
        yield f"Of some the date is too coarse to tell: {before.possible} and then {after.possible}."


def _origins(before: Trace, after: Trace) -> Iterator[str]:
    yield from _come_and_gone(
        {origin.source for origin in before.origins if origin.established},
        {origin.source for origin in after.origins if origin.established},
        ("origin that can be established came in", "origins that can be established came in"),
        ("origin no longer counts", "origins no longer count"),
    )


def _figures(before: Trace, after: Trace) -> Iterator[str]:
    yield from _come_and_gone(
        set(_printed(before)),
        set(_printed(after)),
        ("other wording of the figure came in", "other wordings of the figure came in"),
        ("wording is gone", "wordings are gone"),
        quote=True,
    )


def _flags(before: Trace, after: Trace) -> Iterator[str]:
    yield from _come_and_gone(
        {plainly(flag.title) for flag in before.flags},
        {plainly(flag.title) for flag in after.flags},
        ("finding is new", "findings are new"),
        ("finding is gone", "findings are gone"),
        quote=True,
    )


def _come_and_gone(
    before: set[str], after: set[str], came: tuple[str, str], went: tuple[str, str], quote: bool = False
) -> Iterator[str]:
    for names, words in ((after - before, came), (before - after, went)):
        if names:
            told = [f"“{name}”" if quote else name for name in sorted(names)]
            yield f"{counted(len(names), *words)}: {listed(told, most=MOST_NAMED)}."


def _printed(trace: Trace) -> Counter[str]:
    return Counter(report.figure for report in trace.reports if report.figure)


def _documents_then(trace: Trace) -> Iterator[str]:
    yield counted(trace.documents, "document")
    if trace.possible:
        yield f"of {trace.possible} of them the date is too coarse to tell"


def _established_then(trace: Trace) -> Iterator[str]:
    for origin in trace.origins:
        if origin.established:
            yield f"{origin.source}, {counted(origin.reports, 'report')}"


def _unknown_then(trace: Trace) -> Iterator[str]:
    reports = sum(origin.reports for origin in trace.origins if not origin.established)
    if reports:
        yield counted(reports, "report")


def _figures_then(trace: Trace) -> Iterator[str]:
    for text, reports in _printed(trace).most_common():
        yield f"“{text}”, {counted(reports, 'report')}"


def _parties_then(trace: Trace) -> Iterator[str]:
    for party in trace.parties:
        if party.established:
            told = f", {counted(len(party.origins), 'origin')}" if len(party.origins) > 1 else ""
            yield f"{party.name}{told}"


def _flags_then(trace: Trace) -> Iterator[str]:
    for title, times in sorted(Counter(plainly(flag.title) for flag in trace.flags).items()):
        yield f"{title}, {times} times" if times > 1 else title


def _corrections_then(trace: Trace) -> Iterator[str]:
    for one in trace.corrections:
        if one.applies:
            yield f"{_done(one)}, {date(one.effective)}"


TOLD: dict[str, Callable[[Trace], Sequence[str] | Iterator[str]]] = {
    "Where it stands": lambda trace: [sentence(plain(trace.claim.status))] if trace.documents else [],
    "How independent its origins are": lambda trace: (
        [sentence(plain(trace.independence.verdict)), plainly(trace.independence.why)] if trace.documents else []
    ),
    "Documents that state it": _documents_then,
    "Origins that can be established": _established_then,
    "Sources or groups of linked sources": _parties_then,
    "Reports whose origin is not established": _unknown_then,
    "All routes pass through": lambda trace: [point.source or point.party or "" for point in trace.chokepoints],
    "Figures as printed": _figures_then,
    "What was taken back or disputed": _corrections_then,
    "Findings": _flags_then,
    "Reviews": lambda trace: [f"{review.author}: {review.rating}" for review in trace.reviews],
}
