"""Who may see a record, whatever kind of record it is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response

from api import examples_visibility as examples
from api.conditional import JSON, require_base, tag, tagged, written
from api.dependencies import PublicId, Reads, Writes
from api.documented import READ_ONE, WRITE_CHANGE, given, shows
from provenance.analysis.recording import recording
from provenance.answers_visibility import ShownTo, VisibilityDetail, shown_to
from provenance.storage.reads.still_standing import still_stands
from provenance.storage.reads.visibility import visibility_detail
from provenance.storage.session import reading
from provenance.storage.writes.visibility import ShowTo, show_to_bearers

router = APIRouter(prefix="/visibility", tags=["visibility"])


@router.get(
    "/{record_id}",
    summary="Read who may see a record",
    response_model=VisibilityDetail,
    responses=shows(examples.VISIBILITY, problems=(308, *READ_ONE)),
)
def read_visibility(record_id: PublicId, request: Request, session: Reads) -> Response:
    """By what the record says itself, and by what it belongs to. A change is based on its `ETag`."""
    return tagged(request, visibility_detail(session, record_id))


@router.put(
    "/{record_id}",
    summary="Say who may see a record",
    response_model=ShownTo,
    responses=shows(examples.SHOWN_TO, problems=(308, *WRITE_CHANGE)),
)
def set_visibility(
    record_id: PublicId, body: Annotated[ShowTo, given("visibility")], request: Request, write: Writes
) -> Response:
    """Everybody, those who work here, or named people. What belongs to the record goes with it: a source takes its
    names, its ties and what it published; a document its reports; a claim its reports, reviews and corrections.

    Narrowing hides at once all that the record ever said: in lists, searches and the history, as of and as known at any
    moment; what is derived is computed anew without it. Opening it shows what it says from then on; what was written
    about it before stays where it was. Of a person who is narrowed, the answer tells where the name still stands in
    public, in what others wrote.
    """
    require_base(request.headers.get("if-match"))
    with recording(write.engine, write.who, body.why or write.why) as writer:
        write.hold(writer, record_id, visibility_detail)
        show_to_bearers(writer, record_id, body)
    # Nobody who writes waits while all that is public is looked through.
    with reading(write.engine) as session:
        detail = visibility_detail(session, record_id)
        stands = still_stands(session, detail.id, detail.visibility)
    return Response(written(shown_to(detail, stands)), headers={"ETag": tag(written(detail))}, media_type=JSON)
