"""Proves that the history was only ever added to: every entry is sealed with the one before.

A name that was taken out of everything was taken out of the history, too; such an entry is held to its tombstone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.reads.rows import TABLES
from provenance.storage.reads.seals import Break, Entry, Seals
from provenance.storage.reads.stored import stored

AT_ONCE = 1_000
NAMED = 100  # places that are named; a history that somebody shuffled has as many as entries

history = TABLES["history"]


@dataclass(frozen=True, slots=True)
class Chain:
    """How many entries the history has, the hash of the newest, and where it is broken; nowhere if all seals fit.

    Whoever keeps ``newest`` elsewhere can later prove that nothing up to it was rewritten, by anybody, but for the
    ``redacted`` entries: of those a tombstone, which is listed, says so.
    """

    entries: int
    newest: str
    breaks: tuple[Break, ...]
    redacted: int = 0

    @property
    def broken_at(self) -> int | None:
        """The first entry whose seal does not fit; None if all do."""
        return self.breaks[0].entry if self.breaks else None


def unbroken(session: Session, progress: Callable[[int, int], None] | None = None) -> Chain:
    """Seal every entry anew and compare; ``progress`` hears how many of how many.

    An entry that was changed, removed from the middle or slipped in is noticed here. Nothing speaks of entries that
    were cut off at the end but the records themselves: see :func:`~provenance.storage.reads.replaying.mismatches`.
    """
    total = session.scalar(sa.select(sa.func.count()).select_from(history)) or 0
    statement = sa.select(*(stored(column).label(column.name) for column in history.c)).order_by(history.c.id)
    seals = Seals()
    # A cursor on the server that is left half read has to be closed.
    with session.execute(statement.execution_options(yield_per=AT_ONCE)) as result:
        for number, row in enumerate(result.mappings(), start=1):
            seals.take(Entry(**row))
            if progress is not None and (number % AT_ONCE == 0 or number == total):
                progress(number, total)
    return Chain(total, seals.newest, tuple(seals.breaks()[:NAMED]), seals.redacted)


def sealed_up_to(session: Session, newest: str) -> bool:
    """Whether an entry with this hash is in the history: all up to it is then as it was when the hash was noted."""
    return session.execute(sa.select(history.c.id).where(history.c.hash == newest)).first() is not None
