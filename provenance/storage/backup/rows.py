"""Reads and fills tables in plain values that both databases have: instants and JSON as text, truth as 0 or 1.

Tables are taken as the database has them and not as today's models do, so that a backup can also be made of an older
schema, before it is migrated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from provenance.errors import Conflict
from provenance.storage.access import BrowserSession
from provenance.storage.backup.lines import TableHeld, Value, row_line
from provenance.storage.tables import ALL

# Whoever had logged out stays so. A table that some version of this program made, and that is no more, belongs here.
KEPT: Mapping[str, frozenset[str]] = {
    str(model.__tablename__): frozenset(model.__table__.c.keys())  # type: ignore[attr-defined]
    for model in ALL
    if model is not BrowserSession
}
AT_ONCE = 100  # rows that are fetched or written together, since each may hold a whole document

UTC_TEXT = """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'"""


def tables_of(connection: sa.Connection, newest: bool) -> tuple[TableHeld, ...]:
    """The tables to keep, each with its columns and how many rows it holds; of the newest schema only our columns."""
    inspector = sa.inspect(connection)
    found = []
    for name in sorted(KEPT.keys() & set(inspector.get_table_names())):
        columns = [str(one["name"]) for one in inspector.get_columns(name)]
        ours = [column for column in columns if not newest or column in KEPT[name]]
        found.append(TableHeld(name, tuple(ours), _count(connection, name)))
    return tuple(found)


def holds_rows(connection: sa.Connection) -> bool:
    """Whether any table but the stamp of the schema holds a row."""
    names = [name for name in sa.inspect(connection).get_table_names() if name != "alembic_version"]
    return any(
        connection.execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first() for name in names
    )


def read(connection: sa.Connection, held: TableHeld) -> Iterator[Sequence[Value]]:
    """All rows of a table in the order of its keys, the same on both databases; few are in memory at a time."""
    inspector = sa.inspect(connection)
    kinds = {one["name"]: one["type"] for one in inspector.get_columns(held.name)}
    table = sa.table(held.name, *(sa.column(name) for name in held.columns))
    keys = inspector.get_pk_constraint(held.name)["constrained_columns"]
    plain = (_plain(table.c[name], kinds[name], connection.dialect.name) for name in held.columns)
    statement = sa.select(*plain).order_by(*(_sortable(table.c[key], kinds[key], connection) for key in keys))
    # A cursor on the server that is left half read has to be closed.
    with connection.execute(statement.execution_options(yield_per=AT_ONCE)) as result:
        for row in result:
            yield tuple(row)


def digest(rows: Iterable[Sequence[Value]]) -> str:
    """The SHA-256 of rows as a backup writes them."""
    found = hashlib.sha256()
    for row in rows:
        found.update(row_line(row))
    return found.hexdigest()


def fill(connection: sa.Connection, held: TableHeld, rows: Iterator[Sequence[Value]]) -> None:
    """Write the rows of a table that is empty.

    :raises Conflict: if the table is not as the backup has it, or the database refuses a row.
    """
    kinds = {one["name"]: one["type"] for one in sa.inspect(connection).get_columns(held.name)}
    if set(kinds) != set(held.columns):
        raise Conflict(f"The backup has other columns of the table {held.name} than its schema: it was changed.")
    try:
        if connection.dialect.name == "postgresql":
            _copy_in(connection, held, rows)
        else:
            _insert(connection, held, rows)
    except sa.exc.DBAPIError as refused:
        raise Conflict(f"The database refuses a row of {held.name}: {_first_line(refused.orig)}.") from refused


def count_on(connection: sa.Connection, held: TableHeld) -> None:
    """Let PostgreSQL count on from the keys that are there."""
    if connection.dialect.name != "postgresql" or "id" not in held.columns:
        return
    table = sa.table(held.name, sa.column("id"))
    counter = sa.func.pg_get_serial_sequence(sa.func.quote_ident(held.name), "id")
    newest = sa.select(sa.func.max(table.c.id)).scalar_subquery()
    connection.execute(sa.select(sa.func.setval(counter, newest)).where(newest.is_not(None), counter.is_not(None)))


def _count(connection: sa.Connection, name: str) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one())


def _plain(column: sa.ColumnClause[Any], kind: Any, dialect: str) -> sa.ColumnElement[Any]:
    if dialect == "sqlite":
        return column
    match kind:
        case sa.DateTime():
            return sa.func.to_char(sa.func.timezone("UTC", column), sa.literal_column(UTC_TEXT)).label(column.name)
        case sa.JSON():
            return sa.cast(column, sa.Text()).label(column.name)
        case sa.Boolean():
            return sa.cast(column, sa.Integer()).label(column.name)
        case _:
            return column


def _sortable(column: sa.ColumnClause[Any], kind: Any, connection: sa.Connection) -> sa.ColumnElement[Any]:
    # PostgreSQL sorts texts by the language that it was set up for, SQLite by their bytes.
    is_text = isinstance(kind, sa.String)
    return sa.collate(column, "C") if is_text and connection.dialect.name == "postgresql" else column


def _insert(connection: sa.Connection, held: TableHeld, rows: Iterator[Sequence[Value]]) -> None:
    quoted = connection.dialect.identifier_preparer.quote
    columns = ", ".join(map(quoted, held.columns))
    statement = f"INSERT INTO {quoted(held.name)} ({columns}) VALUES ({', '.join('?' * len(held.columns))})"
    while some := [tuple(row) for row in islice(rows, AT_ONCE)]:
        connection.exec_driver_sql(statement, some)


def _copy_in(connection: sa.Connection, held: TableHeld, rows: Iterator[Sequence[Value]]) -> None:
    from psycopg import DatabaseError, sql

    driver: Any = connection.connection.driver_connection
    columns = sql.SQL(", ").join(map(sql.Identifier, held.columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(held.name), columns)
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copying:
            for row in rows:
                copying.write_row(row)
    except DatabaseError as refused:
        raise Conflict(f"The database refuses a row of {held.name}: {_first_line(refused)}.") from refused


def _first_line(error: BaseException | None) -> str:
    return str(error).partition("\n")[0]


def without_references(connection: sa.Connection) -> list[str]:
    """Take foreign keys away while rows come in any order; the statements that put them back, which check them all.

    Only for PostgreSQL, where this is part of the transaction; on SQLite they are not enforced meanwhile.
    """
    found = connection.execute(
        sa.text(
            "SELECT conrelid::regclass::text AS of, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS says "
            "FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        )
    ).all()
    for key in found:
        connection.exec_driver_sql(f"ALTER TABLE {key.of} DROP CONSTRAINT {key.name}")
    return [f"ALTER TABLE {key.of} ADD CONSTRAINT {key.name} {key.says}" for key in found]


def dangling(connection: sa.Connection) -> list[str]:
    """On SQLite: the tables with rows that lead to no row."""
    if connection.dialect.name != "sqlite":
        return []
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return sorted({str(row[0]) for row in found})
