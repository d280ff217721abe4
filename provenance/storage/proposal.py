"""What people decided about proposals, and the bytes behind a document, so that a reading can be checked again."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from provenance.storage.record import Record, fact, word
from provenance.vocabulary import Decided


class Decision(Record, table=True):
    """One decision about one proposed report, with the rule that had proposed it; who and why stand here too, so that
    asking how often a rule is right reads one table.
    """

    __table_args__ = fact(
        "decision",
        sa.Index("ix_decision_report_id", "report_id"),
        sa.Index("ix_decision_rule", "rule"),
    )
    report_id: int = Field(foreign_key="report.id")
    kind: Decided = word(Decided, description="What was decided.")
    by: str = Field(max_length=200, description="Who decided.")
    why: str | None = Field(default=None, description="The reason given.")
    extractor: str | None = Field(default=None, max_length=200, description="What had proposed it.")
    rule: str | None = Field(default=None, max_length=100, description="The rule that had fired.")
    changed: str | None = Field(
        default=None, max_length=200, description="The fields that differed from the proposal, with commas between."
    )


class ArchivedCopy(Record, table=True):
    """The bytes of a document as they were retrieved: a page, a PDF, or a screenshot of a page behind a paywall."""

    __tablename__ = "archived_copy"
    __table_args__ = fact(
        "archived_copy",
        sa.Index("ix_archived_copy_document_id", "document_id"),
        unique=[["document_id", "sha256"]],
    )
    document_id: int = Field(foreign_key="document.id")
    sha256: str = Field(foreign_key="blob.sha256", max_length=64, description="SHA-256 of the bytes.")
    media_type: str = Field(max_length=100, description="What the bytes are, such as text/html or image/png.")
    url: str | None = Field(default=None, max_length=2000, description="Where they came from; null if from a hand.")


class Blob(SQLModel, table=True):
    """Bytes by their hash, compressed; the same bytes are kept once."""

    sha256: str = Field(primary_key=True, max_length=64, description="Of the bytes before they were compressed.")
    size: int = Field(description="How many bytes they are before they are compressed.")
    body: bytes = Field(sa_type=sa.LargeBinary, description="The bytes, compressed with zlib.")
