"""Writes what a machine proposes: many rows at once, each marked as proposed and checked as any other.

A proposal counts for nothing, so none of these rows concerns a standing; accepting one does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from provenance.declared import Actor, Declared, Hop, check_declared
from provenance.storage.claim import Claim, ClaimBase
from provenance.storage.document import Document
from provenance.storage.event import Event, EventBase
from provenance.storage.figure import Figure, FigureBase
from provenance.storage.record import Record, new_public_id
from provenance.storage.report import Attribution, AttributionBase, Report, ReportBase
from provenance.storage.source import Source, SourceBase, SourceName, SourceNameBase
from provenance.storage.writes.concerns import Concerned
from provenance.storage.writes.figures import check_figure
from provenance.storage.writes.searching import index_new
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import NameKind, ReportState


@dataclass(frozen=True, slots=True)
class ProposedHop:
    """One hop that is to be proposed; ``upstream`` None: the page does not say from whom."""

    upstream: Source | None
    downstream: Source
    said: AttributionBase


@dataclass(frozen=True, slots=True)
class ProposedReport:
    """One report that is to be proposed, with its hops and figures; ids are those that it brings, if any."""

    claim: Claim
    said: ReportBase
    hops: tuple[ProposedHop, ...] = ()
    figures: tuple[FigureBase, ...] = ()
    public_id: str | None = None
    figure_ids: tuple[str | None, ...] | None = None


def propose_event(writer: Writer, given: EventBase, public_id: str | None = None) -> Event:
    """Add an event of which only proposals speak."""
    with concerning_nothing(writer):
        event = writer.add(Event(**given.model_dump(), state=ReportState.PROPOSED), public_id)
    index_new(writer.session, event)
    return event


def propose_source(
    writer: Writer, given: SourceBase, names: Sequence[SourceNameBase] = (), public_id: str | None = None
) -> Source:
    """Add a source of which only proposals speak, with all its names."""
    with concerning_nothing(writer):
        source = writer.add(Source(**given.model_dump(), state=ReportState.PROPOSED), public_id)
        rows = [SourceName(name=given.name, kind=NameKind.PRIMARY, source_id=source.key)]
        others = {name.name: name for name in names if name.name != given.name}
        rows += [SourceName(**name.model_dump(), source_id=source.key) for name in others.values()]
        _add_all(writer, rows)
    index_new(writer.session, source)
    return source


def propose_claims(
    writer: Writer, event: Event, given: Sequence[ClaimBase], public_ids: Sequence[str | None] = ()
) -> list[Claim]:
    """Add claims of which only proposals speak; ``public_ids`` are those that they bring."""
    claims = [Claim(**said.model_dump(), event_id=event.key, state=ReportState.PROPOSED) for said in given]
    with concerning_nothing(writer):
        _add_all(writer, claims, public_ids)
    index_new(writer.session, *claims)
    return claims


def propose_reports(
    writer: Writer, document: Document, publisher: Source, given: Sequence[ProposedReport]
) -> list[Report]:
    """Add reports of one document, in their order.

    :raises InvalidInput: where a chain contradicts itself, or a figure does.
    """
    reports = [
        Report(
            **{**one.said.model_dump(), "state": ReportState.PROPOSED},
            document_id=document.key,
            claim_id=one.claim.key,
            text_length=document.text_length,
        )
        for one in given
    ]
    for place, one in enumerate(given):
        _check(document, publisher, one, place)
    with concerning_nothing(writer):
        _add_all(writer, reports, [one.public_id for one in given])
        _add_all(writer, [row for report, one in zip(reports, given, strict=True) for row in _hops(report, one)])
        figures = [row for report, one in zip(reports, given, strict=True) for row in _figures(report, one)]
        _add_all(writer, figures, [id for one in given for id in one.figure_ids or [None] * len(one.figures)])
    return reports


def _check(document: Document, publisher: Source, one: ProposedReport, place: int) -> None:
    named = [publisher, *(hop.downstream for hop in one.hops), *(hop.upstream for hop in one.hops if hop.upstream)]
    hops = tuple(
        Hop(hop.upstream.key if hop.upstream else None, hop.downstream.key, hop.said.manner) for hop in one.hops
    )
    check_declared(
        Declared(place, document.key, publisher.key, hops),
        {source.key: Actor(source.key, source.name, source.kind) for source in named},
    )
    for number, figure in enumerate(one.figures):
        check_figure(figure.model_dump(), f"figures.{number}")


def _hops(report: Report, one: ProposedReport) -> Iterator[Attribution]:
    for hop in one.hops:
        yield Attribution(
            **hop.said.model_dump(),
            report_id=report.key,
            claim_id=report.claim_id,
            text_length=report.text_length,
            upstream_id=hop.upstream.key if hop.upstream else None,
            downstream_id=hop.downstream.key,
        )


def _figures(report: Report, one: ProposedReport) -> Iterator[Figure]:
    for figure in one.figures:
        yield Figure(
            **figure.model_dump(), report_id=report.key, claim_id=report.claim_id, text_length=report.text_length
        )


def _add_all(writer: Writer, rows: Sequence[Record], brought: Sequence[str | None] = ()) -> None:
    ids = brought or [None] * len(rows)
    pairs = zip(rows, ids, strict=True)
    writer.add_all(rows, [brings or new_public_id(str(row.__tablename__)) for row, brings in pairs])


@contextmanager
def concerning_nothing(writer: Writer) -> Iterator[None]:
    """Write what no standing depends on, since it is only proposed."""
    heard, writer.concerned = writer.concerned, Concerned()
    try:
        yield
    finally:
        writer.concerned = heard
