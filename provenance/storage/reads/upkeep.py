"""What keeping a database in order has to ask."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.reads.rows import claim
from provenance.storage.reads.search import ENTRY


def lacks_index(session: Session) -> bool:
    """Whether claims are held and nothing is in the search index, so that no search finds anything."""
    claims = session.execute(sa.select(claim.c.id).limit(1)).first()
    entries = session.execute(sa.select(sa.literal(1)).select_from(ENTRY).limit(1)).first()
    return claims is not None and entries is None
