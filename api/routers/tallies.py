"""Tallies: what is being counted in an event."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import PublicId, Reads, Writes
from api.documented import READ_ONE, WRITE_CHANGE, WRITE_NEW, given, page_of, shows
from provenance.answers import Page, TallyItem
from provenance.answers_detail import TallyDetail
from provenance.storage.event import TallyChange, TallyCreate
from provenance.storage.reads import events as reads
from provenance.storage.reads.asked import TalliesAsked
from provenance.storage.writes.events import change_tally, create_tally

router = APIRouter(prefix="/tallies", tags=["tallies"])


@router.get("", summary="List tallies", responses=page_of(examples.TALLY))
def list_tallies(asked: Annotated[TalliesAsked, Query()], session: Reads) -> Page[TallyItem]:
    """Tallies. Two figures in one tally are not comparable for that reason alone."""
    return reads.tallies(session, asked)


@router.post(
    "",
    status_code=201,
    summary="Add a tally",
    response_model=TallyDetail,
    responses=shows(examples.TALLY_DETAIL, status=201, problems=WRITE_NEW),
)
def add_tally(body: Annotated[TallyCreate, given("tally")], write: Writes) -> Response:
    """Open a tally in an event."""
    return write.add(create_tally, body, reads.tally_detail, "/v1/tallies")


@router.get(
    "/{tally_id}",
    summary="Read a tally",
    response_model=TallyDetail,
    responses=shows(examples.TALLY_DETAIL, problems=READ_ONE),
)
def read_tally(tally_id: PublicId, request: Request, session: Reads) -> Response:
    """One tally, with what it is a part of and its own parts."""
    return tagged(request, reads.tally_detail(session, tally_id))


@router.patch(
    "/{tally_id}",
    summary="Change a tally",
    response_model=TallyDetail,
    responses=shows(examples.TALLY_DETAIL, problems=WRITE_CHANGE),
)
def alter_tally(tally_id: PublicId, body: Annotated[TallyChange, given("change_tally")], write: Writes) -> Response:
    """Change the fields that are given; null means null. What it said before stays in the history."""
    return write.change(tally_id, change_tally, body, reads.tally_detail)
