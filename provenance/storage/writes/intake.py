"""Writes what taking documents in needs to remember, and what belongs to a document beside its text."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.document import Document, DocumentRelation
from provenance.storage.intake import FetchedPage, IngestionItem, IngestionRun, TextSketch
from provenance.storage.proposal import ArchivedCopy, Blob
from provenance.storage.record import now
from provenance.storage.writes.permitted import only_proposes
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import DocumentRelationKind, RelationState, TakenIn


def start_run(session: Session, origin: str, options: Mapping[str, Any], who: str) -> IngestionRun:
    """Begin a run."""
    run = IngestionRun(origin=origin, options=dict(options), who=who)
    session.add(run)
    session.flush()
    return run


def finish_run(session: Session, run: int) -> None:
    """Note that a run is through."""
    session.get_one(IngestionRun, run).finished_at = now()


def note_item(
    session: Session,
    run: int,
    key: str,
    outcome: TakenIn,
    *,
    document: str | None = None,
    reports: int = 0,
    reason: str | None = None,
) -> None:
    """Note what became of one thing of a run; called in the transaction that writes the thing itself."""
    session.add(IngestionItem(run_id=run, key=key, outcome=outcome, document=document, reports=reports, reason=reason))


def remember_fetch(
    session: Session, url: str, *, etag: str | None, last_modified: str | None, document: str | None
) -> None:
    """Keep what a server said of an address, for the next time that it is asked."""
    session.merge(FetchedPage(url=url, etag=etag, last_modified=last_modified, document=document, fetched_at=now()))


def keep_sketch(session: Session, document: int, bands: Iterable[tuple[int, int]]) -> None:
    """Store the sketch of a document's text."""
    rows = [{"band": band, "hash": value, "document_id": document} for band, value in bands]
    if rows:
        session.execute(sa.insert(TextSketch), rows)


def keep_copy(writer: Writer, document: Document, content: bytes, media_type: str, url: str | None) -> ArchivedCopy:
    """Keep the bytes of a document as they were retrieved; the same bytes are kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    if writer.session.get(Blob, sha256) is None:
        writer.session.add(Blob(sha256=sha256, size=len(content), body=zlib.compress(content)))
        writer.session.flush()
    return writer.add(ArchivedCopy(document_id=document.key, sha256=sha256, media_type=media_type, url=url))


def relate(
    writer: Writer,
    document: Document,
    kind: DocumentRelationKind,
    of: Document,
    state: RelationState = RelationState.SUSPECTED,
    note: str | None = None,
) -> DocumentRelation:
    """Say how one document's text depends on another's; by a contributor, it is suspected."""
    state = RelationState.SUSPECTED if only_proposes() else state
    return writer.add(
        DocumentRelation(document_id=document.key, kind=kind, of_document_id=of.key, state=state, note=note)
    )
