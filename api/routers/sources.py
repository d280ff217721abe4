"""Sources: who can speak or publish, under which names, and how they are tied to each other."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import At, PublicId, Reads, Writes
from api.documented import READ_ONE, WRITE_CHANGE, WRITE_NEW, WRITE_PART, given, page_of, shows
from provenance.answers import ClaimItem, Page, SourceItem
from provenance.answers_detail import SourceDetail
from provenance.storage.event import InterestCreate
from provenance.storage.reads import sources as reads
from provenance.storage.reads.asked import SourceClaimsAsked, SourcesAsked
from provenance.storage.reads.claims import claims_of_source
from provenance.storage.source import SourceChange, SourceCreate, SourceNameCreate, TieCreate
from provenance.storage.writes.interests import state_interest
from provenance.storage.writes.sources import add_name, change_source, create_source
from provenance.storage.writes.ties import state_tie

router = APIRouter(prefix="/sources", tags=["sources"])
WHERE = "/v1/sources"
ADDED = shows(examples.SOURCE_DETAIL, status=201, problems=WRITE_PART)


@router.get("", summary="List sources", responses=page_of(examples.SOURCE))
def list_sources(asked: Annotated[SourcesAsked, Query()], session: Reads) -> Page[SourceItem]:
    """Sources, found by any of their names in any script."""
    return reads.sources(session, asked)


@router.post(
    "",
    status_code=201,
    summary="Add a source",
    response_model=SourceDetail,
    responses=shows(examples.SOURCE_DETAIL, status=201, problems=WRITE_NEW),
)
def add_source(body: Annotated[SourceCreate, given("source")], write: Writes) -> Response:
    """Add a source with all its names."""
    return write.add(create_source, body, reads.source_detail, WHERE)


@router.get(
    "/{source_id}",
    summary="Read a source",
    response_model=SourceDetail,
    responses=shows(examples.SOURCE_DETAIL, problems=(308, *READ_ONE)),
)
def read_source(source_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """One source with its names, its ties in both directions, and what it has at stake."""
    return tagged(request, reads.source_detail(session, source_id))


@router.patch(
    "/{source_id}",
    summary="Change a source",
    response_model=SourceDetail,
    responses=shows(examples.SOURCE_DETAIL, problems=(308, *WRITE_CHANGE)),
)
def alter_source(source_id: PublicId, body: Annotated[SourceChange, given("change_source")], write: Writes) -> Response:
    """Change the fields that are given; null means null. Under a new name, the old one stays as an alias."""
    return write.change(source_id, change_source, body, reads.source_detail)


@router.get("/{source_id}/claims", summary="List a source's claims", responses=page_of(examples.CLAIM))
def list_claims_of_source(
    source_id: PublicId, asked: Annotated[SourceClaimsAsked, Query()], session: Reads
) -> Page[ClaimItem]:
    """Claims in whose declared chains the source is origin, carrier, publisher, or any of them."""
    return claims_of_source(session, source_id, asked)


@router.post("/{source_id}/names", status_code=201, summary="Add a name", response_model=SourceDetail, responses=ADDED)
def add_name_of_source(
    source_id: PublicId, body: Annotated[SourceNameCreate, given("name")], write: Writes
) -> Response:
    """Add a name in any language and script; the answer is the source as it is now."""
    return write.add_to(source_id, add_name, body, reads.source_detail, WHERE)


@router.post("/{source_id}/ties", status_code=201, summary="State a tie", response_model=SourceDetail, responses=ADDED)
def add_tie_of_source(source_id: PublicId, body: Annotated[TieCreate, given("tie")], write: Writes) -> Response:
    """State how the source is tied to another one, or sign that nothing was found; the answer is the source."""
    return write.add_to(source_id, state_tie, body, reads.source_detail, WHERE)


@router.post(
    "/{source_id}/interests", status_code=201, summary="State an interest", response_model=SourceDetail, responses=ADDED
)
def add_interest_of_source(
    source_id: PublicId, body: Annotated[InterestCreate, given("interest")], write: Writes
) -> Response:
    """Say what the source has at stake in an event; the answer is the source."""
    return write.add_to(source_id, state_interest, body, reads.source_detail, WHERE)
