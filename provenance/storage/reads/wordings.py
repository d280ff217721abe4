"""Which further wordings a claim is found by: those of the claims that were merged into it.

Who reads a wording on a page looks for that one, whichever of the two the record kept. What was merged unseen by the
public is not found, or a search would tell what it says.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.derived import listed
from provenance.storage.reads.belonging import public
from provenance.storage.reads.rows import TABLES, claim
from provenance.vocabulary import Mergeable, Visibility

merge = TABLES["merge"]


def merged_wordings(session: Session, keys: Collection[int], known_at: datetime | None = None) -> dict[int, list[str]]:
    """For those of these claims that stand for others, how the others were worded; now, or as known at an instant.

    That includes what was merged into one that was merged itself since.
    """
    if not keys:
        return {}
    mergers = (merge.c.noun == Mergeable.CLAIM, merge.c.visibility == Visibility.PUBLIC, _held(merge, known_at))
    roots = sa.select(claim.c.id.label("key"), merge.c.gone).where(
        claim.c.id.in_(listed(keys, session.get_bind().dialect.name)), merge.c.kept == claim.c.public_id, *mergers
    )
    into = roots.cte("merged_into", recursive=True)
    into = into.union(sa.select(into.c.key, merge.c.gone).where(merge.c.kept == into.c.gone, *mergers))
    gone, state = claim.alias("gone"), claim.alias("state")
    worded = (
        sa.select(into.c.key, gone.c.id.label("of"), state.c.text)
        # Who may see it is what it is now, at whatever moment it is asked for.
        .where(gone.c.public_id == into.c.gone, gone.c.version_of.is_(None), public(gone))
        .where(state.c.visibility == Visibility.PUBLIC)
        .where(sa.or_(state.c.id == gone.c.id, state.c.version_of == gone.c.id))
        .order_by(state.c.recorded_from)
    )
    worded = worded.where(state.c.version_of.is_(None) if known_at is None else state.c.recorded_from <= known_at)
    last: dict[int, dict[int, str]] = {}
    # Asked of the connection: a session at a moment shows only what held then, and who is gone did not.
    for row in session.connection().execute(worded):
        last.setdefault(row.key, {})[row.of] = row.text
    return {key: list(texts.values()) for key, texts in last.items()}


def merged_since(session: Session, known_at: datetime) -> set[int]:
    """The keys of the claims that came to stand for others after an instant, or stand for them no longer."""
    since = sa.or_(merge.c.recorded_from > known_at, merge.c.recorded_to > known_at)
    ends = sa.select(merge.c.kept).where(merge.c.noun == Mergeable.CLAIM, since).cte("ends", recursive=True)
    ends = ends.union(sa.select(merge.c.kept).where(merge.c.gone == ends.c.kept))
    found = sa.select(claim.c.id).where(claim.c.public_id.in_(sa.select(ends.c.kept)), claim.c.version_of.is_(None))
    return set(session.connection().execute(found).scalars())


def _held(table: sa.Table, known_at: datetime | None) -> sa.ColumnElement[bool]:
    if known_at is None:
        return table.c.recorded_to.is_(None)
    ended_later = sa.or_(table.c.recorded_to.is_(None), table.c.recorded_to > known_at)
    return sa.and_(table.c.recorded_from <= known_at, ended_later)
