"""What taking documents in needs to remember: how far a run came, what a server said last, which columns mean what.

None of this is a fact about the world: it has no history, and a run that is finished may be forgotten.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from provenance.storage.record import instant, now, word, words
from provenance.vocabulary import TakenIn


class IngestionRun(SQLModel, table=True):
    """One bulk ingest of one origin; started again, it goes on where it stopped."""

    __tablename__ = "ingestion_run"

    id: int | None = Field(default=None, primary_key=True)
    origin: str = Field(max_length=2000, index=True, description="The folder, file or address.")
    options: dict[str, Any] = words(default_factory=dict, description="What it was asked to do with what it finds.")
    who: str = Field(max_length=200, description="Who started it.")
    started_at: datetime = instant(default_factory=now, description="When.")
    finished_at: datetime | None = instant(
        default=None, nullable=True, description="When it was through; null: not yet."
    )


class IngestionItem(SQLModel, table=True):
    """What became of one file, record or address of a run; written with the document, in one transaction."""

    __tablename__ = "ingestion_item"
    __table_args__ = (
        sa.UniqueConstraint("run_id", "key", name="uq_ingestion_item_run_id_key"),
        sa.Index("ix_ingestion_item_outcome", "run_id", "outcome"),
    )

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="ingestion_run.id")
    key: str = Field(max_length=2000, description="Which file, record or address.")
    outcome: TakenIn = word(TakenIn, description="What became of it.")
    document: str | None = Field(default=None, max_length=40, description="Public id of the document.")
    reports: int = Field(default=0, description="How many reports were proposed from it.")
    reason: str | None = Field(default=None, description="Why it could not be read, with the remedy.")
    at: datetime = instant(default_factory=now, description="When.")


class FetchedPage(SQLModel, table=True):
    """What a server said when an address was last fetched, so that an unchanged page is not sent again."""

    __tablename__ = "fetched_page"

    url: str = Field(primary_key=True, max_length=2000, description="The address as it was asked for.")
    etag: str | None = Field(default=None, max_length=1000, description="The server's mark of this version.")
    last_modified: str | None = Field(default=None, max_length=200, description="The server's date of this version.")
    document: str | None = Field(default=None, max_length=40, description="Public id of the document it became.")
    fetched_at: datetime = instant(default_factory=now, description="When.")


class ColumnMapping(SQLModel, table=True):
    """Which column of a kind of spreadsheet means what, by a name that people give it."""

    __tablename__ = "column_mapping"

    name: str = Field(primary_key=True, max_length=100, description="What people call it.")
    columns: dict[str, Any] = words(description="For each field of ours: its column, and how its values are read.")
    saved_by: str = Field(max_length=200, description="Who saved it last.")
    saved_at: datetime = instant(default_factory=now, description="When.")


class TextSketch(SQLModel, table=True):
    """One band of the MinHash sketch of a document's text: documents that share a band may be copies."""

    __tablename__ = "text_sketch"

    band: int = Field(primary_key=True, description="Which band of the sketch, from 0.")
    hash: int = Field(sa_type=sa.BigInteger, primary_key=True, description="The band's hash.")
    document_id: int = Field(foreign_key="document.id", primary_key=True, index=True)
