"""Engines, sessions and migrations for SQLite and PostgreSQL, from one URL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from secrets import randbelow
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlmodel import Session

from provenance.errors import Conflict, DatabaseNotReady, GivenUp, InvalidInput, OutcomeUnknown
from provenance.settings import shipped
from provenance.storage.failing import held_elsewhere, meaning
from provenance.storage.own_log import missing
from provenance.storage.questioning import bound_questions
from provenance.storage.same_file import SameFile
from provenance.storage.taking_turns import MOST_WAITING, turns_of
from provenance.storage.trouble import Trouble, trouble_of
from provenance.storage.undertaking import Undertaking, undertaken
from provenance.storage.writes.taken import take

PASSWORD = re.compile(r":[^:@/]*@")

PATIENCE = 10_000  # milliseconds to wait for a lock that another program holds

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # What was acknowledged outlives a power cut; with NORMAL the last writes before one may be gone.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {PATIENCE}",
)
# A write may take its time, and waits for its turn no longer than on SQLite. One statement spares two round trips.
POSTGRESQL_TURN = sa.text(
    f"SELECT set_config('lock_timeout', '{PATIENCE}', true), set_config('statement_timeout', '0', true), "
    "pg_advisory_xact_lock(hashtext('provenance.writing'))"
)
POSTGRESQL_TURN_AT_ONCE = sa.text(
    "SELECT set_config('statement_timeout', '0', true), pg_try_advisory_xact_lock(hashtext('provenance.writing'))"
)
# Kept open, and at most: whoever answers, writes and looks who asks. A PostgreSQL takes a hundred by default.
KEPT_CONNECTIONS, MOST_CONNECTIONS = 16, 48
COMPILED = 2_000  # questions kept as compiled, of some 60 kB; what is read asks 900, which 500 would push out
# Seconds to wait for a connection: whoever reads works in turns, so it is only long where the database hangs.
POOL_PATIENCE = 5.0


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


def make_engine(url: str, *, writers: int = MOST_WAITING, seconds: float | None = None, new: bool = False) -> sa.Engine:
    """An engine with foreign keys enforced, and on SQLite write-ahead logging and patience with other writers.

    :param writers: how many of this process may wait for their turn to write.
    :param seconds: how long the database may work on one question; None: as long as it takes.
    :param new: an SQLite file that is not there is made; else whoever connects is told that it is missing.
    """
    parsed = database_url(url)
    postgresql = parsed.get_backend_name() == "postgresql"
    engine = sa.create_engine(
        parsed, execution_options={"writers": writers}, query_cache_size=COMPILED, **_pooled(parsed)
    )
    sa.event.listen(engine, "handle_error", meaning)
    if not postgresql:
        sa.event.listen(engine, "connect", _prepare_sqlite)
        _hold_to_its_file(engine, new)
        sa.event.listen(engine, "begin", _begin_sqlite)
    if seconds is not None:
        bound_questions(engine, seconds)
    return engine


def _pooled(url: sa.URL) -> dict[str, Any]:
    if _in_memory(url):
        return {}
    return {
        "pool_size": KEPT_CONNECTIONS,
        "max_overflow": MOST_CONNECTIONS - KEPT_CONNECTIONS,
        "pool_timeout": POOL_PATIENCE,
        "pool_pre_ping": url.get_backend_name() == "postgresql",
    }


def _hold_to_its_file(engine: sa.Engine, new: bool) -> None:
    if _in_memory(engine.url):
        return
    file = SameFile(Path(engine.url.database or ""), new)

    def open_it(*_: Any) -> None:
        # Else the driver would make an empty file in the place of one that is gone, for all to read.
        if file.require() is None:
            file.make()

    def note_it(_: Any, record: Any) -> None:
        record.info["file"] = file.identity()

    def compare(_: Any, record: Any, __: Any) -> None:
        if file.require() != record.info["file"]:
            raise sa.exc.DisconnectionError("another file stands in the place of the one that was open")

    sa.event.listen(engine, "do_connect", open_it)
    sa.event.listen(engine, "connect", note_it)
    sa.event.listen(engine, "checkout", compare)


def _prepare_sqlite(connection: Any, _: Any) -> None:
    # The driver would open transactions by itself, and late; SQLAlchemy's begin event does it instead.
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer takes the lock at its start: upgrading a read transaction fails at once however long it may wait.
    options = connection.get_execution_options()
    if not options.get("writes", False):
        connection.exec_driver_sql("BEGIN")
        return
    if options.get("waits", True):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        _begin_at_once(connection)
    _number(connection)


def _number(connection: sa.Connection) -> None:
    """Let the write-ahead log say of which database it is; see :mod:`provenance.storage.own_log`.

    The number is written each time, also where it stays the same: only so is it in every log.
    """
    number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    connection.exec_driver_sql(f"PRAGMA user_version = {number or 1 + randbelow(2**31 - 1)}")


def _begin_at_once(connection: sa.Connection) -> None:
    patience = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience}")


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
def writing(engine: sa.Engine, *, derived: bool = False, waits: bool = True) -> Iterator[Session]:
    """One transaction: committed whole at the end, or not at all; one writer at a time, on either database.

    Two writers side by side would seal two histories onto one entry, and one could store what it derived from facts
    that the other has just changed. SQLite's write lock keeps them apart; on PostgreSQL an advisory lock does. Those of
    one process wait in a queue before they ask for it.

    :param derived: it writes only what follows from facts, so that it is no part of what a request undertakes.
    :param waits: for its turn; else it is refused as soon as it would have to.
    :raises Conflict: if a constraint of the database refuses what was written.
    :raises InvalidInput: if a value does not fit into its column.
    :raises TooMany: if too many wait for their turn.
    :raises Busy: if another program does not end its turn, or the database gave up; nothing was written.
    :raises OutcomeUnknown: if the connection was lost while it was committed.
    """
    work = None if derived else undertaken()
    most = engine.get_execution_options().get("writers", MOST_WAITING) if waits else 0
    with (
        turns_of(engine).turn(most),
        _told(),
        Session(engine.execution_options(writes=True, waits=waits), expire_on_commit=False) as session,
    ):
        _begin(session, work, waits)
        yield session
        session.flush()
        _commit(session)
        if work is not None:
            work.lasting = True


def _begin(session: Session, work: Undertaking | None, waits: bool) -> None:
    if session.connection().dialect.name == "postgresql":
        if waits:
            session.execute(POSTGRESQL_TURN)
        elif not session.execute(POSTGRESQL_TURN_AT_ONCE).one()[1]:
            raise held_elsewhere()
    if work is not None and work.name is not None and not work.lasting:
        take(session, work.name)


def _commit(session: Session) -> None:
    try:
        session.commit()
    except GivenUp as failed:
        if not failed.lost:
            raise
        raise OutcomeUnknown(
            "The connection to the database was lost while a write was made lasting, so nobody knows whether it was. "
            "Look whether it is there before you send it again; with an Idempotency-Key it is safe to send it again."
        ) from failed


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
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


def migrate_within(connection: sa.Connection, revision: str) -> None:
    """Bring the database to a schema version as a part of a transaction that is under way, and ends elsewhere."""
    config = _alembic(str(connection.engine.url))
    config.attributes["connection"] = connection
    move = command.downgrade if revision == "base" else command.upgrade
    move(config, revision)


@contextmanager
def _migrating(url: str) -> Iterator[None]:
    try:
        yield
    except sa.exc.DBAPIError as failed:
        if trouble_of(failed) is None:
            raise DatabaseNotReady(
                f"The migration of {shown(database_url(url))} failed: {_first_line(failed)}. All of it was taken back, "
                "so the version of the program that used it still can. `provenance verify` of that version says "
                "whether its rows are in order."
            ) from failed
        raise unreachable(database_url(url), failed) from failed
    except CommandError as unknown:
        has = _version_of(database_url(url))
        if has is not None and has not in known_versions():
            raise _from_the_future(database_url(url), has) from unknown
        raise DatabaseNotReady(
            f"The database {shown(database_url(url))} cannot be migrated: {unknown}. See which versions there are in "
            "migrations/versions."
        ) from unknown


def _version_of(url: sa.URL) -> str | None:
    engine = make_engine(url.render_as_string(hide_password=False))
    try:
        return schema_versions(engine)[0]
    finally:
        engine.dispose()


def _from_the_future(url: sa.URL, has: str) -> DatabaseNotReady:
    return DatabaseNotReady(
        f"The database {shown(url)} has schema version {has}, which this program does not know: a newer version made "
        "it. Install that version, or set PROVENANCE_DATABASE_URL to another database."
    )


def schema_versions(engine: sa.Engine) -> tuple[str | None, str | None]:
    """The schema version that the database has, and the one that this version of the program needs."""
    with engine.connect() as connection:
        has = MigrationContext.configure(connection).get_current_revision()
    return has, _newest_version(shipped("migrations"))


@cache
def _newest_version(migrations: Path) -> str | None:
    # To know their order, all migrations are executed; while a program runs, none is added.
    return ScriptDirectory(str(migrations)).get_current_head()


def require_there(engine: sa.Engine) -> None:
    """Raise :class:`DatabaseNotReady` if there is no such SQLite file."""
    # Asking an SQLite file that is not there would create it, and an empty file is the harder riddle.
    if engine.dialect.name == "sqlite" and not _exists(engine.url):
        raise DatabaseNotReady(missing(Path(engine.url.database or ""), "Run: provenance migrate"))


def require_ready(engine: sa.Engine) -> None:
    """Raise :class:`DatabaseNotReady`, with the remedy, unless the database has the schema that is needed."""
    require_there(engine)
    try:
        has, needs = schema_versions(engine)
    except sa.exc.DBAPIError as failed:
        raise unreachable(engine.url, failed) from failed
    if has == needs:
        return
    if has is not None and has not in known_versions():
        raise _from_the_future(engine.url, has)
    raise DatabaseNotReady(
        f"The database {shown(engine.url)} has schema version {has or 'none'}, this program needs {needs}. "
        "Run: provenance migrate" + ("" if has is None else ", after provenance backup")
    )


def shown(url: sa.URL) -> str:
    """The URL as it may be shown: as its user wrote it, so without our driver, and without its password."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


def known_versions() -> list[str]:
    """The schema versions that this program knows, oldest first."""
    scripts = ScriptDirectory(str(shipped("migrations")))
    return [script.revision for script in scripts.walk_revisions()][::-1]


def _in_memory(url: sa.URL) -> bool:
    return url.database in (None, "", ":memory:") or "uri" in url.query


def _exists(url: sa.URL) -> bool:
    return _in_memory(url) or Path(url.database or "").exists()


def unreachable(url: sa.URL, failed: sa.exc.DBAPIError) -> DatabaseNotReady:
    """What is raised where the database refuses to work at all, with the remedy."""
    remedy = (trouble_of(failed) or Trouble.GONE).meaning
    return DatabaseNotReady(f"The database {shown(url)} cannot be used: {_first_line(failed)}. {remedy}")
