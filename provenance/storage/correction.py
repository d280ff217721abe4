"""What somebody did to an earlier statement, and what an editor decided; neither deletes anything."""

from __future__ import annotations

import sqlalchemy as sa
from pydantic import AwareDatetime, FiniteFloat
from sqlmodel import Field, SQLModel

from provenance.storage.record import Change, Record, Writable, fact, instant, word
from provenance.vocabulary import CorrectionKind, DateBasis, DatePrecision, RulingKind


class CorrectionBase(SQLModel):
    """What is said of a correction."""

    kind: CorrectionKind = word(CorrectionKind, description="What was done.")
    effective_printed: str | None = Field(default=None, max_length=200, description="When, as it was found.")
    effective_earliest: AwareDatetime | None = instant(default=None, nullable=True, description="Not before.")
    effective_latest: AwareDatetime | None = instant(default=None, nullable=True, description="Not after.")
    effective_precision: DatePrecision = word(DatePrecision, default=DatePrecision.UNKNOWN, description="How exact.")
    effective_basis: DateBasis = word(DateBasis, default=DateBasis.UNKNOWN, description="Where the date was read.")
    remains: str | None = Field(default=None, description="What still stands, in words.")
    reference: str | None = Field(default=None, description="Where a reader can check it.")
    note: str | None = Field(default=None, description="What a reader must know about it.")


class Correction(CorrectionBase, Record, table=True):
    """A retraction, correction, denial, disavowal or supersession.

    It aims at a claim, a document, one attribution, or at what an upstream source is said to have stated on the
    claim (to one downstream source, or to any) across all reports.
    """

    __table_args__ = fact(
        "correction",
        sa.CheckConstraint(
            "claim_id IS NOT NULL OR target_document_id IS NOT NULL OR attribution_id IS NOT NULL", name="has_a_target"
        ),
        sa.CheckConstraint("upstream_id IS NULL OR claim_id IS NOT NULL", name="upstream_of_a_claim"),
        sa.CheckConstraint("upstream_id <> downstream_id", name="joins_two"),
        sa.CheckConstraint("effective_earliest <= effective_latest", name="effective_in_order"),
    )
    by_id: int = Field(foreign_key="source.id", index=True)
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    target_document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    attribution_id: int | None = Field(default=None, foreign_key="attribution.id", index=True)
    upstream_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    downstream_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    superseded_by_id: int | None = Field(default=None, foreign_key="claim.id", index=True)


class CorrectionCreate(CorrectionBase, Writable):
    """What a writer sends to record what somebody did to an earlier statement; it has exactly one target."""

    by: str = Field(description="Public id of the source that did it.")
    document: str | None = Field(default=None, description="Public id of the document that carries it; null: not held.")
    claim: str | None = Field(default=None, description="Target: public id of a claim, in all its reports.")
    upstream: str | None = Field(
        default=None, description="With `claim`: only what this source (public id) is said to have stated."
    )
    downstream: str | None = Field(
        default=None, description="With `upstream`: only as this source (public id) relays it."
    )
    target_document: str | None = Field(
        default=None, description="Target: public id of a document, with all it states."
    )
    attribution: str | None = Field(default=None, description="Target: public id of one hop of one report.")
    replaced_by: str | None = Field(
        default=None, description="Public id of the claim that takes its place, for a correction or a supersession."
    )
    effective: str | None = Field(
        default=None,
        description="ISO date (2022, 2022-01, 2022-01-10) or time with zone; a shorthand for the four fields.",
    )


class CorrectionChange(CorrectionBase, Change):
    """What a writer sends to change a correction."""

    by: str = Field(description="Public id of the source that did it.")
    document: str | None = Field(description="Public id of the document that carries it; null: not held.")
    claim: str | None = Field(description="Target: public id of a claim, in all its reports.")
    upstream: str | None = Field(description="With `claim`: only what this source is said to have stated.")
    downstream: str | None = Field(description="With `upstream`: only as this source relays it.")
    target_document: str | None = Field(description="Target: public id of a document, with all it states.")
    attribution: str | None = Field(description="Target: public id of one hop of one report.")
    replaced_by: str | None = Field(description="Public id of the claim that takes its place; null: none was named.")
    effective: str | None = Field(description="ISO date or time with zone; a shorthand for the four fields.")


class RulingBase(SQLModel):
    """What is said of an editor's decision."""

    upholds: bool | None = Field(default=None, description="For a zombie: whether the report is one.")
    low: FiniteFloat | None = Field(default=None, ge=0, description="The least of the desk's range; null if unbounded.")
    high: FiniteFloat | None = Field(default=None, ge=0, description="The most of the desk's range; null if unbounded.")
    inclusions: str | None = Field(
        default=None, description="Which accounts and figures the range takes in, or leaves out."
    )
    scale: str | None = Field(default=None, max_length=100, description="The scale that the grade is taken from.")
    grade: str | None = Field(
        default=None, max_length=100, description="The grade, in the words of its scale or our own."
    )
    method: str = Field(min_length=1, description="How the decision was reached.")
    signed_by: str = Field(min_length=1, max_length=200, description="The editor who answers for it.")
    signed_at: AwareDatetime = instant(description="When it was signed.")


class Ruling(RulingBase, Record, table=True):
    """An editor's signed decision, with its method."""

    __table_args__ = fact(
        "ruling",
        sa.CheckConstraint("low <= high", name="low_not_above_high"),
        sa.CheckConstraint("kind <> 'range' OR tally_id IS NOT NULL", name="range_of_a_tally"),
        sa.CheckConstraint(
            "kind <> 'cut' OR attribution_id IS NOT NULL"
            " OR (claim_id IS NOT NULL AND (upstream_id IS NOT NULL OR downstream_id IS NOT NULL))",
            name="cut_of_a_hop",
        ),
        sa.CheckConstraint("kind <> 'zombie' OR (report_id IS NOT NULL AND upholds IS NOT NULL)", name="zombie_or_not"),
    )
    kind: RulingKind = word(RulingKind, description="What was decided.")
    tally_id: int | None = Field(default=None, foreign_key="tally.id", index=True)
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    attribution_id: int | None = Field(default=None, foreign_key="attribution.id", index=True)
    upstream_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    downstream_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    report_id: int | None = Field(default=None, foreign_key="report.id", index=True)


class RulingCreate(RulingBase, Writable):
    """What a writer sends to sign a decision; each kind has fields of its own, and takes no others."""

    kind: RulingKind = word(RulingKind, description="What is decided.")
    tally: str | None = Field(default=None, description="For a range: public id of the tally.")
    claim: str | None = Field(default=None, description="For a cut across reports: public id of the claim.")
    upstream: str | None = Field(default=None, description="With `claim`: public id of the source that is relayed.")
    downstream: str | None = Field(default=None, description="With `claim`: public id of the source that relays it.")
    attribution: str | None = Field(default=None, description="For a cut in one report: public id of the hop.")
    report: str | None = Field(default=None, description="For a zombie: public id of the report.")


class RulingChange(RulingBase, Change):
    """What a writer sends to change a decision; about another thing, or of another kind, it is another decision."""
