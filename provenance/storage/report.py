"""A document states a claim: with which words, and through which chain."""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sa
from pydantic import AwareDatetime, FiniteFloat
from sqlmodel import Field, SQLModel

from provenance.storage.figure import FigureCreate
from provenance.storage.record import (
    LONGEST,
    Change,
    Record,
    Writable,
    fact,
    instant,
    interval_whole,
    sole,
    span_inside,
    unsettled,
    word,
    words,
)
from provenance.vocabulary import (
    Capacity,
    DateBasis,
    DatePrecision,
    HopBasis,
    HopMark,
    Manner,
    ReportState,
    Stance,
)

PROPOSED = sa.text("recorded_to IS NULL AND state = 'proposed'")
VERBATIM = frozenset({"quote", "quote_prefix", "quote_suffix"})


class ReportBase(SQLModel):
    """What is said of a report."""

    quote: str | None = Field(default=None, description="The words of the document, exactly.")
    quote_prefix: str | None = Field(default=None, max_length=200, description="Text just before the quote.")
    quote_suffix: str | None = Field(default=None, max_length=200, description="Text just after the quote.")
    quote_start: int | None = Field(
        default=None, ge=0, le=LONGEST, description="Where the quote begins, in code points."
    )
    quote_end: int | None = Field(default=None, ge=0, le=LONGEST, description="Where the quote ends, exclusive.")
    translation: str | None = Field(default=None, description="The quote in the language of this database.")
    translated_by: str | None = Field(default=None, max_length=200, description="By whom or by what.")
    stance: Stance = word(Stance, default=Stance.ASSERTS, description="What the document does with the claim.")
    hedge: str | None = Field(default=None, max_length=500, description="Words that weaken it; null if none noted.")
    said_printed: str | None = Field(default=None, max_length=200, description="When it was said, as printed.")
    said_earliest: AwareDatetime | None = instant(default=None, nullable=True, description="Not before.")
    said_latest: AwareDatetime | None = instant(default=None, nullable=True, description="Not after.")
    said_precision: DatePrecision = word(
        DatePrecision, default=DatePrecision.UNKNOWN, description="How exactly that is known."
    )
    said_basis: DateBasis = word(DateBasis, default=DateBasis.UNKNOWN, description="Where it was read.")
    own_basis: HopBasis | None = word(
        HopBasis, default=None, nullable=True, description="Where the document marks its own observation or count."
    )
    state: ReportState = word(ReportState, default=ReportState.ACCEPTED, description="Whether a person accepted it.")
    extractor: str | None = Field(default=None, max_length=200, description="What proposed it; null for a person.")
    rule: str | None = Field(default=None, max_length=100, description="The extractor's rule that fired.")
    confidence: FiniteFloat | None = Field(default=None, ge=0, le=1, description="The extractor's own estimate.")
    grounds: dict[str, Any] | None = words(
        default=None,
        nullable=True,
        description="Why the extractor proposes it: confidence per field, what words stand "
        "for whom, claims that it was compared with.",
    )
    note: str | None = Field(default=None, description="What a reader must know about this reading.")


class Report(ReportBase, Record, table=True):
    """A document states a claim."""

    follows: ClassVar[frozenset[str]] = frozenset({"text_length"})

    __table_args__ = fact(
        "report",
        sa.ForeignKeyConstraint(
            ["document_id", "text_length"], ["document.id", "document.text_length"], onupdate="CASCADE"
        ),
        sa.UniqueConstraint("id", "claim_id", "text_length", name="uq_report_claim_text_length"),
        *span_inside("quote"),
        *interval_whole("said"),
        sa.CheckConstraint("quote_start IS NULL OR LENGTH(quote) = quote_end - quote_start", name="span_is_the_quote"),
        sa.CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence_is_a_share"),
        sa.Index("ix_report_claim_id", "claim_id", "id"),
        sa.Index("ix_report_document_id", "document_id", "id"),
        sa.Index("ix_report_proposed", "id", sqlite_where=PROPOSED, postgresql_where=PROPOSED),
        unsettled("report", "document_id"),
    )
    document_id: int
    claim_id: int = Field(foreign_key="claim.id")
    text_length: int = Field(default=0, description="That of the document, so that spans can be held to it.")


