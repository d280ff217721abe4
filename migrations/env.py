"""Runs the migrations against the database of ``PROVENANCE_DATABASE_URL``, or the one a caller names."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from provenance.settings import settings
from provenance.storage import tables
from provenance.storage.record import Instant, Word
from provenance.storage.session import make_engine

# The full-text index has tables of its own kind on each database; its migration makes them.
UNMODELLED = ("search_entry",)


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Plain column types, so that a migration depends on no code that may change."""
    if kind != "type":
        return False
    match item:
        case AutoString():
            return f"sa.String({item.length or ''})"
        case Word():
            return "sa.String(40)"
        case Instant():
            return "INSTANT"
        case _:
            return False


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Leave the full-text index to its own migration."""
    return not (kind == "table" and name is not None and name.startswith(UNMODELLED))


def run(connection: sa.Connection) -> None:
    """Configure and run on one connection."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        include_name=include_name,
        # All steps or none: whoever is half-way has no program that fits. SQLite can take back what changed its schema,
        # too; Alembic would rather not rely on it, and make each step lasting.
        transaction_per_migration=False,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_alone() -> None:
    """Run on a connection of one's own."""
    engine = make_engine(context.config.attributes.get("url") or settings().database_url, new=True)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                # Rebuilding a table drops it for a moment; its rows' children must not fall with it.
                # The pragma does nothing inside a transaction, so it goes to the driver before one begins.
                driver: Any = connection.connection.dbapi_connection
                driver.execute("PRAGMA foreign_keys = OFF")
            run(connection)
            connection.commit()
    finally:
        engine.dispose()


assert tables.ALL
given = context.config.attributes.get("connection")
if given is None:
    run_alone()
else:
    # Whoever gives a connection has begun a transaction, and ends it.
    run(given)
