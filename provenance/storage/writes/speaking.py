"""What reports speak of: it holds as soon as somebody stands behind one of them, and goes when none is left.

A proposal may bring its own claim, event and sources, each proposed itself. Nobody decides about these one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.event import Event
from provenance.storage.record import Record
from provenance.storage.references import REFERRERS, TABLES
from provenance.storage.report import Attribution, Report
from provenance.storage.source import Source, SourceName
from provenance.storage.writes.moving import current_rows
from provenance.storage.writes.searching import unindex
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import ReportState

S = TypeVar("S", Claim, Event, Source)


def stand_behind(writer: Writer, reports: Sequence[Report]) -> list[Record]:
    """Accept what accepted reports speak of and what was only proposed: claims, events, sources; tells which."""
    session = writer.session
    claims = _proposed(session, Claim, {report.claim_id for report in reports})
    events = _proposed(session, Event, {claim.event_id for claim in claims})
    sources = _proposed(session, Source, _named_by(session, reports))
    return accept_all(writer, [*events, *sources, *claims])


def accept_all(writer: Writer, rows: Iterable[Claim | Event | Source]) -> list[Record]:
    """Let a person stand behind these."""
    accepted = list(rows)
    writer.change_all(accepted, {"state": ReportState.ACCEPTED})
    return [*accepted]


def let_go(writer: Writer, claims: Collection[int], sources: Collection[int]) -> list[Record]:
    """Retire those of these claims and sources, and of the claims' events, that nothing speaks of any more.

    Only what was proposed goes; a report that was rejected does not speak of anything. A claim that no report states
    any more, and that somebody reviewed or corrected, is accepted: a person wrote about it.
    """
    session = writer.session
    gone: list[Record] = []
    for claim in _unspoken(session, Claim, claims):
        gone.append(_retired(writer, claim))
    left = [claim for claim in _proposed(session, Claim, claims) if claim.key not in _stated(session, claims)]
    accept_all(writer, [*_proposed(session, Event, {claim.event_id for claim in left}), *left])
    for event in _unspoken(session, Event, {one.event_id for one in gone if isinstance(one, Claim)}):
        gone.append(_retired(writer, event))
    for source in _unspoken(session, Source, sources):
        for name in current_rows(session, SourceName, col(SourceName.source_id) == source.key):
            writer.retire(name)
        gone.append(_retired(writer, source))
    return gone


def let_go_with_reviews(writer: Writer, claims: Collection[int], event_id: str) -> None:
    """Retire those of these claims that a review which is gone brought along, and that nothing else speaks of.

    Such a claim was written together with a review, nobody changed it since, and it stands in the event of this public
    id, where nobody puts claims himself. What a desk works on stays.
    """
    review, event = TABLES["review"], TABLES["event"]
    brought = sa.exists().where(review.c.claim_id == col(Claim.id), review.c.recorded_from == col(Claim.recorded_from))
    there = col(Claim.event_id).in_(sa.select(event.c.id).where(event.c.public_id == event_id))
    for claim in current_rows(writer.session, Claim, col(Claim.id).in_(claims), there, brought, *_unreferred()):
        _retired(writer, claim)


def _unreferred() -> list[sa.ColumnElement[bool]]:
    rows = ((TABLES[name].alias("other"), column) for name, column in REFERRERS["claim"])
    return [
        ~sa.exists().where(other.c[column] == col(Claim.id), other.c.recorded_to.is_(None)) for other, column in rows
    ]


def sources_in(session: Session, reports: Collection[int]) -> set[int]:
    """The keys of the sources that the hops of these reports name."""
    hops = current_rows(session, Attribution, col(Attribution.report_id).in_(reports))
    return {key for hop in hops for key in (hop.upstream_id, hop.downstream_id) if key is not None}


def _named_by(session: Session, reports: Sequence[Report]) -> set[int]:
    documents = sa.select(col(Document.publisher_id)).where(
        col(Document.id).in_({report.document_id for report in reports})
    )
    return sources_in(session, [report.key for report in reports]) | set(session.execute(documents).scalars())


def _proposed(session: Session, table: type[S], keys: Collection[int]) -> list[S]:
    if not keys:
        return []
    return current_rows(session, table, col(table.id).in_(keys), col(table.state) == ReportState.PROPOSED)


def _stated(session: Session, claims: Collection[int]) -> set[int]:
    reports = current_rows(session, Report, col(Report.claim_id).in_(claims), col(Report.state) != ReportState.REJECTED)
    return {report.claim_id for report in reports}


def _retired(writer: Writer, row: S) -> S:
    writer.retire(row)
    unindex(writer.session, row)
    return row


def _unspoken(session: Session, table: type[S], keys: Collection[int]) -> list[S]:
    if not keys:
        return []
    own, report = TABLES[str(table.__tablename__)], TABLES["report"].alias("speaking")
    conditions = [own.c.id.in_(keys), own.c.state == ReportState.PROPOSED]
    for name, column in REFERRERS[str(table.__tablename__)]:
        other = TABLES[name].alias("other")
        refers = [other.c[column] == own.c.id, other.c.recorded_to.is_(None)]
        match name:
            case "source_name":
                continue  # a part of the source, which goes with it
            case "desk_item" | "desk_note" | "contact" | "watch":
                continue  # that a desk is at work on something is no word about it
            case "report":
                refers.append(other.c.state != ReportState.REJECTED)
            case "attribution":
                refers += [other.c.report_id == report.c.id, report.c.recorded_to.is_(None)]
                refers.append(report.c.state != ReportState.REJECTED)
        conditions.append(~sa.exists().where(*refers))
    return current_rows(session, table, *conditions)
