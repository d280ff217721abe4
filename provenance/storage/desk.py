"""What a desk keeps about its own work: how far it is with a claim, notes, whom it asked, what it watches.

It is for those who work here and in no answer about a claim; only what the desk got wrong in print, and says so, is for
everybody. Nothing that is derived about a claim depends on any of it.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from provenance.storage.record import Change, Record, Writable, fact, instant, word
from provenance.vocabulary import ContactMeans, ContactOutcome, DeskState, Visibility

OURS = "Those who work here, unless it says otherwise."
LEFT_OUT = "Left out: the owner of the key that it is sent with."


class DeskItemBase(SQLModel):
    """What is said of how far a desk is with a claim."""

    state: DeskState = word(DeskState, default=DeskState.TO_CHECK, description="How far the desk is with it.")
    holder: str | None = Field(
        default=None, min_length=1, max_length=200, description="Who has it; null while nobody has."
    )
    due: AwareDatetime | None = instant(default=None, nullable=True, description="By when; null: no time was set.")


class DeskItem(DeskItemBase, Record, table=True):
    """How far a desk is with one claim, and who has it; a claim without one was never put on the desk."""

    __tablename__ = "desk_item"
    __table_args__ = fact("desk_item", unique=[["claim_id"]])
    visibility: Visibility = word(Visibility, default=Visibility.DESK, description=OURS)
    claim_id: int = Field(foreign_key="claim.id")


class DeskItemChange(DeskItemBase, Change):
    """What a writer sends to put a claim on the desk, move it on, or hand it over."""


class DeskNoteBase(SQLModel):
    """What is said in a note."""

    text: str = Field(min_length=1, max_length=10_000, description="The note.")


class DeskNote(DeskNoteBase, Record, table=True):
    """A private note on a claim, in no answer but the desk's own."""

    __tablename__ = "desk_note"
    __table_args__ = fact("desk_note", sa.Index("ix_desk_note_claim_id", "claim_id"))
    visibility: Visibility = word(Visibility, default=Visibility.DESK, description=OURS)
    claim_id: int = Field(foreign_key="claim.id")
    author: str = Field(max_length=200, description="Who wrote it.")
    at: datetime = instant(description="When it was written.")


class DeskNoteCreate(DeskNoteBase, Writable):
    """What a writer sends to add a note."""

    author: str | None = Field(default=None, min_length=1, max_length=200, description=f"Who writes it. {LEFT_OUT}")


class DeskNoteChange(DeskNoteBase, Change):
    """What a writer sends to change a note."""


class ContactBase(SQLModel):
    """What is said of asking somebody."""

    asked: str = Field(min_length=1, max_length=300, description="Who was asked: a name, an office, a number.")
    how: ContactMeans = word(ContactMeans, description="How.")
    at: AwareDatetime = instant(description="When.")
    outcome: ContactOutcome = word(ContactOutcome, description="What came of it.")
    words: str | None = Field(
        default=None, max_length=10_000, description="What was said; null: nothing, or not noted."
    )


class Contact(ContactBase, Record, table=True):
    """One entry of the contact log of a claim: whom the desk asked, when, and what came of it."""

    __table_args__ = fact(
        "contact", sa.Index("ix_contact_claim_id", "claim_id", "at"), sa.Index("ix_contact_source_id", "source_id")
    )
    visibility: Visibility = word(Visibility, default=Visibility.DESK, description=OURS)
    claim_id: int = Field(foreign_key="claim.id")
    source_id: int | None = Field(default=None, foreign_key="source.id")
    author: str = Field(max_length=200, description="Who asked.")


class ContactCreate(ContactBase, Writable):
    """What a writer sends to log that somebody was asked."""

    at: AwareDatetime | None = Field(default=None, description="When. Left out: now.")  # type: ignore[assignment]
    source: str | None = Field(default=None, description="Public id of the source that was asked, where it is one.")
    author: str | None = Field(default=None, min_length=1, max_length=200, description=f"Who asked. {LEFT_OUT}")


class ContactChange(ContactBase, Change):
    """What a writer sends to change an entry of the contact log, such as when an answer came after all."""

    source: str | None = Field(description="Public id of the source that was asked; null: none that is recorded.")


ONE_TARGET = " + ".join(
    f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in ("claim_id", "event_id", "source_id", "tally_id")
)


class Watch(Record, table=True):
    """Somebody watches a claim, an event, a source or a tally."""

    __table_args__ = fact(
        "watch",
        sa.CheckConstraint(f"{ONE_TARGET} = 1", name="one_target"),
        sa.Index("ix_watch_claim_id", "claim_id"),
        sa.Index("ix_watch_event_id", "event_id"),
        sa.Index("ix_watch_source_id", "source_id"),
        sa.Index("ix_watch_tally_id", "tally_id"),
        unique=[["who", "claim_id"], ["who", "event_id"], ["who", "source_id"], ["who", "tally_id"]],
    )
    visibility: Visibility = word(Visibility, default=Visibility.DESK, description=OURS)
    who: str = Field(max_length=200, description="Who watches.")
    since: datetime = instant(description="Since when.")
    claim_id: int | None = Field(default=None, foreign_key="claim.id")
    event_id: int | None = Field(default=None, foreign_key="event.id")
    source_id: int | None = Field(default=None, foreign_key="source.id")
    tally_id: int | None = Field(default=None, foreign_key="tally.id")


class WatchCreate(Writable):
    """What a writer sends to watch something: exactly one of the four."""

    claim: str | None = Field(default=None, description="Public id of the claim.")
    event: str | None = Field(default=None, description="Public id of the event.")
    source: str | None = Field(default=None, description="Public id of the source.")
    tally: str | None = Field(default=None, description="Public id of the tally.")
    who: str | None = Field(default=None, min_length=1, max_length=200, description=f"Who watches. {LEFT_OUT}")


class OwnCorrectionBase(SQLModel):
    """What is said of a mistake of ours."""

    said: str = Field(min_length=1, max_length=5000, description="What we had said.")
    says: str = Field(min_length=1, max_length=5000, description="What we say now.")
    why: str = Field(min_length=1, max_length=5000, description="How it came about, and how it was noticed.")
    at: AwareDatetime = instant(description="When we corrected it.")


class OwnCorrection(OwnCorrectionBase, Record, table=True):
    """What this desk had published wrongly about a claim and says otherwise now, for everybody to see."""

    __tablename__ = "own_correction"
    __table_args__ = fact("own_correction", sa.Index("ix_own_correction_claim_id", "claim_id", "at"))
    claim_id: int = Field(foreign_key="claim.id")
    author: str = Field(max_length=200, description="Who answers for it.")


class OwnCorrectionCreate(OwnCorrectionBase, Writable):
    """What a writer sends to correct what this desk published."""

    claim: str = Field(description="Public id of the claim that it was about.")
    at: AwareDatetime | None = Field(default=None, description="When. Left out: now.")  # type: ignore[assignment]
    author: str | None = Field(
        default=None, min_length=1, max_length=200, description=f"Who answers for it. {LEFT_OUT}"
    )


class OwnCorrectionChange(OwnCorrectionBase, Change):
    """What a writer sends to put the wording of a correction of ours right."""


# What belongs to a claim on the desk and goes with it, wherever it goes.
KEPT: tuple[type[Record], ...] = (DeskItem, DeskNote, Contact, Watch, OwnCorrection)
