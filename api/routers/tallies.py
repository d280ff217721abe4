"""Tallies: what is being counted in an event."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import PublicId, Reads, Writes
from api.documented import READ_ONE, WRITE_CHANGE, WRITE_NEW, given, page_of, shows
from provenance.analysis.tallying import tally_ledger, tally_series
from provenance.answers import Page, TallyItem
from provenance.answers_ledger import TallyLedger, TallySeries
from provenance.storage.event import TallyChange, TallyCreate
from provenance.storage.reads import events as reads
from provenance.storage.reads.asked import LedgerAsked, TalliesAsked
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
    response_model=TallyLedger,
    responses=shows(examples.TALLY_LEDGER, status=201, problems=WRITE_NEW),
)
def add_tally(body: Annotated[TallyCreate, given("tally")], write: Writes) -> Response:
    """Open a tally in an event."""
    return write.add(create_tally, body, tally_ledger, "/v1/tallies")


@router.get(
    "/{tally_id}",
    summary="Read a tally: which figures compete?",
    response_model=TallyLedger,
    responses=shows(examples.TALLY_LEDGER, problems=READ_ONE),
)
def read_tally(
    tally_id: PublicId, asked: Annotated[LedgerAsked, Query()], request: Request, session: Reads
) -> Response:
    """One tally with its ledger: each figure with who stands behind it and what became of it, which figures can be
    compared and which field forbids it for the others, parts apart, and editors' ranges beside. Nothing is added up and
    no winner is picked. If-Match takes the ETag of a tally that was read without parameters.
    """
    return tagged(request, tally_ledger(session, tally_id, asked.policy))


@router.get(
    "/{tally_id}/series",
    summary="Read a tally in the course of time",
    response_model=TallySeries,
    responses=shows(examples.TALLY_SERIES, problems=READ_ONE),
)
def read_series(
    tally_id: PublicId, asked: Annotated[LedgerAsked, Query()], request: Request, session: Reads
) -> Response:
    """For plots: what each party gave when, as intervals, and marks for what was taken back."""
    return tagged(request, tally_series(session, tally_id, asked.policy))


@router.patch(
    "/{tally_id}",
    summary="Change a tally",
    response_model=TallyLedger,
    responses=shows(examples.TALLY_LEDGER, problems=WRITE_CHANGE),
)
def alter_tally(tally_id: PublicId, body: Annotated[TallyChange, given("change_tally")], write: Writes) -> Response:
    """Change the fields that are given; null means null. What it said before stays in the history."""
    return write.change(tally_id, change_tally, body, tally_ledger)
