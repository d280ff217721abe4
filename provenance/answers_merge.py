"""What a merge or a split answers, done or only tried, and what an id answers that was merged into another."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from provenance.vocabulary import ClaimStatus, Verdict


class ClaimState(BaseModel):
    """What is derived about a claim, in numbers."""

    status: ClaimStatus = Field(description="Where it stands in the record of corrections.")
    verdict: Verdict = Field(description="How independent its origins are.")
    parties: int = Field(description="Independent parties among its established origins.")
    established_origins: int = Field(description="Established origins.")
    documents: int = Field(description="Documents with an accepted report that asserts it.")
    reports: int = Field(description="Accepted reports, whatever their stance.")
    flags: list[str] = Field(description="Keys of the rules that found something.")


class FlagChange(BaseModel):
    """A rule that finds something where it found nothing, or the other way round."""

    rule: str = Field(description="Key of the rule.")
    reason: str = Field(description="What it finds, or found, in a sentence.")


class ClaimEffect(BaseModel):
    """What becomes of one claim."""

    claim: str | None = Field(description="Public id; null for one that would only be made.")
    text: str = Field(description="What it asserts.")
    before: ClaimState | None = Field(description="What is derived about it now; null where it does not hold yet.")
    after: ClaimState | None = Field(description="What would be, or is, afterwards; null where it holds no longer.")
    flags_gained: list[FlagChange] = Field(description="Rules that find something afterwards only.")
    flags_lost: list[FlagChange] = Field(description="Rules that found something before only.")


class Regrouping(BaseModel):
    """What a merge or a split did, or would do."""

    dry_run: bool = Field(description="Whether it was only tried: then nothing was written.")
    kept: str = Field(description="Public id of the record that it happened to, and that holds afterwards.")
    gone: str | None = Field(
        description="For a merge: public id of the record whose id leads to the other from now on."
    )
    split_off: str | None = Field(
        description="For a split: public id of the record that came out of it; null for one that would only be made."
    )
    moved: dict[str, int] = Field(description="How many rows of each kind refer to another record than before.")
    dropped: dict[str, int] = Field(
        description="How many rows of each kind hold no longer, because they would say a thing twice or of itself."
    )
    restored: dict[str, int] = Field(description="How many rows of each kind hold again.")
    claims: list[ClaimEffect] = Field(
        description="The claims for which something of this changes, those written about first."
    )
    concerned: int = Field(description="How many claims depend on what was written.")
    compared: int = Field(description="How many of them were compared with what was before; a bounded number.")
    change: str | None = Field(
        description="Id of the change in the history, with which it can be undone; null if tried."
    )


class MergedInto(BaseModel):
    """What the id of a record answers that was merged into another, with status 308."""

    merged_into: str = Field(description="Public id of the record that stands for it, at the end of all merges.")
    location: str = Field(description="The same address for that record; also in the Location header.")
    at: datetime | None = Field(description="When this database recorded the merge.")
    why: str | None = Field(description="The reason that was given.")
