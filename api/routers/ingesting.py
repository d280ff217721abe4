"""Taking documents in: an article becomes a document with proposed reports; runs of bulk ingest are listed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.conditional import JSON, tagged, written
from api.dependencies import PublicId, Reads, TurnToRead, Writes
from api.documented import READ_ONE, given, page_of, shows
from api.examples_intake import INGESTED, INGESTION, INGESTION_DETAIL
from provenance.answers import Page
from provenance.answers_intake import Ingested, IngestionDetail, IngestionItemShown
from provenance.ingestion.taking_one import IngestAsked, take
from provenance.storage.reads import ingestions as reads

router = APIRouter(tags=["intake"])


@router.post(
    "/ingest",
    summary="Take an article in",
    response_model=Ingested,
    responses=shows(INGESTED, problems=(400, 409, 413, 415, 422, 503)),
    dependencies=[TurnToRead],
)
def ingest(body: Annotated[IngestAsked, given("ingest")], write: Writes) -> Response:
    """Hold an article, sent as words or as a page, or fetched from its address, and propose what it states: each
    attributed statement with its chain and figures, for a claim that is known or for a new one. The same content twice
    is one document; another text at the same address supersedes the earlier one. Proposals count for nothing until
    somebody accepts them; `outcome` says what became of the document.
    """
    answer = take(write.engine, body, write.who, write.why)
    return Response(written(answer), media_type=JSON)


@router.get("/ingestions", summary="List runs of bulk ingest", responses=page_of(INGESTION))
def list_ingestions(asked: Annotated[reads.IngestionsAsked, Query()], session: Reads) -> Page[IngestionItemShown]:
    """Runs of `provenance ingest` with what each came to; one that is not finished goes on when it is started again."""
    return reads.ingestions(session, asked)


@router.get(
    "/ingestions/{ingestion_id}",
    summary="Read a run of bulk ingest",
    response_model=IngestionDetail,
    responses=shows(INGESTION_DETAIL, problems=READ_ONE),
)
def read_ingestion(ingestion_id: PublicId, request: Request, session: Reads) -> Response:
    """One run, with what could not be read and why."""
    return tagged(request, reads.ingestion_detail(session, ingestion_id))
