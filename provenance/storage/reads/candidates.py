"""Which claims share words with a text: the candidates of matching, alike on both databases, at a bounded cost.

A text that asked for all its words at once would touch most of the index, so how many entries have a word is counted
first, and no further than `COUNTED`; the rarest words are looked up, the common ones only while that stays cheap.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.reads.rows import claim
from provenance.storage.reads.search import KINDS

# How many entries of a word are looked at: beyond this a word is common, and how common matters little.
COUNTED = 3_000
# The rarest words are looked up whatever they cost; further ones while all together have no more entries than this.
ALWAYS, ENTRIES = 4, 6_000
# SQLite joins at most 500 questions into one.
MOST_WORDS = 100


@dataclass(frozen=True, slots=True)
class Sought:
    """Something to look for: any of these whole words, or, as ``beginning``, any word that begins so."""

    words: tuple[str, ...]
    beginning: str | None = None


@dataclass(frozen=True, slots=True)
class Worded:
    """A claim by its key, with its words as the index has them; those of claims merged into it included."""

    key: int
    words: str


@dataclass(frozen=True, slots=True)
class Frequency:
    """How many claims have something among the newest `COUNTED` entries of any kind, of which ``since`` is the oldest.

    Where claims are fewer than records of other kinds, such as documents with all their words, that is an estimate.
    """

    claims: int
    since: int


NOWHERE = Frequency(0, 0)


def frequencies(session: Session, sought: Sequence[Sought]) -> list[Frequency]:
    """How many claims have each of these now, as far as they are counted."""
    asked = json.dumps([_expression(session, one) for one in sought[:MOST_WORDS]])
    counts = session.execute(sa.text(COUNT[_dialect(session)]), {"sought": asked, "counted": COUNTED})
    found = {place: Frequency(*(number or 0 for number in json.loads(counted))) for place, counted in counts}
    return [found.get(place, NOWHERE) for place in range(len(sought))]


def newest_claim(session: Session) -> int:
    """The key of the newest claim: about how many there are, and more than there are never."""
    return session.scalar(sa.select(sa.func.max(claim.c.id))) or 0


def candidates(
    session: Session,
    weights: Mapping[Sought, float],
    frequent: Mapping[Sought, Frequency],
    limit: int,
    event_id: int | None = None,
) -> list[Worded]:
    """The claims that share most weight with what is sought, the best first.

    ``event_id`` narrows it to the claims of an event.
    """
    chosen = affordable(frequent)
    if not chosen:
        return []
    weighed = [
        {"match": _expression(session, one), "weight": weights[one], "since": frequent[one].since} for one in chosen
    ]
    asked = {"sought": json.dumps(weighed), "counted": COUNTED, "limit": limit, "event": event_id}
    best = session.execute(sa.text(BEST[_dialect(session)]), asked)
    return [Worded(entry // KINDS, words) for entry, words in best]


def having_all(session: Session, sought: Sequence[Sought], limit: int) -> list[Worded]:
    """The claims that have every one of these, the newest first; none where nothing is sought."""
    if not sought:
        return []
    both = " AND " if _dialect(session) == "sqlite" else " & "
    every = both.join(f"({_expression(session, one)})" for one in sought)
    found = session.execute(sa.text(ALL[_dialect(session)]), {"every": every, "limit": limit})
    return [Worded(entry // KINDS, words) for entry, words in found]


def affordable(frequent: Mapping[Sought, Frequency]) -> list[Sought]:
    """What is looked up: the rarest that occur at all, and as many more as their entries allow.

    >>> counts = {"gas": 11_000, "tass": 9, "almaty": 70, "nowhere": 0}
    >>> words = {Sought((word,)): Frequency(count, 0) for word, count in counts.items()}
    >>> [one.words[0] for one in affordable(words)]
    ['tass', 'almaty', 'gas']
    """
    chosen: list[Sought] = []
    entries = 0
    for one, count in sorted(frequent.items(), key=lambda each: each[1].claims):
        entries += count.claims
        if len(chosen) >= MOST_WORDS or (len(chosen) >= ALWAYS and entries > ENTRIES):
            break
        if count.claims:
            chosen.append(one)
    return chosen


def _expression(session: Session, one: Sought) -> str:
    """What to look for, in the language of the index; the words hold letters and digits alone."""
    if _dialect(session) == "sqlite":
        parts = [f'"{word}"' for word in one.words] + ([f'"{one.beginning}"*'] if one.beginning else [])
        return " OR ".join(parts)
    parts = [f"'{word}'" for word in one.words] + ([f"'{one.beginning}':*"] if one.beginning else [])
    return " | ".join(parts)


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


# One statement however many words there are: put together from parts, it took longer to compile than to run.
COUNT = {
    "sqlite": """
        SELECT asked.key, (
            SELECT json_array(sum(entry % 4 = 0), min(entry)) FROM (
                SELECT rowid AS entry FROM search_entry WHERE search_entry MATCH asked.value
                ORDER BY rowid DESC LIMIT :counted
            )
        ) FROM json_each(:sought) AS asked
    """,
    "postgresql": """
        SELECT asked.place - 1, (
            SELECT CAST(json_build_array(count(*) FILTER (WHERE entry % 4 = 0), min(entry)) AS TEXT) FROM (
                SELECT id AS entry FROM search_entry WHERE vector @@ to_tsquery('simple', asked.value) LIMIT :counted
            ) AS found
        ) FROM json_array_elements_text(CAST(:sought AS JSON)) WITH ORDINALITY AS asked(value, place)
    """,
}
ALL = {
    "sqlite": """
        SELECT rowid, body FROM search_entry WHERE search_entry MATCH :every AND rowid % 4 = 0
        ORDER BY rowid DESC LIMIT :limit
    """,
    "postgresql": """
        SELECT id, body FROM search_entry WHERE vector @@ to_tsquery('simple', :every) AND id % 4 = 0
        ORDER BY id DESC LIMIT :limit
    """,
}
BEST = {
    "sqlite": """
        SELECT best.entry, body FROM (
            SELECT search_entry.rowid AS entry, sum(asked.value ->> 'weight') AS weight
            FROM json_each(:sought) AS asked JOIN search_entry ON search_entry MATCH (asked.value ->> 'match')
            AND search_entry.rowid >= (asked.value ->> 'since')
            WHERE search_entry.rowid % 4 = 0
            AND (:event IS NULL OR search_entry.rowid / 4 IN (SELECT id FROM claim WHERE event_id = :event))
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :limit
        ) AS best JOIN search_entry ON search_entry.rowid = best.entry ORDER BY best.weight DESC, best.entry
    """,
    "postgresql": """
        SELECT best.entry, body FROM (
            SELECT found.entry, sum((asked.value ->> 'weight')::float) AS weight
            FROM json_array_elements(CAST(:sought AS JSON)) AS asked(value)
            CROSS JOIN LATERAL (
                SELECT id AS entry FROM search_entry
                WHERE vector @@ to_tsquery('simple', asked.value ->> 'match') LIMIT :counted
            ) AS found
            WHERE found.entry % 4 = 0
            AND (CAST(:event AS BIGINT) IS NULL OR found.entry / 4 IN (
                SELECT id FROM claim WHERE event_id = CAST(:event AS BIGINT)
            ))
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :limit
        ) AS best JOIN search_entry ON search_entry.id = best.entry ORDER BY best.weight DESC, best.entry
    """,
}
