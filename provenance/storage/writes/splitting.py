"""Splits one record into two: takes a merge back, or gives a new record what was another's from the beginning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlmodel import Session, col

from provenance.errors import InvalidInput
from provenance.storage.claim import Claim, ClaimCreate
from provenance.storage.correction import Ruling
from provenance.storage.document import Document
from provenance.storage.event import Event, Tally
from provenance.storage.merge import ClaimSplit, SourceSplit
from provenance.storage.record import Record
from provenance.storage.report import Attribution, Report
from provenance.storage.source import Source, SourceName, Tie
from provenance.storage.writes.claims import create_claim
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.merging import check_chains
from provenance.storage.writes.moving import Moves, Regrouped, current_rows
from provenance.storage.writes.searching import index
from provenance.storage.writes.unmerging import given_back, name_primarily
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Mergeable, NameKind

R = TypeVar("R", bound=Record)


def split_claim(writer: Writer, public_id: str, given: ClaimSplit) -> Regrouped:
    """Make two claims of one: give back what a merge brought, or give some reports to a new claim.

    :raises InvalidInput: if what is given belongs to another claim, or does not say what the new claim asserts.
    """
    claim = known(writer.session, Claim, public_id)
    if given.claim is not None:
        _nothing_else(given, "claim")
        return given_back(writer, Mergeable.CLAIM, claim, Claim, given.claim)
    if not given.reports:
        raise InvalidInput(
            "reports: name the reports that state another claim, or in `claim` one that was merged into this one.",
            field="reports",
        )
    if given.text is None:
        raise InvalidInput("text: say in a sentence what these reports assert instead.", field="text")
    reports = _parts(writer.session, Report, given.reports, "reports", {"claim_id": claim.key}, "this claim")
    made = create_claim(writer, _as_claim(writer.session, claim, given, given.text))
    moves = Moves(writer)
    for report in reports:
        moves.change(report, {"claim_id": made.key})
    rulings = current_rows(
        writer.session,
        Ruling,
        col(Ruling.claim_id) == claim.key,
        col(Ruling.report_id).in_([report.key for report in reports]),
    )
    for ruling in rulings:
        moves.change(ruling, {"claim_id": made.key})
    moves.settle()
    return Regrouped(Mergeable.CLAIM, claim.public_id, moves.counts, split_off=made.public_id, made=True)


def split_source(writer: Writer, public_id: str, given: SourceSplit) -> Regrouped:
    """Make two sources of one: give back what a merge brought, or give a new source what it said, published, is called.

    A document that goes to the new source takes the last hops of its reports with it.

    :raises InvalidInput: if what is given belongs to another source, or the new source has no name.
    :raises Conflict: if a chain would contradict itself; a hop that leads on must be named with the one before.
    """
    source = known(writer.session, Source, public_id)
    if given.source is not None:
        _nothing_else(given, "source")
        return given_back(writer, Mergeable.SOURCE, source, Source, given.source)
    if given.name is None:
        raise InvalidInput(
            "name: say what the other source is called, or name in `source` one that was merged into this one.",
            field="name",
        )
    if not (given.hops or given.documents or given.names or given.ties):
        raise InvalidInput(
            "hops: name what belongs to the other source: hops, documents, names or ties. To add a source that has "
            "nothing yet, use POST /v1/sources.",
            field="hops",
        )
    return _divided(writer, source, given, given.name)


def _divided(writer: Writer, source: Source, given: SourceSplit, called: str) -> Regrouped:
    session = writer.session
    ends = {"upstream_id": source.key, "downstream_id": source.key}
    hops = _parts(session, Attribution, given.hops, "hops", ends, "this source")
    documents = _parts(session, Document, given.documents, "documents", {"publisher_id": source.key}, "this source")
    names = _parts(session, SourceName, given.names, "names", {"source_id": source.key}, "this source")
    ties = _parts(session, Tie, given.ties, "ties", {"source_id": source.key, "other_id": source.key}, "this source")
    for name in names:
        if name.kind is NameKind.PRIMARY:
            raise InvalidInput(
                f"names: '{name.name}' is the name under which this source is shown; give it another one first.",
                field="names",
            )
    # The last hop of a report ends at its publisher, whoever that is.
    published = current_rows(session, Report, col(Report.document_id).in_([document.key for document in documents]))
    last = current_rows(
        session,
        Attribution,
        col(Attribution.report_id).in_([report.key for report in published]),
        col(Attribution.downstream_id) == source.key,
    )
    kind = given.kind or source.kind
    made = writer.add(Source(name=called, kind=kind, country=given.country, note=given.note))
    moves = Moves(writer)
    for row in (*{hop.key: hop for hop in (*hops, *last)}.values(), *documents, *names, *ties):
        moves.change(row, _turned(row, source, made))
    moves.settle()
    name_primarily(writer, made)
    reports = {hop.report_id for hop in hops} | {report.key for report in published}
    check_chains(session, reports, f"hops: {called} and {source.name} would stand", "hops")
    index(session, source, made)
    return Regrouped(Mergeable.SOURCE, source.public_id, moves.counts, split_off=made.public_id, made=True)


def _as_claim(session: Session, claim: Claim, given: ClaimSplit, text: str) -> ClaimCreate:
    tally = given.tally
    if "tally" not in given.model_fields_set and claim.tally_id is not None:
        tally = session.get_one(Tally, claim.tally_id).public_id
    event = session.get_one(Event, claim.event_id).public_id
    return ClaimCreate(text=text, kind=claim.kind, event=event, tally=tally, note=given.note)


def _parts(
    session: Session, table: type[R], public_ids: Sequence[str], field: str, belongs: dict[str, int], to: str
) -> list[R]:
    rows: dict[int, R] = {}
    for position, public_id in enumerate(public_ids):
        row = referred(session, table, public_id, f"{field}.{position}")
        if not any(getattr(row, column) == key for column, key in belongs.items()):
            raise InvalidInput(
                f"{field}.{position}: '{public_id}' does not belong to {to}; name those that do.",
                field=f"{field}.{position}",
            )
        rows[row.key] = row
    return list(rows.values())


def _turned(row: Record, source: Source, made: Source) -> dict[str, Any]:
    ends = ("upstream_id", "downstream_id", "publisher_id", "source_id", "other_id")
    return {column: made.key for column in ends if getattr(row, column, None) == source.key}


def _nothing_else(given: ClaimSplit | SourceSplit, alone: str) -> None:
    further = sorted(given.model_fields_set - {alone})
    if further:
        raise InvalidInput(
            f"{further[0]}: where `{alone}` names an earlier merge, all else is known; leave it out.", field=further[0]
        )
