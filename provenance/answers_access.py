"""What is answered about keys, never their secrets; and to whoever asks who they are here."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from provenance.answers import Answer
from provenance.vocabulary import Role

Deed = Literal["read", "propose", "decide", "manage"]


class KeyItem(Answer):
    """A key that lets somebody in, without what opens."""

    id: str = Field(description="Public id: the part of the key that may be shown.")
    name: str = Field(description="Whose it is: a person or a program. The history names them.")
    role: Role = Field(description="What its bearer may do.")
    good: bool = Field(description="Whether it opens anything now: neither revoked nor expired.")
    created_at: datetime = Field(description="When it was made.")
    created_by: str = Field(description="Who made it.")
    expires_at: datetime | None = Field(description="From when on it opens nothing; null: never.")
    revoked_at: datetime | None = Field(description="When it was taken back; null: it was not.")
    per_minute: int | None = Field(description="Requests a minute that it may make; null: as the settings say.")
    last_used_at: datetime | None = Field(
        description="When it last opened something, to the minute; null: it has not yet."
    )


class NewKey(KeyItem):
    """A key that was just made, with its whole text."""

    key: str = Field(description="The whole key, to be sent as `Authorization: Bearer …`. It is not shown again.")


class Me(Answer):
    """Who asks, and what they may do."""

    name: str | None = Field(description="The owner of the key; null: nobody in particular, for no key was sent.")
    role: Role | None = Field(description="What the key's bearer may do; null without a key.")
    key: str | None = Field(description="Public id of the key; null without one.")
    may: list[Deed] = Field(
        description="`read`: what is public, or more at the desk; `propose`: take articles in and propose; `decide`: "
        "accept, state, correct, rule and review; `manage`: make and revoke keys, redact, take everything along."
    )
