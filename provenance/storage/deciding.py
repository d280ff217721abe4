"""What somebody sends to decide about proposals: one at a time, or many that one filter finds."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from provenance.storage.record import LONGEST, Writable

WHY = "The reason; kept with the decision and in the history. Instead of the header `Provenance-Reason`."
MOST_AT_ONCE = 1_000  # reports that one decision is about: all of them are written in one transaction


class DecisionCreate(Writable):
    """What a writer sends to accept or reject a proposal."""

    why: str | None = Field(default=None, max_length=2000, description=WHY)


class ProposalMerge(DecisionCreate):
    """What a writer sends to say that a proposal states a claim that is known."""

    into: str = Field(description="Public id of the claim that it states.")


class ProposalPart(Writable):
    """One of the claims that a proposal states together with others, and the words that state it."""

    quote: str | None = Field(
        default=None, min_length=1, description="The words, which stand in the document; or give the span."
    )
    quote_start: int | None = Field(default=None, ge=0, le=LONGEST, description="Where they begin, in code points.")
    quote_end: int | None = Field(default=None, ge=0, le=LONGEST, description="Where they end, exclusive.")
    text: str | None = Field(
        default=None,
        min_length=1,
        max_length=2000,
        description="What they assert, in a sentence that stands alone. Left out, with `claim` too: the words.",
    )
    claim: str | None = Field(default=None, description="Public id of a known claim that they state, instead.")


class ProposalSplit(DecisionCreate):
    """What a writer sends to say that a proposal states several claims."""

    parts: list[ProposalPart] = Field(
        min_length=2, max_length=50, description="What states each of them; each part becomes a proposal of its own."
    )


class ProposalFilter(Writable):
    """Which proposals a decision is about; what is given must all apply."""

    rule: str | None = Field(default=None, max_length=100, description="The rule that fired.")
    extractor: str | None = Field(default=None, max_length=200, description="What proposed them.")
    min_confidence: float | None = Field(default=None, ge=0, le=1, description="The extractor is at least so sure.")
    document: str | None = Field(default=None, description="Public id of the document that they were read from.")
    event: str | None = Field(default=None, description="Public id of the event that their claims are about.")


class DecisionsCreate(DecisionCreate):
    """What a writer sends to accept or reject many proposals: those named, or all that a filter finds."""

    decision: Literal["accept", "reject"] = Field(description="What is decided about each of them.")
    reports: list[str] = Field(
        default_factory=list, max_length=MOST_AT_ONCE, description="Public ids of the reports; or give a `filter`."
    )
    filter: ProposalFilter | None = Field(default=None, description="All that wait and meet it; or name `reports`.")
    dry_run: bool = Field(default=False, description="Only tell what would be written; write nothing.")
