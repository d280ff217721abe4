"""Searches all kinds of record at once, for somebody who has some words and no id."""

from __future__ import annotations

from sqlmodel import Session

from provenance.answers import SearchAnswer
from provenance.storage.reads.claims import claim_items
from provenance.storage.reads.documents import document_items
from provenance.storage.reads.events import event_items
from provenance.storage.reads.search import Indexed, best, words_of
from provenance.storage.reads.sources import source_items


def search(session: Session, q: str, limit: int = 10) -> SearchAnswer:
    """The best matches of each kind; words that nobody could look for find nothing, and are never an error."""
    return SearchAnswer(
        q=q,
        words=words_of(q),
        claims=claim_items(session, best(session, q, Indexed.CLAIM, limit)),
        sources=source_items(session, best(session, q, Indexed.SOURCE, limit)),
        documents=document_items(session, best(session, q, Indexed.DOCUMENT, limit)),
        events=event_items(session, best(session, q, Indexed.EVENT, limit)),
    )
