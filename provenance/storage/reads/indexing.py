"""What the search index should hold, record by record, and where it holds something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.event import Event
from provenance.storage.reads.integrity import Flaw
from provenance.storage.reads.wordings import merged_wordings
from provenance.storage.record import Record
from provenance.storage.source import Source, SourceName
from provenance.storage.words import SEARCHED, searchable
from provenance.vocabulary import Visibility

KINDS: tuple[type[Record], ...] = (Claim, Source, Document, Event)
AT_ONCE = 200
REINDEX = "Run `provenance reindex`."


@dataclass(frozen=True, slots=True)
class Entry:
    """The words by which a record is found, and the id under which they stand in the index."""

    id: int
    public_id: str
    body: str


def entry_id(row: Record) -> int:
    """The id of a record's entry in the index."""
    return row.key * len(KINDS) + KINDS.index(type(row))


def entries_of(session: Session, rows: Sequence[Record], merged: Mapping[int, Sequence[str]]) -> list[Entry]:
    """The entries that these records should have; ``merged`` holds the wordings of what was merged into claims."""
    return [Entry(entry_id(row), row.public_id, searchable(_words(session, row, merged))) for row in rows]


def entries_wanted(session: Session) -> Iterator[list[Entry]]:
    """All that the index should hold, some records at a time, for texts are long."""
    for table in KINDS:
        yield from _of_table(session, table)


def wrong_entries(session: Session) -> Iterator[Flaw]:
    """Where the index does not hold what it should, record by record."""
    key: sa.ColumnClause[int] = sa.literal_column("rowid" if session.get_bind().dialect.name == "sqlite" else "id")
    held = sa.table("search_entry", sa.column("body"))
    wanted: set[int] = set()
    for entries in entries_wanted(session):
        ids = [entry.id for entry in entries]
        found = {row[0]: row[1] for row in session.execute(sa.select(key, held.c.body).where(key.in_(ids)))}
        wanted.update(ids)
        for entry in entries:
            if entry.id not in found:
                yield Flaw(entry.public_id, "No search finds it: it is not in the index.", REINDEX)
            # The order of a source's names says nothing, and older entries have another.
            elif sorted(found[entry.id].split()) != sorted(entry.body.split()):
                yield Flaw(entry.public_id, "Searches find it by other words than it says.", REINDEX)
    for id in session.execute(sa.select(key).select_from(held)).scalars():
        if id not in wanted:
            yield Flaw(f"entry {id}", "The index has an entry for a record that holds no longer.", REINDEX)


def entries_count(session: Session) -> int:
    """How many entries the index has."""
    return int(session.scalar(sa.select(sa.func.count()).select_from(sa.table("search_entry"))) or 0)


def broken_index(connection: sa.Connection) -> Iterator[Flaw]:
    """On SQLite: whether the index finds the words that it holds. It must be allowed to write, though it does not."""
    if connection.dialect.name != "sqlite":
        return
    try:
        connection.exec_driver_sql("INSERT INTO search_entry(search_entry) VALUES ('integrity-check')")
    except sa.exc.DatabaseError as broken:
        if getattr(broken.orig, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
            yield Flaw("search_entry", "The words of the index lead elsewhere than they should.", REINDEX)
        else:
            raise


def _of_table(session: Session, table: type[Record]) -> Iterator[list[Entry]]:
    after = 0
    while True:
        held = sa.select(table).where(col(table.recorded_to).is_(None), col(table.id) > after)
        rows = session.execute(held.order_by(col(table.id)).limit(AT_ONCE)).scalars().all()
        if not rows:
            return
        after = rows[-1].key
        yield entries_of(session, rows, merged_wordings(session, [row.key for row in rows] if table is Claim else []))
        for row in rows:
            session.expunge(row)


def _words(session: Session, row: Record, merged: Mapping[int, Sequence[str]]) -> str:
    own = [getattr(row, name) for name in SEARCHED[str(row.__tablename__)]]
    if isinstance(row, Claim):
        own += merged.get(row.key, ())
    if isinstance(row, Source):
        names = sa.select(col(SourceName.name)).where(
            col(SourceName.source_id) == row.key,
            col(SourceName.recorded_to).is_(None),
            # By a name that not everybody may see, nobody is found: the hit would tell that it is theirs.
            col(SourceName.visibility) == Visibility.PUBLIC,
        )
        own += session.execute(names.order_by(col(SourceName.id))).scalars()
    return " ".join(filter(None, own))
