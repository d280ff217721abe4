"""Writes what sources have at stake in events."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from provenance.errors import Conflict, InvalidInput
from provenance.storage.event import Event, InterestChange, InterestCreate, SourceInterest
from provenance.storage.source import Source
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Basis


def state_interest(writer: Writer, public_id: str, given: InterestCreate) -> SourceInterest:
    """Say what a source has at stake in an event."""
    source = known(writer.session, Source, public_id)
    event = referred(writer.session, Event, given.event, "event")
    _check_cited(given.basis, given.reference)
    if _same_interest(writer, source, event):
        raise Conflict(
            f"event: it is stated already what {source.name} has at stake in that event; retire that first.",
            field="event",
        )
    return writer.add(SourceInterest(**given.model_dump(exclude={"event"}), source_id=source.key, event_id=event.key))


def change_interest(writer: Writer, public_id: str, change: InterestChange) -> SourceInterest:
    """Change what a source has at stake."""
    row, values = known(writer.session, SourceInterest, public_id), change.values()
    _check_cited(values.get("basis", row.basis), values.get("reference", row.reference))
    return writer.change(row, values)


def retire_interest(writer: Writer, public_id: str) -> SourceInterest:
    """Withdraw what was said of an interest; it stays in the history."""
    row = known(writer.session, SourceInterest, public_id)
    writer.retire(row)
    return row


def _check_cited(basis: Basis, reference: str | None) -> None:
    if basis is Basis.CITED and reference is None:
        raise InvalidInput(
            "reference: a cited interest needs its reference; or mark it commonly_known.", field="reference"
        )


def _same_interest(writer: Writer, source: Source, event: Event) -> bool:
    statement = sa.select(col(SourceInterest.id)).where(
        col(SourceInterest.source_id) == source.id,
        col(SourceInterest.event_id) == event.id,
        col(SourceInterest.recorded_to).is_(None),
    )
    return writer.session.execute(statement).first() is not None
