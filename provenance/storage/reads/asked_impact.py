"""What may be asked about what falls: a set of things that are withdrawn or distrusted, and from which moment."""

from __future__ import annotations

from pydantic import Field, model_validator

from provenance.errors import InvalidInput
from provenance.storage.reads.asked import MomentAsked, Question

MOST_NAMED = 200  # things of one kind in a question; a person asks of some, a program of one after another
LISTED = "How many claims the answer lists at most, those that lose most first; the totals count all of them."


class HopAsked(Question):
    """A hop that is distrusted: what one source is said to have from another, in all reports or in some."""

    upstream: str | None = Field(
        default=None, description="Public id of the source that is relayed; null: the page does not say from whom."
    )
    downstream: str = Field(description="Public id of the source that relays it.")
    claim: str | None = Field(default=None, description="Only in the reports of this claim (public id).")
    report: str | None = Field(default=None, description="Only in this report (public id).")


class WhatIfAsked(MomentAsked):
    """What is withdrawn or distrusted; at least one thing is named."""

    sources: list[str] = Field(
        default_factory=list, max_length=MOST_NAMED, description="Public ids of sources, wherever they stand on a path."
    )
    with_linked: bool = Field(
        default=False, description="Also everybody whom ties join to these sources: the whole of a state, say."
    )
    claims: list[str] = Field(default_factory=list, max_length=MOST_NAMED, description="Public ids of claims.")
    reports: list[str] = Field(default_factory=list, max_length=MOST_NAMED, description="Public ids of reports.")
    documents: list[str] = Field(
        default_factory=list, max_length=MOST_NAMED, description="Public ids of documents, with all that they state."
    )
    hops: list[HopAsked] = Field(default_factory=list, max_length=MOST_NAMED, description="Hops.")
    event: str | None = Field(default=None, description="Look only at the claims of this event (public id).")
    limit: int = Field(default=50, ge=1, le=200, description=LISTED)

    @model_validator(mode="after")
    def _names_something(self) -> WhatIfAsked:
        if not any((self.sources, self.claims, self.reports, self.documents, self.hops)):
            raise InvalidInput(
                "sources: nothing is withdrawn. Name sources, claims, reports, documents or hops.", field="sources"
            )
        if self.with_linked and not self.sources:
            raise InvalidInput("with_linked: it is about `sources`, and there are none. Name one.", field="with_linked")
        return self


class ImpactAsked(MomentAsked):
    """From which moment the impact of a correction is looked at, and how much of it is listed."""

    limit: int = Field(default=50, ge=1, le=200, description=LISTED)