class AttributionBase(SQLModel):
    """What is said of a hop."""

    as_named: str | None = Field(default=None, max_length=500, description="The upstream source as the page names it.")
    cue: str | None = Field(default=None, max_length=200, description="The words that mark the hop.")
    cue_start: int | None = Field(default=None, ge=0, le=LONGEST, description="Where they begin, in code points.")
    cue_end: int | None = Field(default=None, ge=0, le=LONGEST, description="Where they end, exclusive.")
    manner: Manner = word(Manner, default=Manner.VIA, description="How it was relayed.")
    basis: HopBasis = word(HopBasis, default=HopBasis.UNKNOWN, description="On what the upstream source rests.")
    capacity: Capacity | None = word(Capacity, default=None, nullable=True, description="In what role it speaks.")
    mark: HopMark = word(HopMark, default=HopMark.STATED, description="Whether the page states the hop.")
    access: str | None = Field(default=None, max_length=500, description="Why an outlet vouches for unnamed people.")


class Attribution(AttributionBase, Record, table=True):
    """One hop inside a report: the upstream source was relayed by the downstream one.

    A null upstream says that the page marks the downstream source as relaying and does not state from whom; that
    differs from no hop at all, and from an unnamed source.
    """

    follows: ClassVar[frozenset[str]] = frozenset({"claim_id", "text_length"})

    __table_args__ = fact(
        "attribution",
        sa.ForeignKeyConstraint(
            ["report_id", "claim_id", "text_length"],
            ["report.id", "report.claim_id", "report.text_length"],
            onupdate="CASCADE",
        ),
        sa.CheckConstraint("upstream_id <> downstream_id", name="joins_two"),
        *span_inside("cue"),
        sa.Index("ix_attribution_claim_id", "claim_id", "report_id"),
        sa.Index("ix_attribution_report_id", "report_id"),
        sa.Index("ix_attribution_upstream_id", "upstream_id", "claim_id"),
        sa.Index("ix_attribution_downstream_id", "downstream_id", "claim_id"),
        sole("attribution", "report_id", "downstream_id", among="upstream_id IS NULL"),
        unique=[["report_id", "upstream_id", "downstream_id"]],
    )
    report_id: int
    claim_id: int
    text_length: int = 0
    upstream_id: int | None = Field(default=None, foreign_key="source.id")
    downstream_id: int = Field(foreign_key="source.id")


class AttributionCreate(AttributionBase, Writable):
    """What a writer sends for one hop."""

    upstream: str | None = Field(default=None, description="Public id of the source; null if the page does not say.")
    downstream: str = Field(description="Public id of the source that relayed it; the publisher for the last hop.")


class ReportCreate(ReportBase, Writable):
    """What a writer sends to say that a document states a claim."""

    verbatim: ClassVar[frozenset[str]] = VERBATIM
    document: str = Field(description="Public id of the document.")
    claim: str = Field(description="Public id of the claim.")
    attributions: list[AttributionCreate] = Field(default_factory=list, description="The hops, in any order.")
    figures: list[FigureCreate] = Field(default_factory=list, description="The figures that the report prints.")
    said: str | None = Field(
        default=None,
        description="When it was said, as far as the page tells: an ISO date (2022, 2022-01, 2022-01-06) or time with "
        "zone; a shorthand for the four fields.",
    )


class ReportChange(ReportBase, Change):
    """What a writer sends to change a reading; hops and figures are replaced as a whole where they are given."""

    verbatim: ClassVar[frozenset[str]] = VERBATIM
    attributions: list[AttributionCreate] = Field(description="All the hops.")
    figures: list[FigureCreate] = Field(description="All the figures.")
    said: str | None = Field(description="ISO date or time with zone; a shorthand for the four fields.")
