"""Keeps the search index at what the records say now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.event import Event
from provenance.storage.reads.wordings import merged_wordings
from provenance.storage.record import Record
from provenance.storage.source import Source, SourceName
from provenance.storage.words import SEARCHED, searchable

KINDS: tuple[type[Record], ...] = (Claim, Source, Document, Event)
AT_ONCE = 200


def entry_id(row: Record) -> int:
    """The id of a record's entry in the index."""
    return row.key * len(KINDS) + KINDS.index(type(row))


def index(session: Session, *rows: Record) -> None:
    """Bring the entries of these records up to date; what holds no longer is not found any more."""
    if not rows:
        return
    key = "rowid" if session.get_bind().dialect.name == "sqlite" else "id"
    session.execute(sa.text(f"DELETE FROM search_entry WHERE {key} = :id"), [{"id": entry_id(row)} for row in rows])
    held = [row for row in rows if row.recorded_to is None]
    _enter(session, held, merged_wordings(session, [row.key for row in held if isinstance(row, Claim)]))


def index_new(session: Session, *rows: Record) -> None:
    """As `index`, for records that were just written: there is no entry of theirs, and nothing was merged into them."""
    _enter(session, rows, {})


def _enter(session: Session, rows: Sequence[Record], merged: Mapping[int, Sequence[str]]) -> None:
    key = "rowid" if session.get_bind().dialect.name == "sqlite" else "id"
    entries = [{"id": entry_id(row), "body": searchable(_words(session, row, merged))} for row in rows]
    if entries:
        session.execute(sa.text(f"INSERT INTO search_entry ({key}, body) VALUES (:id, :body)"), entries)


def unindex(session: Session, *rows: Record) -> None:
    """Let records that hold no longer be found no longer."""
    key = "rowid" if session.get_bind().dialect.name == "sqlite" else "id"
    for row in rows:
        session.execute(sa.text(f"DELETE FROM search_entry WHERE {key} = :id"), {"id": entry_id(row)})


def index_all(session: Session) -> int:
    """Make the whole index anew; the number of records in it."""
    session.execute(sa.text("DELETE FROM search_entry"))
    return sum(len(keys) for table in KINDS for keys in _indexed(session, table))


def _indexed(session: Session, table: type[Record]) -> Iterator[list[int]]:
    """Index a table some rows at a time, for texts are long; yields the keys of those that were indexed."""
    after = 0
    while True:
        held = sa.select(table).where(col(table.recorded_to).is_(None), col(table.id) > after)
        rows = session.execute(held.order_by(col(table.id)).limit(AT_ONCE)).scalars().all()
        if not rows:
            return
        keys = [row.key for row in rows]
        claims = keys if table is Claim else []
        _enter(session, rows, merged_wordings(session, claims))
        after = keys[-1]
        yield keys
        for row in rows:
            session.expunge(row)


def _words(session: Session, row: Record, merged: Mapping[int, Sequence[str]]) -> str:
    own = [getattr(row, name) for name in SEARCHED[str(row.__tablename__)]]
    if isinstance(row, Claim):
        own += merged.get(row.key, ())
    if isinstance(row, Source):
        names = sa.select(col(SourceName.name)).where(
            col(SourceName.source_id) == row.key, col(SourceName.recorded_to).is_(None)
        )
        own += session.execute(names).scalars()
    return " ".join(filter(None, own))
