"""Writes events and their coverage log, and tallies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from provenance.errors import InvalidInput
from provenance.storage.event import (
    Coverage,
    CoverageCreate,
    Event,
    EventChange,
    EventCreate,
    Tally,
    TallyChange,
    TallyCreate,
)
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.permitted import only_proposes
from provenance.storage.writes.proposals import concerning_nothing
from provenance.storage.writes.searching import index
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import ReportState


def create_event(writer: Writer, given: EventCreate) -> Event:
    """Open an event; by a contributor, it is proposed."""
    _check_order(given.model_dump())
    event = Event(**given.model_dump())
    if only_proposes():
        event.state = ReportState.PROPOSED
        with concerning_nothing(writer):
            writer.add(event)
    else:
        writer.add(event)
    index(writer.session, event)
    return event


def change_event(writer: Writer, public_id: str, change: EventChange) -> Event:
    """Change what is said of an event."""
    event = known(writer.session, Event, public_id)
    _check_order({"began": event.began, "ended": event.ended} | change.values())
    writer.change(event, change.values())
    index(writer.session, event)
    return event


def log_coverage(writer: Writer, event: str, given: CoverageCreate) -> Coverage:
    """Add an entry to an event's coverage log."""
    row = known(writer.session, Event, event)
    return writer.add(Coverage(**given.model_dump(), event_id=row.key))


def create_tally(writer: Writer, given: TallyCreate) -> Tally:
    """Open a tally in an event."""
    event = referred(writer.session, Event, given.event, "event")
    parent = referred(writer.session, Tally, given.parent, "parent") if given.parent is not None else None
    _check_parent(event.id, parent)
    values = given.model_dump(exclude={"event", "parent"})
    return writer.add(Tally(**values, event_id=event.key, parent_id=parent.key if parent else None))


def change_tally(writer: Writer, public_id: str, change: TallyChange) -> Tally:
    """Change what a tally counts, or what it is a part of."""
    tally = known(writer.session, Tally, public_id)
    values = change.values()
    if "parent" in values:
        parent_id = values.pop("parent")
        parent = referred(writer.session, Tally, parent_id, "parent") if parent_id is not None else None
        _check_parent(tally.event_id, parent)
        _check_no_circle(writer, tally, parent)
        values["parent_id"] = parent.id if parent else None
    return writer.change(tally, values)


def _check_order(values: Mapping[str, Any]) -> None:
    began, ended = values.get("began"), values.get("ended")
    if began is not None and ended is not None and began > ended:
        raise InvalidInput("ended: it ends before it begins; swap the two times.", field="ended")


def _check_parent(event_id: int | None, parent: Tally | None) -> None:
    if parent is not None and parent.event_id != event_id:
        raise InvalidInput("parent: that tally belongs to another event; name a tally of the same one.", field="parent")


def _check_no_circle(writer: Writer, tally: Tally, parent: Tally | None) -> None:
    while parent is not None:
        if parent.id == tally.id:
            raise InvalidInput("parent: a tally cannot be a part of itself; name a wider one.", field="parent")
        parent = writer.session.get(Tally, parent.parent_id) if parent.parent_id else None
