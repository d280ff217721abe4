"""Events: what happened, and what was searched about it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import At, PublicId, Reads, Writes
from api.documented import READ_ONE, WRITE_CHANGE, WRITE_NEW, WRITE_PART, given, page_of, shows
from provenance.answers import EventItem, Page
from provenance.answers_detail import EventDetail
from provenance.storage.event import CoverageCreate, EventChange, EventCreate
from provenance.storage.reads import events as reads
from provenance.storage.reads.asked import EventsAsked
from provenance.storage.writes.events import change_event, create_event, log_coverage

router = APIRouter(prefix="/events", tags=["events"])


@router.get("", summary="List events", responses=page_of(examples.EVENT))
def list_events(asked: Annotated[EventsAsked, Query()], session: Reads) -> Page[EventItem]:
    """Events, with how many claims are held about each."""
    return reads.events(session, asked)


@router.post(
    "",
    status_code=201,
    summary="Add an event",
    response_model=EventDetail,
    responses=shows(examples.EVENT_DETAIL, status=201, problems=WRITE_NEW),
)
def add_event(body: Annotated[EventCreate, given("event")], write: Writes) -> Response:
    """Open an event."""
    return write.add(create_event, body, reads.event_detail, "/v1/events")


@router.get(
    "/{event_id}",
    summary="Read an event",
    response_model=EventDetail,
    responses=shows(examples.EVENT_DETAIL, problems=READ_ONE),
)
def read_event(event_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """One event with its coverage log, its tallies, and who has something at stake in it."""
    return tagged(request, reads.event_detail(session, event_id))


@router.patch(
    "/{event_id}",
    summary="Change an event",
    response_model=EventDetail,
    responses=shows(examples.EVENT_DETAIL, problems=WRITE_CHANGE),
)
def alter_event(event_id: PublicId, body: Annotated[EventChange, given("change_event")], write: Writes) -> Response:
    """Change the fields that are given; null means null. What it said before stays in the history."""
    return write.change(event_id, change_event, body, reads.event_detail)


@router.post(
    "/{event_id}/coverage",
    status_code=201,
    summary="Log a search",
    response_model=EventDetail,
    responses=shows(examples.EVENT_DETAIL, status=201, problems=WRITE_PART),
)
def add_coverage_of_event(
    event_id: PublicId, body: Annotated[CoverageCreate, given("coverage")], write: Writes
) -> Response:
    """Add an entry to the coverage log: the ground on which every negative answer stands; the answer is the event."""
    return write.add_to(event_id, log_coverage, body, reads.event_detail, "/v1/events")
