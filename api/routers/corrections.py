"""Corrections: what somebody did to an earlier statement, and what falls with it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import At, PublicId, Reads, Writes
from api.documented import READ_ONE, WRITE_CHANGE, WRITE_NEW, given, page_of, retired, shows
from provenance.answers import CorrectionItem, Page
from provenance.answers_detail import CorrectionDetail
from provenance.storage.correction import CorrectionChange, CorrectionCreate
from provenance.storage.reads import corrections as reads
from provenance.storage.reads.asked import CorrectionsAsked
from provenance.storage.writes.corrections import change_correction, create_correction, retire_correction

router = APIRouter(prefix="/corrections", tags=["corrections"])


@router.get("", summary="List corrections", responses=page_of(examples.CORRECTION))
def list_corrections(asked: Annotated[CorrectionsAsked, Query()], session: Reads) -> Page[CorrectionItem]:
    """Retractions, corrections, denials, disavowals and supersessions."""
    return reads.corrections(session, asked)


@router.post(
    "",
    status_code=201,
    summary="Add a correction",
    response_model=CorrectionDetail,
    responses=shows(examples.CORRECTION_DETAIL, status=201, problems=WRITE_NEW),
)
def add_correction(body: Annotated[CorrectionCreate, given("correction")], write: Writes) -> Response:
    """Record what somebody did to a claim, to what a source is said to have stated on it, to a document, or to a hop.

    A retraction or correction cuts, from its latest possible time on; a denial, disavowal or supersession cuts nothing.
    """
    return write.add(create_correction, body, reads.correction_detail, "/v1/corrections")


@router.get(
    "/{correction_id}",
    summary="Read a correction",
    response_model=CorrectionDetail,
    responses=shows(examples.CORRECTION_DETAIL, problems=READ_ONE),
)
def read_correction(correction_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """One correction: what it aims at, where a reader can check it, and what remains."""
    return tagged(request, reads.correction_detail(session, correction_id))


@router.patch(
    "/{correction_id}",
    summary="Change a correction",
    response_model=CorrectionDetail,
    responses=shows(examples.CORRECTION_DETAIL, problems=WRITE_CHANGE),
)
def alter_correction(
    correction_id: PublicId, body: Annotated[CorrectionChange, given("change_correction")], write: Writes
) -> Response:
    """Change the fields that are given; null means null. To aim it at something else, send its old target as null."""
    return write.change(correction_id, change_correction, body, reads.correction_detail)


@router.delete("/{correction_id}", status_code=204, summary="Let a correction hold no longer", responses=retired())
def let_go_of_correction(correction_id: PublicId, write: Writes) -> Response:
    """What it cut supports again, and claims that it touched are computed anew; it stays in the history."""
    return write.retire(correction_id, retire_correction, reads.correction_detail)
