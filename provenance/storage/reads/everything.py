"""Searches all kinds of record at once, for somebody who has some words and no id."""

from __future__ import annotations

from sqlmodel import Session

from provenance.answers import SearchAnswer
from provenance.storage.reads.claims import claim_items, told_by_then
from provenance.storage.reads.documents import document_items
from provenance.storage.reads.events import event_items
from provenance.storage.reads.rows import Condition, claim, event, source
from provenance.storage.reads.search import Indexed, words_of
from provenance.storage.reads.searching_then import best
from provenance.storage.reads.sources import source_items
from provenance.vocabulary import ReportState


def search(session: Session, q: str, limit: int = 10) -> SearchAnswer:
    """The best matches of each kind; words that nobody could look for find nothing, and are never an error.

    What only proposals speak of is left out; it is listed with them.
    """
    among: dict[Indexed, list[Condition]] = {
        Indexed.CLAIM: [claim.c.state == ReportState.ACCEPTED, *told_by_then(session)],
        Indexed.SOURCE: [source.c.state == ReportState.ACCEPTED],
        Indexed.EVENT: [event.c.state == ReportState.ACCEPTED],
    }
    hits = {kind: best(session, q, kind, limit + 1, among.get(kind, ())) for kind in Indexed}
    shown = {kind: keys[:limit] for kind, keys in hits.items()}
    return SearchAnswer(
        q=q,
        words=words_of(q),
        claims=claim_items(session, shown[Indexed.CLAIM]),
        sources=source_items(session, shown[Indexed.SOURCE]),
        documents=document_items(session, shown[Indexed.DOCUMENT]),
        events=event_items(session, shown[Indexed.EVENT]),
        more=[NAMES[kind] for kind, keys in hits.items() if len(keys) > limit],
    )


NAMES = {Indexed.CLAIM: "claims", Indexed.SOURCE: "sources", Indexed.DOCUMENT: "documents", Indexed.EVENT: "events"}
