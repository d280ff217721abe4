"""Which records turned out to be one: the one that is gone keeps its id, and the id keeps answering."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field

from provenance.storage.record import Record, fact, word, words
from provenance.vocabulary import Mergeable


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
