"""What may be asked of a desk's own work, and of what is to be done next."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from provenance.storage.reads.asked import Asked
from provenance.vocabulary import DeskAct, DeskState


class DeskAsked(Asked):
    """What the list of claims on the desk takes."""

    sort: Literal["recorded", "-recorded", "due", "-due", "changed", "-changed"] = Field(
        default="recorded",
        description="By when it was put on the desk, by when it is due, or when it was last changed.",
    )
    state: list[DeskState] = Field(
        default_factory=list, description="How far the desk is. May be given several times: any of them."
    )
    holder: str | None = Field(default=None, max_length=200, description="Who has it, exactly as recorded.")
    event: str | None = Field(default=None, description="Public id of the event.")
    watched_by: str | None = Field(
        default=None, max_length=200, description="Who watches the claim itself, exactly as recorded."
    )


class TasksAsked(Asked):
    """What the list of tasks takes."""

    sort: Literal["rank"] = Field(default="rank", description="What would settle most comes first.")
    event: str | None = Field(default=None, description="Public id of the event.")
    claim: str | None = Field(default=None, description="Public id of a claim that the task is about.")
    rule: list[str] = Field(default_factory=list, description="Key of a rule. May be given several times: any of them.")
    act: list[DeskAct] = Field(
        default_factory=list, description="What kind of work it is. May be given several times: any of them."
    )
    state: list[DeskState] = Field(
        default_factory=list,
        description="How far the desk is with a claim of the task. May be given several times: any of them.",
    )
    holder: str | None = Field(default=None, max_length=200, description="Who has a claim of the task, as recorded.")
    source: str | None = Field(default=None, description="Public id of a source whom the task concerns.")


class WatchesAsked(Asked):
    """What the watch list takes."""

    sort: Literal["recorded", "-recorded"] = Field(default="recorded", description="By when the watch began.")
    who: str | None = Field(default=None, max_length=200, description="Who watches, exactly as recorded.")
    claim: str | None = Field(default=None, description="Public id of the claim that is watched.")
    event: str | None = Field(default=None, description="Public id of the event that is watched.")
    source: str | None = Field(default=None, description="Public id of the source that is watched.")
    tally: str | None = Field(default=None, description="Public id of the tally that is watched.")


class OwnCorrectionsAsked(Asked):
    """What the list of our own corrections takes."""

    sort: Literal["recorded", "-recorded", "at", "-at"] = Field(
        default="-at", description="By when it was recorded here, or by when we corrected it."
    )
    claim: str | None = Field(default=None, description="Public id of the claim.")
    event: str | None = Field(default=None, description="Public id of the event.")
