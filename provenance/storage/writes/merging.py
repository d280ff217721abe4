"""Merges two records that turned out to be one: whatever refers to the one that is gone refers to the other then.

Nothing is deleted. The row that is gone stays with its id, and what was moved is listed, so that a split gives it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.errors import Conflict, InvalidInput
from provenance.storage.claim import Claim
from provenance.storage.correction import Correction, Ruling
from provenance.storage.document import Document
from provenance.storage.event import Event, SourceInterest, Tally
from provenance.storage.merge import Merge, MergeCreate
from provenance.storage.record import Record
from provenance.storage.report import Attribution, Report
from provenance.storage.source import Source, Tie
from provenance.storage.writes.chains import check_chain
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.moving import Moves, Regrouped, current_rows, referring, referring_columns
from provenance.storage.writes.searching import index, unindex
from provenance.storage.writes.speaking import accept_all
from provenance.storage.writes.ties import contradicts
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Mergeable, ReportState, Visibility

R = TypeVar("R", bound=Record)


def merge_claims(writer: Writer, public_id: str, given: MergeCreate) -> Regrouped:
    """Let another claim stand for this one too: its reports, corrections, rulings and reviews become the other's.

    :raises Moved: if this one was merged already.
    :raises InvalidInput: if the other is unknown, the same, or of another event.
    :raises Conflict: if the record tells the two apart, or holds one report twice.
    """
    gone = known(writer.session, Claim, public_id)
    kept = referred(writer.session, Claim, given.into, "into")
    _check_two(gone, kept, gone.text)
    _check_claims(writer.session, gone, kept)
    _check_reported_once(writer.session, gone, kept)
    return _merged(Moves(writer), Mergeable.CLAIM, gone, kept)


def merge_sources(writer: Writer, public_id: str, given: MergeCreate) -> Regrouped:
    """Let another source stand for this one too, with its names as further names.

    A hop from the one to the other says nothing any more and is let go, as is what would be said twice.

    :raises Moved: if this one was merged already.
    :raises InvalidInput: if the other is unknown or the same, or only one of them identifies somebody.
    :raises Conflict: if the record tells the two apart, or a chain or tie would contradict itself.
    """
    gone = known(writer.session, Source, public_id)
    kept = referred(writer.session, Source, given.into, "into")
    _check_two(gone, kept, gone.name)
    _check_sources(writer.session, gone, kept)
    both = _reports_with(writer.session, gone) & _reports_with(writer.session, kept)
    moves = Moves(writer)
    result = _merged(moves, Mergeable.SOURCE, gone, kept)
    check_chains(writer.session, both, f"into: {gone.name} and {kept.name} cannot be one", "into")
    _check_ties(writer.session, kept)
    return result


def check_chains(session: Session, reports: set[int], wrong: str, field: str) -> None:
    """Refuse what was written if the chain of one of these reports contradicts itself now.

    :raises Conflict: naming the report, what is ``wrong`` and the ``field`` at fault.
    """
    for key in sorted(reports):
        report = session.get_one(Report, key)
        document = session.get_one(Document, report.document_id)
        hops = current_rows(session, Attribution, col(Attribution.report_id) == report.key)
        try:
            check_chain(session, document, report, hops, [hop.downstream_id for hop in hops], field)
        except InvalidInput as refused:
            reason = refused.message.removeprefix(f"{field}: ").rstrip(".")
            raise Conflict(
                f"{wrong} in the chain of the report '{report.public_id}' ({reason}). Put its hops right first, with "
                f"PATCH /v1/reports/{report.public_id}.",
                field=field,
            ) from refused


def _merged(moves: Moves, noun: Mergeable, gone: Claim | Source, kept: Claim | Source) -> Regrouped:
    writer = moves.writer
    moves.take(gone, kept)
    writer.retire(gone)
    unindex(writer.session, gone)
    public = gone.visibility is kept.visibility is Visibility.PUBLIC
    writer.add(
        Merge(
            noun=noun,
            gone=gone.public_id,
            kept=kept.public_id,
            moved=moves.told,
            visibility=Visibility.PUBLIC if public else Visibility.DESK,
        )
    )
    if kept.state is ReportState.PROPOSED and gone.state is ReportState.ACCEPTED:
        accept_all(writer, [kept])  # what stands for something that a person stands behind is no mere proposal
    index(writer.session, kept)
    return Regrouped(noun, kept.public_id, moves.counts, gone=gone.public_id)


def _check_two(gone: Claim | Source, kept: Claim | Source, called: str) -> None:
    if gone.id == kept.id:
        raise InvalidInput(
            f"into: that is '{gone.public_id}' itself ({called[:80]}); name the other record.", field="into"
        )


def _check_claims(session: Session, gone: Claim, kept: Claim) -> None:
    if gone.event_id != kept.event_id:
        titles = [session.get_one(Event, claim.event_id).title for claim in (gone, kept)]
        raise InvalidInput(
            f"into: that claim is about another event ({titles[1]}, not {titles[0]}); one claim is about one event.",
            field="into",
        )
    tallies = {claim.tally_id for claim in (gone, kept)} - {None}
    if len(tallies) > 1:
        one, other = (session.get_one(Tally, key).title for key in (gone.tally_id, kept.tally_id))
        raise Conflict(
            f"into: the two are counts in different tallies ({one}; {other}). Put them into one tally first, with "
            f"PATCH /v1/claims/{gone.public_id}.",
            field="into",
        )
    both = (gone.key, kept.key)
    replacing = current_rows(
        session, Correction, col(Correction.claim_id).in_(both), col(Correction.superseded_by_id).in_(both)
    )
    if replacing:
        raise Conflict(
            f"into: the correction '{replacing[0].public_id}' says that one of the two took the place of the other, so "
            "they are two statements. Withdraw it first, if that is wrong.",
            field="into",
        )


def _check_reported_once(session: Session, gone: Claim, kept: Claim) -> None:
    told = {_statement(session, report): report for report in _reports_of(session, kept)}
    for report in _reports_of(session, gone):
        same = told.get(_statement(session, report))
        if same is not None:
            raise Conflict(
                f"into: the report '{report.public_id}' of the one and '{same.public_id}' of the other read the same "
                "document through the same chain, so as one claim it would be reported twice. Reject one of them "
                f'first, with PATCH /v1/reports/{report.public_id} and {{"state": "rejected"}}.',
                field="into",
            )


def _reports_of(session: Session, claim: Claim) -> list[Report]:
    return current_rows(session, Report, col(Report.claim_id) == claim.key, col(Report.state) != ReportState.REJECTED)


def _statement(session: Session, report: Report) -> tuple[object, ...]:
    hops = sa.select(col(Attribution.upstream_id), col(Attribution.downstream_id)).where(
        col(Attribution.report_id) == report.key, col(Attribution.recorded_to).is_(None)
    )
    return report.document_id, report.stance, frozenset(map(tuple, session.execute(hops)))


def _check_sources(session: Session, gone: Source, kept: Source) -> None:
    if gone.kind.placeholder is not kept.kind.placeholder:
        words, other = (gone, kept) if gone.kind.placeholder else (kept, gone)
        raise InvalidInput(
            f"into: '{words.name}' identifies nobody, and different pages mean different people by it; tie it to "
            f"{other.name} instead, or name {other.name} in the hops that mean it.",
            field="into",
        )
    events = {row.event_id: row for row in _of(session, SourceInterest, gone)}
    for row in _of(session, SourceInterest, kept):
        if row.event_id in events:
            title = session.get_one(Event, row.event_id).title
            raise Conflict(
                f"into: it is stated of both what they have at stake in '{title}' ('{events[row.event_id].public_id}' "
                f"and '{row.public_id}'). Retire one of them first, with DELETE /v1/interests/{row.public_id}.",
                field="into",
            )
    for table in (Correction, Ruling):
        for aimed in _between(session, table, gone, kept):
            raise Conflict(
                f"into: the {table.__tablename__} '{aimed.public_id}' is about what one of the two relayed from the "
                "other, so they are two. Withdraw it first, if that is wrong.",
                field="into",
            )


def _between(
    session: Session, table: type[Correction] | type[Ruling], gone: Source, kept: Source
) -> Iterator[Correction | Ruling]:
    both = {gone.key, kept.key}
    for row in (*_of(session, table, gone), *_of(session, table, kept)):
        if {row.upstream_id, row.downstream_id} == both:
            yield row


def _of(session: Session, table: type[R], source: Source) -> list[R]:
    return referring(session, table, referring_columns(Source)[table], source)


def _check_ties(session: Session, kept: Source) -> None:
    ties = _of(session, Tie, kept)
    for position, tie in enumerate(ties):
        for other in ties[position + 1 :]:
            same_two = {tie.source_id, tie.other_id} == {other.source_id, other.other_id}
            if same_two and contradicts(_dated(tie), _dated(other)):
                raise Conflict(
                    f"into: of one source, the ties '{tie.public_id}' ({tie.kind}) and '{other.public_id}' "
                    f"({other.kind}) contradict each other. Withdraw one of them first, with "
                    f"DELETE /v1/ties/{tie.public_id}.",
                    field="into",
                )


def _dated(tie: Tie) -> dict[str, object]:
    return {name: getattr(tie, name) for name in ("kind", "valid_from", "valid_to")}


def _reports_with(session: Session, source: Source) -> set[int]:
    """The keys of the reports in whose chains a source stands, also as the publisher."""
    hops = sa.select(col(Attribution.report_id)).where(
        sa.or_(col(Attribution.upstream_id) == source.key, col(Attribution.downstream_id) == source.key),
        col(Attribution.recorded_to).is_(None),
    )
    published = (
        sa.select(col(Report.id))
        .join(Document, col(Document.id) == col(Report.document_id))
        .where(col(Document.publisher_id) == source.key, col(Document.recorded_to).is_(None))
    )
    return {*session.execute(hops).scalars(), *(key for key in session.execute(published).scalars() if key)}
