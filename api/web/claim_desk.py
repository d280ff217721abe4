"""What the desk keeps about one claim, as a page with forms: state and holder, whom it asked, private notes, watches.

A form that changes something holds the version that its reader saw; whoever was slower is told, and loses no word.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, ValidationError
from sqlalchemy import Engine
from sqlmodel import Session

from api.conditional import tag, written
from api.dependencies import Held, PublicId, Reads
from api.faults import explained
from api.web.desk_forms import DOINGS, DeskForm, due_day, zones
from api.web.links import json_link, link
from api.web.rendering import page
from api.web.signing import back_to, by_page
from provenance.access import who_asks
from provenance.analysis.recording import recording
from provenance.errors import Conflict, InvalidInput, NotAllowed, NotFound, StaleWrite, VersionNeeded
from provenance.storage.reads import desk as reads
from provenance.storage.reads.claims import claim_detail
from provenance.storage.session import reading
from provenance.vocabulary import ContactMeans, ContactOutcome, DeskState

router = APIRouter()


@router.get("/claims/{claim_id}/desk")
def read_claim_desk(claim_id: PublicId, request: Request, session: Reads, done: str = "") -> Response:
    """What the desk keeps about a claim."""
    return _page(request, session, claim_id, done=DONE.get(done))


@router.post("/claims/{claim_id}/desk")
def write_claim_desk(
    claim_id: PublicId, typed: Annotated[DeskForm, Form()], request: Request, engine: Held
) -> Response:
    """Do what one of the forms asks for, or show the page again with what is wrong and all that was typed."""
    try:
        if typed.do not in DOINGS:
            raise InvalidInput("do: nothing was chosen. Press the button of a form.", field="do")
        with recording(engine, by_page(), typed.why or None) as writer:
            DOINGS[typed.do](writer, claim_id, typed)
    except (*REFUSALS, ValidationError) as refused:
        return _again(request, engine, claim_id, typed, refused)
    return back_to(f"{link(claim_id)}/desk#{PLACES[typed.do]}", typed.do)


PLACES = {
    **dict.fromkeys(("moved", "taken-off"), "state"),
    **dict.fromkeys(("noted", "note-changed", "note-gone"), "notes"),
    **dict.fromkeys(("logged", "contact-changed", "contact-gone"), "contacts"),
    **dict.fromkeys(("watched", "unwatched"), "watches"),
}
Refused = InvalidInput | Conflict | NotFound | NotAllowed | VersionNeeded | ValidationError
REFUSALS = (InvalidInput, Conflict, NotFound, NotAllowed, VersionNeeded)

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
    match refused:
        case StaleWrite() | NotFound():
            status = 412
        case VersionNeeded():
            status = 428
        case NotAllowed():
            status = 403
        case _:
            status = 422
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
    me = who_asks().name
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
