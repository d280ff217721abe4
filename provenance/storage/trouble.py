"""What it means when a database refuses to work, whichever of the two it is, and what is to be done then."""

from __future__ import annotations

import sqlite3
from typing import Any

import sqlalchemy as sa

from provenance.vocabulary import Term


class Trouble(Term):
    """Why a database does not do what it is asked; the meaning says what to do."""

    FULL = "full", "The disk is full. Make room, then try again; nothing was lost, and nothing half-written is kept."
    READ_ONLY = (
        "read_only",
        "It may not be written to. Let whoever runs this program write to the file and its folder, then try again.",
    )
    BUSY = "busy", "Another program has it locked. Try again when that one is done."
    DAMAGED = (
        "damaged",
        "The file is damaged. Keep it, and restore the newest backup that is whole: `provenance backups FOLDER`, then "
        "`provenance restore FILE`.",
    )
    DISK = (
        "disk",
        "The disk refuses. See in the system's log whether it is full, failing or not writable any more. Make room or "
        "mend it, then try again; nothing half-written is kept.",
    )
    GONE = "gone", "Check PROVENANCE_DATABASE_URL, that its folder or server is there, and that you may write to it."


SQLITE = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    # The file that readers and writers share could not grow.
    sqlite3.SQLITE_IOERR_SHMSIZE: Trouble.FULL,
    sqlite3.SQLITE_IOERR: Trouble.DISK,
    sqlite3.SQLITE_CANTOPEN: Trouble.GONE,
    # A server that runs on while its file is replaced by another one.
    sqlite3.SQLITE_SCHEMA: Trouble.GONE,
}
# Classes of SQLSTATE, and whole codes where a class has several meanings.
POSTGRESQL = {
    "53100": Trouble.FULL,
    "53200": Trouble.BUSY,
    "53300": Trouble.BUSY,
    "25006": Trouble.READ_ONLY,
    "55P03": Trouble.BUSY,
    "40001": Trouble.BUSY,
    "40P01": Trouble.BUSY,
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
    "08": Trouble.GONE,
    "57P": Trouble.GONE,
    "3D000": Trouble.GONE,
    "28": Trouble.GONE,
    "58": Trouble.GONE,
}


def trouble_of(error: BaseException) -> Trouble | None:
    """What ails the database, from SQLAlchemy's error or the driver's own; None if it is the statement that is wrong.

    >>> full = sqlite3.OperationalError("database or disk is full")
    >>> full.sqlite_errorcode = sqlite3.SQLITE_FULL
    >>> trouble_of(full)
    <Trouble.FULL: 'full'>
    """
    own: Any = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    if isinstance(own, sqlite3.Error):
        code = getattr(own, "sqlite_errorcode", 0)
        # The low byte is the kind of error, the others say more of it.
        return SQLITE.get(code) or SQLITE.get(code & 0xFF)
    return _of_postgresql(own)


def _of_postgresql(error: Any) -> Trouble | None:
    try:
        from psycopg import OperationalError
    except ImportError:  # pragma: no cover - it is a dependency
        return None
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return next((POSTGRESQL[state[:length]] for length in (5, 3, 2) if state[:length] in POSTGRESQL), None)
    # Without a state there was nobody to give one.
    return Trouble.GONE if isinstance(error, OperationalError) else None
