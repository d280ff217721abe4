"""What is answered about tables of claims: what each row brings, what is wrong with which cell, and saved mappings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from provenance.answers import Answer


class SheetRecord(Answer):
    """A record that a row brings, or would bring."""

    noun: str = Field(description="What kind of record it is.")
    id: str | None = Field(description="Its public id; null in a dry run.")
    says: str = Field(description="What it says, in a few words.")


class SheetRowShown(Answer):
    """What becomes of one row."""

    row: int = Field(description="Its number, as a spreadsheet program shows it.")
    id: str | None = Field(description="What the sheet calls it; null if it does not.")
    claim: str | None = Field(description="Public id of its claim; null in a dry run where the claim is new.")
    document: str | None = Field(description="Public id of its document; null likewise, or where it cites none.")
    report: str | None = Field(description="Public id of its report; null likewise.")
    creates: list[SheetRecord] = Field(description="What it is the first to bring; nothing where all is held.")
    notes: list[str] = Field(description="What somebody should look at, in sentences.")


class SheetFault(Answer):
    """One thing that is wrong with one row."""

    row: int = Field(description="Its number, as a spreadsheet program shows it.")
    column: str | None = Field(description="The heading of the column; null where no one column is to blame.")
    field: str | None = Field(description="What that column was read as.")
    value: str | None = Field(description="What stands in the cell.")
    message: str = Field(description="What is wrong.")
    remedy: str = Field(description="What to do.")


class SheetAnswer(Answer):
    """What became of a sheet."""

    written: bool = Field(description="Whether its rows were written; never in a dry run, nor where a row was refused.")
    dry_run: bool = Field(description="Whether only what would be written was asked for.")
    worksheet: str | None = Field(description="The sheet of the workbook that was read; null for text.")
    mapping: dict[str, Any] = Field(description="For each field the heading of its column.")
    guessed: list[str] = Field(description="The fields whose columns were guessed from their headings.")
    unread: list[str] = Field(description="Headings of columns that are read as nothing.")
    rows: int = Field(description="How many rows there are below the headings.")
    good: int = Field(description="How many of them can be written.")
    bad: int = Field(description="How many cannot.")
    creates: dict[str, int] = Field(description="How many records of each kind are new.")
    items: list[SheetRowShown] = Field(description="The good rows, in their order.")
    errors: list[SheetFault] = Field(description="What is wrong, in the order of the rows.")
    notes: list[str] = Field(description="What was read doubtfully, or not at all, in sentences.")


class MappingItem(Answer):
    """A mapping that was saved: which column of a kind of sheet holds what."""

    name: str = Field(description="What people call it.")
    columns: dict[str, Any] = Field(
        description="For each field the heading of its column; for `published` also how dates are read."
    )
    saved_by: str = Field(description="Who saved it last.")
    saved_at: datetime = Field(description="When.")
