"""Finds records by words, alike on both databases: all words must occur, the last one also as a beginning.

Whatever is asked is first cut to plain words, so nothing that somebody types can be a search expression. The index
holds what records say now; what they said at another moment is found by ``reads/searching_then.py``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from enum import IntEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.reads.rows import TABLES, held, nothing_waits_in, seen, within_reach
from provenance.storage.words import fold

# Ranking a common word scores every hit (60 ms in a million records); only the newest hits are ranked (3 ms).
RANKED = 1_000
# A longer question is cut: nobody types so many words, and each costs a lookup.
MOST_WORDS = 24


class Indexed(IntEnum):
    """The kinds of record in the search index; an entry's id is four times the record's key plus this number."""

    CLAIM = 0
    SOURCE = 1
    DOCUMENT = 2
    EVENT = 3


KINDS = len(Indexed)

# Whether the record with this key may be shown, as a condition of the question.
Shown = Callable[[sa.ColumnElement[Any]], sa.ColumnElement[bool]]


def words_of(q: str) -> list[str]:
    """The words that are looked for.

    >>> words_of('Dozens "eliminated" OR *')
    ['dozens', 'eliminated', 'or']
    """
    return fold(q).split()[:MOST_WORDS]


def indexed(session: Session, words: list[str], kind: Indexed) -> sa.Select[Any]:
    """The keys of all records of a kind in which these words occur now, as a subquery for filters."""
    sqlite = _sqlite(session)
    key: sa.Label[int] = sa.literal_column("rowid / 4" if sqlite else "id / 4").label("key")
    hit = _hit_sqlite(words, kind) if sqlite else _hit_postgresql(words, kind)
    return sa.select(key).select_from(ENTRY).where(*hit)


def best_indexed(
    session: Session,
    words: list[str],
    kind: Indexed,
    limit: int,
    may_show: Shown | None = None,
    *,
    everything: bool = False,
) -> list[int]:
    """The keys of the best matches of a kind among the newest hits that ``may_show`` lets through, best first.

    ``everything``: for whoever writes, also what they alone may come upon.

    Whole words come before words that only begin so: "police" is more about the police than "Police1" is.
    """
    table = TABLES[kind.name.lower()]
    key = ENTRY_KEY["sqlite"] if _sqlite(session) else RANKED_KEY
    ranked = (_best_sqlite if _sqlite(session) else _best_postgresql)(words, kind, may_show)
    shown = within_reach(table) if everything else seen(table)
    ranked = ranked.where(sa.exists().where(table.c.id == key // KINDS, shown))
    return [key // KINDS for key in session.execute(ranked.limit(limit)).scalars()]


def words_held(session: Session) -> Counter[str]:
    """The words of claims, sources and events that everybody may see, each with how many of the newest have it.

    Documents are too long to be read for this, and all records too many.
    """
    key = ROWID if _sqlite(session) else ID
    newest = sa.select(key.label("key"), BODY.label("body")).select_from(ENTRY)
    newest = newest.where(key % KINDS != Indexed.DOCUMENT.value).order_by(key.desc()).limit(RANKED)
    found = newest.subquery()
    shown = (
        sa.and_(found.c.key % KINDS == kind.value, _is_there(table, found.c.key // KINDS))
        for kind in Indexed
        if kind is not Indexed.DOCUMENT and (table := TABLES[kind.name.lower()]) is not None
    )
    bodies = session.execute(sa.select(found.c.body).where(sa.or_(*shown))).scalars()
    return Counter(word for body in bodies for word in set(body.split()))


def _is_there(table: sa.Table, key: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    return sa.exists().where(table.c.id == key, held(table), nothing_waits_in(table))


ENTRY = sa.table("search_entry")
BODY: sa.ColumnElement[str] = sa.literal_column("body", sa.Text)
ROWID: sa.ColumnElement[int] = sa.literal_column("rowid", sa.BigInteger)
ID: sa.ColumnElement[int] = sa.literal_column("id", sa.BigInteger)
RANKED_KEY: sa.ColumnElement[int] = sa.literal_column("ranked.key", sa.BigInteger)
VECTOR: sa.ColumnElement[Any] = sa.literal_column("vector")
# With the table's name, since a condition on another table would take the bare one for its own.
ENTRY_KEY: dict[str, sa.ColumnElement[int]] = {
    "sqlite": sa.literal_column("search_entry.rowid", sa.BigInteger),
    "postgresql": sa.literal_column("search_entry.id", sa.BigInteger),
}


def _sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _of(key: sa.ColumnElement[int], kind: Indexed) -> sa.ColumnElement[bool]:
    remainder = key % KINDS
    return remainder == kind.value


def _hit_sqlite(words: list[str], kind: Indexed, *, whole: bool = False) -> tuple[sa.ColumnElement[bool], ...]:
    quoted = " ".join(f'"{word}"' for word in words) + ("" if whole else "*")
    hit: sa.ColumnElement[bool] = sa.literal_column("search_entry").op("MATCH", is_comparison=True)(quoted)
    return hit, _of(ROWID, kind)


def _best_sqlite(words: list[str], kind: Indexed, may_show: Shown | None) -> sa.Select[Any]:
    hit = (*_hit_sqlite(words, kind), *([may_show(ENTRY_KEY["sqlite"] // KINDS)] if may_show else []))
    newest = (
        sa.select(ROWID.label("key")).select_from(ENTRY).where(*hit).order_by(ROWID.desc()).limit(RANKED).subquery()
    )
    since = sa.select(sa.func.min(newest.c.key)).scalar_subquery()
    ranked = sa.select(ROWID).select_from(ENTRY).where(*hit, since <= ROWID)
    exact = sa.select(ROWID).select_from(ENTRY).where(*_hit_sqlite(words, kind, whole=True), since <= ROWID)
    return ranked.order_by(ROWID.in_(exact).desc(), sa.literal_column("rank"), ROWID.desc())


def _hit_postgresql(words: list[str], kind: Indexed) -> tuple[sa.ColumnElement[bool], ...]:
    return VECTOR.op("@@", is_comparison=True)(_tsquery(words)), _of(ID, kind)


def _best_postgresql(words: list[str], kind: Indexed, may_show: Shown | None) -> sa.Select[Any]:
    hit = (*_hit_postgresql(words, kind), *([may_show(ENTRY_KEY["postgresql"] // KINDS)] if may_show else []))
    newest = sa.select(ID.label("key"), VECTOR.label("words")).select_from(ENTRY).where(*hit)
    ranked = newest.order_by(ID.desc()).limit(RANKED).subquery("ranked")
    exact = ranked.c.words.op("@@", is_comparison=True)(_tsquery(words, whole=True))
    score = sa.func.ts_rank(ranked.c.words, _tsquery(words))
    return sa.select(ranked.c.key).order_by(exact.desc(), score.desc(), ranked.c.key.desc())


def _tsquery(words: list[str], *, whole: bool = False) -> sa.ColumnElement[Any]:
    joined = " & ".join(f"'{word}'" for word in words) + ("" if whole else ":*")
    return sa.func.to_tsquery(sa.literal_column("'simple'"), joined)
