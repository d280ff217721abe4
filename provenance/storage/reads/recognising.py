"""Finds what a file of others brings with ids of its own: what is held under them, and what once was."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.claim import Claim
from provenance.storage.reads.merges import leads_to
from provenance.storage.record import Record

AT_ONCE = 5_000  # ids in one IN list
R = TypeVar("R", bound=Record)


def recognised(session: Session, table: type[R], public_ids: Collection[str]) -> tuple[dict[str, R], set[str]]:
    """The rows that hold now under these ids, or that those of them were merged into; and ids that hold no longer."""
    held: dict[str, R] = {}
    ever: set[str] = set()
    wanted = sorted(public_ids)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        for row in session.execute(sa.select(table).where(col(table.public_id).in_(some))).scalars():
            ever.add(row.public_id)
            if row.recorded_to is None:
                held[row.public_id] = row
    for gone in ever - held.keys():
        kept = leads_to(session, str(table.__tablename__), gone)
        row = recognised(session, table, [kept])[0].get(kept) if kept is not None else None
        if row is not None:
            held[gone] = row
    return held, ever - held.keys()


def claim_worded(session: Session, event: int, text: str) -> Claim | None:
    """The claim about an event that is worded so."""
    statement = sa.select(Claim).where(
        col(Claim.event_id) == event, col(Claim.text) == text, col(Claim.recorded_to).is_(None)
    )
    return session.execute(statement.order_by(col(Claim.state), col(Claim.id))).scalars().first()
