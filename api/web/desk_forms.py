"""What somebody types into the forms of a claim at the desk, and what each of them writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from api.conditional import require_version
from api.web.choosing import ids_in
from provenance.answers_desk import ClaimDesk
from provenance.errors import InvalidInput, VersionNeeded
from provenance.storage.desk import (
    ContactChange,
    ContactCreate,
    DeskItemChange,
    DeskNoteChange,
    DeskNoteCreate,
    WatchCreate,
)
from provenance.storage.reads import desk as reads
from provenance.storage.reads.rows import lock
from provenance.storage.writes import desk as writes
from provenance.storage.writes.writer import Writer


class DeskForm(BaseModel):
    """What somebody typed into one of the forms of the page; `do` says which."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    do: str = ""
    why: str = Field(default="", max_length=2000)
    version: str = ""
    record: str = ""
    state: str = ""
    holder: str = ""
    due: str = ""
    text: str = ""
    asked: str = ""
    source: str = ""
    how: str = ""
    at: str = ""
    zone: str = "0"
    outcome: str = ""
    words: str = ""


def instant_of(local: str, zone: str) -> datetime | None:
    """What a clock showed in a zone, as an instant; None if nothing was typed.

    >>> instant_of("2022-01-06T14:10", "360"), instant_of("", "0")
    (datetime.datetime(2022, 1, 6, 8, 10, tzinfo=datetime.timezone.utc), None)

    :raises InvalidInput: if either cannot be read.
    """
    if not local:
        return None
    try:
        there = timezone(timedelta(minutes=int(zone)))
        return datetime.fromisoformat(local).replace(tzinfo=there).astimezone(UTC)
    except (ValueError, OverflowError) as unread:
        raise InvalidInput("at: it is no date with a time. Give it as 2022-01-06T14:10.", field="at") from unread


def zones() -> list[tuple[int, str]]:
    """Whole hours before and after UTC, and the zones between them in which people live; minutes and a name.

    >>> zones()[12:14], (330, "UTC+5:30") in zones()
    ([(0, 'UTC'), (60, 'UTC+1')], True)
    """
    return [(minutes, _zone(minutes)) for minutes in sorted([*range(-720, 841, 60), *BETWEEN])]


BETWEEN = (210, 270, 330, 345, 390, 570)


def _zone(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" + (f"{'+' if minutes > 0 else '−'}{hours}" if minutes else "") + (f":{rest:02}" if rest else "")


def _move(writer: Writer, claim_id: str, typed: DeskForm) -> None:
    _check_version(writer, claim_id, typed, reads.claim_desk)
    given: dict[str, object] = {"state": typed.state, "holder": typed.holder or None}
    # A form says only the day, so a day that is left as it was keeps its hour.
    if typed.due != due_day(reads.claim_desk(writer.session, claim_id)):
        given["due"] = _due(typed.due)
    writes.change_desk(writer, claim_id, DeskItemChange.model_validate(given))


def _take_off(writer: Writer, claim_id: str, typed: DeskForm) -> None:
    _check_version(writer, claim_id, typed, reads.claim_desk)
    writes.take_off_desk(writer, claim_id)


def _note(writer: Writer, claim_id: str, typed: DeskForm) -> None:
    writes.add_note(writer, claim_id, DeskNoteCreate(text=typed.text))


def _change_note(writer: Writer, claim_id: str, typed: DeskForm) -> None:
    _check_version(writer, typed.record, typed, reads.note_item)
    writes.change_note(writer, typed.record, DeskNoteChange(text=typed.text))


def _let_go_of_note(writer: Writer, claim_id: str, typed: DeskForm) -> None:
    _check_version(writer, typed.record, typed, reads.note_item)
    writes.retire_note(writer, typed.record)


def _contact(writer: Writer, claim_id: str, typed: DeskForm) -> None:
    given = {
        "asked": typed.asked,
        "source": next(iter(ids_in(typed.source, "src")), typed.source or None),
        "how": typed.how,
        "at": instant_of(typed.at, typed.zone),
        "outcome": typed.outcome,
        "words": typed.words or None,
    }
    writes.log_contact(writer, claim_id, ContactCreate.model_validate(given))


def _change_contact(writer: Writer, claim_id: str, typed: DeskForm) -> None:
    _check_version(writer, typed.record, typed, reads.contact_item)
    change = ContactChange.model_validate({"outcome": typed.outcome, "words": typed.words or None})
    writes.change_contact(writer, typed.record, change)


def _let_go_of_contact(writer: Writer, claim_id: str, typed: DeskForm) -> None:
    _check_version(writer, typed.record, typed, reads.contact_item)
    writes.retire_contact(writer, typed.record)


def _watch(writer: Writer, claim_id: str, typed: DeskForm) -> None:
    writes.start_watch(writer, WatchCreate(claim=claim_id))


def _unwatch(writer: Writer, claim_id: str, typed: DeskForm) -> None:
    _check_version(writer, typed.record, typed, reads.watch_item)
    writes.stop_watch(writer, typed.record)


Doing = Callable[[Writer, str, DeskForm], None]

DOINGS: Mapping[str, Doing] = {
    "moved": _move,
    "taken-off": _take_off,
    "noted": _note,
    "note-changed": _change_note,
    "note-gone": _let_go_of_note,
    "logged": _contact,
    "contact-changed": _change_contact,
    "contact-gone": _let_go_of_contact,
    "watched": _watch,
    "unwatched": _unwatch,
}


def due_day(kept: ClaimDesk) -> str:
    """The day by which a claim is due, as a form shows it; empty where no time was set."""
    return f"{kept.due.astimezone(UTC):%Y-%m-%d}" if kept.due else ""


def _due(day: str) -> datetime | None:
    """The end of a day in UTC."""
    try:
        return datetime.combine(date.fromisoformat(day), time(23, 59), UTC) if day else None
    except ValueError as unread:
        raise InvalidInput("due: it is no day. Give it as 2022-01-06.", field="due") from unread


def _check_version(writer: Writer, record: str, typed: DeskForm, read: Callable[[Session, str], BaseModel]) -> None:
    if not typed.version:
        raise VersionNeeded(
            "version: the form does not say what its sender saw. Look at it as it is now, and send it again.",
            field="version",
        )
    lock(writer.session, record)
    require_version(typed.version, read(writer.session, record))
