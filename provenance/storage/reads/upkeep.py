"""What keeping a database in order has to ask."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.reads.hooks import WAITING, message
from provenance.storage.reads.rows import TABLES, claim, standing
from provenance.storage.reads.search import ENTRY
from provenance.storage.session import reading, schema_versions

history = TABLES["history"]


def lacks_index(session: Session) -> bool:
    """Whether claims are held and nothing is in the search index, so that no search finds anything."""
    claims = session.execute(sa.select(claim.c.id).limit(1)).first()
    entries = session.execute(sa.select(sa.literal(1)).select_from(ENTRY).limit(1)).first()
    return claims is not None and entries is None


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How a database is: its schema version, how long its history is, and what waits in it."""

    schema: str | None
    history_entries: int
    stale_claims: int
    hook_messages_waiting: int


def upkeep(engine: sa.Engine) -> Upkeep:
    """How the database is; each number is read off an index."""
    waiting = sa.select(sa.func.count()).select_from(message).where(WAITING)
    entries = sa.select(sa.func.coalesce(sa.func.max(history.c.id), 0))
    with reading(engine) as session:
        return Upkeep(
            schema=schema_versions(engine)[0],
            history_entries=session.execute(entries).scalar_one(),
            stale_claims=session.execute(sa.select(sa.func.count()).where(standing.c.stale)).scalar_one(),
            hook_messages_waiting=session.execute(waiting).scalar_one(),
        )


def file_of(engine: sa.Engine) -> Path | None:
    """The file that an SQLite database is kept in; None for one in memory or on a server."""
    url = engine.url
    in_memory = url.database in (None, "", ":memory:") or "uri" in url.query
    return None if url.get_backend_name() != "sqlite" or in_memory else Path(url.database or "").resolve()
