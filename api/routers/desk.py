"""The desk: how far it is with each claim, notes, whom it asked, what it watches, and what it got wrong in print."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response

from api import examples_desk as examples
from api.conditional import tagged
from api.dependencies import At, PublicId, Reads, Writes, check_rules
from api.documented import READ_ONE, WRITE_CHANGE, WRITE_NEW, WRITE_PART, page_of, retired, shows
from provenance.analysis.tasking import tasks
from provenance.answers import Page
from provenance.answers_desk import ClaimDesk, ContactItem, DeskEntry, DeskTask, NoteItem, OwnCorrectionItem, WatchItem
from provenance.storage.desk import (
    ContactChange,
    ContactCreate,
    DeskItemChange,
    DeskNoteChange,
    DeskNoteCreate,
    OwnCorrectionChange,
    OwnCorrectionCreate,
    WatchCreate,
)
from provenance.storage.reads import desk as reads
from provenance.storage.reads.asked_desk import DeskAsked, OwnCorrectionsAsked, TasksAsked, WatchesAsked
from provenance.storage.writes import desk as writes

router = APIRouter(tags=["desk"])


def given(noun: str) -> Any:
    """A body with its example."""
    return Body(openapi_examples={noun: {"summary": "From the founding case", "value": examples.GIVEN[noun]}})


@router.get("/desk", summary="List the claims on the desk", responses=page_of(examples.ENTRY))
def list_desk(asked: Annotated[DeskAsked, Query()], session: Reads) -> Page[DeskEntry]:
    """Each claim that the desk has taken up: how far it is, who has it, and when somebody was last asked."""
    return reads.desk(session, asked)


@router.get("/desk/tasks", summary="List what to do next", responses=page_of(examples.TASK))
def list_tasks(asked: Annotated[TasksAsked, Query()], session: Reads) -> Page[DeskTask]:
    """Acts that would clear flags, the one that would settle most first: one reference, one comparison or one page
    often serves many claims. First come those that clear most flags alone, then those that help to clear most, then
    by figures and documents; what helps only if the record is wrong comes last. A filter leaves each task whole.
    """
    check_rules(asked.rule, "rule")
    return tasks(session, asked)


@router.get(
    "/claims/{claim_id}/desk",
    summary="Read what the desk keeps about a claim",
    response_model=ClaimDesk,
    responses=shows(examples.DESK, problems=(308, *READ_ONE)),
)
def read_desk(claim_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """How far the desk is, who has it and who moved it there; notes, contacts and watches. For those who work here."""
    return tagged(request, reads.claim_desk(session, claim_id))


@router.patch(
    "/claims/{claim_id}/desk",
    summary="Move a claim on, or hand it over",
    response_model=ClaimDesk,
    responses=shows(examples.DESK, problems=(308, *WRITE_CHANGE)),
)
def alter_desk(claim_id: PublicId, body: Annotated[DeskItemChange, given("desk")], write: Writes) -> Response:
    """A claim that is not on the desk is put there. One person may take several steps; `steps` says who did which."""
    return write.change(claim_id, writes.change_desk, body, reads.claim_desk)


@router.delete(
    "/claims/{claim_id}/desk",
    status_code=204,
    summary="Take a claim off the desk",
    responses=retired(),
)
def take_off(claim_id: PublicId, write: Writes) -> Response:
    """Its notes, contacts and watches stay, and its states in the history."""
    return write.retire(claim_id, writes.take_off_desk, reads.claim_desk)


@router.post(
    "/claims/{claim_id}/notes",
    status_code=201,
    summary="Add a note to a claim",
    response_model=NoteItem,
    responses=shows(examples.NOTE, status=201, problems=(308, *WRITE_PART)),
)
def add_note(claim_id: PublicId, body: Annotated[DeskNoteCreate, given("note")], write: Writes) -> Response:
    """Add a private note; it is in no answer but the desk's own."""
    return write.add(lambda writer, note: writes.add_note(writer, claim_id, note), body, reads.note_item, "/v1/notes")


