"""What it means when a database refuses: somebody else holds it, it gave up, or a question takes too long.

Drivers say all of it in one class of error. What is told here apart has a remedy of its own; the rest stays as it is.
"""

from __future__ import annotations

import sqlite3

import psycopg
import sqlalchemy as sa

from provenance.errors import Busy, GivenUp, ProvenanceError, TooCostly

# What the drivers raise themselves, where something asks without SQLAlchemy, as the hot reads do.
OF_DRIVERS: tuple[type[Exception], ...] = (sqlite3.DatabaseError, psycopg.OperationalError)
# Serialization failure, deadlock: the whole transaction was undone, and may be tried again at once.
UNDONE = frozenset({"40001", "40P01"})
CANCELED, NO_LOCK = "57014", "55P03"


def meaning(context: sa.ExceptionContext) -> ProvenanceError | None:
    """What an error of a driver means; None where it says nothing that we could tell better.

    For SQLAlchemy's event ``handle_error``, which raises what it is given in the place of its own error.
    """
    if context.is_pre_ping:
        # The pool looks whether a connection still lives, and takes another one by itself.
        return None
    match context.original_exception:
        case ProvenanceError() as refused:
            # A value that our column types refuse would reach the user inside an error about the statement.
            return refused
        case sqlite3.OperationalError() as failed:
            return _of_sqlite(failed)
        case psycopg.Error() as failed:
            return _of_postgresql(failed, context.is_disconnect)
        case _:
            return None


def _of_sqlite(failed: sqlite3.OperationalError) -> ProvenanceError | None:
    match failed.sqlite_errorcode & 0xFF if hasattr(failed, "sqlite_errorcode") else None:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return held_elsewhere()
        case sqlite3.SQLITE_INTERRUPT:
            return too_long()
        case _:
            return None


def _of_postgresql(failed: psycopg.Error, disconnected: bool) -> ProvenanceError | None:
    if failed.sqlstate in UNDONE:
        return GivenUp(
            "The database could not do this beside what others do. Send it again; nothing was written.", lost=False
        )
    if failed.sqlstate == NO_LOCK:
        return held_elsewhere()
    if failed.sqlstate == CANCELED:
        return too_long()
    if disconnected:
        return GivenUp("The connection to the database was lost. Send it again; nothing was written.", lost=True)
    return None


def held_elsewhere() -> Busy:
    """Another program writes, and has not ended."""
    return Busy(
        "Another program is writing to the database and did not end while this one waited. Send it again when it has; "
        "nothing was written."
    )


def too_long() -> TooCostly:
    """The question was given up."""
    return TooCostly(
        "The question takes the database longer than a question may (the setting `question_seconds`). Narrow it: name "
        "a claim, an event or a source, ask for fewer with `limit`, or search for rarer words."
    )
