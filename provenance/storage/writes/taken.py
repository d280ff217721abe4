"""Notes that a write was taken under a name, in the transaction that writes it; and what it was answered."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.errors import TakenAlready
from provenance.storage.access import AccessKey, TakenRequest
from provenance.storage.reads.taken import HEADER, answer_again
from provenance.storage.record import clock
from provenance.storage.undertaking import Answer, Name

KEPT = timedelta(hours=48)  # we promise 24, and clocks are set


def take(session: Session, name: Name) -> None:
    """Note that the write of this transaction was sent under a name; forget those of days ago.

    :raises InvalidInput: if something else was.
    :raises Conflict: if this was, by a request that another process answers.
    """
    if answer_again(session, name) is not None:
        raise TakenAlready(f"{HEADER}: it was answered a moment ago. Send it again for the same answer.", field=HEADER)
    at = clock(session.connection())
    session.execute(sa.delete(TakenRequest).where(col(TakenRequest.taken_at) < at - KEPT))
    key = sa.select(col(AccessKey.id)).where(col(AccessKey.public_id) == name.key).scalar_subquery()
    values = {"key_id": key, "name": name.text, "fingerprint": name.fingerprint, "taken_at": at}
    session.execute(sa.insert(TakenRequest).values(values))


def stamp(session: Session, name: Name, at: datetime) -> None:
    """Note with which stamp it was written, so that the change is found."""
    session.execute(_of(name).values(taken_at=at))


def keep_answer(session: Session, name: Name, answer: Answer) -> None:
    """Note what it was answered."""
    said = {"status": answer.status, "headers": dict(answer.headers), "body": answer.body}
    session.execute(_of(name).values(said))


def _of(name: Name) -> sa.Update:
    key = sa.select(col(AccessKey.id)).where(col(AccessKey.public_id) == name.key).scalar_subquery()
    return sa.update(TakenRequest).where(col(TakenRequest.key_id) == key, col(TakenRequest.name) == name.text)
