"""A person's verdict with reasons, and the material that it rests on."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import AwareDatetime, FiniteFloat
from sqlmodel import Field, SQLModel

from provenance.storage.record import Change, Record, Writable, fact, instant, unsettled, word, words
from provenance.vocabulary import EvidenceKind, ReportState


class EvidenceBase(SQLModel):
    """What is said of material."""

    kind: EvidenceKind = word(EvidenceKind, description="What it is.")
    title: str = Field(min_length=1, max_length=500, description="What it shows, in a few words.")
    url: str | None = Field(default=None, max_length=2000, description="Where it was found.")
    file_hash: str | None = Field(default=None, max_length=128, description="SHA-256 of the file.")
    perceptual_hash: str | None = Field(default=None, max_length=128, description="Hash that survives re-encoding.")
    archives: list[str] = words(default_factory=list, description="Addresses of archived copies.")
    note: str | None = Field(default=None, description="What a reader must know about it.")


class Evidence(EvidenceBase, Record, table=True):
    """Material that does not speak: a video has one filming origin however many post it."""

    __table_args__ = fact("evidence")
    event_id: int = Field(foreign_key="event.id", index=True)
    uploader_id: int | None = Field(default=None, foreign_key="source.id", index=True)


class VerificationBase(SQLModel):
    """What is said of a step of verification."""

    step: str = Field(min_length=1, max_length=300, description="What was done.")
    outcome: str = Field(min_length=1, max_length=300, description="What it showed.")
    by: str = Field(min_length=1, max_length=200, description="Who did it.")
    at: AwareDatetime = instant(description="When.")


class Verification(VerificationBase, Record, table=True):
    """One step of verifying material, by whom and with what outcome."""

    __table_args__ = fact("verification")
    evidence_id: int = Field(foreign_key="evidence.id", index=True)


class VerificationCreate(VerificationBase, Writable):
    """What a writer sends to record a step of verification."""


class ReviewPage(Record, table=True):
    """A page of the Web whose ClaimReview markup is kept here: which reviews it holds, and what it says of itself."""

    __tablename__ = "review_page"
    __table_args__ = fact("review_page", sa.Index("ix_review_page_page_url", "page_url"))
    page_url: str = Field(max_length=2000, description="The address of the page.")
    publish_date: str | None = Field(default=None, max_length=40, description="Its date as its publisher gave it.")
    author: dict[str, Any] = words(default_factory=dict, description="Who the page says reviews, in its own fields.")
    reviews: list[str] = words(default_factory=list, description="Public ids of the reviews on it, in its own order.")


class ReviewBase(SQLModel):
    """What is said of a review."""

    title: str | None = Field(default=None, max_length=500, description="The headline under which it is published.")
    author: str = Field(min_length=1, max_length=200, description="Who reviewed: a person or an organisation.")
    rating: str = Field(min_length=1, max_length=200, description="The reviewer's own rating words.")
    upholds: bool | None = Field(default=None, description="Whether it upholds the claim; null: it decides neither.")
    reasons: str | None = Field(
        default=None, min_length=1, description="Why, in words; null where what was published gives none."
    )
    url: str | None = Field(default=None, max_length=2000, description="Where it is published.")
    language: str | None = Field(default=None, max_length=35, description="BCP 47 tag.")
    reviewed_at: AwareDatetime | None = instant(default=None, nullable=True, description="When it was published.")
    rating_value: FiniteFloat | None = Field(default=None, description="ClaimReview ratingValue, where there is one.")
    best_rating: FiniteFloat | None = Field(default=None, description="ClaimReview bestRating.")
    worst_rating: FiniteFloat | None = Field(default=None, description="ClaimReview worstRating.")
    claim_reviewed: str | None = Field(
        default=None, max_length=5000, description="The claim in the reviewer's words; null: in ours."
    )
    claimant: str | None = Field(
        default=None, max_length=500, description="Who made the claim, as the reviewer names it; null: not said."
    )
    claimed_on: str | None = Field(
        default=None, max_length=40, description="When the claim was made, as the reviewer dates it."
    )
    first_appearance: str | None = Field(
        default=None, max_length=2000, description="Address of the first known place of the claim, by the reviewer."
    )
    appearances: list[str] = words(
        default_factory=list, description="Addresses of further places of the claim, by the reviewer."
    )
    markup: dict[str, Any] = words(
        default_factory=dict,
        description="What else its published markup says (images, offices, places), so that it can be given again.",
    )
    state: ReportState = word(ReportState, default=ReportState.ACCEPTED, description="Whether the desk accepts it.")


class Review(ReviewBase, Record, table=True):
    """A person's or fact-checker's verdict with reasons."""

    __table_args__ = fact(
        "review",
        sa.Index("ix_review_url", "url"),
        sa.Index("ix_review_reviewed_at", "reviewed_at", "id"),
        unsettled("review"),
    )
    claim_id: int = Field(foreign_key="claim.id", index=True)


class ReviewEvidence(Record, table=True):
    """Which recorded material a review rests on."""

    __tablename__ = "review_evidence"
    __table_args__ = fact("review_evidence", unique=[["review_id", "evidence_id"]])
    review_id: int = Field(foreign_key="review.id")
    evidence_id: int = Field(foreign_key="evidence.id", index=True)


class ReviewCreate(ReviewBase, Writable):
    """What a writer sends to record a review."""

    reasons: str = Field(min_length=1, description="Why, in words.")
    claim: str = Field(description="Public id of the claim.")
    evidence: list[str] = Field(default_factory=list, description="Public ids of the material that it rests on.")


class ReviewChange(ReviewBase, Change):
    """What a writer sends to change a review."""

    evidence: list[str] = Field(description="Public ids of all the material that it rests on.")


class EvidenceCreate(EvidenceBase, Writable):
    """What a writer sends to record material."""

    event: str = Field(description="Public id of the event.")
    uploader: str | None = Field(default=None, description="Public id of the source that first posted it.")


class EvidenceChange(EvidenceBase, Change):
    """What a writer sends to change what is known about material."""

    uploader: str | None = Field(description="Public id of the source that first posted it; null if not known.")
