"""Names, ties and interests one by one: they are added to a source, and here they are corrected or let go."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import At, PublicId, Reads, Writes
from api.documented import READ_ONE, WRITE_CHANGE, given, retired, shows
from provenance.answers_detail import InterestDetail, NameDetail, TieDetail
from provenance.storage.event import InterestChange
from provenance.storage.reads import sources as reads
from provenance.storage.source import TieChange
from provenance.storage.writes.interests import change_interest, retire_interest
from provenance.storage.writes.sources import retire_name
from provenance.storage.writes.ties import change_tie, retire_tie

router = APIRouter(tags=["sources"])


@router.get(
    "/names/{name_id}",
    summary="Read a name",
    response_model=NameDetail,
    responses=shows(examples.NAME, problems=READ_ONE),
)
def read_name(name_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """One name of a source; its id stands in the source's `names`."""
    return tagged(request, reads.name_detail(session, name_id))


@router.delete("/names/{name_id}", status_code=204, summary="Let a name hold no longer", responses=retired())
def let_go_of_name(name_id: PublicId, write: Writes) -> Response:
    """The source is no longer found under it; it stays in the history. The primary name goes by renaming the source."""
    return write.retire(name_id, retire_name, reads.name_detail)


@router.get(
    "/ties/{tie_id}", summary="Read a tie", response_model=TieDetail, responses=shows(examples.TIE, problems=READ_ONE)
)
def read_tie(tie_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """One tie; its id stands in the `ties` of both sources."""
    return tagged(request, reads.tie_detail(session, tie_id))


@router.patch(
    "/ties/{tie_id}",
    summary="Change a tie",
    response_model=TieDetail,
    responses=shows(examples.TIE, problems=WRITE_CHANGE),
)
def alter_tie(tie_id: PublicId, body: Annotated[TieChange, given("change_tie")], write: Writes) -> Response:
    """Give its reference, its dates or its signature; null means null. What it said before stays in the history."""
    return write.change(tie_id, change_tie, body, reads.tie_detail)


@router.delete("/ties/{tie_id}", status_code=204, summary="Let a tie hold no longer", responses=retired())
def let_go_of_tie(tie_id: PublicId, write: Writes) -> Response:
    """It joins nobody any more, and claims that it joined parties of are computed anew; it stays in the history."""
    return write.retire(tie_id, retire_tie, reads.tie_detail)


@router.get(
    "/interests/{interest_id}",
    summary="Read an interest",
    response_model=InterestDetail,
    responses=shows(examples.INTEREST, problems=READ_ONE),
)
def read_interest(interest_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """What one source has at stake in one event; its id stands in the `interests` of both."""
    return tagged(request, reads.interest_detail(session, interest_id))


@router.patch(
    "/interests/{interest_id}",
    summary="Change an interest",
    response_model=InterestDetail,
    responses=shows(examples.INTEREST, problems=WRITE_CHANGE),
)
def alter_interest(
    interest_id: PublicId, body: Annotated[InterestChange, given("change_interest")], write: Writes
) -> Response:
    """Change the fields that are given; null means null. What it said before stays in the history."""
    return write.change(interest_id, change_interest, body, reads.interest_detail)


@router.delete(
    "/interests/{interest_id}", status_code=204, summary="Let an interest hold no longer", responses=retired()
)
def let_go_of_interest(interest_id: PublicId, write: Writes) -> Response:
    """The source has nothing at stake in the event any more, as far as we hold; it stays in the history."""
    return write.retire(interest_id, retire_interest, reads.interest_detail)
