"""What is stored of that which is derived."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.claim import Claim
from provenance.storage.reads.hot import HotTrace
from provenance.storage.standing import Standing
from provenance.vocabulary import Visibility


def claim_key(session: Session, public_id: str) -> int | None:
    """The key of a public claim."""
    statement = sa.select(col(Claim.id)).where(
        col(Claim.public_id) == public_id,
        col(Claim.recorded_to).is_(None),
        col(Claim.visibility) == Visibility.PUBLIC,
    )
    return session.execute(statement).scalar()


def stored_trace(session: Session, key: int) -> HotTrace | None:
    """The stored trace of a claim."""
    columns = (col(Standing.trace), col(Standing.etag), col(Standing.stale))
    row = session.execute(sa.select(*columns).where(col(Standing.claim_id) == key)).first()
    return None if row is None else HotTrace(row.trace.encode(), row.etag, row.stale)


def stored_standings(session: Session, keys: Collection[int]) -> dict[int, Standing]:
    """The stored standings of claims, by the claims' keys."""
    rows = session.execute(sa.select(Standing).where(col(Standing.claim_id).in_(keys))).scalars()
    return {standing.claim_id: standing for standing in rows}


def stale_claims(session: Session) -> list[int]:
    """The keys of claims whose standing must be computed again, or was never computed."""
    stale = sa.select(col(Standing.claim_id)).where(col(Standing.stale))
    missing = (
        sa.select(col(Claim.id))
        .outerjoin(Standing, col(Standing.claim_id) == col(Claim.id))
        .where(col(Standing.claim_id).is_(None), col(Claim.recorded_to).is_(None))
    )
    return sorted({key for key in (*session.execute(stale).scalars(), *session.execute(missing).scalars()) if key})
