"""Who can speak or publish, under which names, and how they are tied to each other."""

from __future__ import annotations

import sqlalchemy as sa
from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from provenance.storage.record import Change, Record, Writable, fact, instant, sole, unsettled, word
from provenance.vocabulary import Basis, NameKind, ReportState, SourceKind, TieKind


class SourceBase(SQLModel):
    """What is said of a source."""

    name: str = Field(min_length=1, max_length=300, description="The name that is shown; also kept as a name row.")
    kind: SourceKind = word(SourceKind, description="Who can speak or publish: see the glossary.")
    country: str | None = Field(default=None, max_length=20, description="ISO 3166 codes, or INT; null if not known.")
    note: str | None = Field(default=None, description="What a reader must know to recognise it.")


class Source(SourceBase, Record, table=True):
    """Who can speak or publish."""

    __table_args__ = fact("source", unsettled("source"))
    state: ReportState = word(
        ReportState,
        default=ReportState.ACCEPTED,
        sa_column_kwargs={"server_default": "accepted"},
        description="Whether a person stands behind it; what only proposals speak of is proposed itself.",
    )


class SourceCreate(SourceBase, Writable):
    """What a writer sends to add a source."""

    names: list[SourceNameCreate] = Field(default_factory=list, description="Its other names, in any script.")


class SourceChange(SourceBase, Change):
    """What a writer sends to change a source; its old name stays as an alias."""


class SourceNameBase(SQLModel):
    """What is said of a name."""

    name: str = Field(min_length=1, max_length=300, description="As written, in its own script.")
    kind: NameKind = word(NameKind, default=NameKind.ALIAS, description="How the name belongs to the source.")
    language: str | None = Field(default=None, max_length=35, description="BCP 47 tag; null if not recorded.")


class SourceName(SourceNameBase, Record, table=True):
    """One name of one source; a name is of one kind for a source."""

    __tablename__ = "source_name"
    __table_args__ = fact(
        "source_name",
        sole("source_name", "source_id", among="kind = 'primary'"),
        unique=[["source_id", "name"]],
    )
    source_id: int = Field(foreign_key="source.id")


class SourceNameCreate(SourceNameBase, Writable):
    """What a writer sends to add a name."""


class TieBase(SQLModel):
    """What is said of a tie."""

    kind: TieKind = word(TieKind, description="What the source is to the other.")
    valid_from: AwareDatetime | None = instant(
        default=None, nullable=True, description="Null: undated, read as always."
    )
    valid_to: AwareDatetime | None = instant(default=None, nullable=True, description="Null: undated, read as always.")
    basis: Basis = word(Basis, description="What the statement rests on.")
    reference: str | None = Field(default=None, description="Where a reader can check it.")
    signed_by: str | None = Field(default=None, max_length=200, description="Who stands behind it.")
    signed_at: AwareDatetime | None = instant(default=None, nullable=True, description="When it was signed.")
    note: str | None = Field(default=None, description="What the reference says, in our words.")


class Tie(TieBase, Record, table=True):
    """A stated relation between two sources, or the signed finding that there is none."""

    __table_args__ = fact(
        "tie",
        sa.CheckConstraint("source_id <> other_id", name="joins_two"),
        sa.CheckConstraint("valid_from <= valid_to", name="valid_in_order"),
        sa.CheckConstraint(
            "basis <> 'cited' OR reference IS NOT NULL OR document_id IS NOT NULL", name="cited_has_reference"
        ),
        sa.CheckConstraint(
            "kind <> 'examined_no_tie' OR (signed_by IS NOT NULL AND signed_at IS NOT NULL)", name="absence_is_signed"
        ),
        sole("tie", "source_id", "kind", "other_id", among="valid_from IS NULL"),
        unique=[["source_id", "kind", "other_id", "valid_from"]],
    )
    source_id: int = Field(foreign_key="source.id")
    other_id: int = Field(foreign_key="source.id", index=True)
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)


class TieCreate(TieBase, Writable):
    """What a writer sends to state a tie."""

    other: str = Field(description="Public id of the other source.")
    document: str | None = Field(default=None, description="Public id of the document that states the tie.")


class TieChange(TieBase, Change):
    """What a writer sends to change a tie between the same two sources."""

    document: str | None = Field(description="Public id of the document that states the tie; null for none.")


SourceCreate.model_rebuild()
