"""Engines, sessions and migrations for SQLite and PostgreSQL, from one URL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlmodel import Session

from provenance.errors import Conflict, DatabaseNotReady, InvalidInput, ProvenanceError
from provenance.settings import shipped

PASSWORD = re.compile(r":[^:@/]*@")

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
        given = PASSWORD.sub(":***@", url)
        raise InvalidInput(
            f"PROVENANCE_DATABASE_URL is not a database URL: {given!r}. Use sqlite:///FILE or "
            "postgresql://USER@HOST/NAME.",
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
    sa.event.listen(engine, "handle_error", _unwrap)
    if parsed.get_backend_name() == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _unwrap(context: sa.ExceptionContext) -> ProvenanceError | None:
    # A value that our column types refuse would reach the user inside an error about the statement.
    refused = context.original_exception
    return refused if isinstance(refused, ProvenanceError) else None


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


def of_one_moment(engine: sa.Engine) -> sa.Engine:
    """The engine for transactions that change nothing, and see all of the database as it was at their first question.

    On SQLite every transaction does; on PostgreSQL each question would otherwise see what was written since the last.
    """
    if engine.dialect.name != "postgresql":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


@contextmanager
def writing(engine: sa.Engine) -> Iterator[Session]:
    """One transaction: committed whole at the end, or not at all; one writer at a time, on either database.

    Two writers side by side would seal two histories onto one entry, and one could store what it derived from facts
    that the other has just changed. SQLite's write lock keeps them apart; on PostgreSQL an advisory lock does.

    :raises Conflict: if a constraint of the database refuses what was written.
    :raises InvalidInput: if a value does not fit into its column.
    """
    try:
        with Session(engine.execution_options(writes=True), expire_on_commit=False) as session, session.begin():
            if engine.dialect.name == "postgresql":
                session.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('provenance.writing'))"))
            yield session
    except sa.exc.IntegrityError as refused:
        raise Conflict(
            f"The database refuses this write: {_first_line(refused)}. Read the record again, for somebody may have "
            "written the same meanwhile; else mend what the message names."
        ) from refused
    except sa.exc.DataError as unfit:
        raise InvalidInput(f"A value does not fit: {_first_line(unfit)}. Make it shorter or smaller.") from unfit


def _first_line(error: sa.exc.DBAPIError) -> str:
    return str(error.orig).partition("\n")[0]


def _alembic(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    config.attributes["url"] = url
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database to the given schema version, creating an SQLite file where there is none.

    :raises DatabaseNotReady: if the database cannot be opened, or was made by a newer version of the program.
    """
    with _migrating(url):
        command.upgrade(_alembic(url), revision)


def unmigrate(url: str, revision: str = "base") -> None:
    """Take the database back to an earlier schema version; raises as :func:`migrate` does."""
    with _migrating(url):
        command.downgrade(_alembic(url), revision)


@contextmanager
def _migrating(url: str) -> Iterator[None]:
    try:
        yield
    except sa.exc.DBAPIError as failed:
        raise _unreachable(database_url(url), failed) from failed
    except CommandError as unknown:
        raise DatabaseNotReady(
            f"The database {shown(database_url(url))} cannot be migrated: {unknown}. If a newer version of this "
            "program made it, install that version."
        ) from unknown


def schema_versions(engine: sa.Engine) -> tuple[str | None, str | None]:
    """The schema version that the database has, and the one that this version of the program needs."""
    with engine.connect() as connection:
        has = MigrationContext.configure(connection).get_current_revision()
    return has, _newest_version(shipped("migrations"))


@cache
def _newest_version(migrations: Path) -> str | None:
    # To know their order, all migrations are executed; while a program runs, none is added.
    return ScriptDirectory(str(migrations)).get_current_head()


def require_ready(engine: sa.Engine) -> None:
    """Raise :class:`DatabaseNotReady`, with the remedy, unless the database has the schema that is needed."""
    # Asking an SQLite file that is not there would create it, and an empty file is the harder riddle.
    if engine.dialect.name == "sqlite" and not _exists(engine.url):
        raise DatabaseNotReady(f"There is no database {shown(engine.url)}. Run: provenance migrate")
    try:
        has, needs = schema_versions(engine)
    except sa.exc.DBAPIError as failed:
        raise _unreachable(engine.url, failed) from failed
    if has == needs:
        return
    if has is not None and has not in known_versions():
        raise DatabaseNotReady(
            f"The database {shown(engine.url)} has schema version {has}, which this program does not know: a newer "
            "version made it. Install that version, or set PROVENANCE_DATABASE_URL to another database."
        )
    raise DatabaseNotReady(
        f"The database {shown(engine.url)} has schema version {has or 'none'}, this program needs {needs}. "
        "Run: provenance migrate"
    )


def shown(url: sa.URL) -> str:
    """The URL as it may be shown: as its user wrote it, so without our driver, and without its password."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


def known_versions() -> list[str]:
    """The schema versions that this program knows, oldest first."""
    scripts = ScriptDirectory(str(shipped("migrations")))
    return [script.revision for script in scripts.walk_revisions()][::-1]


def _exists(url: sa.URL) -> bool:
    in_memory = url.database in (None, "", ":memory:") or "uri" in url.query
    return in_memory or Path(url.database or "").exists()


def _unreachable(url: sa.URL, failed: sa.exc.DBAPIError) -> DatabaseNotReady:
    return DatabaseNotReady(
        f"The database {shown(url)} cannot be used: {_first_line(failed)}. Check PROVENANCE_DATABASE_URL, that its "
        "folder or server is there, and that you may write to it."
    )
