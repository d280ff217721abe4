"""What may be asked of the history: the filters and orders of its lists."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from provenance.errors import InvalidInput
from provenance.storage.reads.asked import Paged, earliest, latest


class HistoryAsked(Paged):
    """What the history of a record takes."""

    sort: Literal["at", "-at"] = Field(default="-at", description="By when it was written; the newest first.")
    who: str | None = Field(default=None, max_length=200, description="Who wrote it, exactly as recorded.")
    noun: str | None = Field(default=None, max_length=40, description="What kind of record, such as claim.")
    action: Literal["created", "changed", "retired", "restored"] | None = Field(
        default=None, description="What was done to it."
    )
    since: str | None = Field(default=None, description="ISO date or time: written then or later.")
    until: str | None = Field(default=None, description="ISO date or time: written then or earlier.")

    @model_validator(mode="after")
    def _noun_is_one(self) -> HistoryAsked:
        # Loaded only where somebody asks: what may be asked is read for every help text, and records need a database.
        from provenance.storage.record import PREFIXES

        if self.noun is not None and self.noun not in PREFIXES:
            raise InvalidInput(f"noun: there is no '{self.noun}'. Use one of: {', '.join(PREFIXES)}.", field="noun")
        return self

    @model_validator(mode="after")
    def _times_are_in_order(self) -> HistoryAsked:
        since = earliest(self.since, "since") if self.since else None
        until = latest(self.until, "until") if self.until else None
        if since and until and since > until:
            raise InvalidInput(
                "since: it is later than `until`, so nothing can lie between. Swap since and until.", field="since"
            )
        return self


class WholeHistoryAsked(HistoryAsked):
    """What the whole history takes."""

    record: str | None = Field(default=None, max_length=40, description="Public id of a record, without its parts.")


class ChangeAsked(Paged):
    """What the entries of one change take."""

    sort: Literal["at", "-at"] = Field(default="at", description="In the order written, or the other way round.")
