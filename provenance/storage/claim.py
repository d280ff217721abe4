"""Checkable assertions as they were put into the world, whatever wording repeats them."""

from __future__ import annotations

import sqlalchemy as sa
from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from provenance.storage.record import Change, Record, Writable, fact, instant, interval_whole, unsettled, word
from provenance.vocabulary import ClaimKind, DateBasis, DatePrecision, ReportState


class ClaimBase(SQLModel):
    """What is said of a claim."""

    text: str = Field(min_length=1, max_length=2000, description="The assertion, in a sentence that stands alone.")
    kind: ClaimKind = word(ClaimKind, default=ClaimKind.FIGURE, description="What it asserts.")
    happened_printed: str | None = Field(default=None, max_length=200, description="When it happened, as it was found.")
    happened_earliest: AwareDatetime | None = instant(default=None, nullable=True, description="Not before.")
    happened_latest: AwareDatetime | None = instant(default=None, nullable=True, description="Not after.")
    happened_precision: DatePrecision = word(
        DatePrecision, default=DatePrecision.UNKNOWN, description="How exactly that is known."
    )
    happened_basis: DateBasis = word(DateBasis, default=DateBasis.UNKNOWN, description="Where it was read.")
    note: str | None = Field(default=None, description="What a reader must know about the claim.")


class Claim(ClaimBase, Record, table=True):
    """One checkable assertion; that somebody said it and that it is so are different things."""

    __table_args__ = fact(
        "claim",
        *interval_whole("happened"),
        sa.Index("ix_claim_event_id", "event_id", "id"),
        sa.Index("ix_claim_tally_id", "tally_id", "id"),
        unsettled("claim"),
    )
    state: ReportState = word(
        ReportState,
        default=ReportState.ACCEPTED,
        sa_column_kwargs={"server_default": "accepted"},
        description="Whether a person stands behind it; what only proposals speak of is proposed itself.",
    )
    event_id: int = Field(foreign_key="event.id")
    tally_id: int | None = Field(default=None, foreign_key="tally.id")


class ClaimCreate(ClaimBase, Writable):
    """What a writer sends to add a claim."""

    event: str = Field(description="Public id of the event.")
    tally: str | None = Field(default=None, description="Public id of the tally that it is a count in.")
    happened: str | None = Field(
        default=None,
        description="When what it asserts happened: an ISO date (2022, 2022-01, 2022-01-06) or time with zone; a "
        "shorthand for the four fields.",
    )


class ClaimChange(ClaimBase, Change):
    """What a writer sends to change a claim."""

    tally: str | None = Field(description="Public id of the tally that it is a count in; null for none.")
    happened: str | None = Field(description="ISO date or time with zone; a shorthand for the four fields.")
