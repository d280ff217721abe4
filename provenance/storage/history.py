"""Who changed which record, when and why: append-only, each entry sealed with the hash of the one before."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Field, SQLModel

from provenance.storage.record import Writable, instant, words


class History(SQLModel, table=True):
    """One change of one record."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant(index=True, description="When it was written; what one transaction writes shares it.")
    who: str = Field(max_length=200, description="Who wrote it.")
    why: str | None = Field(default=None, description="The reason given.")
    action: str = Field(max_length=20, description="created, changed, retired or restored.")
    noun: str = Field(max_length=40, description="The table of the record.")
    public_id: str = Field(max_length=40, index=True, description="The record.")
    before: dict[str, Any] | None = words(default=None, nullable=True, description="What it said; null if new.")
    after: dict[str, Any] | None = words(default=None, nullable=True, description="What it says; null if retired.")
    previous: str = Field(max_length=64, description="Hash of the entry before.")
    hash: str = Field(max_length=64, unique=True, description="Hash of this entry and the one before.")
    salt: str | None = Field(
        default=None,
        max_length=32,
        description="Random, and sealed with the rest, so that nobody can guess what a redacted entry said; null once "
        "it is redacted.",
    )


class UndoCreate(Writable):
    """What a writer may send to undo a change."""

    why: str | None = Field(default=None, max_length=2000, description="The reason; else that of `Provenance-Reason`.")


FIRST = "0" * 64


def seal(
    previous: str,
    at: datetime,
    who: str,
    why: str | None,
    action: str,
    noun: str,
    public_id: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    salt: str | None = None,
) -> str:
    """The hash that binds an entry to all entries before it; without its salt, an entry of before there were any."""
    said = [previous, at.isoformat(), who, why, action, noun, public_id, before, after]
    content = json.dumps(
        said if salt is None else [*said, salt],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        default=str,
    )
    return hashlib.sha256(content.encode()).hexdigest()


def change_id(at: datetime) -> str:
    """The id of a change: all that one transaction wrote, which bears one stamp that no other has.

    >>> change_id(datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    'chg_20261122t093000000000'
    """
    return f"chg_{at.astimezone(UTC):%Y%m%dt%H%M%S%f}"


def change_moment(change: str) -> datetime | None:
    """The stamp of the change with this id; None if no change could have it.

    >>> change_moment("chg_20261122t093000000000") == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    True
    """
    if not CHANGE.fullmatch(change):
        return None
    try:
        return datetime.strptime(change, "chg_%Y%m%dt%H%M%S%f").replace(tzinfo=UTC)
    except ValueError:
        return None


CHANGE = re.compile(r"chg_\d{8}t\d{12}", re.ASCII)
