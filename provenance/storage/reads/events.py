"""Events with what was searched about them, and tallies: what is being counted in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers import EventItem, Page, TallyItem, bound_text
from provenance.answers_detail import CoverageDetail, EventDetail, TallyDetail
from provenance.storage.reads.asked import EventsAsked, TalliesAsked
from provenance.storage.reads.claims import told_by_then
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import (
    Condition,
    Found,
    asked_for,
    claim,
    coverage,
    event,
    held,
    interest,
    referred,
    rows,
    seen,
    tally,
)
from provenance.storage.reads.search import Indexed
from provenance.storage.reads.searching_then import matching
from provenance.storage.reads.sources import interests
from provenance.vocabulary import ReportState


def events(session: Session, asked: EventsAsked) -> Page[EventItem]:
    """A page of events, in one query."""
    words = [event.c.id.in_(matching(session, asked.q, Indexed.EVENT))] if asked.q else []
    told = event.c.state.in_(asked.include.states)
    found, following = turn(session, _events(session).where(told, *words), asked, EVENT_ORDERS)
    return Page[EventItem](items=[_event(row) for row in found], next=following)


def event_items(session: Session, keys: Sequence[int]) -> list[EventItem]:
    """Events by their keys, in that order; those that not everybody may see are left out."""
    found = {row["key"]: row for row in rows(session, _events(session).where(event.c.id.in_(keys)))}
    return [_event(found[key]) for key in keys if key in found]


def event_detail(session: Session, public_id: str) -> EventDetail:
    """One event; raises :class:`NotFound`."""
    whole = asked_for(session, event, public_id)
    [row] = rows(session, _events(session).where(event.c.public_id == public_id))
    return EventDetail(
        **_event(row).model_dump(),
        description=whole["description"],
        recorded_from=whole["recorded_from"],
        coverage=_coverage(session, whole["id"]),
        tallies=_tallies_where(session, tally.c.event_id == whole["id"]),
        interests=interests(session, interest.c.event_id == whole["id"]),
    )


def tallies(session: Session, asked: TalliesAsked) -> Page[TallyItem]:
    """A page of tallies: one query, and one for each id that a filter names."""
    conditions: list[Condition] = []
    if asked.event is not None:
        conditions.append(tally.c.event_id == referred(session, event, asked.event, "event")["id"])
    if asked.parent is not None:
        conditions.append(tally.c.parent_id == referred(session, tally, asked.parent, "parent")["id"])
    if asked.measure is not None:
        conditions.append(tally.c.measure == asked.measure)
    found, following = turn(session, _tallies(session).where(*conditions), asked, TALLY_ORDERS)
    return Page[TallyItem](items=[_tally(row) for row in found], next=following)


def tally_detail(session: Session, public_id: str) -> TallyDetail:
    """One tally; raises :class:`NotFound`."""
    whole = asked_for(session, tally, public_id)
    [item] = _tallies_where(session, tally.c.id == whole["id"])
    parents = [] if whole["parent_id"] is None else _tallies_where(session, tally.c.id == whole["parent_id"])
    return TallyDetail(
        **item.model_dump(),
        parent=parents[0].id if parents else None,
        parent_title=parents[0].title if parents else None,
        parts=_tallies_where(session, tally.c.parent_id == whole["id"]),
        recorded_from=whole["recorded_from"],
    )


def claims_in(session: Session, tallies: Collection[str]) -> dict[str, list[int]]:
    """The keys of the claims that are counts in these tallies, by the tallies' public ids."""
    statement = (
        sa.select(tally.c.public_id, claim.c.id)
        .join(claim, claim.c.tally_id == tally.c.id)
        .where(tally.c.public_id.in_(tallies), held(tally, claim), claim.c.state == ReportState.ACCEPTED)
        .order_by(claim.c.id)
    )
    found: dict[str, list[int]] = {public_id: [] for public_id in tallies}
    for row in rows(session, statement):
        found[row["public_id"]].append(row["id"])
    return found


EVENT_ORDERS: dict[str, Keys] = {"recorded": (event.c.id,), "began": (event.c.began, event.c.id)}
TALLY_ORDERS: dict[str, Keys] = {"recorded": (tally.c.id,), "title": (tally.c.title, tally.c.id)}


def _counted(session: Session) -> list[Condition]:
    return [held(claim), claim.c.state == ReportState.ACCEPTED, *told_by_then(session)]


def _events(session: Session) -> sa.Select[Any]:
    about = sa.select(sa.func.count()).where(claim.c.event_id == event.c.id, *_counted(session)).scalar_subquery()
    return sa.select(
        event.c.id.label("key"),
        event.c.public_id.label("id"),
        *(event.c[name] for name in ("title", "place", "began", "ended")),
        about.label("claims"),
    ).where(seen(event))


def _tallies(session: Session) -> sa.Select[Any]:
    counts = sa.select(sa.func.count()).where(claim.c.tally_id == tally.c.id, *_counted(session)).scalar_subquery()
    return (
        sa.select(
            tally.c.public_id.label("id"),
            *(tally.c[name] for name in ("title", "measure", "counted", "place", "period", "cumulative")),
            event.c.public_id.label("event"),
            event.c.title.label("event_title"),
            counts.label("claims"),
        )
        .select_from(tally.join(event, event.c.id == tally.c.event_id))
        .where(seen(tally, event))
    )


def _tallies_where(session: Session, condition: Condition) -> list[TallyItem]:
    return [_tally(row) for row in rows(session, _tallies(session).where(condition).order_by(tally.c.id))]


def _event(row: Found) -> EventItem:
    plain = {name: row[name] for name in ("id", "title", "place", "claims")}
    return EventItem(**plain, began=bound_text(row["began"]), ended=bound_text(row["ended"]))


def _tally(row: Found) -> TallyItem:
    return TallyItem(**{name: row[name] for name in TallyItem.model_fields})


def _coverage(session: Session, key: int) -> list[CoverageDetail]:
    statement = sa.select(coverage).where(coverage.c.event_id == key, seen(coverage)).order_by(coverage.c.id)
    own = [name for name in CoverageDetail.model_fields if name != "id"]
    return [
        CoverageDetail(id=row["public_id"], **{name: row[name] for name in own}) for row in rows(session, statement)
    ]
