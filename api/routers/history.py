"""The history: who changed which record, when and why; and the undoing of a change, which is a change again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Response
from fastapi.openapi.models import Example
from sqlmodel import Session

from api import examples_history as examples
from api.conditional import JSON, written
from api.dependencies import PublicId, Reads, Writes
from api.documented import page_of, shows
from provenance.analysis.recording import recording
from provenance.answers import Page
from provenance.answers_history import ChangeDetail, HistoryItem
from provenance.storage.history import UndoCreate
from provenance.storage.reads import changes as reads
from provenance.storage.reads.asked_history import ChangeAsked, HistoryAsked, WholeHistoryAsked
from provenance.storage.reads.changes import RecordNoun
from provenance.storage.writes.undoing import undo

router = APIRouter(tags=["history"])

ChangeId = Annotated[str, Path(description="Id of a change, as `change` in an entry of the history.")]
UNDO: dict[str, Example] = {"undo": {"summary": "Say why", "value": {"why": "the two claims differ after all"}}}
Noun = Annotated[RecordNoun, Path(description="What kind of record, as in its address.")]


@router.get("/history", summary="List what was written", responses=page_of(examples.ENTRY))
def list_history(asked: Annotated[WholeHistoryAsked, Query()], session: Reads) -> Page[HistoryItem]:
    """Every entry of the history, newest first: who wrote what about which record, when and why. Each is sealed with
    the hash of the one before; `provenance verify` proves that none was changed or removed.
    """
    return reads.whole_history(session, asked)


@router.get(
    "/history/{change_id}",
    summary="Read a change",
    responses=shows(examples.CHANGE, problems=(404, 422)),
)
def read_change(change_id: ChangeId, asked: Annotated[ChangeAsked, Query()], session: Reads) -> ChangeDetail:
    """All that was written in one transaction, whether it can be undone now, and what stands in the way if not."""
    return reads.change_detail(session, change_id, asked)


@router.post(
    "/history/{change_id}/undo",
    status_code=201,
    summary="Undo a change",
    response_model=ChangeDetail,
    responses=shows(examples.UNDOING, status=201, problems=(400, 404, 409, 413, 415, 422)),
)
def undo_change(
    change_id: ChangeId, write: Writes, body: Annotated[UndoCreate | None, Body(openapi_examples=UNDO)] = None
) -> Response:
    """Write a new change that takes back another one whole: what it created holds no longer, what it let go holds
    again, and fields that it changed say what they said. Standings and search follow. Refused (409), naming record,
    field and remedy, where something that it wrote was changed since or others refer to what would go. Undoing the new
    change brings back what was undone.
    """
    why = body.why if body is not None and body.why is not None else write.why
    with recording(write.engine, write.who, why) as writer:
        undone = undo(writer, change_id)

        def answer(session: Session) -> Response:
            body = written(reads.change_detail(session, undone))
            return Response(body, 201, {"Location": f"/v1/history/{undone}"}, JSON)

        return write.answered(writer, answer)


@router.get(
    "/{noun}/{record_id}/history",
    summary="List who changed a record",
    responses=shows(examples.RECORD_PAGE, problems=(404, 422)),
)
def list_history_of_record(
    noun: Noun, record_id: PublicId, asked: Annotated[HistoryAsked, Query()], session: Reads
) -> Page[HistoryItem]:
    """What was written about one record and its parts, newest first: a source's names, ties and interests, a report's
    hops and figures, the steps of verifying material, what a review rests on. A record that holds no longer has its
    history all the same.
    """
    return reads.history_of(session, noun, record_id, asked)
