"""The trace of a claim as it was computed: one indexed lookup, bytes out.

SQLite answers inline, in microseconds, so a thread or an async driver would only add to it; PostgreSQL is waited for.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Protocol

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from provenance.storage.session import database_url

QUESTION = "SELECT trace, etag, stale FROM standing WHERE public_id = "


@dataclass(frozen=True, slots=True)
class HotTrace:
    """A trace as it is sent, its version tag, and whether something that it depends on has changed since."""

    body: bytes
    etag: str
    stale: bool


class TraceReader(Protocol):
    """Looks up traces by the claim's public id."""

    async def trace(self, public_id: str) -> HotTrace | None:
        """The stored trace; None if there is none under that id."""

    async def close(self) -> None:
        """Give back what the reader holds."""


async def open_traces(url: str) -> TraceReader:
    """A reader for the database at this URL."""
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteTraces(parsed.database or ":memory:")
    pool = AsyncConnectionPool(
        parsed.set(drivername="postgresql").render_as_string(hide_password=False),
        kwargs={"autocommit": True},
        min_size=1,
        max_size=8,
        open=False,
    )
    await pool.open()
    return PostgresTraces(pool)


class SqliteTraces:
    """Reads from an SQLite file on the calling thread."""

    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(
            f"file:{path}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
        )
        # CAST spares making a string of the text only to encode it again.
        self.question = QUESTION.replace("SELECT trace", "SELECT CAST(trace AS BLOB)") + "?"

    async def trace(self, public_id: str) -> HotTrace | None:
        """The stored trace; None if there is none under that id."""
        row = self.connection.execute(self.question, (public_id,)).fetchone()
        return None if row is None else HotTrace(row[0], row[1], bool(row[2]))

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
        if "\x00" in public_id:
            return None
        async with self.pool.connection() as connection:
            row = await (await connection.execute(self.question, (public_id,))).fetchone()
        return None if row is None else HotTrace(row[0].encode(), row[1], row[2])

    async def close(self) -> None:
        """Close the pool."""
        await self.pool.close()
