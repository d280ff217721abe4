"""How often something that was told before may be told no longer, so that whatever keeps an answer can forget it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.reads.rows import TABLES

redaction = TABLES["redaction"]


def epoch(session: Session) -> int:
    """A number that grows when a name was taken out of everything; 0 if none ever was.

    Whoever keeps what was made from the database in memory keeps it under this number, read before it was made: then
    every process forgets at once, whichever of them it was that wrote.
    """
    newest: int = session.execute(sa.select(sa.func.coalesce(sa.func.max(redaction.c.id), 0))).scalar_one()
    return newest
