"""What answers say of decisions about proposals: which there are, what one wrote, and how often a rule is right."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from provenance.answers import Answer, ReportItem
from provenance.answers_detail import DecisionNote
from provenance.vocabulary import Decided

SHARE = "A share, 0 to 1; null where nothing was decided."


class DecisionItem(DecisionNote):
    """One decision about one proposal, in a list."""

    report: str = Field(description="Public id of the report.")
    quote: str | None = Field(description="Its words.")
    document: str = Field(description="Public id of the document.")
    extractor: str | None = Field(description="What had proposed it.")
    rule: str | None = Field(description="The rule that had fired.")


class DecisionsAnswer(Answer):
    """What a decision about many proposals wrote, or would write."""

    dry_run: bool = Field(description="Whether it was only tried: then nothing was written.")
    decision: Decided = Field(description="What was decided about each of them.")
    reports: list[str] = Field(description="Public ids of the reports.")
    accepted: dict[str, int] = Field(description="How many rows of each kind are accepted with them.")
    retired: dict[str, int] = Field(description="How many rows of each kind hold no longer, as nothing speaks of them.")
    claims: list[str] = Field(description="Public ids of the claims for which something changes.")
    change: str | None = Field(
        description="Id of the change in the history, with which it can be undone; null if tried."
    )


class ProposalParts(Answer):
    """What came of a proposal that was split: it stays, marked as rejected, and each part waits by itself."""

    split: str = Field(description="Public id of the report that was split.")
    parts: list[ReportItem] = Field(description="The proposals that took its place.")
    change: str = Field(description="Id of the change in the history, with which it can be undone.")


class FieldCorrected(Answer):
    """How often one field of what a rule proposed was put right."""

    field: str = Field(description="The field: quote, stance, hedge, said, own_basis, attributions, figures or claim.")
    corrected: int = Field(description="Accepted reports in which it differed from the proposal.")
    right: float | None = Field(description=f"Of the accepted ones, in how many it was right. {SHARE}")


class RuleStats(Answer):
    """How what one rule of an extractor proposed was decided about."""

    extractor: str | None = Field(description="What proposed; null where they are taken together.")
    rule: str | None = Field(description="The rule that fired; null where all are taken together.")
    proposed: int = Field(description="Reports that it proposed, decided about or not.")
    waiting: int = Field(description="Those of them that wait.")
    accepted_as_proposed: int = Field(description="Accepted, and nothing was put right.")
    accepted_after_edits: int = Field(description="Accepted after something was put right.")
    rejected: int = Field(description="Rejected.")
    split: int = Field(description="Split, for it stated several claims.")
    merged: int = Field(description="Moved to a known claim; they were accepted or rejected besides, or wait.")
    right: float | None = Field(
        description=f"Of those accepted, rejected or split, how many were right as they were. {SHARE}"
    )
    fields: list[FieldCorrected] = Field(description="What was put right, the most often corrected field first.")


class ExtractionStats(Answer):
    """How often what was proposed is right, for each rule of each extractor."""

    since: datetime | None = Field(description="What was proposed, and decided, then or later is counted; null: all.")
    total: RuleStats = Field(description="All rules together.")
    rules: list[RuleStats] = Field(description="Each rule, the one that proposed most first.")
