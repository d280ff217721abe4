"""Claims: checkable assertions as they were put into the world."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import At, Held, PublicId, Reads, Writes, check_rules
from api.documented import READ_ONE, WRITE_CHANGE, WRITE_NEW, given, page_of, shows
from provenance.analysis.standing import fresh_trace
from provenance.answers import ClaimItem, Page
from provenance.answers_detail import ClaimDetail
from provenance.storage.claim import ClaimChange, ClaimCreate
from provenance.storage.reads import claims as reads
from provenance.storage.reads.asked import ClaimsAsked
from provenance.storage.session import reading
from provenance.storage.writes.claims import change_claim, create_claim

router = APIRouter(prefix="/claims", tags=["claims"])


@router.get("", summary="List claims", responses=page_of(examples.CLAIM))
def list_claims(asked: Annotated[ClaimsAsked, Query()], session: Reads) -> Page[ClaimItem]:
    """Claims with where they stand. Filters on reports must all be met by one report of the claim.

    Pages are stable while records are added. Where a claim's own sorting key changes between two pages (a further
    document states it), it may appear twice or not at all; `recorded` never changes.
    """
    check_rules(asked.flag, "flag")
    return reads.claims(session, asked)


@router.post(
    "",
    status_code=201,
    summary="Add a claim",
    response_model=ClaimDetail,
    responses=shows(examples.CLAIM_DETAIL, status=201, problems=WRITE_NEW),
)
def add_claim(body: Annotated[ClaimCreate, given("claim")], write: Writes) -> Response:
    """Add a claim to an event; documents that state it are added as reports."""
    return write.add(create_claim, body, reads.claim_detail, "/v1/claims")


@router.get(
    "/{claim_id}",
    summary="Read a claim",
    response_model=ClaimDetail,
    responses=shows(examples.CLAIM_DETAIL, problems=(308, *READ_ONE)),
)
def read_claim(claim_id: PublicId, at: At, request: Request, session: Reads, engine: Held) -> Response:
    """One claim with where it stands, computed first if something that it depends on has changed."""
    claim = reads.claim_detail(session, claim_id)
    if not claim.stale:
        return tagged(request, claim)
    session.close()
    fresh_trace(engine, claim_id)
    with reading(engine) as afterwards:
        return tagged(request, reads.claim_detail(afterwards, claim_id))


@router.patch(
    "/{claim_id}",
    summary="Change a claim",
    response_model=ClaimDetail,
    responses=shows(examples.CLAIM_DETAIL, problems=(308, *WRITE_CHANGE)),
)
def alter_claim(claim_id: PublicId, body: Annotated[ClaimChange, given("change_claim")], write: Writes) -> Response:
    """Change the fields that are given; null means null. What it said before stays in the history."""
    return write.change(claim_id, change_claim, body, reads.claim_detail)
