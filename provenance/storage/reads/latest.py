"""What was written last, in passing: change by change, where the history itself tells entry by entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.history import change_id
from provenance.storage.reads.entries_seen import history, visible
from provenance.storage.reads.rows import rows

LOOKED_AT = 4  # changes that are looked at for each that is told: a desk's own notes stand between them


@dataclass(frozen=True, slots=True)
class LatestChange:
    """One change: all that was written in one transaction."""

    id: str
    at: datetime
    who: str
    why: str | None


def latest_changes(session: Session, most: int = 5) -> list[LatestChange]:
    """The changes that were written last, the newest first; one query, which looks at few that are older.

    A change whose last entry only some people may see is left out.
    """
    moments = sa.select(history.c.at).distinct().order_by(history.c.at.desc()).limit(LOOKED_AT * most).subquery()
    ends = sa.select(sa.func.max(history.c.id)).where(history.c.at.in_(sa.select(moments.c.at))).group_by(history.c.at)
    statement = (
        sa.select(history.c.at, history.c.who, history.c.why)
        .where(history.c.id.in_(ends), visible())
        .order_by(history.c.id.desc())
        .limit(most)
    )
    return [LatestChange(id=change_id(row["at"]), **row) for row in rows(session, statement)]
