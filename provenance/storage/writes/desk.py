"""Writes what a desk keeps about its own work; no standing depends on it, so nothing is derived anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import col

from provenance.access import who_asks
from provenance.errors import Conflict, InvalidInput
from provenance.storage.claim import Claim
from provenance.storage.desk import (
    Contact,
    ContactChange,
    ContactCreate,
    DeskItem,
    DeskItemChange,
    DeskNote,
    DeskNoteChange,
    DeskNoteCreate,
    OwnCorrection,
    OwnCorrectionChange,
    OwnCorrectionCreate,
    Watch,
    WatchCreate,
)
from provenance.storage.event import Event, Tally
from provenance.storage.record import Record
from provenance.storage.source import Source
from provenance.storage.writes.finding import known, noun, referred
from provenance.storage.writes.moving import current_rows
from provenance.storage.writes.permitted import only_proposes, require_own
from provenance.storage.writes.writer import Writer


def change_desk(writer: Writer, claim: str, change: DeskItemChange) -> DeskItem:
    """Put a claim on the desk, move it on, or hand it over; what is not given stays as it was.

    :raises NotFound: if there is no such claim; :class:`Moved` if it was merged into another.
    """
    row, values = known(writer.session, Claim, claim), change.values()
    if values.get("state", "") is None:
        raise InvalidInput(
            "state: it cannot be null; say how far the desk is, or take the claim off it.", field="state"
        )
    held = current_rows(writer.session, DeskItem, col(DeskItem.claim_id) == row.key)
    if held:
        require_own(held[0], held[0].holder, HAS_IT)
        return writer.change(held[0], values)
    return writer.add(DeskItem(claim_id=row.key, **values))


def take_off_desk(writer: Writer, claim: str) -> None:
    """Take a claim off the desk; its notes and contacts stay with it, and its states in the history."""
    row = known(writer.session, Claim, claim)
    for item in current_rows(writer.session, DeskItem, col(DeskItem.claim_id) == row.key):
        require_own(item, item.holder, HAS_IT)
        writer.retire(item)


HAS_IT, WROTE_IT, ASKED, WATCHES = "has this claim", "wrote this note", "asked there", "watches it"


def add_note(writer: Writer, claim: str, given: DeskNoteCreate) -> DeskNote:
    """Add a private note to a claim."""
    row = known(writer.session, Claim, claim)
    author = named(writer, given.author, "author")
    return writer.add(DeskNote(text=given.text, author=author, at=writer.at, claim_id=row.key))


def change_note(writer: Writer, public_id: str, change: DeskNoteChange) -> DeskNote:
    """Put the words of a note right."""
    note = known(writer.session, DeskNote, public_id)
    require_own(note, note.author, WROTE_IT)
    return writer.change(note, _required(change.values(), "text"))


def retire_note(writer: Writer, public_id: str) -> None:
    """Let a note go; it stays in the history."""
    note = known(writer.session, DeskNote, public_id)
    require_own(note, note.author, WROTE_IT)
    writer.retire(note)


def log_contact(writer: Writer, claim: str, given: ContactCreate) -> Contact:
    """Log that somebody was asked about a claim.

    :raises InvalidInput: if it lies in the future, the source is unknown, or nobody is named who asked.
    """
    row = known(writer.session, Claim, claim)
    source = None if given.source is None else referred(writer.session, Source, given.source, "source")
    values = given.model_dump(exclude={"source", "author", "at"})
    return writer.add(
        Contact(
            **values,
            at=_past(writer, given.at),
            author=named(writer, given.author, "author"),
            claim_id=row.key,
            source_id=None if source is None else source.key,
        )
    )


def change_contact(writer: Writer, public_id: str, change: ContactChange) -> Contact:
    """Change an entry of the contact log, such as when an answer came after all."""
    contact = known(writer.session, Contact, public_id)
    require_own(contact, contact.author, ASKED)
    values = _required(change.values(), "asked", "how", "at", "outcome")
    if "at" in values:
        _past(writer, values["at"])
    if "source" in values:
        source = values.pop("source")
        values["source_id"] = None if source is None else referred(writer.session, Source, source, "source").key
    return writer.change(contact, values)


def retire_contact(writer: Writer, public_id: str) -> None:
    """Let an entry of the contact log go; it stays in the history."""
    contact = known(writer.session, Contact, public_id)
    require_own(contact, contact.author, ASKED)
    writer.retire(contact)


def start_watch(writer: Writer, given: WatchCreate) -> Watch:
    """Watch a claim, an event, a source or a tally.

    :raises InvalidInput: unless exactly one of them is given.
    :raises Conflict: if the same person watches it already.
    """
    targets = {name: getattr(given, name) for name in WATCHED if getattr(given, name) is not None}
    if len(targets) != 1:
        field = [*targets, "claim"][-1]
        raise InvalidInput(
            f"{field}: a watch is on one thing; give exactly one of claim, event, source and tally.", field=field
        )
    [(name, public_id)] = targets.items()
    row = referred(writer.session, WATCHED[name], public_id, name)
    who = named(writer, given.who, "who")
    column = f"{name}_id"
    held = current_rows(writer.session, Watch, col(Watch.who) == who, getattr(Watch, column) == row.key)
    if held:
        raise Conflict(
            f"{name}: {who} watches that {noun(WATCHED[name])} already ('{held[0].public_id}'). Nothing is to be done.",
            field=name,
        )
    target: dict[str, Any] = {column: row.key}
    return writer.add(Watch(who=who, since=writer.at, **target))


def stop_watch(writer: Writer, public_id: str) -> None:
    """Watch no longer."""
    watch = known(writer.session, Watch, public_id)
    require_own(watch, watch.who, WATCHES)
    writer.retire(watch)


def correct_ourselves(writer: Writer, given: OwnCorrectionCreate) -> OwnCorrection:
    """Say in public what this desk had published wrongly about a claim, and what it says now.

    :raises InvalidInput: if both say the same, or nobody is named who answers for it.
    """
    row = referred(writer.session, Claim, given.claim, "claim")
    _check_differs(given.said, given.says)
    return writer.add(
        OwnCorrection(
            said=given.said,
            says=given.says,
            why=given.why,
            at=_past(writer, given.at),
            author=named(writer, given.author, "author"),
            claim_id=row.key,
        )
    )


def change_own_correction(writer: Writer, public_id: str, change: OwnCorrectionChange) -> OwnCorrection:
    """Put the wording of a correction of ours right."""
    row, values = known(writer.session, OwnCorrection, public_id), change.values()
    _required(values, "said", "says", "why", "at")
    _check_differs(values.get("said", row.said), values.get("says", row.says))
    if "at" in values:
        _past(writer, values["at"])
    return writer.change(row, values)


def retire_own_correction(writer: Writer, public_id: str) -> None:
    """Take back a correction of ours; it stays in the history."""
    writer.retire(known(writer.session, OwnCorrection, public_id))


WATCHED: dict[str, type[Record]] = {"claim": Claim, "event": Event, "source": Source, "tally": Tally}


def named(writer: Writer, given: str | None, field: str) -> str:
    """Who is meant: whoever is given, else whoever writes, by name.

    :raises InvalidInput: if neither is known by a name, or if a contributor names somebody else.
    """
    own = who_asks().name
    if only_proposes() and given not in (None, own):
        raise InvalidInput(
            f"{field}: the key that was sent is that of {own}, and only an editor names somebody else. Leave it out.",
            field=field,
        )
    _, through, name = writer.who.partition(": ")
    if given is None and not through:
        raise InvalidInput(f"{field}: nobody is named; say who it is.", field=field)
    return given or name


def _past(writer: Writer, at: datetime | None) -> datetime:
    if at is not None and at > writer.at:
        raise InvalidInput("at: it lies in the future; give the time at which it was done.", field="at")
    return at or writer.at


def _required(values: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        if name in values and values[name] is None:
            raise InvalidInput(f"{name}: it cannot be null; leave it out to keep what it says.", field=name)
    return values


def _check_differs(said: str, says: str) -> None:
    if said.split() == says.split():
        raise InvalidInput("says: that is what we had said; say what we say now instead.", field="says")
