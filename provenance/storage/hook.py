"""Who is told over HTTP when something happens to what they follow, and what is still to be delivered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from provenance.storage.record import Change, Record, Writable, fact, instant, word, words
from provenance.vocabulary import Happening, Visibility

TO_WHOM = "Hooks are for the desk."


class HookBase(SQLModel):
    """What is said of a hook."""

    url: str = Field(min_length=1, max_length=2000, description="Where messages are sent, by POST.")
    about: list[str] = words(
        default_factory=list, description="What it wants to hear of: words of Happening; none: of everything."
    )
    rules: list[str] = words(
        default_factory=list, description="Keys of the rules whose flags it wants to hear of; none: of every rule."
    )
    note: str | None = Field(default=None, max_length=500, description="What it is for.")
    active: bool = Field(default=True, description="Whether messages are sent.")


class Hook(HookBase, Record, table=True):
    """An address that wants to hear when a flag is raised or a correction arrives."""

    __table_args__ = fact("hook")
    visibility: Visibility = word(Visibility, default=Visibility.DESK, description=TO_WHOM)
    event_id: int | None = Field(
        default=None, foreign_key="event.id", index=True, description="Only about claims of this event."
    )
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True, description="Only about this claim.")


class HookCreate(HookBase, Writable):
    """What a writer sends to be told."""

    event: str | None = Field(default=None, description="Public id: only about claims of this event.")
    claim: str | None = Field(default=None, description="Public id: only about this claim.")


class HookChange(HookBase, Change):
    """What a writer sends to change a hook."""


class HookSecret(SQLModel, table=True):
    """The key that a hook's messages are signed with. No history and no export holds it."""

    __tablename__ = "hook_secret"
    hook_id: int = Field(primary_key=True, foreign_key="hook.id")
    secret: str = Field(max_length=100, description="Base64 after `whsec_` (Standard Webhooks).")


class HookMessage(SQLModel, table=True):
    """One message to one hook: what it says, and what became of it."""

    __tablename__ = "hook_message"
    __table_args__ = (
        sa.Index(
            "ix_hook_message_due",
            "due_at",
            sqlite_where=sa.text("delivered_at IS NULL AND gave_up_at IS NULL"),
            postgresql_where=sa.text("delivered_at IS NULL AND gave_up_at IS NULL"),
        ),
        sa.Index("ix_hook_message_hook_id", "hook_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(max_length=40, unique=True, description="The message's id; the same in every attempt.")
    hook_id: int = Field(foreign_key="hook.id")
    happening: Happening = word(Happening, description="What it tells.")
    body: dict[str, Any] = words(description="What is sent.")
    created_at: datetime = instant(description="When it happened.")
    due_at: datetime = instant(description="When it is tried next.")
    attempts: int = Field(default=0, description="How often it was tried.")
    delivered_at: datetime | None = instant(default=None, nullable=True, description="When it was taken.")
    gave_up_at: datetime | None = instant(default=None, nullable=True, description="When it was given up.")
    answer: str | None = Field(default=None, max_length=300, description="What the last attempt was answered with.")
