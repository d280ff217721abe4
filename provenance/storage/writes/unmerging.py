"""Takes a merge back: the record that was gone holds again, with what it brought, unless that was touched since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.errors import InvalidInput
from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.merge import Merge
from provenance.storage.record import Record
from provenance.storage.report import Attribution, Report
from provenance.storage.source import Source, SourceName
from provenance.storage.writes.chains import check_chain
from provenance.storage.writes.finding import referred
from provenance.storage.writes.moving import Before, Moves, Regrouped, before, current_rows
from provenance.storage.writes.searching import index
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Mergeable, NameKind

R = TypeVar("R", Claim, Source)


def given_back(writer: Writer, noun: Mergeable, kept: R, table: type[R], public_id: str) -> Regrouped:
    """Let a record that was merged into another hold again, with what the merge moved.

    What was moved elsewhere, retired or written since stays where it is; so do the hops of a report that somebody has
    put otherwise since, if together with them they make no chain.

    :raises InvalidInput: if it was not merged into this one.
    """
    merge = _merge_of(writer.session, noun, kept, public_id)
    statement = sa.select(table).where(col(table.public_id) == public_id, col(table.version_of).is_(None))
    gone = writer.session.execute(statement).scalars().one()
    undone = list(before(writer.session, merge.moved, merge.recorded_from))
    moves = Moves(writer)
    writer.restore(gone)
    if isinstance(gone, Source):
        undone = _with_whole_chains(writer.session, undone, kept, gone, merge.recorded_from)
    for one in undone:
        if one.was_retired:
            moves.restore(one.row)
        elif not (isinstance(one.row, SourceName) and one.row.kind is NameKind.PRIMARY):
            moves.change(one.row, one.values)
    moves.settle()
    if isinstance(gone, Source):
        name_primarily(writer, gone)
    writer.retire(merge)
    index(writer.session, gone, kept)
    return Regrouped(noun, kept.public_id, moves.counts, split_off=public_id)


def name_primarily(writer: Writer, source: Source) -> None:
    """Give a source the primary name that it lacks: its own, which may be among its further names."""
    names = current_rows(writer.session, SourceName, col(SourceName.source_id) == source.key)
    if any(name.kind is NameKind.PRIMARY for name in names):
        return
    same = next((name for name in names if name.name == source.name), None)
    if same is None:
        writer.add(SourceName(name=source.name, kind=NameKind.PRIMARY, source_id=source.key))
    else:
        writer.change(same, {"kind": NameKind.PRIMARY})


def _merge_of(session: Session, noun: Mergeable, kept: Record, public_id: str) -> Merge:
    found = current_rows(session, Merge, col(Merge.noun) == noun, col(Merge.gone) == public_id)
    if not found:
        table = Claim if noun is Mergeable.CLAIM else Source
        referred(session, table, public_id, noun.value)
        raise InvalidInput(
            f"{noun}: '{public_id}' holds and was not merged into another, so there is no merge to take back.",
            field=noun.value,
        )
    if found[0].kept != kept.public_id:
        raise InvalidInput(
            f"{noun}: '{public_id}' was merged into '{found[0].kept}', not into this {noun}; split that one.",
            field=noun.value,
        )
    return found[0]


def _with_whole_chains(
    session: Session, undone: Sequence[Before], kept: Record, gone: Record, merged_at: datetime
) -> list[Before]:
    """What goes back, without what would leave a report with a broken chain, because its hops were changed since.

    A document takes the last hops of all its reports with it, those written since too; it stays if that is no chain.
    """
    hops = {one.row.key: one for one in undone if isinstance(one.row, Attribution)}
    documents = [one for one in undone if isinstance(one.row, Document) and "publisher_id" in one.values]
    others = [one for one in undone if not isinstance(one.row, Attribution) and one not in documents]
    chosen: dict[int, Before] = {}
    for one in documents:
        reports = current_rows(session, Report, col(Report.document_id) == one.row.key)
        last = {
            hop.key: Before(hop, {"downstream_id": gone.key}) for hop in _last_hops(session, reports, kept, merged_at)
        }
        planned = {report.key: _of_report(session, report.key, last | hops) for report in reports}
        publisher: int = one.values["publisher_id"]
        if all(_is_chain(session, key, befores, publisher) for key, befores in planned.items()):
            others.append(one)
            chosen |= {before.row.key: before for befores in planned.values() for before in befores}
    for report in {hop.row.report_id for hop in hops.values() if isinstance(hop.row, Attribution)}:
        befores = _of_report(session, report, hops)
        if not any(one.row.key in chosen for one in befores) and _is_chain(session, report, befores, None):
            chosen |= {one.row.key: one for one in befores}
    return [*chosen.values(), *others]


def _last_hops(
    session: Session, reports: Iterable[Report], publisher: Record, merged_at: datetime
) -> list[Attribution]:
    """The hops that end at the publisher since the merge only; one that did before led on from it, and stays."""
    to_publisher = (
        col(Attribution.report_id).in_([report.key for report in reports]),
        col(Attribution.downstream_id) == publisher.key,
    )
    lasting = sa.func.coalesce(col(Attribution.version_of), col(Attribution.id))
    held_before = sa.or_(col(Attribution.recorded_to).is_(None), col(Attribution.recorded_to) >= merged_at)
    already = sa.select(lasting).where(*to_publisher, col(Attribution.recorded_from) < merged_at, held_before)
    return current_rows(session, Attribution, *to_publisher, col(Attribution.id).not_in(already))


def _of_report(session: Session, report: int, hops: dict[int, Before]) -> list[Before]:
    rows = session.execute(
        sa.select(col(Attribution.id)).where(
            col(Attribution.report_id) == report, col(Attribution.version_of).is_(None)
        )
    ).scalars()
    return [hops[key] for key in rows if key in hops]


def _is_chain(session: Session, report_key: int, befores: Sequence[Before], publisher: int | None) -> bool:
    """Whether a report's hops make a chain once these are as they were, and its document has this publisher."""
    report = session.get_one(Report, report_key)
    held = current_rows(session, Attribution, col(Attribution.report_id) == report_key)
    back = {one.row.key: Attribution(**{**one.row.model_dump(exclude={"id"}), **one.values}) for one in befores}
    hops = [*back.values(), *(hop for hop in held if hop.key not in back)]
    document = session.get_one(Document, report.document_id)
    as_it_was = Document(id=document.key, publisher_id=document.publisher_id if publisher is None else publisher)
    try:
        check_chain(session, as_it_was, report, hops, [hop.downstream_id for hop in hops])
    except InvalidInput:
        return False
    return True
