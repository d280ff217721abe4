"""What is derived about claims, for a moment in the past: computed when it is asked for, and never stored.

Standings and flags are kept for now alone. For any other moment the same pictures are made from the states that held
then, and the same rules look at them.
"""

from __future__ import annotations

from sqlalchemy import Engine
from sqlmodel import Session

from provenance.analysis.picturing import pictures
from provenance.analysis.standing import derive
from provenance.errors import NotFound
from provenance.storage.moment import Moment, reading_at
from provenance.storage.reads.claims import require_claim
from provenance.storage.reads.hot import HotTrace
from provenance.storage.reads.standings import claim_key
from provenance.storage.record import now
from provenance.storage.writes.standings import Derived


def trace_at(engine: Engine, public_id: str, moment: Moment) -> HotTrace:
    """The trace of a claim at a moment.

    :raises NotFound: if this database did not hold the claim then.
    """
    with reading_at(engine, moment) as session:
        require_claim(session, public_id)
        standing = derived_at(session, public_id).standing
    return HotTrace(standing.trace.encode(), standing.etag, stale=False)


def derived_at(session: Session, public_id: str) -> Derived:
    """All that is derived about a claim at the moment that the session sees."""
    key = claim_key(session, public_id)
    picture = None if key is None else pictures(session, [key]).get(key)
    if picture is None:
        raise NotFound(f"There is no claim '{public_id}'. List what there is with GET /v1/claims.")
    return derive(picture, now())
