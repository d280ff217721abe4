"""Which records turned out to be one: the one that is gone keeps its id, and the id keeps answering."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field

from provenance.storage.record import Record, Writable, fact, word, words
from provenance.vocabulary import Mergeable, SourceKind


class Merge(Record, table=True):
    """One record was merged into another of the same kind; while this holds, the old id leads to the other.

    What was moved is listed by public ids, so that a split can give back exactly that.
    """

    __table_args__ = fact(
        "merge",
        sa.CheckConstraint("gone <> kept", name="joins_two"),
        sa.Index("ix_merge_kept", "kept"),
        unique=[["gone"]],
    )
    noun: Mergeable = word(Mergeable, description="What kind of record.")
    gone: str = Field(max_length=40, description="Public id of the record that was merged into the other.")
    kept: str = Field(max_length=40, description="Public id of the record that stands for both.")
    moved: list[str] = words(default_factory=list, description="Public ids of the records that were moved.")


class MergeCreate(Writable):
    """What a writer sends to merge a record into another."""

    into: str = Field(description="Public id of the record that is to stand for both.")


class ClaimSplit(Writable):
    """What a writer sends to split a claim: an earlier merge to be taken back, or reports for a new claim."""

    claim: str | None = Field(
        default=None, description="Public id of a claim that was merged into this one; what it brought goes back to it."
    )
    reports: list[str] = Field(default_factory=list, description="Public ids of the reports that state another claim.")
    text: str | None = Field(
        default=None, min_length=1, max_length=2000, description="What that other claim asserts, in a sentence."
    )
    tally: str | None = Field(
        default=None, description="Public id of its tally; null for none. Left out: that of the claim that is split."
    )
    note: str | None = Field(default=None, description="What a reader must know about it.")


class SourceSplit(Writable):
    """What a writer sends to split a source: an earlier merge to be taken back, or what belongs to another source."""

    source: str | None = Field(
        default=None,
        description="Public id of a source that was merged into this one; what it brought goes back to it.",
    )
    name: str | None = Field(default=None, min_length=1, max_length=300, description="The name of the other source.")
    kind: SourceKind | None = Field(default=None, description="Its kind; left out: that of the source that is split.")
    country: str | None = Field(default=None, max_length=20, description="ISO 3166 codes, or INT; null if not known.")
    note: str | None = Field(default=None, description="What a reader must know to recognise it.")
    hops: list[str] = Field(default_factory=list, description="Public ids of the hops in which the other one is meant.")
    documents: list[str] = Field(default_factory=list, description="Public ids of the documents that it published.")
    names: list[str] = Field(default_factory=list, description="Public ids of the names that are its own.")
    ties: list[str] = Field(default_factory=list, description="Public ids of the ties that are its own.")
