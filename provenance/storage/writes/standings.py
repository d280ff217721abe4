"""Writes what is derived about claims: standings, flags, and which of them are stale."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.standing import Flag, FlaggedFigure, Standing

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Derived:
    """All that is derived about one claim: its standing, and each flag with the figures that it is about."""

    standing: Standing
    flags: Sequence[tuple[Flag, Sequence[int]]]


def replace_standings(session: Session, derived: Sequence[Derived], gone: Collection[int] = ()) -> None:
    """Put these in the place of whatever was derived about the same claims before."""
    keys = [one.standing.claim_id for one in derived]
    forget(session, {*keys, *gone})
    session.add_all(one.standing for one in derived)
    session.add_all(flag for one in derived for flag, _ in one.flags)
    session.flush()
    flagged = [
        {"rule": flag.rule, "figure_id": figure, "flag_id": flag.id}
        for one in derived
        for flag, figures in one.flags
        for figure in dict.fromkeys(figures)
    ]
    if flagged:
        session.execute(sa.insert(FlaggedFigure), flagged)


def forget(session: Session, claims: Collection[int]) -> None:
    """Remove what is derived about these claims."""
    for some in _portions(claims):
        flags = sa.select(col(Flag.id)).where(col(Flag.claim_id).in_(some))
        for statement in (
            sa.delete(FlaggedFigure).where(col(FlaggedFigure.flag_id).in_(flags)),
            sa.delete(Flag).where(col(Flag.claim_id).in_(some)),
            sa.delete(Standing).where(col(Standing.claim_id).in_(some)),
        ):
            session.execute(statement, execution_options={"synchronize_session": False})
    for row in list(session):
        if isinstance(row, Standing | Flag | FlaggedFigure):
            session.expunge(row)


def mark_stale(session: Session, claims: Collection[int]) -> None:
    """Mark standings that something they depend on has changed under."""
    for some in _portions(claims):
        session.execute(sa.update(Standing).where(col(Standing.claim_id).in_(some)).values(stale=True))


def tidy(session: Session) -> None:
    """Let the database look at what it holds, so that it plans well after many writes at once."""
    session.execute(sa.text("ANALYZE"))


def _portions(keys: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
