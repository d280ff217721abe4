"""Reads the history and proves that it was only ever added to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.history import FIRST, History, seal

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Chain:
    """How many entries the history has, and the first whose seal does not fit; None if all do."""

    entries: int
    broken_at: int | None


def unbroken(session: Session, progress: Callable[[int, int], None] | None = None) -> Chain:
    """Seal every entry anew and compare; ``progress`` hears how many of how many.

    An entry that was changed, removed from the middle or slipped in is noticed; entries cut off at the end are not,
    because nothing after them speaks of them.
    """
    total = session.scalar(sa.select(sa.func.count()).select_from(History)) or 0
    statement = sa.select(History).order_by(col(History.id)).execution_options(yield_per=AT_ONCE)
    previous = FIRST
    # A cursor on the server that is left half read has to be closed.
    with session.execute(statement) as result:
        for number, entry in enumerate(result.scalars(), start=1):
            if entry.previous != previous or entry.hash != _sealed(entry):
                return Chain(total, entry.id)
            previous = entry.hash
            if progress is not None and (number % AT_ONCE == 0 or number == total):
                progress(number, total)
    return Chain(total, None)


def _sealed(entry: History) -> str:
    return seal(
        entry.previous,
        entry.at.astimezone(UTC),
        entry.who,
        entry.why,
        entry.action,
        entry.noun,
        entry.public_id,
        entry.before,
        entry.after,
    )
