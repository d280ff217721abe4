"""Events: what happened, what was searched about it, what is counted in it, what is claimed, who has a stake in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import PublicId, Reads
from api.web.choosing import PageAsked
from api.web.links import asked, json_link, link
from api.web.rendering import page
from api.web.taking_along import alternates, taking_along
from api.web.words import counted, date
from provenance.answers import EventItem, TallyItem
from provenance.answers_detail import EventDetail, InterestDetail
from provenance.storage.reads import events as reads
from provenance.storage.reads.asked import ClaimsAsked, EventsAsked
from provenance.storage.reads.claims import claims
from provenance.vocabulary import Interest

router = APIRouter()

CLAIMS_SHOWN = 20
Order = Literal["-documents", "published", "-published", "recorded"]
ORDERS: Mapping[Order, str] = {
    "-documents": "by most documents",
    "published": "by first date",
    "-published": "by latest first date",
    "recorded": "in the order of recording",
}


class EventsPage(PageAsked):
    """What the list of events takes."""

    q: str | None = None
    as_of: str | None = None
    known_at: str | None = None
    cursor: str | None = None


class EventPage(PageAsked):
    """What the page of one event takes."""

    sort: Order = "-documents"
    as_of: str | None = None
    known_at: str | None = None
    cursor: str | None = None


@router.get("/events")
def list_events(question: Annotated[EventsPage, Query()], request: Request, session: Reads) -> Response:
    """What happened, latest first."""
    given = question.model_dump(exclude={"cursor"})
    found = reads.events(session, EventsAsked(**given, sort="-began", cursor=question.cursor))
    return page(
        request,
        "events.html",
        title="Events",
        description="What happened, and what is held about it.",
        json=f"/v1/events{asked(**given, sort='-began')}",
        here="events",
        question=question,
        events=found,
        time_of=time_of,
        more=f"/events{asked(**given)}",
    )


@router.get("/events/{event_id}")
def read_event(
    event_id: PublicId, question: Annotated[EventPage, Query()], request: Request, session: Reads
) -> Response:
    """One event with all that is held about it."""
    event = reads.event_detail(session, event_id)
    moment = {"as_of": question.as_of, "known_at": question.known_at}
    along = taking_along(event_id, **moment)
    held = claims(
        session,
        ClaimsAsked(
            event=event_id,
            sort=question.sort,
            limit=CLAIMS_SHOWN,
            cursor=question.cursor,
            as_of=question.as_of,
            known_at=question.known_at,
        ),
    )
    return page(
        request,
        "event.html",
        title=event.title,
        description=_description(event),
        crumbs=[("Events", "/events")],
        json=json_link(event_id, "", **moment),
        feed=f"/feeds/events/{event_id}.atom",
        alternates=alternates(along),
        along=along,
        here="events",
        event=event,
        time_of=time_of,
        held=held,
        orders=ORDERS,
        question=question,
        moment=moment,
        tallies=by_measure(event.tallies),
        stakes=by_stake(event.interests),
        more=link(event_id, sort=question.sort, **moment),
        claims_json=f"/v1/claims{asked(event=event_id, sort=question.sort, **moment)}",
    )


def time_of(event: EventItem) -> str:
    """When it was.

    >>> time_of(EventItem(id="evt_1", title="Unrest", place=None, began="2022-01-01", ended="2022-01-31", claims=70))
    '1 January 2022 to 31 January 2022'
    """
    if event.began and event.ended and event.began != event.ended:
        return f"{date(event.began)} to {date(event.ended)}"
    return date(event.began or event.ended)


def by_measure(tallies: Iterable[TallyItem]) -> dict[str, list[TallyItem]]:
    """What is counted, by what it is: those with most claims first."""
    found: dict[str, list[TallyItem]] = defaultdict(list)
    for tally in sorted(tallies, key=lambda tally: -tally.claims):
        found[tally.measure.partition(" (")[0]].append(tally)
    return dict(sorted(found.items(), key=lambda one: -len(one[1])))


def by_stake(interests: Iterable[InterestDetail]) -> dict[Interest, list[InterestDetail]]:
    """Who has something at stake, by what it is."""
    found: dict[Interest, list[InterestDetail]] = {kind: [] for kind in Interest}
    for interest in sorted(interests, key=lambda interest: interest.source.casefold()):
        found[interest.interest].append(interest)
    return {kind: those for kind, those in found.items() if those}


def _description(event: EventDetail) -> str:
    held = f"{counted(event.claims, 'claim')} and {counted(len(event.tallies), 'count')} are held about it"
    return f"{time_of(event)}{', ' + event.place if event.place else ''}: {held}."
