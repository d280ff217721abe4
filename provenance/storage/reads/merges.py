"""Where the id of a record leads that was merged into another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.errors import Moved
from provenance.storage.history import History
from provenance.storage.merge import Merge
from provenance.vocabulary import Mergeable, Visibility

MERGEABLE = frozenset(noun.value for noun in Mergeable)


HELD = (col(Merge.recorded_to).is_(None), col(Merge.visibility) == Visibility.PUBLIC)


@dataclass(frozen=True, slots=True)
class Merged:
    """An id that leads to another record: by which merge, to which one at the end of all merges, and since when."""

    id: str
    gone: str
    kept: str
    at: datetime


class _Step(NamedTuple):
    merge: str
    kept: str
    at: datetime


def leads_to(session: Session, table: str, public_id: str) -> str | None:
    """The id of the record that stands for a merged one, at the end of all merges; None if it was not merged."""
    step = _step(session, public_id) if table in MERGEABLE else None
    end, passed = None, {public_id}
    while step is not None and step.kept not in passed:
        end = step.kept
        passed.add(end)
        step = _step(session, end)
    return end


def merged(session: Session, noun: Mergeable) -> list[Merged]:
    """All ids of records of a kind that lead to another one now, in the order they were merged; one query."""
    columns = (col(Merge.public_id), col(Merge.gone), col(Merge.kept), col(Merge.recorded_from))
    statement = sa.select(*columns).where(col(Merge.noun) == noun, *HELD).order_by(col(Merge.id))
    found = session.execute(statement).all()
    into = {gone: kept for _, gone, kept, _ in found}
    return [Merged(id, gone, _end(gone, into), at) for id, gone, _, at in found]


def _end(gone: str, into: Mapping[str, str]) -> str:
    passed = {gone}
    while (kept := into.get(gone)) is not None and kept not in passed:
        passed.add(kept)
        gone = kept
    return gone


def moved(session: Session, table: str, public_id: str) -> Moved | None:
    """What to tell whoever asks for a record that was merged into another; None if it was not."""
    end = leads_to(session, table, public_id)
    step = _step(session, public_id) if end is not None else None
    if end is None or step is None:
        return None
    return Moved(
        f"The {table} '{public_id}' was merged into '{end}'. Ask for that one: GET /v1/{table}s/{end}.",
        gone=public_id,
        kept=end,
        at=step.at,
        why=_reason(session, step.merge),
    )


def _step(session: Session, gone: str) -> _Step | None:
    columns = (col(Merge.public_id), col(Merge.kept), col(Merge.recorded_from))
    held = sa.select(*columns).where(col(Merge.gone) == gone, *HELD)
    row = session.execute(held).first()
    return None if row is None else _Step(*row)


def _reason(session: Session, merge: str) -> str | None:
    entries = sa.select(col(History.why)).where(col(History.public_id) == merge, col(History.after).is_not(None))
    return session.scalar(entries.order_by(col(History.id).desc()).limit(1))
