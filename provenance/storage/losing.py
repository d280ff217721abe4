"""What a database would lose if it went back to an earlier schema: that schema is made, and the two are compared."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from provenance.storage.session import known_versions, make_engine, migrate, schema_versions

# The search index is made anew from records, and the version says of itself what it is.
NOT_LOST = ("search_entry", "alembic_version")
BASE = "base"


@dataclass(frozen=True, slots=True)
class Losses:
    """How many rows each table holds that would be gone, and in how many rows each column (``table.column``)."""

    tables: Mapping[str, int]
    columns: Mapping[str, int]

    @property
    def any_rows(self) -> bool:
        """Whether anything that is held would be gone."""
        return any(self.tables.values()) or any(self.columns.values())


def losses(engine: sa.Engine, revision: str) -> Losses:
    """What would be gone after going down to a version, its name, `base`, or so many steps (``-1``)."""
    stays = _made_by(_named(engine, revision))
    tables: dict[str, int] = {}
    columns: dict[str, int] = {}
    with engine.connect() as connection:
        for table, held in _columns(connection).items():
            if table not in stays:
                tables[table] = _count(connection, sa.select(sa.func.count()).select_from(sa.table(table)))
                continue
            for name in sorted(held - stays[table]):
                column: sa.ColumnClause[object] = sa.column(name)
                filled = sa.select(sa.func.count()).select_from(sa.table(table, column)).where(column.is_not(None))
                columns[f"{table}.{name}"] = _count(connection, filled)
    return Losses(tables, columns)


def _named(engine: sa.Engine, revision: str) -> str:
    """The version that a number of steps leads to."""
    if not re.fullmatch(r"-\d+", revision):
        return revision
    known = [BASE, *known_versions()]
    has = schema_versions(engine)[0] or BASE
    return known[max(0, known.index(has) + int(revision))] if has in known else BASE


def _made_by(revision: str) -> Mapping[str, frozenset[str]]:
    if revision == BASE:
        return {}
    with tempfile.TemporaryDirectory(prefix="provenance-") as folder:
        url = f"sqlite:///{Path(folder) / 'schema.db'}"
        migrate(url, revision)
        engine = make_engine(url)
        try:
            with engine.connect() as connection:
                return _columns(connection)
        finally:
            engine.dispose()


def _columns(connection: sa.Connection) -> Mapping[str, frozenset[str]]:
    inspector = sa.inspect(connection)
    return {
        table: frozenset(column["name"] for column in inspector.get_columns(table))
        for table in sorted(inspector.get_table_names())
        if not table.startswith(NOT_LOST)
    }


def _count(connection: sa.Connection, question: sa.Select[Any]) -> int:
    counted: int = connection.execute(question).scalar_one()
    return counted
