"""The quantities that reports print: an interval with a qualifier, never a bare number."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa
from pydantic import FiniteFloat
from sqlmodel import Field, SQLModel

from provenance.storage.record import LONGEST, Record, Writable, fact, span_inside, word
from provenance.vocabulary import Qualifier


class FigureBase(SQLModel):
    """What is said of a figure."""

    text: str = Field(min_length=1, max_length=500, description="As printed.")
    text_start: int | None = Field(
        default=None, ge=0, le=LONGEST, description="Where it stands in the document, in code points."
    )
    text_end: int | None = Field(default=None, ge=0, le=LONGEST, description="Where it ends, exclusive.")
    qualifier: Qualifier = word(Qualifier, description="What the printed words make of the number.")
    value: FiniteFloat | None = Field(default=None, description="The number printed; null for words.")
    low: FiniteFloat | None = Field(default=None, description="The least that the words allow; null if unbounded.")
    high: FiniteFloat | None = Field(default=None, description="The most that the words allow; null if unbounded.")
    unit: str | None = Field(default=None, max_length=50, description="What the number is of, where not people.")
    as_of: str | None = Field(default=None, max_length=200, description="The moment it is given for, as printed.")
    measure: str | None = Field(default=None, max_length=100, description="Killed, injured …, normalised.")
    measure_printed: str | None = Field(default=None, max_length=200, description="As printed, where it differs.")
    counted: str | None = Field(default=None, max_length=200, description="Who is counted, normalised.")
    counted_printed: str | None = Field(default=None, max_length=300, description="As printed, where it differs.")
    place: str | None = Field(default=None, max_length=200, description="Where, normalised.")
    place_printed: str | None = Field(default=None, max_length=200, description="As printed, where it differs.")


class Figure(FigureBase, Record, table=True):
    """The quantity that a report prints."""

    follows: ClassVar[frozenset[str]] = frozenset({"claim_id", "text_length"})

    __table_args__ = fact(
        "figure",
        sa.ForeignKeyConstraint(
            ["report_id", "claim_id", "text_length"],
            ["report.id", "report.claim_id", "report.text_length"],
            onupdate="CASCADE",
        ),
        sa.CheckConstraint("low <= high", name="low_not_above_high"),
        *span_inside("text"),
        sa.Index("ix_figure_claim_id", "claim_id", "id"),
        sa.Index("ix_figure_report_id", "report_id"),
    )
    report_id: int
    claim_id: int
    text_length: int = 0


class FigureCreate(FigureBase, Writable):
    """What a writer sends for a figure; interval and qualifier are read from the text where they are left out."""

    qualifier: Qualifier | None = None  # type: ignore[assignment]
