"""What is answered about the history: who changed which record, when, why, from what to what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from provenance.answers import Answer

SAID = "Sources by name with their id beside, other records by id; names are those that hold now."


class FieldChange(Answer):
    """One field that an entry of the history changed."""

    field: str = Field(description="The field.")
    before: Any = Field(description="What it said; null where it said nothing.")
    after: Any = Field(description="What it said from then on; null where it said nothing.")


class HistoryItem(Answer):
    """One entry of the history: one record that was created, changed, let go or brought back."""

    id: str = Field(description="Id of the entry, made from its hash.")
    change: str = Field(description="Id of the change that it is part of: all that was written in one transaction.")
    at: datetime = Field(description="When it was written.")
    who: str = Field(description="Who wrote it.")
    why: str | None = Field(description="The reason that was given; null if none was.")
    action: str = Field(description="created, changed, retired (it holds no longer) or restored (it holds again).")
    noun: str = Field(description="What kind of record, as its table is called.")
    record: str = Field(description="Public id of the record.")
    changes: list[FieldChange] = Field(description="The fields that differ; empty where a whole record came or went.")
    before: dict[str, Any] | None = Field(description=f"What the record said; null if it did not hold. {SAID}")
    after: dict[str, Any] | None = Field(description=f"What it said from then on; null if it held no longer. {SAID}")
    previous: str = Field(description="Hash of the entry before, of whichever record.")
    hash: str = Field(description="SHA-256 over the entry as it is stored, and the hash of the one before.")
    undoable: bool | None = Field(
        description="Whether nothing stands in the way of undoing the whole change now; null: the change is too large "
        "to say in passing, read it by its id."
    )


class ChangeDetail(Answer):
    """One change: all that was written in one transaction, a page of its entries at a time."""

    id: str = Field(description="Id of the change; `POST /v1/history/{id}/undo` takes it back.")
    at: datetime = Field(description="When it was written.")
    who: str = Field(description="Who wrote it.")
    why: str | None = Field(description="The reason that was given; null if none was.")
    entries: int = Field(description="How many entries it has.")
    undoable: bool = Field(description="Whether nothing stands in the way of undoing it now.")
    obstacles: list[str] = Field(description="What stands in the way, with the remedy; the first ten.")
    items: list[HistoryItem] = Field(description="Its entries, in the order in which they were written.")
    next: str | None = Field(description="Send it as `cursor` for the next page; null on the last one.")
