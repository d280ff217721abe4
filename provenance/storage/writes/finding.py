"""Turns the public ids that a writer sends into rows, with an error that names the field and the remedy."""

from __future__ import annotations

import re
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.access import at_the_machine
from provenance.errors import InvalidInput, NotFound
from provenance.storage.reads.merges import leads_to, moved
from provenance.storage.reads.rows import TABLES, last_retired, seen
from provenance.storage.record import Record

PUBLIC_ID = re.compile(r"[a-z]{3}_[a-z0-9]{1,36}")
R = TypeVar("R", bound=Record)


def current(session: Session, table: type[R], public_id: str) -> R | None:
    """The row that holds now under this public id."""
    if not PUBLIC_ID.fullmatch(public_id):
        return None
    statement = sa.select(table).where(col(table.public_id) == public_id, col(table.recorded_to).is_(None))
    return session.execute(statement).scalars().first()


def known(session: Session, table: type[R], public_id: str) -> R:
    """The row that a caller asks for.

    :raises NotFound: if there is none.
    :raises Moved: if it was merged into another.
    """
    row = _seen(session, table, public_id)
    if row is None:
        led = _merged_into(session, table, public_id) is not None
        elsewhere = moved(session, str(table.__tablename__), public_id) if led else None
        raise elsewhere or NotFound(
            f"There is no {noun(table)} '{public_id}'. List what there is with GET /v1/{plural(table)}."
        )
    return row


def retired(session: Session, table: type[R], public_id: str) -> R | None:
    """The last row under this public id, if it holds no longer, was not merged into another, and may be seen."""
    if _seen(session, table, public_id) or leads_to(session, str(table.__tablename__), public_id):
        return None
    last = last_retired(session, TABLES[str(table.__tablename__)], public_id)
    return None if last is None else session.get(table, last["id"])


def referred(session: Session, table: type[R], public_id: str, field: str) -> R:
    """The row that a field of the input refers to, or the one that it was merged into.

    :raises InvalidInput: naming the field, if there is none.
    """
    row = _seen(session, table, public_id) or _merged_into(session, table, public_id)
    if row is None:
        raise InvalidInput(
            f"{field}: there is no {noun(table)} '{public_id}'. Add it first, or list what there is with "
            f"GET /v1/{plural(table)}.",
            field=field,
        )
    return row


def _merged_into(session: Session, table: type[R], public_id: str) -> R | None:
    kept = leads_to(session, str(table.__tablename__), public_id) if PUBLIC_ID.fullmatch(public_id) else None
    return None if kept is None else _seen(session, table, kept)


def _seen(session: Session, table: type[R], public_id: str) -> R | None:
    """The row that holds now under this public id, if whoever writes may see it."""
    row = current(session, table, public_id)
    if row is None or at_the_machine():
        return row
    stored = TABLES[str(table.__tablename__)]
    shown = sa.select(stored.c.id).where(stored.c.id == row.id, seen(stored))
    return row if session.execute(shown).first() is not None else None


def noun(table: type[Record]) -> str:
    """What people call a row of the table."""
    return str(table.__tablename__).replace("_", " ")


def plural(table: type[Record]) -> str:
    """The noun in the API's addresses."""
    return PLURALS.get(str(table.__tablename__), f"{table.__tablename__}s")


# Names, ties and interests are listed with their source, hops with their report, notes and contacts with their claim.
PLURALS = {
    "tally": "tallies",
    "evidence": "evidence",
    "source_name": "sources/{id}",
    "tie": "sources/{id}",
    "interest": "sources/{id}",
    "attribution": "reports/{id}",
    "desk_item": "desk",
    "desk_note": "claims/{id}/desk",
    "contact": "claims/{id}/desk",
    "watch": "watches",
    "own_correction": "own-corrections",
}
