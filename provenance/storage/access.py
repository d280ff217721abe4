"""Who may come in: keys, sessions of browsers that were opened with one, and writes that were taken under a name.

None of it is a fact: no history, no export and no whole copy holds it. Keys are kept as hashes alone.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import AwareDatetime, field_validator
from sqlmodel import Field, SQLModel

from provenance.storage.record import Record, Writable, fact, instant, word, words
from provenance.vocabulary import Role, Visibility

LONGEST_OWNER = 100


class AccessKey(SQLModel, table=True):
    """A key that lets somebody in. The secret is shown once, when it is made, and nowhere kept."""

    __tablename__ = "access_key"
    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(max_length=40, unique=True, description="The part of the key that may be shown.")
    name: str = Field(max_length=LONGEST_OWNER, description="Whose it is: a person or a program.")
    role: Role = word(Role, description="What its bearer may do.")
    secret_hash: str = Field(max_length=64, description="SHA-256 of the secret, which is 256 random bits.")
    created_at: datetime = instant(description="When it was made.")
    created_by: str = Field(max_length=200, description="Who made it.")
    expires_at: datetime | None = instant(default=None, nullable=True, description="From when on it opens nothing.")
    revoked_at: datetime | None = instant(default=None, nullable=True, description="When it was taken back.")
    per_minute: int | None = Field(
        default=None, description="Requests a minute that it may make; null: as many as the settings allow."
    )
    last_used_at: datetime | None = instant(
        default=None, nullable=True, description="When it last opened something, to the minute."
    )


class KeyCreate(Writable):
    """What an admin sends to make a key."""

    name: str = Field(
        min_length=1, max_length=LONGEST_OWNER, description="Whose it is: a person or a program. One line."
    )
    role: Role = Field(description="What its bearer may do.")
    expires_at: AwareDatetime | None = Field(default=None, description="From when on it opens nothing; null: never.")
    per_minute: int | None = Field(
        default=None, ge=1, le=1_000_000, description="Requests a minute that it may make; null: as the settings say."
    )
    same_person: bool = Field(
        default=False,
        description="It is for the person who bears the name already: whoever has it sees what is for them by name, "
        "and writes as them. Needed where any key was ever made for that name, in whichever letter case; the new key "
        "has the name as it is on the one before.",
    )

    @field_validator("name")
    @classmethod
    def _is_one_line(cls, name: str) -> str:
        """Whoever is named in the history is told apart by the name, so it has no blanks that nobody sees."""
        plain = unicodedata.normalize("NFC", " ".join(name.split()))
        if not plain.isprintable() or not plain:
            raise ValueError("it has characters that cannot be printed, or none; give a plain name")
        for part in re.findall(r"[^\W\d_]+", plain):
            if len(_alphabets(part)) > 1:
                raise ValueError(
                    f"'{part}' has letters of several alphabets, which look alike; write each word of a name in one"
                )
        return plain


# Those of which letters look alike: a Cyrillic А is no Latin A.
ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK"})


def _alphabets(word: str) -> frozenset[str]:
    return ALIKE & {unicodedata.name(letter, "").partition(" ")[0] for letter in word}


class BrowserSession(SQLModel, table=True):
    """A browser in which somebody logged in with a key; it ends with the key."""

    __tablename__ = "browser_session"
    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True, description="SHA-256 of what the cookie holds.")
    key_id: int = Field(foreign_key="access_key.id", index=True)
    created_at: datetime = instant(description="When they logged in.")
    expires_at: datetime = instant(index=True, description="When they have to log in again.")


class TakenRequest(SQLModel, table=True):
    """A write that was sent with an Idempotency-Key, and what it was answered: sent again, it is answered the same.

    The row is written in the transaction of the write itself, so one is there exactly if the other is.
    """

    __tablename__ = "taken_request"
    __table_args__ = (sa.UniqueConstraint("key_id", "name", name="uq_taken_request_key_id_name"),)
    id: int | None = Field(default=None, primary_key=True)
    key_id: int = Field(foreign_key="access_key.id")
    name: str = Field(max_length=255, description="The Idempotency-Key.")
    fingerprint: str = Field(max_length=64, description="SHA-256 of method, address and body.")
    taken_at: datetime = instant(index=True, description="The stamp of what it wrote.")
    status: int | None = Field(default=None, description="The status of the answer; null while it was not sent whole.")
    headers: dict[str, Any] | None = words(default=None, nullable=True, description="Those of the answer that matter.")
    body: bytes | None = Field(default=None, description="The answer.")


class Audience(Record, table=True):
    """One person who may see a record that is for named people."""

    __table_args__ = fact("audience", unique=[["record", "person"]])
    visibility: Visibility = word(Visibility, default=Visibility.DESK, description="Those who work here.")
    noun: str = Field(max_length=40, description="The table of the record.")
    record: str = Field(max_length=40, index=True, description="Public id of the record.")
    person: str = Field(max_length=LONGEST_OWNER, description="The owner of keys who may see it.")


class Redaction(Record, table=True):
    """A tombstone: a name was taken out of everything that is held, and these entries of the history no longer say it.

    Seals of those entries fit what they said before, which is gone; each is held to the hash of what it says now
    instead, and that is sealed in the history with this row.
    """

    __table_args__ = fact("redaction")
    visibility: Visibility = word(Visibility, default=Visibility.DESK, description="Those who work here.")
    noun: str = Field(max_length=40, description="The table of the record that was about the person.")
    record: str = Field(max_length=40, index=True, description="Public id of that record.")
    places: int = Field(description="How many texts the name was taken out of.")
    sealed: dict[str, Any] = words(
        default_factory=dict, description="Hash of each entry that was rewritten, with that of what it says now."
    )
