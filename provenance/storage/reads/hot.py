"""The trace of a claim as it was computed: one indexed lookup, bytes out.

SQLite answers inline, in microseconds, so a thread or an async driver would only add to it; PostgreSQL is waited for.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from psycopg import AsyncConnection, OperationalError
from psycopg import Error as PsycopgError
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from provenance.errors import DatabaseNotReady, InvalidInput
from provenance.storage.same_file import SameFile
from provenance.storage.session import database_url, shown

QUESTION = "SELECT trace, etag, stale, documents FROM standing WHERE public_id = "
PATIENCE = 10.0  # seconds that a server may take to answer for the first time, or a connection to become free


@dataclass(frozen=True, slots=True)
class HotTrace:
    """A trace as it is sent, its version tag, and whether something that it depends on has changed since.

    ``stated``: whether any document that counts states the claim; one that waits for an editor is stated by none.
    """

    body: bytes
    etag: str
    stale: bool
    stated: bool = True


class TraceReader(Protocol):
    """Looks up traces by the claim's public id."""

    async def trace(self, public_id: str) -> HotTrace | None:
        """The stored trace; None if there is none under that id."""

    async def close(self) -> None:
        """Give back what the reader holds."""


async def open_traces(url: str) -> TraceReader:
    """A reader for the database at this URL.

    :raises DatabaseNotReady: if there is no database, or it has no standings to read.
    :raises InvalidInput: for an SQLite database in memory, which nobody but its maker can see.
    """
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database in (None, "", ":memory:") or "uri" in parsed.query:
            raise InvalidInput(
                f"PROVENANCE_DATABASE_URL: {shown(parsed)} names no file, and a database in memory cannot be served. "
                "Use sqlite:///FILE.",
                field="PROVENANCE_DATABASE_URL",
            )
        return SqliteTraces(Path(parsed.database or ""))
    pool = AsyncConnectionPool(
        parsed.set(drivername="postgresql").render_as_string(hide_password=False),
        kwargs={"autocommit": True},
        min_size=1,
        max_size=8,
        timeout=PATIENCE,
        open=False,
    )
    reader = PostgresTraces(pool)
    try:
        await pool.open(wait=True, timeout=PATIENCE)
        # A reader of a database without standings must fail now, and not at the first request.
        await reader.trace("")
    except PoolTimeout as silent:
        await pool.close()
        raise DatabaseNotReady(
            f"The database {shown(parsed)} does not answer. Check PROVENANCE_DATABASE_URL and that the server runs."
        ) from silent
    except PsycopgError as unusable:
        await pool.close()
        said, _, _ = str(unusable).partition("\n")
        raise DatabaseNotReady(
            f"The database {shown(parsed)} cannot be read: {said}. Run: provenance migrate"
        ) from unusable
    return reader


def possible(public_id: str) -> bool:
    """Whether a claim could have this id; a database need not be asked for one that it cannot even spell."""
    return public_id.isascii() and "\x00" not in public_id


class SqliteTraces:
    """Reads from an SQLite file on the calling thread."""

    def __init__(self, path: Path) -> None:
        # As a URI a path may hold any character; opening it for reading never makes an empty file of it.
        address = f"{path.absolute().as_uri()}?mode=ro"
        self.address, self.file = address, SameFile(path)
        # CAST spares making a string of the text only to encode it again.
        self.question = QUESTION.replace("SELECT trace", "SELECT CAST(trace AS BLOB)") + "?"
        self._open()

    def _open(self) -> None:
        path = self.file.path
        try:
            self.connection = sqlite3.connect(self.address, uri=True, isolation_level=None, check_same_thread=False)
            self.opened = self.file.identity()
            self.connection.execute(self.question, ("",))
        except sqlite3.DatabaseError as unusable:
            raise DatabaseNotReady(
                f"The database {path} cannot be read: {unusable}. Run: provenance migrate"
            ) from unusable

    async def trace(self, public_id: str) -> HotTrace | None:
        """The stored trace; None if there is none under that id."""
        if not possible(public_id):
            return None
        if self.file.require() != self.opened:
            # Another file was put in its place, as a restored backup is.
            self.connection.close()
            self._open()
        row = self.connection.execute(self.question, (public_id,)).fetchone()
        return None if row is None else HotTrace(row[0], row[1], bool(row[2]), row[3] > 0)

    async def close(self) -> None:
        """Close the file."""
        self.connection.close()


class PostgresTraces:
    """Reads from PostgreSQL through a small pool."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[TupleRow]]) -> None:
        self.pool = pool
        self.question = QUESTION + "%s"

    async def trace(self, public_id: str) -> HotTrace | None:
        """The stored trace; None if there is none under that id."""
        if not possible(public_id):
            return None
        try:
            row = await self._row(public_id)
        except PoolTimeout:
            raise
        except OperationalError:
            # The server may have gone and come back; what is in the pool is from before, and is looked at once.
            await self.pool.check()
            row = await self._row(public_id)
        return None if row is None else HotTrace(row[0].encode(), row[1], row[2], row[3] > 0)

    async def _row(self, public_id: str) -> TupleRow | None:
        async with self.pool.connection(timeout=PATIENCE) as connection:
            return await (await connection.execute(self.question, (public_id,))).fetchone()

    async def close(self) -> None:
        """Close the pool."""
        await self.pool.close()
