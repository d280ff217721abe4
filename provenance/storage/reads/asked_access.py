"""What may be asked of the list of keys."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from provenance.storage.access import LONGEST_OWNER
from provenance.storage.reads.asked import Paged
from provenance.vocabulary import Role


class KeysAsked(Paged):
    """What the list of keys takes."""

    sort: Literal["created", "-created"] = Field(default="-created", description="By when it was made; newest first.")
    name: str | None = Field(default=None, max_length=LONGEST_OWNER, description="Only those of this owner.")
    role: Role | None = Field(default=None, description="Only those of this role.")
    good: bool | None = Field(default=None, description="Only those that open something now, or only the others.")
