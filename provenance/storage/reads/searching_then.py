"""Finds records by words, now and at any moment: what was held then is searched in the words that it had then.

The index holds current words. Whatever has not changed since a moment is found in it; of the records that read
otherwise then, the words are looked at one by one. Nothing that was written later can change such an answer, so it is
not ranked by how rare a word is among all that is held, either: whole words come before beginnings, then the newest.

Whoever may not read archived texts whole finds documents by title, address and what is quoted of them. Were the texts
searched for them, too, question after question would tell a text word by word.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.access import reads_whole_texts
from provenance.storage.derived import listed
from provenance.storage.moment import moment_of
from provenance.storage.reads.rows import TABLES, Condition, document, held, report, seen, source_name
from provenance.storage.reads.search import RANKED, Indexed, best_indexed, indexed, words_of
from provenance.storage.reads.wordings import merged_since, merged_wordings
from provenance.storage.words import SEARCHED, searchable

LOOKED_AT_ONCE = 50
# Of this many documents that hold the words, the newest, it is looked at whether these stand in what is shown of them.
MOST_OPENED = 10_000


def matching(session: Session, q: str, kind: Indexed) -> sa.SelectBase:
    """The keys of all records of a kind in which the words occur, as a subquery for filters."""
    words = words_of(q)
    if not words:
        return sa.select(sa.literal(0)).where(sa.false())
    hits = indexed(session, words, kind)
    if _by_extracts(kind):
        newest = _newest(document, hits, [], MOST_OPENED)
        keys = set(session.execute(newest).scalars()) | _changed(session, kind)
        said = _bodies(session, kind, keys)
        return listed((key for key in said if _occur(words, said[key])), session.get_bind().dialect.name)
    changed = _changed(session, kind)
    if not changed:
        return hits
    dialect = session.get_bind().dialect.name
    found = (key for key, said in _bodies(session, kind, changed).items() if _occur(words, said))
    unchanged = hits.subquery()
    key = unchanged.c.key
    return sa.union_all(sa.select(key).where(key.not_in(listed(changed, dialect))), listed(found, dialect))


def best(session: Session, q: str, kind: Indexed, limit: int, among: Sequence[Condition] = ()) -> list[int]:
    """The keys of the best matches of a kind among the newest hits that may be shown, best first.

    ``among`` narrows what is shown.
    """
    words = words_of(q)
    if not words:
        return []
    table = _table(kind)
    if not moment_of(session) and not _by_extracts(kind):
        shown = (lambda key: sa.exists().where(table.c.id == key, *among)) if among else None
        return best_indexed(session, words, kind, limit, shown)
    hits = indexed(session, words, kind) if not moment_of(session) else matching(session, q, kind)
    keys = list(session.execute(_newest(table, hits, among, RANKED)).scalars())
    whole: list[int] = []
    begun: list[int] = []
    for start in range(0, len(keys), LOOKED_AT_ONCE):
        some = keys[start : start + LOOKED_AT_ONCE]
        said = _bodies(session, kind, some)
        for key in (key for key in some if _occur(words, said.get(key, ()))):
            (whole if words[-1] in said[key] else begun).append(key)
        if len(whole) >= limit:
            break
    return [*whole, *begun][:limit]


def _by_extracts(kind: Indexed) -> bool:
    """Whether records of a kind are found only by what is shown of them to whoever asks."""
    return kind is Indexed.DOCUMENT and not reads_whole_texts()


def _newest(table: sa.Table, hits: sa.SelectBase, among: Sequence[Condition], most: int) -> sa.Select[Any]:
    shown = sa.select(table.c.id).where(table.c.id.in_(hits), seen(table), *among)
    return shown.order_by(table.c.id.desc()).limit(most)


def _changed(session: Session, kind: Indexed) -> set[int]:
    """The keys of records that read otherwise at the moment that the session sees, or may do."""
    known_at = moment_of(session).known_at
    if known_at is None:
        return set()
    table = _table(kind)
    lasting = sa.func.coalesce(table.c.version_of, table.c.id)
    questions = [sa.select(lasting).where(table.c.recorded_from <= known_at, table.c.recorded_to > known_at)]
    if kind is Indexed.SOURCE:
        since = sa.or_(source_name.c.recorded_from > known_at, source_name.c.recorded_to > known_at)
        questions.append(sa.select(source_name.c.source_id).where(since))
    # Asked of the connection, so of all states; the session would only show those that held then.
    connection = session.connection()
    changed = {key for question in questions for key in connection.execute(question).scalars()}
    return changed | merged_since(session, known_at) if kind is Indexed.CLAIM else changed


def _bodies(session: Session, kind: Indexed, keys: Collection[int]) -> dict[int, frozenset[str]]:
    """The words of records as they held at the moment that the session sees; nothing of those that did not."""
    table = _table(kind)
    wanted = listed(keys, session.get_bind().dialect.name)
    hidden = {"text"} if _by_extracts(kind) else set()
    columns = [table.c[name] for name in SEARCHED[table.name] if name not in hidden]
    said: dict[int, list[Any]] = {
        key: list(texts)
        for key, *texts in session.execute(sa.select(table.c.id, *columns).where(table.c.id.in_(wanted)))
    }
    if kind is Indexed.SOURCE:
        names = sa.select(source_name.c.source_id, source_name.c.name).where(
            source_name.c.source_id.in_(wanted), held(source_name)
        )
        for key, name in session.execute(names):
            if key in said:
                said[key].append(name)
    if hidden:
        quoted = sa.select(report.c.document_id, report.c.quote).where(report.c.document_id.in_(wanted), seen(report))
        for key, quote in session.execute(quoted):
            if key in said:
                said[key].append(quote)
    if kind is Indexed.CLAIM:
        for key, wordings in merged_wordings(session, said, moment_of(session).known_at).items():
            said[key] += wordings
    return {key: frozenset(searchable(" ".join(filter(None, texts))).split()) for key, texts in said.items()}


def _occur(words: Sequence[str], said: Collection[str]) -> bool:
    return all(word in said for word in words[:-1]) and any(word.startswith(words[-1]) for word in said)


def _table(kind: Indexed) -> sa.Table:
    return TABLES[kind.name.lower()]
