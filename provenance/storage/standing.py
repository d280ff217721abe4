"""Everything that is derived about a claim, ready to send; never edited, and equal to a recomputation."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from provenance.storage.record import instant, word, words
from provenance.vocabulary import ClaimStatus, DatePrecision, Verdict


class Standing(SQLModel, table=True):
    """What the record says of one claim, computed when something it depends on was written."""

    __table_args__ = (
        sa.Index("ix_standing_stale", "stale", sqlite_where=sa.text("stale"), postgresql_where=sa.text("stale")),
    )
    claim_id: int = Field(foreign_key="claim.id", primary_key=True)
    public_id: str = Field(max_length=40, unique=True, description="That of the claim, so that one lookup answers.")
    status: ClaimStatus = word(ClaimStatus, index=True)
    verdict: Verdict = word(Verdict, index=True)
    documents: int = Field(description="Documents with an accepted report that asserts the claim.")
    parties: int = Field(description="Independent parties among its established origins.")
    first_published: datetime | None = instant(
        default=None, nullable=True, description="Earliest instant at which a document that states it was published."
    )
    first_published_precision: DatePrecision = word(
        DatePrecision, default=DatePrecision.UNKNOWN, description="How exactly that is known."
    )
    trace: str = Field(sa_type=sa.Text, description="The trace document as it is sent.")
    etag: str = Field(max_length=64)
    stale: bool = Field(default=False, description="Something it depends on changed; it is recomputed when read.")
    computed_at: datetime = instant()


class Flag(SQLModel, table=True):
    """What one rule found about one claim."""

    __table_args__ = (sa.Index("ix_flag_claim_id", "claim_id", "id"), sa.Index("ix_flag_rule", "rule", "claim_id"))
    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = Field(foreign_key="claim.id")
    rule: str = Field(max_length=60, description="Key of the rule.")
    version: int = Field(description="Version of the rule.")
    reason: str = Field(sa_type=sa.Text, description="What was found, in a sentence.")
    clears_when: str = Field(sa_type=sa.Text, description="What would clear it, in a sentence.")
    evidence: list[dict[str, str]] = words(default_factory=list, description="The rows that show it.")


class FlaggedFigure(SQLModel, table=True):
    """Which figures a flag is about."""

    __tablename__ = "flagged_figure"
    __table_args__ = (
        sa.Index("ix_flagged_figure_flag_id", "flag_id"),
        {"sqlite_with_rowid": False},
    )
    rule: str = Field(max_length=60, primary_key=True)
    figure_id: int = Field(foreign_key="figure.id", primary_key=True)
    flag_id: int = Field(sa_column=sa.Column(sa.ForeignKey("flag.id", ondelete="CASCADE"), primary_key=True))
