"""Corrections: what somebody did to an earlier statement. This version reads them; stories write them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import PublicId, Reads
from api.documented import READ_ONE, page_of, shows
from provenance.answers import CorrectionItem, Page
from provenance.answers_detail import CorrectionDetail
from provenance.storage.reads import corrections as reads
from provenance.storage.reads.asked import CorrectionsAsked

router = APIRouter(prefix="/corrections", tags=["corrections"])


@router.get("", summary="List corrections", responses=page_of(examples.CORRECTION))
def list_corrections(asked: Annotated[CorrectionsAsked, Query()], session: Reads) -> Page[CorrectionItem]:
    """Retractions, corrections, denials, disavowals and supersessions."""
    return reads.corrections(session, asked)


@router.get(
    "/{correction_id}",
    summary="Read a correction",
    response_model=CorrectionDetail,
    responses=shows(examples.CORRECTION_DETAIL, problems=READ_ONE),
)
def read_correction(correction_id: PublicId, request: Request, session: Reads) -> Response:
    """One correction: what it aims at, where a reader can check it, and what remains."""
    return tagged(request, reads.correction_detail(session, correction_id))
