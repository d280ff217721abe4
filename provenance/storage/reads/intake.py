"""What is asked before something is taken in: whether it is held, what stood at its address, what is like it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.claim import Claim
from provenance.storage.document import Document, DocumentRelation
from provenance.storage.event import Event
from provenance.storage.intake import FetchedPage, IngestionItem, IngestionRun, TextSketch
from provenance.storage.reads.rows import claim, document, event, instant, within_reach
from provenance.storage.reads.search import Indexed, best_indexed, words_of
from provenance.storage.report import Report
from provenance.storage.words import fold
from provenance.vocabulary import DocumentRelationKind, ReportState, TakenIn
from provenance.web_addresses import before_query, same_page


@dataclass(frozen=True, slots=True)
class Alike:
    """A document whose text shares bands with another text, and how many."""

    document: Document
    bands: int


def documents_with_text(session: Session, content_hash: str) -> list[Document]:
    """The documents that have this very text, the first one first."""
    statement = sa.select(Document).where(col(Document.content_hash) == content_hash, within_reach(document))
    return list(session.execute(statement.order_by(col(Document.id))).scalars())


def versions_at(session: Session, addresses: Collection[str]) -> list[Document]:
    """The documents that were found at one of these addresses, or call one their own; the newest first."""
    if not addresses:
        return []
    wanted = list(addresses)
    statement = sa.select(Document).where(
        sa.or_(col(Document.url).in_(wanted), col(Document.canonical_url).in_(wanted)),
        within_reach(document),
    )
    return list(session.execute(statement.order_by(col(Document.id).desc())).scalars())


def versions_like(session: Session, address: str) -> list[Document]:
    """The documents whose recorded address leads to the same page, although a query or fragment hangs on it that does
    not matter; the newest first. It looks at every document, so ask for :func:`versions_at` before.
    """
    begun = [
        col(Document.url).startswith(start + mark, autoescape=True)
        for start in sorted(before_query(address))
        for mark in ("?", "#")
    ]
    if not begun:
        return []
    statement = sa.select(Document).where(sa.or_(*begun), within_reach(document))
    found = session.execute(statement.order_by(col(Document.id).desc())).scalars()
    return [document for document in found if document.url and same_page(document.url, address)]


def replaced(session: Session, keys: Collection[int]) -> set[int]:
    """Those of these documents that a later one supersedes."""
    statement = sa.select(col(DocumentRelation.of_document_id)).where(
        col(DocumentRelation.of_document_id).in_(keys),
        col(DocumentRelation.kind) == DocumentRelationKind.SUPERSEDES,
        col(DocumentRelation.recorded_to).is_(None),
    )
    return {key for key in session.execute(statement).scalars() if key is not None}


def sharing_bands(session: Session, bands: Sequence[tuple[int, int]], but: int, most: int) -> list[Alike]:
    """The documents that share the most bands with a sketch, other than the one whose sketch it is."""
    if not bands:
        return []
    shared = sa.func.count().label("shared")
    met = (
        sa.select(col(TextSketch.document_id).label("key"), shared)
        .where(
            sa.tuple_(col(TextSketch.band), col(TextSketch.hash)).in_(list(bands)), col(TextSketch.document_id) != but
        )
        .group_by(col(TextSketch.document_id))
        .order_by(shared.desc(), col(TextSketch.document_id))
        .limit(most)
        .subquery()
    )
    statement = (
        sa.select(Document, met.c.shared)
        .join(met, met.c.key == col(Document.id))
        .where(within_reach(document))
        .order_by(met.c.shared.desc(), col(Document.id))
    )
    return [Alike(document, count) for document, count in session.execute(statement)]


def run_to_continue(session: Session, origin: str, options: Mapping[str, Any]) -> IngestionRun | None:
    """The newest run of this origin, with these options, that was not through."""
    statement = (
        sa.select(IngestionRun)
        .where(col(IngestionRun.origin) == origin, col(IngestionRun.finished_at).is_(None))
        .order_by(col(IngestionRun.id).desc())
    )
    return next((run for run in session.execute(statement).scalars() if run.options == dict(options)), None)


def keys_done(session: Session, run: int) -> set[str]:
    """What a run has dealt with, whatever became of it."""
    return set(session.execute(sa.select(col(IngestionItem.key)).where(col(IngestionItem.run_id) == run)).scalars())


def outcomes(session: Session, run: int) -> tuple[dict[TakenIn, int], int]:
    """How many things of a run came to what, and how many reports were proposed from them."""
    statement = (
        sa.select(
            col(IngestionItem.outcome), sa.func.count(), sa.func.coalesce(sa.func.sum(col(IngestionItem.reports)), 0)
        )
        .where(col(IngestionItem.run_id) == run)
        .group_by(col(IngestionItem.outcome))
    )
    found = session.execute(statement).all()
    return {outcome: count for outcome, count, _ in found}, sum(reports for _, _, reports in found)


def failures(session: Session, run: int, most: int) -> list[IngestionItem]:
    """The first things of a run that could not be read."""
    statement = (
        sa.select(IngestionItem)
        .where(col(IngestionItem.run_id) == run, col(IngestionItem.outcome) == TakenIn.FAILED)
        .order_by(col(IngestionItem.id))
        .limit(most)
    )
    return list(session.execute(statement).scalars())


def page_fetched(session: Session, url: str) -> FetchedPage | None:
    """What a server said when this address was last fetched."""
    return session.get(FetchedPage, url)


def events_with_word(session: Session, word: str, most: int, characters: int) -> list[int]:
    """The keys of the events in whose title, description or place a word stands, or in the title or the first so many
    characters of a document about them.
    """
    words = words_of(word)
    if not words:
        return []
    events = best_indexed(session, words, Indexed.EVENT, most, everything=True)
    documents = best_indexed(session, words, Indexed.DOCUMENT, most, everything=True)
    heads = session.execute(_heads(characters).where(col(Document.id).in_(documents))) if documents else ()
    begins = [event for event, *head in heads if fold(word) in fold(_joined(head))]
    return list(dict.fromkeys([*events, *begins]))[:most]


def head_of_event(session: Session, key: int, characters: int) -> str:
    """How the first document that is held about an event begins, with its title; empty if there is none."""
    first = session.execute(_heads(characters).where(col(Claim.event_id) == key).order_by(col(Report.id)).limit(1))
    return " ".join(_joined(head) for _, *head in first)


def _heads(characters: int) -> sa.Select[Any]:
    """The event, the title and the first characters of documents, once for each report."""
    return (
        sa.select(col(Claim.event_id), col(Document.title), sa.func.substr(col(Document.text), 1, characters))
        .select_from(Report)
        .join(Claim, col(Claim.id) == col(Report.claim_id))
        .join(Document, col(Document.id) == col(Report.document_id))
        .where(col(Report.recorded_to).is_(None), within_reach(document))
    )


def _joined(head: Sequence[str | None]) -> str:
    return " ".join(said for said in head if said is not None)


def when_told(session: Session, events: Collection[int]) -> dict[int, tuple[datetime | None, datetime | None]]:
    """For each event that holds, from when to when it was written about, in what is held; None: no date is known."""
    if not events:
        return {}
    statement = (
        sa.select(
            col(Event.id),
            instant(sa.func.min(col(Document.published_earliest))),
            instant(sa.func.max(col(Document.published_latest))),
        )
        .select_from(Event)
        .outerjoin(Claim, sa.and_(col(Claim.event_id) == col(Event.id), col(Claim.recorded_to).is_(None)))
        .outerjoin(Report, sa.and_(col(Report.claim_id) == col(Claim.id), col(Report.recorded_to).is_(None)))
        .outerjoin(Document, col(Document.id) == col(Report.document_id))
        .where(col(Event.id).in_(list(events)), col(Event.recorded_to).is_(None))
        .group_by(col(Event.id))
    )
    return {key: (first, last) for key, first, last in session.execute(statement)}


def event_by_key(session: Session, key: int) -> Event:
    """The event of this key."""
    return session.get_one(Event, key)


def claims_of_event(session: Session, event: int, most: int) -> list[int]:
    """The keys of an event's claims, those that a person stands behind first, then the newest."""
    statement = (
        sa.select(col(Claim.id))
        .where(col(Claim.event_id) == event, within_reach(claim))
        .order_by(col(Claim.state), col(Claim.id).desc())
        .limit(most)
    )
    return [key for key in session.execute(statement).scalars() if key is not None]


def claims_by_id(session: Session, ids: Collection[str]) -> dict[str, Claim]:
    """Claims by their public ids."""
    if not ids:
        return {}
    statement = sa.select(Claim).where(col(Claim.public_id).in_(ids), within_reach(claim))
    return {claim.public_id: claim for claim in session.execute(statement).scalars()}


def events_of(session: Session, ids: Collection[str]) -> dict[str, int]:
    """The keys of events by their public ids."""
    statement = sa.select(col(Event.public_id), col(Event.id)).where(col(Event.public_id).in_(ids), within_reach(event))
    return {public_id: key for public_id, key in session.execute(statement) if key is not None}


def accepted_of(session: Session, documents: Collection[int]) -> set[int]:
    """Those of these documents of which an accepted report tells."""
    if not documents:
        return set()
    statement = sa.select(col(Report.document_id)).where(
        col(Report.document_id).in_(list(documents)),
        col(Report.state) == ReportState.ACCEPTED,
        col(Report.recorded_to).is_(None),
    )
    return set(session.execute(statement).scalars())
