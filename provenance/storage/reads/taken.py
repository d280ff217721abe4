"""Which writes were taken under a name, and what they were answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.errors import InvalidInput, TakenAlready, UnderWay
from provenance.storage.access import AccessKey, TakenRequest
from provenance.storage.history import History, change_id
from provenance.storage.record import now
from provenance.storage.undertaking import Answer, Name

HEADER = "Idempotency-Key"
AGAIN_IN = 2
# An answer that another process makes is kept within this many seconds, or its process is gone.
ANSWERED_WITHIN = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """A write that was taken: what was sent, when it was written, and what it was answered."""

    fingerprint: str
    at: datetime
    answer: Answer | None


def taken(session: Session, name: Name) -> Taken | None:
    """The write that was taken under a name."""
    found: TakenRequest | None = session.execute(_named(name)).scalar_one_or_none()
    if found is None:
        return None
    answer = None if found.status is None else Answer(found.status, found.headers or {}, found.body)
    return Taken(found.fingerprint, found.taken_at, answer)


def answer_again(session: Session, name: Name) -> Answer | None:
    """What a write was answered that comes again; None if it never came.

    :raises InvalidInput: if something else was sent under the name.
    :raises UnderWay: if its answer may still be made.
    :raises TakenAlready: if it was written and its answer is not known.
    """
    found = taken(session, name)
    if found is None:
        return None
    if found.fingerprint != name.fingerprint:
        raise InvalidInput(
            f"{HEADER}: something else was sent under it before. Send each write under a key of its own, and only the "
            "very same again under the same.",
            field=HEADER,
        )
    if found.answer is not None and found.answer.body is not None:
        return found.answer
    if found.answer is None and abs((now() - found.at).total_seconds()) < ANSWERED_WITHIN:
        raise under_way()
    raise _unanswerable(session, found)


def under_way() -> UnderWay:
    """The same write is being worked on."""
    return UnderWay(
        f"{HEADER}: the write that was sent under it is not answered yet. Send it again when Retry-After says.",
        again_in=AGAIN_IN,
        field=HEADER,
    )


def _unanswerable(session: Session, found: Taken) -> TakenAlready:
    statement = sa.select(col(History.id)).where(col(History.at) == found.at).limit(1)
    change = change_id(found.at) if session.execute(statement).first() else None
    where = f" What it wrote is at /v1/history/{change}." if change else ""
    return TakenAlready(
        f"{HEADER}: the write that was sent under it was written, once, and its answer was not kept.{where} Do not "
        "send it under another key.",
        change=change,
        field=HEADER,
    )


def _named(name: Name) -> sa.Select[Any]:
    return (
        sa.select(TakenRequest)
        .join(AccessKey, col(AccessKey.id) == col(TakenRequest.key_id))
        .where(col(AccessKey.public_id) == name.key, col(TakenRequest.name) == name.text)
    )
