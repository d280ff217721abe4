"""What is told of redactions: what was or would be taken out, never the words themselves but to whoever tries."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field


class RedactedPlace(BaseModel):
    """One column in which the name stood."""

    table: str = Field(description="The table.")
    column: str = Field(description="The column.")
    texts: int = Field(description="Texts in it that had the name, earlier states included.")


class NameHint(BaseModel):
    """Another spelling, or a part of the name, that is not taken out unless `also` names it."""

    text: str = Field(description="As it stands in what is held.")
    times: int = Field(description="How often it stands in records that hold now.")
    like: str | None = Field(description="The part of the name that it resembles; null for a part of the name itself.")


class TriedName(BaseModel):
    """A name that goes."""

    name: str = Field(description="The name.")
    times: int = Field(description="How often it stands in records that hold now.")


class Redacted(BaseModel):
    """What a redaction takes out of everything."""

    dry_run: bool = Field(description="Whether it was only tried, and nothing was written.")
    redaction: str | None = Field(description="Public id of the tombstone; null where it was only tried.")
    change: str | None = Field(description="Id of the change; null where it was only tried.")
    source: str = Field(description="Public id of the person.")
    texts: int = Field(description="How many texts had the name.")
    entries: int = Field(description="Entries of the history that were rewritten; their tombstone vouches for them.")
    claims: int = Field(description="Claims of which the name stood in what is derived.")
    copies_removed: int = Field(
        description="Archived copies, such as PDF files and pictures, that were removed whole, because a name cannot "
        "be taken out of them."
    )
    places: list[RedactedPlace] = Field(description="Where it stood.")
    samples: list[str] = Field(description="Some of the texts around it, without it.")
    names: list[TriedName] = Field(description="Only where it was tried: the names that go.")
    parts: list[NameHint] = Field(description="Only where it was tried: parts of the names that stand alone elsewhere.")
    spellings: list[NameHint] = Field(description="Only where it was tried: words much like those of the name.")
    namesakes: list[str] = Field(description="Public ids of other sources whose names have it, and lose it, too.")
    swept: bool | None = Field(
        description="Whether the freed places in the files of the database were overwritten, too; null where it was "
        "only tried. If false, run `provenance redact --sweep` when nobody else uses it."
    )
    remaining: str = Field(description="What this program cannot reach, and what to do about it.")


class RedactionItem(BaseModel):
    """A tombstone: that a name was taken out of everything. It never says which."""

    id: str = Field(description="Public id of the tombstone.")
    noun: str = Field(description="The kind of record that was about the person.")
    record: str = Field(description="Public id of that record.")
    places: int = Field(description="How many texts the name was taken out of.")
    at: datetime = Field(description="When.")
    who: str = Field(description="By whom.")
    why: str | None = Field(description="Why.")
    change: str = Field(description="Id of the change.")
