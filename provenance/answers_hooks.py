"""What is answered about hooks: who is told over HTTP, and what became of each message."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from provenance.answers import Answer
from provenance.answers_detail import RECORDED_FROM
from provenance.vocabulary import Happening


class HookItem(Answer):
    """An address that is told."""

    id: str = Field(description="Public id.")
    url: str = Field(description="Where messages are sent, by POST.")
    about: list[Happening] = Field(description="What it wants to hear of; empty: of everything.")
    rules: list[str] = Field(description="Keys of the rules whose flags it wants to hear of; empty: of every rule.")
    event: str | None = Field(description="Public id of the event whose claims it is about; null: of any.")
    claim: str | None = Field(description="Public id of the only claim that it is about; null: any.")
    note: str | None = Field(description="What it is for.")
    active: bool = Field(description="Whether messages are sent.")
    waiting: int = Field(description="Messages that are still to be delivered.")
    recorded_from: datetime = Field(description=RECORDED_FROM)


class HookSecretItem(Answer):
    """The key that a hook's messages are signed with, which is shown this once."""

    id: str = Field(description="Public id of the hook.")
    secret: str = Field(description="The key (Standard Webhooks): `whsec_` and base64. It is not shown again.")


class NewHook(HookItem):
    """A hook that was just made, with its key."""

    secret: str = Field(description="The key (Standard Webhooks): `whsec_` and base64. It is not shown again.")


class HookMessageItem(Answer):
    """One message to a hook, and what became of it."""

    id: str = Field(description="The message's id, which is the header `webhook-id`; the same in every attempt.")
    hook: str = Field(description="Public id of the hook.")
    happening: Happening = Field(description="What it tells.")
    body: dict[str, Any] = Field(description="What is sent and signed.")
    created_at: datetime = Field(description="When it happened.")
    due_at: datetime = Field(description="When it is tried next, or would have been.")
    attempts: int = Field(description="How often it was tried.")
    delivered_at: datetime | None = Field(description="When it was taken; null: it was not.")
    gave_up_at: datetime | None = Field(description="When it was given up; null: it was not.")
    answer: str | None = Field(description="What the last attempt was answered with; null: none was made.")
