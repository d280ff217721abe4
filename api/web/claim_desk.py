"""What the desk keeps about one claim, as a page with forms: state and holder, whom it asked, private notes, watches.

A form that changes something holds the version that its reader saw; whoever was slower is told, and loses no word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Engine
from sqlmodel import Session

from api.conditional import require_version, tag, written
from api.dependencies import Held, PublicId, Reads
from api.faults import explained
from api.web.choosing import ids_in
from api.web.links import json_link, link
from api.web.rendering import page
from api.web.signing import LONGEST_NAME, OurPage, back_to, signed_name, written_by
from provenance.analysis.recording import recording
from provenance.answers_desk import ClaimDesk
from provenance.errors import Conflict, InvalidInput, NotFound, StaleWrite
from provenance.storage.desk import (
    ContactChange,
    ContactCreate,
    DeskItemChange,
    DeskNoteChange,
    DeskNoteCreate,
    WatchCreate,
)
from provenance.storage.reads import desk as reads
from provenance.storage.reads.claims import claim_detail
from provenance.storage.reads.rows import lock
from provenance.storage.session import reading
from provenance.storage.writes import desk as writes
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import ContactMeans, ContactOutcome, DeskState

router = APIRouter()


class DeskForm(BaseModel):
    """What somebody typed into one of the forms of the page; `do` says which."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    do: str = ""
    by: str = Field(default="", max_length=LONGEST_NAME)
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


@router.get("/claims/{claim_id}/desk")
def read_claim_desk(claim_id: PublicId, request: Request, session: Reads, done: str = "") -> Response:
    """What the desk keeps about a claim."""
    return _page(request, session, claim_id, done=DONE.get(done))


@router.post("/claims/{claim_id}/desk")
def write_claim_desk(
    claim_id: PublicId, typed: Annotated[DeskForm, Form()], request: Request, engine: Held, ours: OurPage
) -> Response:
    """Do what one of the forms asks for, or show the page again with what is wrong and all that was typed."""
    try:
        if typed.do not in DOINGS:
            raise InvalidInput("do: nothing was chosen. Press the button of a form.", field="do")
        if not typed.by:
            raise InvalidInput("by: it is empty. Say who you are.", field="by")
        with recording(engine, written_by(typed.by), typed.why or None) as writer:
            DOINGS[typed.do](writer, claim_id, typed)
    except (InvalidInput, Conflict, NotFound, ValidationError) as refused:
        return _again(request, engine, claim_id, typed, refused)
    return back_to(f"{link(claim_id)}/desk#{PLACES[typed.do]}", typed.do, typed.by)


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
PLACES = {
    **dict.fromkeys(("moved", "taken-off"), "state"),
    **dict.fromkeys(("noted", "note-changed", "note-gone"), "notes"),
    **dict.fromkeys(("logged", "contact-changed", "contact-gone"), "contacts"),
    **dict.fromkeys(("watched", "unwatched"), "watches"),
}
Refused = InvalidInput | Conflict | NotFound | ValidationError

FIELDS = {"text": "Note", "asked": "Who was asked", "words": "What was said", "holder": "Who has it"}
DONE = {
    "moved": "It is written down how far the desk is.",
    "taken-off": "The claim is off the desk. Its notes and contacts stay here.",
    "noted": "The note is kept.",
    "note-changed": "The note says so now.",
    "note-gone": "The note is shown no longer.",
    "logged": "It is in the contact log.",
    "contact-changed": "The entry of the contact log says so now.",
    "contact-gone": "The entry of the contact log is shown no longer.",
    "watched": "The claim is on your watch list.",
    "unwatched": "The claim is on the watch list no longer.",
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
    lock(writer.session, record)
    require_version(typed.version or None, read(writer.session, record))


def version(answer: BaseModel) -> str:
    """The version of what a form shows, as the API tags it."""
    return tag(written(answer))


def _again(
    request: Request,
    engine: Engine,
    claim_id: str,
    typed: DeskForm,
    refused: Refused,
) -> Response:
    place = PLACES.get(typed.do, "state")
    status = 412 if isinstance(refused, (StaleWrite, NotFound)) else 422
    with reading(engine) as session:
        return _page(request, session, claim_id, status, typed=typed, fault=(place, _told(refused)))


def _told(refused: Refused) -> str:
    if isinstance(refused, StaleWrite):
        return (
            "Somebody else was faster: what you see above was changed since you opened this page. What you typed is "
            "kept here; send it again to let it stand instead."
        )
    if isinstance(refused, NotFound):
        return "Somebody else was faster: it was let go of since you opened this page. What you typed is kept here."
    if isinstance(refused, ValidationError):
        first = refused.errors()[0]
        told = explained({**first, "loc": ("body", *first["loc"])}, None)
        return f"{FIELDS.get(told.field, told.field)}: {told.message} {told.remedy}"
    return refused.message.partition(": ")[2] or refused.message


def _page(
    request: Request,
    session: Session,
    claim_id: str,
    status: int = 200,
    *,
    typed: DeskForm | None = None,
    fault: tuple[str, str] | None = None,
    done: str | None = None,
) -> Response:
    kept = reads.claim_desk(session, claim_id)
    me = (typed.by if typed else "") or signed_name(request)
    return page(
        request,
        "claim_desk.html",
        status,
        title=f"At the desk: {kept.claim_text}",
        description="How far the desk is with this claim, whom it asked, and what it noted. For those who work here.",
        crumbs=[("Desk", "/desk"), ("The claim", link(claim_id))],
        json=json_link(claim_id, "desk"),
        here="desk",
        done=done,
        claim=claim_detail(session, claim_id),
        kept=kept,
        version=version,
        due_day=due_day(kept),
        typed=typed or DeskForm(),
        fault=fault,
        me=me,
        my_watch=next((one for one in kept.watches if one.who == me), None),
        states=list(DeskState),
        means=list(ContactMeans),
        outcomes=list(ContactOutcome),
        zones=zones(),
    )
