"""Reads everything that is held, row by row, as it was at one moment: for a whole copy.

Values come as they are stored, so that a copy can also be made of what somebody wrote past this program.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext

from provenance.storage.history import FIRST
from provenance.storage.kept import KEPT, KeptTable
from provenance.storage.reads.rows import TABLES
from provenance.storage.reads.stored import stored
from provenance.storage.record import Instant
from provenance.storage.session import of_one_moment

AT_ONCE = 50  # rows that are fetched together, since each may hold a whole document

history = TABLES["history"]


class InstantText(Instant):
    """An instant in the one form in which SQLite keeps it; what stands there instead comes back as it is."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Text such as ``2022-01-06T12:38:00.000000Z``."""
        if not isinstance(value, datetime):
            return value
        return f"{value.astimezone(UTC).isoformat(timespec='microseconds')[:26]}Z"


@contextmanager
def one_moment(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees the database as it is now, whatever others write meanwhile."""
    with of_one_moment(engine).begin() as connection:
        yield connection


def schema_of(connection: sa.Connection) -> str | None:
    """The schema version of the database."""
    return MigrationContext.configure(connection).get_current_revision()


def counts(connection: sa.Connection) -> dict[str, int]:
    """How many rows each table holds."""
    return {
        kept.name: connection.execute(sa.select(sa.func.count()).select_from(kept.table)).scalar_one()
        for kept in KEPT.values()
    }


def is_empty(connection: sa.Connection) -> bool:
    """Whether no table holds a row."""
    return not any(connection.execute(sa.select(kept.table).limit(1)).first() for kept in KEPT.values())


def newest_hash(connection: sa.Connection) -> str:
    """The hash of the newest entry of the history."""
    newest = sa.select(history.c.hash).order_by(history.c.id.desc()).limit(1)
    return connection.execute(newest).scalar() or FIRST


def all_rows(connection: sa.Connection, kept: KeptTable) -> Iterator[sa.Row[Any]]:
    """Every row of a table in the order of its keys, the same on both databases; few are in memory at a time."""
    statement = sa.select(*(_as_stored(column) for column in kept.table.c)).order_by(
        *(_sortable(column, connection) for column in kept.table.primary_key)
    )
    # A cursor on the server that is left half read has to be closed.
    with connection.execute(statement.execution_options(yield_per=AT_ONCE)) as result:
        yield from result


def _as_stored(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    if isinstance(column.type, Instant):
        return sa.type_coerce(column, InstantText()).label(column.name)
    return stored(column).label(column.name)


def _sortable(column: sa.Column[Any], connection: sa.Connection) -> sa.ColumnElement[Any]:
    # PostgreSQL sorts texts by the language that it was set up for, SQLite by their bytes.
    is_text = isinstance(column.type, sa.String) or column.type.python_type is str
    return sa.collate(column, "C") if is_text and connection.dialect.name == "postgresql" else column
