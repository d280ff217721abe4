"""Overwrites what was freed in the files of a database: words that no row holds any more still stand there for a while.

It is no part of any transaction, and needs the database for itself for as long as it takes to write it anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from psycopg.errors import LockNotAvailable

from provenance.storage.redacting import SPEAKING

EVERY = (*(name for name, columns in SPEAKING.items() if columns), "search_entry")
PATIENCE = 10_000  # milliseconds to wait for others


def purge_index(connection: sa.Connection) -> None:
    """Let the search index of SQLite forget the words of entries that were removed; within the transaction."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_entry(search_entry) VALUES ('optimize')")


def sweep(engine: sa.Engine, tables: Collection[str] = EVERY) -> bool:
    """Write the files of the database anew, with its statistics; False where others were using it all the while.

    ``tables``: where something was freed; SQLite has one file for all.
    """
    # As the driver has it: no transaction is begun, in which none of this can be done.
    raw = engine.raw_connection()
    try:
        connection = raw.driver_connection
        return _swept_sqlite(connection) if engine.dialect.name == "sqlite" else _swept_postgresql(connection, tables)
    finally:
        raw.close()


def _swept_sqlite(connection: Any) -> bool:
    try:
        # Statistics hold no words; they are made anew because the rows stand elsewhere now.
        for statement in ("PRAGMA secure_delete = ON", "VACUUM", "ANALYZE"):
            connection.execute(statement)
        (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as locked:
        if locked.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return False
    return not busy


def _swept_postgresql(connection: Any, tables: Collection[str]) -> bool:
    connection.autocommit = True
    try:
        connection.execute(f"SET lock_timeout = {PATIENCE}")
        connection.execute("SET statement_timeout = 0")
        for table in sorted(tables):
            # Statistics list the most frequent values of a column, words among them.
            connection.execute(f"VACUUM (FULL, ANALYZE) {table}")
    except LockNotAvailable:
        return False
    finally:
        connection.execute("RESET lock_timeout")
        connection.execute("RESET statement_timeout")
        connection.autocommit = False
    return True
