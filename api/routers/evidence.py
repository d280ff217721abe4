"""Evidence: material that does not speak, on which reviews rest."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import At, PublicId, Reads, Writes
from api.documented import READ_ONE, WRITE_CHANGE, WRITE_NEW, WRITE_PART, given, page_of, shows
from provenance.answers import EvidenceItem, Page
from provenance.answers_detail import EvidenceDetail
from provenance.storage.reads import evidence as reads
from provenance.storage.reads.asked import EvidenceAsked
from provenance.storage.review import EvidenceChange, EvidenceCreate, VerificationCreate
from provenance.storage.writes.reviews import add_verification, change_evidence, record_evidence

router = APIRouter(prefix="/evidence", tags=["evidence"])
WHERE = "/v1/evidence"


@router.get("", summary="List evidence", responses=page_of(examples.EVIDENCE))
def list_evidence(asked: Annotated[EvidenceAsked, Query()], session: Reads) -> Page[EvidenceItem]:
    """Material that is held about events."""
    return reads.evidence_held(session, asked)


@router.post(
    "",
    status_code=201,
    summary="Record evidence",
    response_model=EvidenceDetail,
    responses=shows(examples.EVIDENCE_DETAIL, status=201, problems=WRITE_NEW),
)
def add_evidence(body: Annotated[EvidenceCreate, given("evidence")], write: Writes) -> Response:
    """Record material about an event; reviews name it by its id."""
    return write.add(record_evidence, body, reads.evidence_detail, WHERE)


@router.get(
    "/{evidence_id}",
    summary="Read evidence",
    response_model=EvidenceDetail,
    responses=shows(examples.EVIDENCE_DETAIL, problems=READ_ONE),
)
def read_evidence(evidence_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """One piece of material with the steps of verifying it, and the reviews that rest on it."""
    return tagged(request, reads.evidence_detail(session, evidence_id))


@router.patch(
    "/{evidence_id}",
    summary="Change evidence",
    response_model=EvidenceDetail,
    responses=shows(examples.EVIDENCE_DETAIL, problems=WRITE_CHANGE),
)
def alter_evidence(
    evidence_id: PublicId, body: Annotated[EvidenceChange, given("change_evidence")], write: Writes
) -> Response:
    """Change the fields that are given; null means null. What it said before stays in the history."""
    return write.change(evidence_id, change_evidence, body, reads.evidence_detail)


@router.post(
    "/{evidence_id}/verifications",
    status_code=201,
    summary="Record a verification",
    response_model=EvidenceDetail,
    responses=shows(examples.EVIDENCE_DETAIL, status=201, problems=WRITE_PART),
)
def add_verification_of_evidence(
    evidence_id: PublicId, body: Annotated[VerificationCreate, given("verification")], write: Writes
) -> Response:
    """Record one step of verifying the material, by whom and with what outcome; the answer is the material."""
    return write.add_to(evidence_id, add_verification, body, reads.evidence_detail, WHERE)
