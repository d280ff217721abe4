"""Against what a report is compared: what its own chain leads to if that is held, else the claim's earliest report.

It is asked field by field, because a report that is silent about a field says nothing that could have changed: where
the earliest report names no office, the earliest one that does is the first that anything can be held against.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from provenance.analysis.picture import ClaimPicture, ReportView
from provenance.chain import Span
from provenance.vocabulary import ComparedWith, DocumentRelationKind, Presence, Sureness

# What a report says about one field, comparable by equality; None: nothing.
Reads = Callable[[ReportView], Hashable | None]

TEXT_TAKEN = (DocumentRelationKind.COPY_OF, DocumentRelationKind.TRANSLATION_OF, DocumentRelationKind.REWRITE_OF)


@dataclass(frozen=True, slots=True)
class Pair:
    """A report and what it is held against; ``outvoted``: more reports have the reading of the second one."""

    was: ReportView
    now: ReportView
    against: ComparedWith
    outvoted: bool = False

    @property
    def by_time(self) -> Sureness:
        """How sure it is that the second is the later one."""
        return Sureness.CERTAIN if _certainly_before(self.was, self.now) else Sureness.LIKELY

    @property
    def sure(self) -> Sureness:
        """The most that can be said of a difference; where most have the later reading, the first may have changed."""
        return Sureness.POSSIBLE if self.outvoted else self.by_time


def pairs(picture: ClaimPicture, reads: Reads, of: Reads | None = None) -> Iterator[Pair]:
    """Each report that reads differently from what it is to be compared with, with that report.

    Reports that read alike are left out, and so are those that are silent about the field. ``of`` lets more reports
    be compared than anything may be compared with: one that names nobody differs from one that names somebody, and
    the other way round nothing is lost.
    """
    readings = {report.id: reads(report) for report in picture.asserting}
    speaking = [report for report in picture.asserting if readings[report.id] is not None]
    if of is not None:
        readings |= {report.id: of(report) for report in picture.asserting if readings[report.id] is None}
    by_publisher: dict[int, list[ReportView]] = defaultdict(list)
    for report in speaking:
        by_publisher[report.publisher.id].append(report)
    common = Counter(reading for reading in readings.values() if reading is not None)
    first = _earliest(speaking, readings, common)
    for now in (report for report in picture.asserting if readings[report.id] is not None):
        above = _copied(speaking, now) or _upstream(by_publisher, now)
        if above and above is not now and readings[above.id] != readings[now.id]:
            yield Pair(above, now, ComparedWith.UPSTREAM)
        elif first and not above and not _out_before(now, first) and readings[first.id] != readings[now.id]:
            outvoted = common[readings[now.id]] > common[readings[first.id]]
            yield Pair(first, now, ComparedWith.EARLIEST, outvoted)


def weaker(one: Sureness, other: Sureness) -> Sureness:
    """The less sure of two.

    >>> weaker(Sureness.LIKELY, Sureness.CERTAIN).value
    'likely'
    """
    order = list(Sureness)
    return max(one, other, key=order.index)


def across_languages(pair: Pair, *, read_by_an_editor: bool) -> Sureness:
    """How sure a difference of words is: between languages only what an editor has put into one can be compared."""
    one, other = ((report.language or "").partition("-")[0] for report in (pair.was, pair.now))
    if one and one == other:
        return pair.sure
    return weaker(pair.sure, Sureness.LIKELY if read_by_an_editor else Sureness.POSSIBLE)


def _earliest(
    speaking: Iterable[ReportView], readings: Mapping[int, Hashable | None], of_all: Counter[Hashable]
) -> ReportView | None:
    """Of the reports that were certainly out by the same earliest instant, one with the reading that most have.

    A day is not an instant: where five pages of one day are the earliest and nobody can say which was first, the one
    that differs from the other four is more likely to have changed than they are.
    """
    dated = [(report.published.span.latest, report) for report in speaking if report.published.span and _sure(report)]
    if not dated:
        return None
    out_by = min(latest for latest, _ in dated)
    tied = [report for latest, report in dated if latest == out_by]
    among = Counter(readings[report.id] for report in tied)

    def rank(report: ReportView) -> tuple[int, int, str]:
        reading = readings[report.id]
        return -among[reading], -of_all[reading], report.public_id

    return min(tied, key=rank)


def _out_before(now: ReportView, first: ReportView) -> bool:
    """Whether a report was certainly out before the first that says anything, so that it can have lost nothing."""
    one, other = now.published.span, first.published.span
    return one is not None and other is not None and one.latest < other.latest


def _sure(report: ReportView) -> bool:
    return report.presence is Presence.CERTAIN


def _copied(speaking: Iterable[ReportView], now: ReportView) -> ReportView | None:
    """The report in a held document that this one's document is said to be a copy, translation or rewriting of."""
    taken = {one.document for one in now.depends_on if one.kind in TEXT_TAKEN and one.document is not None}
    return _latest_before(now, (report for report in speaking if report.declared.document in taken)) if taken else None


def _upstream(by_publisher: Mapping[int, Sequence[ReportView]], now: ReportView) -> ReportView | None:
    """The report of the nearest source upstream in the declared chain of which a document on this claim is held."""
    seen = {now.publisher.id}
    level = [now.publisher.id]
    while level:
        above = [hop.upstream for hop in now.declared.hops if hop.downstream in level and hop.upstream is not None]
        level = [source for source in dict.fromkeys(above) if source not in seen]
        seen |= set(level)
        held = (report for source in level for report in by_publisher.get(source, ()))
        if found := _latest_before(now, held):
            return found
    return None


def _latest_before(now: ReportView, held: Iterable[ReportView]) -> ReportView | None:
    """The latest that was certainly out before; where none was, the earliest of those that may have been."""
    spans = [(report.published.span, report) for report in held if report is not now]
    dated = [(span, report) for span, report in spans if span is not None]
    before = [(span.latest, report.public_id, report) for span, report in dated if _certainly_before(report, now)]
    if before:
        return max(before, key=lambda one: one[:2])[2]
    maybe = [(span.earliest, report.public_id, report) for span, report in dated if _may_be_before(span, now)]
    return min(maybe, key=lambda one: one[:2])[2] if maybe else None


def _certainly_before(was: ReportView, now: ReportView) -> bool:
    one, other = was.published.span, now.published.span
    return one is not None and other is not None and one.latest <= other.earliest


def _may_be_before(span: Span, now: ReportView) -> bool:
    return now.published.span is not None and span.earliest <= now.published.span.latest
