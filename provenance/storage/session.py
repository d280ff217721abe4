"""Engines, sessions and migrations for SQLite and PostgreSQL, from one URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import Session

from provenance.errors import DatabaseNotReady, InvalidInput
from provenance.settings import shipped

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",
)


def database_url(url: str) -> sa.URL:
    """The URL with the driver that this project uses; raises :class:`InvalidInput` for any other database."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as unreadable:
        raise InvalidInput(
            f"PROVENANCE_DATABASE_URL is not a database URL: {url!r}. Use sqlite:///FILE or postgresql://USER@HOST/NAME.",
            field="PROVENANCE_DATABASE_URL",
        ) from unreadable
    match parsed.get_backend_name():
        case "sqlite":
            return parsed.set(drivername="sqlite+pysqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
        case other:
            raise InvalidInput(
                f"PROVENANCE_DATABASE_URL names the database '{other}'; SQLite and PostgreSQL are supported.",
                field="PROVENANCE_DATABASE_URL",
            )


def make_engine(url: str) -> sa.Engine:
    """An engine with foreign keys enforced, and on SQLite write-ahead logging and patience with other writers."""
    parsed = database_url(url)
    engine = sa.create_engine(parsed, pool_pre_ping=parsed.get_backend_name() == "postgresql")
    if parsed.get_backend_name() == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    # The driver would open transactions by itself, and late; SQLAlchemy's begin event does it instead.
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer takes the lock at its start: upgrading a read transaction fails at once however long it may wait.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: sa.Engine) -> Iterator[Session]:
    """A session that changes nothing."""
    with Session(engine) as session:
        yield session


@contextmanager
def writing(engine: sa.Engine) -> Iterator[Session]:
    """One transaction: committed whole at the end, or not at all."""
    with Session(engine.execution_options(writes=True), expire_on_commit=False) as session, session.begin():
        yield session


def _alembic(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    config.attributes["url"] = url
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database to the given schema version, creating an SQLite file where there is none."""
    command.upgrade(_alembic(url), revision)


def unmigrate(url: str, revision: str = "base") -> None:
    """Take the database back to an earlier schema version."""
    command.downgrade(_alembic(url), revision)


def schema_versions(engine: sa.Engine) -> tuple[str | None, str | None]:
    """The schema version that the database has, and the one that this version of the program needs."""
    with engine.connect() as connection:
        has = MigrationContext.configure(connection).get_current_revision()
    return has, ScriptDirectory(str(shipped("migrations"))).get_current_head()


def require_ready(engine: sa.Engine) -> None:
    """Raise :class:`DatabaseNotReady`, with the remedy, unless the database has the schema that is needed."""
    try:
        has, needs = schema_versions(engine)
    except sa.exc.OperationalError as unreachable:
        raise DatabaseNotReady(
            f"The database {engine.url.render_as_string()} cannot be opened: {unreachable.orig}. "
            "Check PROVENANCE_DATABASE_URL and that the server runs."
        ) from unreachable
    if has != needs:
        raise DatabaseNotReady(
            f"The database {engine.url.render_as_string()} has schema version {has or 'none'}, this program needs "
            f"{needs}. Run: provenance migrate"
        )