@router.get(
    "/notes/{note_id}",
    summary="Read a note",
    response_model=NoteItem,
    responses=shows(examples.NOTE, problems=READ_ONE),
)
def read_note(note_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """One private note."""
    return tagged(request, reads.note_item(session, note_id))


@router.patch(
    "/notes/{note_id}",
    summary="Change a note",
    response_model=NoteItem,
    responses=shows(examples.NOTE, problems=WRITE_CHANGE),
)
def alter_note(note_id: PublicId, body: Annotated[DeskNoteChange, given("change_note")], write: Writes) -> Response:
    """Put the words right. What it said before stays in the history."""
    return write.change(note_id, writes.change_note, body, reads.note_item)


@router.delete("/notes/{note_id}", status_code=204, summary="Let go of a note", responses=retired())
def let_go_of_note(note_id: PublicId, write: Writes) -> Response:
    """It is shown no longer, and stays in the history."""
    return write.retire(note_id, writes.retire_note, reads.note_item)


@router.post(
    "/claims/{claim_id}/contacts",
    status_code=201,
    summary="Log that somebody was asked",
    response_model=ContactItem,
    responses=shows(examples.CONTACT, status=201, problems=(308, *WRITE_PART)),
)
def log_contact(claim_id: PublicId, body: Annotated[ContactCreate, given("contact")], write: Writes) -> Response:
    """Whom the desk asked about a claim, how, when, and what came of it. An answer is not yet a report or evidence."""
    return write.add(
        lambda writer, contact: writes.log_contact(writer, claim_id, contact), body, reads.contact_item, "/v1/contacts"
    )


@router.get(
    "/contacts/{contact_id}",
    summary="Read an entry of a contact log",
    response_model=ContactItem,
    responses=shows(examples.CONTACT, problems=READ_ONE),
)
def read_contact(contact_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """Whom the desk asked once, and what came of it."""
    return tagged(request, reads.contact_item(session, contact_id))


@router.patch(
    "/contacts/{contact_id}",
    summary="Change an entry of a contact log",
    response_model=ContactItem,
    responses=shows(examples.CONTACT, problems=WRITE_CHANGE),
)
def alter_contact(
    contact_id: PublicId, body: Annotated[ContactChange, given("change_contact")], write: Writes
) -> Response:
    """Change the fields that are given, such as when an answer came after all. The history keeps what it said."""
    return write.change(contact_id, writes.change_contact, body, reads.contact_item)


@router.delete("/contacts/{contact_id}", status_code=204, summary="Let go of a contact", responses=retired())
def let_go_of_contact(contact_id: PublicId, write: Writes) -> Response:
    """It is shown no longer, and stays in the history."""
    return write.retire(contact_id, writes.retire_contact, reads.contact_item)


@router.get("/watches", summary="List what is watched", responses=page_of(examples.WATCH))
def list_watches(asked: Annotated[WatchesAsked, Query()], session: Reads) -> Page[WatchItem]:
    """Who watches which claim, event, source or tally, since when, and when that was last changed."""
    return reads.watches(session, asked)


@router.post(
    "/watches",
    status_code=201,
    summary="Watch something",
    response_model=WatchItem,
    responses=shows(examples.WATCH, status=201, problems=WRITE_NEW),
)
def start_watch(body: Annotated[WatchCreate, given("watch")], write: Writes) -> Response:
    """Put one claim, event, source or tally on somebody's watch list."""
    return write.add(writes.start_watch, body, reads.watch_item, "/v1/watches")


@router.get(
    "/watches/{watch_id}",
    summary="Read a watch",
    response_model=WatchItem,
    responses=shows(examples.WATCH, problems=READ_ONE),
)
def read_watch(watch_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """Who watches what."""
    return tagged(request, reads.watch_item(session, watch_id))


@router.delete("/watches/{watch_id}", status_code=204, summary="Watch no longer", responses=retired())
def stop_watch(watch_id: PublicId, write: Writes) -> Response:
    """It is on the watch list no longer, and stays in the history."""
    return write.retire(watch_id, writes.stop_watch, reads.watch_item)


@router.get("/own-corrections", summary="List our own corrections", responses=page_of(examples.OWN_CORRECTION))
def list_own_corrections(asked: Annotated[OwnCorrectionsAsked, Query()], session: Reads) -> Page[OwnCorrectionItem]:
    """What this desk had published wrongly, what it says now, and why; for everybody, newest first."""
    return reads.own_corrections(session, asked)


@router.post(
    "/own-corrections",
    status_code=201,
    summary="Correct ourselves",
    response_model=OwnCorrectionItem,
    responses=shows(examples.OWN_CORRECTION, status=201, problems=WRITE_NEW),
)
def add_own_correction(body: Annotated[OwnCorrectionCreate, given("own_correction")], write: Writes) -> Response:
    """Say in public what we had said of a claim, and what we say now. It changes nothing that is derived."""
    return write.add(writes.correct_ourselves, body, reads.own_correction_item, "/v1/own-corrections")


@router.get(
    "/own-corrections/{own_correction_id}",
    summary="Read a correction of ours",
    response_model=OwnCorrectionItem,
    responses=shows(examples.OWN_CORRECTION, problems=READ_ONE),
)
def read_own_correction(own_correction_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """What we had said, what we say now, and why."""
    return tagged(request, reads.own_correction_item(session, own_correction_id))


@router.patch(
    "/own-corrections/{own_correction_id}",
    summary="Change a correction of ours",
    response_model=OwnCorrectionItem,
    responses=shows(examples.OWN_CORRECTION, problems=WRITE_CHANGE),
)
def alter_own_correction(
    own_correction_id: PublicId, body: Annotated[OwnCorrectionChange, given("change_own_correction")], write: Writes
) -> Response:
    """Put its wording right. What it said before stays in the history, which is public too."""
    return write.change(own_correction_id, writes.change_own_correction, body, reads.own_correction_item)


@router.delete(
    "/own-corrections/{own_correction_id}",
    status_code=204,
    summary="Take back a correction of ours",
    responses=retired(),
)
def take_back_own_correction(own_correction_id: PublicId, write: Writes) -> Response:
    """It holds no longer; it stays in the history, which is public."""
    return write.retire(own_correction_id, writes.retire_own_correction, reads.own_correction_item)
