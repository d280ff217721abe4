"""What may be asked of hooks and of their messages."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from provenance.storage.reads.asked import Paged
from provenance.vocabulary import Happening


class HooksAsked(Paged):
    """What the list of hooks takes."""

    sort: Literal["recorded", "-recorded"] = Field(default="recorded", description="By when the hook was made.")
    active: bool | None = Field(default=None, description="Whether messages are sent.")


class HookMessagesAsked(Paged):
    """What the messages of a hook take."""

    sort: Literal["created", "-created"] = Field(default="-created", description="By when it happened; newest first.")
    state: Literal["waiting", "delivered", "given_up"] | None = Field(default=None, description="What became of it.")
    happening: Happening | None = Field(default=None, description="What it tells.")
