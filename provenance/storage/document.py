"""Published artefacts as they were retrieved, and how their texts depend on each other."""

from __future__ import annotations

from typing import Annotated, ClassVar

import sqlalchemy as sa
from pydantic import AfterValidator, AwareDatetime, WithJsonSchema
from sqlmodel import Field, SQLModel

from provenance.storage.record import Change, Record, Writable, fact, instant, word
from provenance.vocabulary import DateBasis, DatePrecision, DocumentRelationKind, RelationState


class DocumentBase(SQLModel):
    """What is said of a document."""

    url: str | None = Field(default=None, max_length=2000, description="Where it was found; null if not recorded.")
    title: str | None = Field(default=None, max_length=1000, description="As printed; null if not recorded.")
    author: str | None = Field(default=None, max_length=500, description="Who signed it, as printed.")
    canonical_url: str | None = Field(default=None, max_length=2000, description="The address the page gives itself.")
    language: str | None = Field(default=None, max_length=35, description="BCP 47 tag of the text.")
    text: str | None = Field(default=None, description="The text as retrieved; null if the text is not held.")
    archive_url: str | None = Field(default=None, max_length=2000, description="Address of an archived copy.")
    retrieved_at: AwareDatetime | None = instant(default=None, nullable=True, description="When it was retrieved.")
    published_printed: str | None = Field(default=None, max_length=200, description="The date as it was found.")
    published_earliest: AwareDatetime | None = instant(default=None, nullable=True, description="Not before.")
    published_latest: AwareDatetime | None = instant(default=None, nullable=True, description="Not after.")
    published_precision: DatePrecision = word(
        DatePrecision, default=DatePrecision.UNKNOWN, description="How exactly the date is known."
    )
    published_basis: DateBasis = word(DateBasis, default=DateBasis.UNKNOWN, description="Where the date was read.")
    translated_from: str | None = Field(
        default=None, max_length=35, description="Language it was machine-translated from, where that is known."
    )
    note: str | None = Field(default=None, description="What a reader must know about this copy.")


class Document(DocumentBase, Record, table=True):
    """One published artefact as retrieved."""

    __table_args__ = fact(
        "document",
        sa.UniqueConstraint("id", "text_length", name="uq_document_text_length"),
        sa.CheckConstraint("text_length = COALESCE(LENGTH(text), 0)", name="text_length_is_true"),
        sa.CheckConstraint("(text IS NULL) = (content_hash IS NULL)", name="text_is_hashed"),
        sa.CheckConstraint(
            "published_precision = 'unknown' OR published_earliest IS NOT NULL", name="precision_has_a_date"
        ),
        sa.CheckConstraint("(published_earliest IS NULL) = (published_latest IS NULL)", name="published_whole"),
        sa.CheckConstraint("published_earliest <= published_latest", name="published_in_order"),
        sa.Index("ix_document_published", "published_earliest", "id"),
        sa.Index("ix_document_url", "url"),
        sa.Index("ix_document_canonical_url", "canonical_url"),
        sa.Index("ix_document_content_hash", "content_hash"),
    )
    publisher_id: int = Field(foreign_key="source.id", index=True)
    text_length: int = Field(default=0, description="Length of the text in code points; spans must lie inside it.")
    content_hash: str | None = Field(default=None, max_length=64, description="SHA-256 of the text in UTF-8.")


class DocumentRelation(Record, table=True):
    """How one document's text depends on another document, or on a supplier whose own copy is not held."""

    __tablename__ = "document_relation"
    __table_args__ = fact(
        "document_relation",
        sa.CheckConstraint("(of_document_id IS NULL) <> (of_source_id IS NULL)", name="of_one_thing"),
        sa.CheckConstraint("of_document_id <> document_id", name="of_another_document"),
        unique=[["document_id", "kind", "of_document_id"], ["document_id", "kind", "of_source_id"]],
    )
    document_id: int = Field(foreign_key="document.id")
    kind: DocumentRelationKind = word(DocumentRelationKind, description="How the text depends on the other.")
    of_document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    of_source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    state: RelationState = word(RelationState, default=RelationState.SUSPECTED, description="How sure it is.")
    note: str | None = Field(default=None, description="What speaks for it.")


def _held_or_null(text: str | None) -> str | None:
    if text == "":
        raise ValueError("it is empty; send null, or leave it out, where the text is not held")
    return text


HeldText = Annotated[
    Annotated[str, WithJsonSchema({"type": "string", "minLength": 1})] | None, AfterValidator(_held_or_null)
]


class DocumentCreate(DocumentBase, Writable):
    """What a writer sends to add a document; length and hash are computed from the text."""

    verbatim: ClassVar[frozenset[str]] = frozenset({"text"})
    text: HeldText = Field(default=None, description="The text as retrieved; null if the text is not held.")
    publisher: str = Field(description="Public id of the source that published it.")
    published: str | None = Field(
        default=None,
        description="ISO date (2022, 2022-01, 2022-01-06) or time with zone; a shorthand for the four fields.",
    )


class DocumentChange(DocumentBase, Change):
    """What a writer sends to change what is known about a document."""

    verbatim: ClassVar[frozenset[str]] = frozenset({"text"})
    text: HeldText = Field(description="The text as retrieved; null if the text is not held.")
    publisher: str = Field(description="Public id of the source that published it.")
    published: str | None = Field(description="ISO date or time with zone; a shorthand for the four fields.")
