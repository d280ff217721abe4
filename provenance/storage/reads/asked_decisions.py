"""What may be asked of decisions about proposals, and of how often rules are right."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from provenance.errors import InvalidInput
from provenance.storage.reads.asked import Asked, MomentAsked, ReportsAsked, earliest, latest
from provenance.vocabulary import Decided, ReportState


class DecisionsAsked(Asked):
    """What the list of decisions takes."""

    sort: Literal["recorded", "-recorded"] = Field(default="recorded", description="By when it was decided.")
    kind: Decided | None = Field(default=None, description="What was decided.")
    report: str | None = Field(default=None, description="Public id of the report.")
    document: str | None = Field(default=None, description="Public id of the document.")
    rule: str | None = Field(default=None, max_length=100, description="The rule that had fired.")
    extractor: str | None = Field(default=None, max_length=200, description="What had proposed it.")
    by: str | None = Field(default=None, max_length=200, description="Who decided, exactly as recorded.")
    since: str | None = Field(default=None, description="ISO date or time: decided then or later.")
    until: str | None = Field(default=None, description="ISO date or time: decided then or earlier.")

    @model_validator(mode="after")
    def _times_are_in_order(self) -> DecisionsAsked:
        since = earliest(self.since, "since") if self.since else None
        until = latest(self.until, "until") if self.until else None
        if since and until and since > until:
            raise InvalidInput(
                "since: it is later than `until`, so nothing can lie between. Swap since and until.", field="since"
            )
        return self


class StatsAsked(MomentAsked):
    """What the statistics of extraction take."""

    since: str | None = Field(
        default=None, description="ISO date or time: count what was proposed, and decided, then or later."
    )
    rule: str | None = Field(default=None, max_length=100, description="Only this rule.")
    extractor: str | None = Field(default=None, max_length=200, description="Only this extractor.")

    @model_validator(mode="after")
    def _since_can_be_read(self) -> StatsAsked:
        if self.since:
            earliest(self.since, "since")
        return self


class ProposalsAsked(Asked):
    """What the list of proposals takes on the command line: the reports that wait."""

    sort: Literal["recorded", "-recorded", "published", "-published"] = Field(
        default="recorded", description="By when it was recorded, or when its document was published."
    )
    document: str | None = Field(default=None, description="Public id of the document.")
    event: str | None = Field(default=None, description="Public id of the event.")
    claim: str | None = Field(default=None, description="Public id of the claim.")
    publisher: str | None = Field(default=None, description="Public id of the source that published the document.")
    rule: str | None = Field(default=None, max_length=100, description="The rule that fired.")
    extractor: str | None = Field(default=None, max_length=200, description="What proposed it.")
    min_confidence: float | None = Field(
        default=None, ge=0, le=1, description="The extractor's own estimate is at least this."
    )

    @property
    def reports(self) -> ReportsAsked:
        """The same question, as the list of reports takes it."""
        return ReportsAsked(**self.model_dump(), state=ReportState.PROPOSED)
