"""Writes messages to hooks, in the transaction that they tell of, and what becomes of them afterwards.

Several processes may deliver: a message belongs to whoever moves its next attempt into the future first, for longer
than one attempt may take. Writers take turns, so only one can. Who dies meanwhile loses nothing but time.
"""

from __future__ import annotations

import secrets
from base64 import b32encode
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.hook import HookMessage
from provenance.storage.reads.hooks import Due, message_due
from provenance.vocabulary import Happening

LONGEST_ANSWER = 300


def write_messages(
    session: Session, at: datetime, told: Sequence[tuple[int, Happening, Mapping[str, Any]]]
) -> list[HookMessage]:
    """Put messages on their way: for each, the key of the hook, what happened, and what is told of it."""
    messages = [
        HookMessage(
            public_id=f"msg_{b32encode(secrets.token_bytes(10)).decode().lower()}",
            hook_id=hook,
            happening=happening,
            body={"type": happening.value, "timestamp": at.isoformat(), "data": dict(data)},
            created_at=at,
            due_at=at,
        )
        for hook, happening, data in told
    ]
    session.add_all(messages)
    session.flush()
    return messages


def take(session: Session, hook: int, by: datetime, until: datetime) -> Due | None:
    """Take the next message that was due to a hook by then, and keep it until then; None if there is none.

    Who takes it learns in the same transaction where it is sent and with which key it is signed, so that no message
    goes to a hook that was let go, switched off, moved or given a new key before.
    """
    due = message_due(session, hook, by)
    if due is None:
        return None
    taken = sa.update(HookMessage).where(col(HookMessage.id) == due.key)
    _changed(session, taken.values(due_at=until, attempts=due.attempts + 1))
    return due


def delivered(session: Session, due: Due, at: datetime, answer: str) -> None:
    """Note that a message was taken."""
    _set(session, due, {"delivered_at": at, "answer": answer[:LONGEST_ANSWER]})


def try_again(session: Session, due: Due, at: datetime, wait: timedelta, answer: str) -> None:
    """Note that a message was not taken, and when it is tried next."""
    _set(session, due, {"due_at": at + wait, "answer": answer[:LONGEST_ANSWER]})


def give_up(session: Session, due: Due, at: datetime, answer: str) -> None:
    """Note that a message is not tried any more."""
    _set(session, due, {"gave_up_at": at, "answer": answer[:LONGEST_ANSWER]})


def give_up_all(session: Session, hook: int, at: datetime, why: str) -> None:
    """Note of all messages that wait for a hook that they are not tried any more."""
    of_hook = sa.and_(col(HookMessage.hook_id) == hook, *_open())
    _changed(session, sa.update(HookMessage).where(of_hook).values(gave_up_at=at, answer=why[:LONGEST_ANSWER]))


def withdraw_messages(session: Session, at: datetime, public_ids: Collection[str]) -> None:
    """Take back what messages say of these claims, who may see of which was changed: those that wait are not sent, and
    those that were sent no longer say here what they said.
    """
    telling = sa.select(col(HookMessage.id), col(HookMessage.body)).order_by(col(HookMessage.id))
    meant = [row.id for row in session.execute(telling) if _claims_in(row.body) & set(public_ids)]
    for start in range(0, len(meant), AT_ONCE):
        some = col(HookMessage.id).in_(meant[start : start + AT_ONCE])
        waiting = sa.update(HookMessage).where(some, *_open())
        _changed(session, waiting.values(gave_up_at=at, answer=WITHDRAWN))
        _changed(session, sa.update(HookMessage).where(some).values(body={"withdrawn": WITHDRAWN}))


AT_ONCE = 500
WITHDRAWN = "Who may see what it told was changed, so it was taken back."


def _claims_in(body: Mapping[str, Any]) -> set[str]:
    told = body.get("data") or {}
    return {one["id"] for one in (told.get("claim"), *told.get("claims", ())) if one}


def _set(session: Session, due: Due, values: Mapping[str, Any]) -> None:
    # Only whoever made this attempt says what came of it: another one may have begun since.
    mine = sa.and_(col(HookMessage.id) == due.key, col(HookMessage.attempts) == due.attempts + 1)
    _changed(session, sa.update(HookMessage).where(mine, *_open()).values(**values))


def _open() -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return col(HookMessage.delivered_at).is_(None), col(HookMessage.gave_up_at).is_(None)


def _changed(session: Session, statement: sa.Update) -> int:
    result: Any = session.execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount)
