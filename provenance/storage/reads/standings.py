"""What is stored of that which is derived."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.access import sees_what_waits
from provenance.errors import NotFound
from provenance.storage.claim import Claim
from provenance.storage.reads.belonging import public
from provenance.storage.reads.claims import require_claim
from provenance.storage.reads.hot import HotTrace, possible
from provenance.storage.standing import Flag, FlaggedFigure, Standing

CLAIM: sa.Table = Claim.__table__  # type: ignore[attr-defined]

# What a flag says, and the keys of the figures that it is about, in order.
FlagHeld = tuple[dict[str, Any], list[int]]


def claim_key(session: Session, public_id: str) -> int | None:
    """The key of a public claim."""
    if not possible(public_id):
        return None
    statement = sa.select(col(Claim.id)).where(
        col(Claim.public_id) == public_id,
        col(Claim.recorded_to).is_(None),
        public(CLAIM),
    )
    return session.execute(statement).scalar()


def require_public(session: Session, public_id: str) -> None:
    """Tell whoever may see a claim that is not for everybody why nothing is derived about it.

    :raises NotFound: for such a claim, and for one that there is not; :class:`Moved` for one that was merged.
    """
    key = claim_key(session, public_id)
    if key is None or not sees_what_waits():
        require_claim(session, public_id)
    if key is None:
        raise NotFound(
            f"The claim '{public_id}' is not for everybody, and only what everybody may see is derived from. "
            f"Read its reports: GET /v1/reports?claim={public_id}."
        )


def public_ids_of(session: Session, keys: Collection[int]) -> set[str]:
    """The public ids of these claims, whoever may see them."""
    own = sa.select(CLAIM.c.public_id)
    portions = (sorted(keys)[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
    return {one for some in portions for one in session.scalars(own.where(CLAIM.c.id.in_(some)))}


AT_ONCE = 5_000


def claim_keys(session: Session, public_ids: Collection[str]) -> list[int]:
    """The keys of public claims, in the order of their ids; those that are not held are left out."""
    wanted = [public_id for public_id in public_ids if possible(public_id)]
    statement = sa.select(col(Claim.public_id), col(Claim.id)).where(
        col(Claim.public_id).in_(wanted),
        col(Claim.recorded_to).is_(None),
        public(CLAIM),
    )
    found = {row.public_id: row.id for row in session.execute(statement)}
    return [found[public_id] for public_id in wanted if public_id in found]


def stored_trace(session: Session, key: int) -> HotTrace | None:
    """The stored trace of a claim."""
    columns = (col(Standing.trace), col(Standing.etag), col(Standing.stale))
    row = session.execute(sa.select(*columns).where(col(Standing.claim_id) == key)).first()
    return None if row is None else HotTrace(row.trace.encode(), row.etag, row.stale)


def stored_standings(session: Session, keys: Collection[int]) -> dict[int, Standing]:
    """The stored standings of claims, by the claims' keys."""
    rows = session.execute(sa.select(Standing).where(col(Standing.claim_id).in_(keys))).scalars()
    return {standing.claim_id: standing for standing in rows}


def stored_flags(session: Session, keys: Collection[int]) -> dict[int, list[FlagHeld]]:
    """The stored flags of claims in the order in which they were found, by the claims' keys."""
    flags = sa.select(Flag).where(col(Flag.claim_id).in_(keys)).order_by(col(Flag.id))
    about = sa.select(FlaggedFigure).join(Flag, col(Flag.id) == col(FlaggedFigure.flag_id))
    figures: dict[int, list[int]] = {}
    for row in session.execute(about.where(col(Flag.claim_id).in_(keys))).scalars():
        figures.setdefault(row.flag_id, []).append(row.figure_id)
    found: dict[int, list[FlagHeld]] = {}
    for flag in session.execute(flags).scalars():
        found.setdefault(flag.claim_id, []).append((flag_values(flag), sorted(figures.get(flag.id or 0, []))))
    return found


def flag_values(flag: Flag) -> dict[str, Any]:
    """What a flag says, whether it is stored or not."""
    return flag.model_dump(exclude={"id"})


def claims_with_standing(session: Session) -> list[int]:
    """The keys of claims about which something is stored."""
    return list(session.execute(sa.select(col(Standing.claim_id))).scalars())


def stale_claims(session: Session) -> list[int]:
    """The keys of claims whose standing must be computed again, or was never computed."""
    stale = sa.select(col(Standing.claim_id)).where(col(Standing.stale))
    missing = (
        sa.select(col(Claim.id))
        .outerjoin(Standing, col(Standing.claim_id) == col(Claim.id))
        .where(col(Standing.claim_id).is_(None), col(Claim.recorded_to).is_(None))
    )
    return sorted({key for key in (*session.execute(stale).scalars(), *session.execute(missing).scalars()) if key})


def marked_claims(session: Session, most: int | None = None, among: Collection[int] | None = None) -> list[int]:
    """The keys of claims whose stored standing something has changed under, the lowest first."""
    statement = sa.select(col(Standing.claim_id)).where(col(Standing.stale)).order_by(col(Standing.claim_id))
    if among is not None:
        statement = statement.where(col(Standing.claim_id).in_(among))
    return list(session.execute(statement.limit(most)).scalars())
