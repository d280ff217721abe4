"""Finds sources by the names that pages print: all names in all scripts, whatever their case and accents."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.reads.rows import source, source_name, within_reach
from provenance.storage.reads.search import Indexed, best_indexed, words_of
from provenance.storage.source import Source, SourceName, Tie
from provenance.storage.words import fold

# A name that more sources than this share leads to none of them anyhow.
CANDIDATES = 30


def sources_named(session: Session, name: str) -> list[Source]:
    """The sources that bear this name, as their own one or as another; those that a person stands behind come first."""
    asked = fold(name)
    words = words_of(name)
    if not words:
        return []
    keys = best_indexed(session, words, Indexed.SOURCE, CANDIDATES, everything=True)
    if not keys:
        return []
    statement = (
        sa.select(Source, col(SourceName.name))
        .join(SourceName, col(SourceName.source_id) == col(Source.id))
        .where(col(Source.id).in_(keys), within_reach(source), within_reach(source_name))
        .order_by(col(Source.state), col(Source.id))
    )
    found = {source.key: source for source, called in session.execute(statement) if fold(called) == asked}
    return list(found.values())


def tied(session: Session, one: int, other: int) -> bool:
    """Whether anything is said of the two together: a tie in either direction, or the finding that there is none."""
    statement = sa.select(col(Tie.id)).where(
        sa.tuple_(col(Tie.source_id), col(Tie.other_id)).in_([(one, other), (other, one)]),
        col(Tie.recorded_to).is_(None),
    )
    return session.execute(statement.limit(1)).first() is not None
