"""Who wants to be told of what, and which messages are on their way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers import Page
from provenance.answers_hooks import HookItem, HookMessageItem
from provenance.storage.reads.asked_hooks import HookMessagesAsked, HooksAsked
from provenance.storage.reads.desk import ours, printable
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import TABLES, Condition, claim, event, held, report, rows, the_one
from provenance.vocabulary import Happening

hook, message, secret = TABLES["hook"], TABLES["hook_message"], TABLES["hook_secret"]

WAITING = sa.and_(message.c.delivered_at.is_(None), message.c.gave_up_at.is_(None))


@dataclass(frozen=True, slots=True)
class Listening:
    """A hook that messages are sent to, and what it wants to hear of; empty or None: of everything."""

    key: int
    about: frozenset[str]
    rules: frozenset[str]
    event: int | None
    claim: int | None

    def hears(self, happening: Happening, told: ClaimTold, rule: str | None = None) -> bool:
        """Whether it wants to hear that this happened to a claim."""
        return (
            (not self.about or happening in self.about)
            and (rule is None or not self.rules or rule in self.rules)
            and self.event in (None, told.event)
            and self.claim in (None, told.key)
        )


@dataclass(frozen=True, slots=True)
class ClaimTold:
    """A claim that something happened to, as much of it as a message says."""

    key: int
    public_id: str
    text: str
    event: int


@dataclass(frozen=True, slots=True)
class Due:
    """A message that is to be sent now: to where, signed with what."""

    key: int
    public_id: str
    hook: int
    url: str
    secret: str
    body: dict[str, Any]
    due_at: datetime
    attempts: int


def listening(session: Session) -> list[Listening]:
    """The hooks that messages are sent to: one look at an index that holds only what holds now."""
    columns = (hook.c.id, hook.c.about, hook.c.rules, hook.c.event_id, hook.c.claim_id)
    found = session.execute(sa.select(*columns).where(ours(hook), hook.c.active).order_by(hook.c.id))
    return [Listening(row.id, frozenset(row.about), frozenset(row.rules), row.event_id, row.claim_id) for row in found]


def claims_told(session: Session, keys: Collection[int]) -> list[ClaimTold]:
    """These claims, as far as everybody may see them."""
    statement = sa.select(claim.c.id, claim.c.public_id, claim.c.text, claim.c.event_id)
    found = session.execute(statement.where(claim.c.id.in_(keys), held(claim)).order_by(claim.c.id))
    return [ClaimTold(row.id, row.public_id, row.text, row.event_id) for row in found]


def claims_of_documents(session: Session, document: int) -> list[int]:
    """The keys of the claims that a document states, by accepted reports."""
    statement = sa.select(report.c.claim_id).where(
        report.c.document_id == document, report.c.state == "accepted", held(report)
    )
    return list(session.scalars(statement.distinct()))


def hooks_due(session: Session, at: datetime) -> list[int]:
    """The keys of the hooks for which a message is to be sent by then, the one whose message waits longest first."""
    statement = (
        sa.select(message.c.hook_id)
        .join(hook, hook.c.id == message.c.hook_id)
        .where(WAITING, message.c.due_at <= at, *TOLD_NOW)
        .group_by(message.c.hook_id)
        .order_by(sa.func.min(message.c.due_at), message.c.hook_id)
    )
    return list(session.scalars(statement))


def message_due(session: Session, key: int, at: datetime) -> Due | None:
    """The next message that is to be sent to a hook by then, with where and how it is to be sent now; None: none is,
    or the hook was let go or switched off.
    """
    columns = [message.c[name] for name in ("id", "public_id", "hook_id", "body", "due_at", "attempts")]
    statement = (
        sa.select(*columns, hook.c.url, secret.c.secret)
        .join(hook, hook.c.id == message.c.hook_id)
        .join(secret, secret.c.hook_id == hook.c.id)
        .where(WAITING, message.c.hook_id == key, message.c.due_at <= at, *TOLD_NOW)
        .order_by(message.c.due_at, message.c.id)
        .limit(1)
    )
    row = session.execute(statement).first()
    if row is None:
        return None
    return Due(row.id, row.public_id, row.hook_id, row.url, row.secret, row.body, row.due_at, row.attempts)


TOLD_NOW = (hook.c.recorded_to.is_(None), hook.c.active)


def hooks(session: Session, asked: HooksAsked) -> Page[HookItem]:
    """A page of the hooks: one query."""
    statement = _items() if asked.active is None else _items().where(hook.c.active == asked.active)
    found, following = turn(session, statement, asked, {"recorded": (hook.c.id,)})
    items = [HookItem(**{name: row[name] for name in HookItem.model_fields}) for row in found]
    return Page[HookItem](items=items, next=following)


def hook_item(session: Session, public_id: str) -> HookItem:
    """One hook; raises :class:`NotFound`."""
    row = the_one(rows(session, _items().where(hook.c.public_id == printable(public_id))), hook, public_id)
    return HookItem(**row)


def messages_of(session: Session, public_id: str, asked: HookMessagesAsked) -> Page[HookMessageItem]:
    """A page of the messages of a hook: two queries.

    :raises NotFound: if there is no such hook.
    """
    hook_item(session, public_id)
    conditions: list[Condition] = [hook.c.public_id == public_id]
    if asked.state is not None:
        conditions.append(STATES[asked.state])
    if asked.happening is not None:
        conditions.append(message.c.happening == asked.happening)
    found, following = turn(session, _messages().where(*conditions), asked, ORDERS)
    items = [HookMessageItem(**{name: row[name] for name in HookMessageItem.model_fields}) for row in found]
    return Page[HookMessageItem](items=items, next=following)


def message_item(session: Session, public_id: str) -> HookMessageItem:
    """One message, of a hook that holds; raises :class:`NotFound`."""
    found = rows(session, _messages().where(message.c.public_id == printable(public_id)))
    return HookMessageItem(**the_one(found, message, public_id))


ORDERS: dict[str, Keys] = {"created": (message.c.id,)}
STATES: dict[str, Condition] = {
    "waiting": WAITING,
    "delivered": message.c.delivered_at.is_not(None),
    "given_up": message.c.gave_up_at.is_not(None),
}


def _items() -> sa.Select[Any]:
    waiting = sa.select(sa.func.count()).where(message.c.hook_id == hook.c.id, WAITING).scalar_subquery()
    joined = hook.outerjoin(event, sa.and_(event.c.id == hook.c.event_id, held(event))).outerjoin(
        claim, sa.and_(claim.c.id == hook.c.claim_id, held(claim))
    )
    return (
        sa.select(
            hook.c.public_id.label("id"),
            *(hook.c[name] for name in ("url", "about", "rules", "note", "active", "recorded_from")),
            event.c.public_id.label("event"),
            claim.c.public_id.label("claim"),
            waiting.label("waiting"),
        )
        .select_from(joined)
        .where(ours(hook))
    )


def _messages() -> sa.Select[Any]:
    plain = ("happening", "body", "created_at", "due_at", "attempts", "delivered_at", "gave_up_at", "answer")
    return (
        sa.select(message.c.public_id.label("id"), hook.c.public_id.label("hook"), *(message.c[name] for name in plain))
        .select_from(message.join(hook, hook.c.id == message.c.hook_id))
        .where(ours(hook))
    )
