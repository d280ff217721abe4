"""Searches all kinds of record at once, for somebody who has some words and no id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlmodel import Session

from provenance.answers import SearchAnswer
from provenance.storage.reads.claims import claim_items, told_by_then
from provenance.storage.reads.documents import document_items
from provenance.storage.reads.events import event_items
from provenance.storage.reads.rows import Condition, claim, event, seen, source
from provenance.storage.reads.search import Indexed, words_of
from provenance.storage.reads.searching_then import best
from provenance.storage.reads.sources import source_items
from provenance.vocabulary import ReportState


def search(session: Session, q: str, limit: int = 10) -> SearchAnswer:
    """The best matches of each kind; words that nobody could look for find nothing, and are never an error.

    What only proposals speak of is left out; it is listed with them.
    """
    among = _shown(session)
    hits = {kind: best(session, q, kind, limit + 1, among.get(kind, ())) for kind in Indexed}
    return _answer(session, q, words_of(q), hits, limit)


def search_any(session: Session, words: Sequence[str], limit: int = 10) -> SearchAnswer:
    """The records that have any of the words: those with rare ones and with several of them first."""
    among = _shown(session)
    scores: dict[Indexed, Counter[int]] = {kind: Counter() for kind in Indexed}
    for word in words:
        found = {kind: best(session, word, kind, MOST_OF_A_WORD, among.get(kind, ())) for kind in Indexed}
        weight = 1 / max(1, sum(map(len, found.values())))
        for kind, keys in found.items():
            scores[kind].update(dict.fromkeys(keys, weight))
    hits = {kind: [key for key, _ in scored.most_common(limit + 1)] for kind, scored in scores.items()}
    return _answer(session, " ".join(words), list(words), hits, limit)


# How many records of a kind are looked at for each word.
MOST_OF_A_WORD = 50


def _answer(
    session: Session, q: str, words: list[str], hits: Mapping[Indexed, Sequence[int]], limit: int
) -> SearchAnswer:
    shown = {kind: keys[:limit] for kind, keys in hits.items()}
    return SearchAnswer(
        q=q,
        words=words,
        claims=claim_items(session, shown[Indexed.CLAIM]),
        sources=source_items(session, shown[Indexed.SOURCE]),
        documents=document_items(session, shown[Indexed.DOCUMENT]),
        events=event_items(session, shown[Indexed.EVENT]),
        more=[NAMES[kind] for kind, keys in hits.items() if len(keys) > limit],
    )


def _shown(session: Session) -> Mapping[Indexed, Sequence[Condition]]:
    return {
        Indexed.CLAIM: [claim.c.state == ReportState.ACCEPTED, *told_by_then(session, shown=seen)],
        Indexed.SOURCE: [source.c.state == ReportState.ACCEPTED],
        Indexed.EVENT: [event.c.state == ReportState.ACCEPTED],
    }


NAMES = {Indexed.CLAIM: "claims", Indexed.SOURCE: "sources", Indexed.DOCUMENT: "documents", Indexed.EVENT: "events"}
