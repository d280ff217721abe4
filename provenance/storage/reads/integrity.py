"""Proves what no rule of ours derives: that pages are whole, the schema is ours, references lead somewhere, and texts
and archived bytes are those that their hashes name.
"""

from __future__ import annotations

import hashlib
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from provenance.storage.reads.rows import TABLES
from provenance.storage.tables import ALL

AT_ONCE = 100
RESTORE = "Restore the newest backup that is whole: `provenance backups FOLDER`, then `provenance restore`."
MIGRATE = "Take a backup, restore it into an empty place, which makes the schema anew, and use that."

document, blob = TABLES["document"], TABLES["blob"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as this program writes it: where, what, and what to do."""

    where: str
    what: str
    remedy: str


def broken_pages(connection: sa.Connection) -> Iterator[Flaw]:
    """What the database itself finds wrong with its pages and indexes."""
    if connection.dialect.name == "sqlite":
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(100)"):
            if said != "ok":
                yield Flaw("file", str(said).replace("\n", " "), RESTORE)
        return
    failed = connection.execute(
        sa.text("SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()")
    ).scalar()
    if failed:
        yield Flaw("server", f"{failed:,} pages did not fit their checksums when they were read.", RESTORE)


def foreign_schema(connection: sa.Connection) -> Iterator[Flaw]:
    """Where tables, columns, indexes or constraints are other than the models say."""
    with warnings.catch_warnings():
        # Indexes on expressions are compared by their names below.
        warnings.simplefilter("ignore")
        context = MigrationContext.configure(connection, opts={"include_name": _is_modelled})
        differences = compare_metadata(context, SQLModel.metadata)
        held = _named(connection)
    for difference in differences:
        yield Flaw("schema", f"It would take this to make it as it should be: {_told(difference)}.", MIGRATE)
    for table, name in sorted(_checks_and_indexes() - held):
        yield Flaw(table, f"The table {table} lacks {name}.", MIGRATE)
    for table, name in sorted(_triggers(connection)):
        yield Flaw(table, f"The table {table} has a trigger, {name}, that this program did not make.", "Drop it.")


def loose_references(connection: sa.Connection) -> Iterator[Flaw]:
    """Rows that lead to a row that is not there, whatever the database enforced when they were written."""
    for table in _tables():
        for key in sorted(table.foreign_key_constraints, key=lambda one: str(one.name)):
            yield from _loose(connection, table, key)
    if connection.dialect.name == "postgresql":
        unproven = sa.text("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated")
        for of, name in connection.execute(unproven):
            yield Flaw(
                of, f"The constraint {name} was never validated.", f"Run: ALTER TABLE {of} VALIDATE CONSTRAINT {name}"
            )


def wrong_hashes(connection: sa.Connection) -> Iterator[Flaw]:
    """Texts and archived bytes that are not those that their SHA-256 names."""
    texts = sa.select(document.c.public_id, document.c.text, document.c.content_hash).order_by(document.c.id)
    with connection.execute(texts.execution_options(yield_per=AT_ONCE)) as result:
        for public_id, text, hashed in result:
            if hashed != (None if text is None else hashlib.sha256(text.encode()).hexdigest()):
                yield Flaw(public_id, "The text of this document is not the one that its hash names.", RESTORE)
    bytes_held = sa.select(blob.c.sha256, blob.c.size, blob.c.body).order_by(blob.c.sha256)
    with connection.execute(bytes_held.execution_options(yield_per=AT_ONCE)) as result:
        for address, size, body in result:
            if not _is_there(address, size, body):
                yield Flaw(address, "These archived bytes are not those that their hash names.", RESTORE)


def hashed_count(connection: sa.Connection) -> int:
    """How many texts and archived bytes there are to check."""
    texts = sa.select(sa.func.count(document.c.text))
    return int(connection.scalar(texts) or 0) + int(
        connection.scalar(sa.select(sa.func.count()).select_from(blob)) or 0
    )


def references_count() -> int:
    """How many kinds of reference there are between tables."""
    return sum(len(table.foreign_key_constraints) for table in _tables())


def tables_count() -> int:
    """How many tables the models have."""
    return len(_tables())


def _tables() -> list[sa.Table]:
    return [model.__table__ for model in ALL]  # type: ignore[attr-defined]


def _is_modelled(name: str | None, kind: str, _: object) -> bool:
    # The search index has tables of its own kind on each database, and is checked by what it finds.
    return not (kind == "table" and (name or "").startswith("search_entry"))


def _checks_and_indexes() -> set[tuple[str, str]]:
    # Alembic compares keys and columns, and neither checks nor indexes on expressions.
    checks = {
        (table.name, str(one.name))
        for table in _tables()
        for one in table.constraints
        if isinstance(one, sa.CheckConstraint)
    }
    indexes = {
        (table.name, str(one.name))
        for table in _tables()
        for one in table.indexes
        if not all(isinstance(each, sa.Column) for each in one.expressions)
    }
    return checks | indexes


def _named(connection: sa.Connection) -> set[tuple[str, str]]:
    inspector = sa.inspect(connection)
    tables = [name for name in inspector.get_table_names() if _is_modelled(name, "table", None)]
    checks = {(table, str(one["name"])) for table in tables for one in inspector.get_check_constraints(table)}
    if connection.dialect.name == "sqlite":
        indexes = sa.text("SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'")
    else:
        indexes = sa.text("SELECT tablename, indexname FROM pg_indexes WHERE schemaname = current_schema()")
    return checks | {(of, name) for of, name in connection.execute(indexes)}


def _triggers(connection: sa.Connection) -> set[tuple[str, str]]:
    if connection.dialect.name == "sqlite":
        found = sa.text("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
    else:
        found = sa.text(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
        )
    known = {table.name for table in _tables()}
    return {(of, name) for of, name in connection.execute(found) if of in known}


def _told(difference: object) -> str:
    # A changed column comes as a list of changes; each is a tuple that begins with what would be done.
    match difference:
        case [one, *_] if not isinstance(one, str):
            return _told(one)
        case (str(what), *rest):
            named = (one if isinstance(one, str) else getattr(one, "name", None) for one in rest)
            tables = (getattr(getattr(one, "table", None), "name", None) for one in rest)
            return " ".join([what.replace("_", " "), *dict.fromkeys(filter(None, (*tables, *named)))])
        case _:
            return str(difference)


def _loose(connection: sa.Connection, table: sa.Table, key: sa.ForeignKeyConstraint) -> Iterator[Flaw]:
    there = key.referred_table.alias()
    given = [element.parent.is_not(None) for element in key.elements]
    same = [there.c[element.column.name] == element.parent for element in key.elements]
    missing = ~sa.exists(sa.select(sa.literal(1)).select_from(there).where(*same))
    names = [column for column in table.c if column.name in ("public_id", "id")] or list(table.primary_key)
    statement = sa.select(*(sa.type_coerce(one, sa.String()) for one in names)).where(*given, missing).limit(1_000)
    columns = " and ".join(element.parent.name for element in key.elements)
    for row in connection.execute(statement):
        what = f"What {columns} of {table.name} leads to, in {key.referred_table.name}, is not there."
        yield Flaw(str(row[-1]) if "public_id" in table.c else f"{table.name} {row[0]}", what, RESTORE)


def _is_there(address: str, size: int, body: bytes) -> bool:
    """Whether bytes are what their address names; never unpacks more than they should be."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(body, max(size, 0) + 1)
    except zlib.error:
        return False
    return len(content) == size and unpacker.eof and hashlib.sha256(content).hexdigest() == address
