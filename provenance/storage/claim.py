"""Checkable assertions as they were put into the world, whatever wording repeats them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from provenance.storage.record import Change, Record, Writable, fact, word
from provenance.vocabulary import ClaimKind


class ClaimBase(SQLModel):
    """What is said of a claim."""

    text: str = Field(min_length=1, max_length=2000, description="The assertion, in a sentence that stands alone.")
    kind: ClaimKind = word(ClaimKind, default=ClaimKind.FIGURE, description="What it asserts.")
    note: str | None = Field(default=None, description="What a reader must know about the claim.")


class Claim(ClaimBase, Record, table=True):
    """One checkable assertion; that somebody said it and that it is so are different things."""

    __table_args__ = fact(
        "claim",
        sa.Index("ix_claim_event_id", "event_id", "id"),
        sa.Index("ix_claim_tally_id", "tally_id", "id"),
    )
    event_id: int = Field(foreign_key="event.id")
    tally_id: int | None = Field(default=None, foreign_key="tally.id")


class ClaimCreate(ClaimBase, Writable):
    """What a writer sends to add a claim."""

    event: str = Field(description="Public id of the event.")
    tally: str | None = Field(default=None, description="Public id of the tally that it is a count in.")


class ClaimChange(ClaimBase, Change):
    """What a writer sends to change a claim."""

    tally: str | None = Field(description="Public id of the tally that it is a count in; null for none.")
