"""Keeps the search index at what the records say now."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.claim import Claim
from provenance.storage.reads.indexing import Entry, entries_of, entries_wanted, entry_id
from provenance.storage.reads.wordings import merged_wordings
from provenance.storage.record import Record


def index(session: Session, *rows: Record) -> None:
    """Bring the entries of these records up to date; what holds no longer is not found any more."""
    if not rows:
        return
    key = "rowid" if session.get_bind().dialect.name == "sqlite" else "id"
    session.execute(sa.text(f"DELETE FROM search_entry WHERE {key} = :id"), [{"id": entry_id(row)} for row in rows])
    held = [row for row in rows if row.recorded_to is None]
    merged = merged_wordings(session, [row.key for row in held if isinstance(row, Claim)])
    _enter(session, entries_of(session, held, merged))


def index_new(session: Session, *rows: Record) -> None:
    """As `index`, for records that were just written: there is no entry of theirs, and nothing was merged into them."""
    _enter(session, entries_of(session, rows, {}))


def unindex(session: Session, *rows: Record) -> None:
    """Let records that hold no longer be found no longer."""
    key = "rowid" if session.get_bind().dialect.name == "sqlite" else "id"
    for row in rows:
        session.execute(sa.text(f"DELETE FROM search_entry WHERE {key} = :id"), {"id": entry_id(row)})


def index_all(session: Session) -> int:
    """Make the whole index anew; the number of records in it."""
    session.execute(sa.text("DELETE FROM search_entry"))
    count = 0
    for entries in entries_wanted(session):
        _enter(session, entries)
        count += len(entries)
    return count


def index_anew(session: Session) -> int:
    """As `index_all`, also where what stands in the index cannot be read any more."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sa.text("INSERT INTO search_entry(search_entry) VALUES ('rebuild')"))
    return index_all(session)


def _enter(session: Session, entries: Sequence[Entry]) -> None:
    key = "rowid" if session.get_bind().dialect.name == "sqlite" else "id"
    if entries:
        values = [{"id": entry.id, "body": entry.body} for entry in entries]
        session.execute(sa.text(f"INSERT INTO search_entry ({key}, body) VALUES (:id, :body)"), values)
