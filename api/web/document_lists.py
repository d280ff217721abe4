"""The list of documents: published pages as they were retrieved, by words, publisher, language and date."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session

from api.dependencies import Reads
from api.web.choosing import PageAsked, sources_meant
from api.web.links import asked as parameters
from api.web.rendering import page
from api.web.tongues import LANGUAGES
from provenance.answers import SourceItem
from provenance.storage.reads.asked import DocumentsAsked, EventsAsked
from provenance.storage.reads.documents import documents
from provenance.storage.reads.events import events
from provenance.storage.reads.sources import source_detail

router = APIRouter()


class DocumentsPage(PageAsked):
    """What the list of documents takes; a publisher by name or id."""

    q: str | None = None
    publisher: str | None = None
    language: str | None = None
    event: str | None = None
    claim: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    as_of: str | None = None
    known_at: str | None = None
    cursor: str | None = None


@router.get("/documents")
def list_documents(request: Request, asked: Annotated[DocumentsPage, Query()], session: Reads) -> Response:
    """Documents, the newest first; a name that several publishers share is asked back."""
    publishers = _publishers(session, asked.publisher)
    publisher = publishers[0] if len(publishers) == 1 else None
    given = asked.model_dump(exclude={"cursor", "publisher"})
    given["publisher"] = publisher.id if publisher else None
    settled = asked.publisher is None or publisher is not None
    question = DocumentsAsked(**given, sort="-published", limit=40, cursor=asked.cursor) if settled else None
    return page(
        request,
        "documents.html",
        title="Documents",
        description="Published pages as they were retrieved, with where and when.",
        json=f"/v1/documents{parameters(**given, sort='-published')}",
        asked=asked,
        publisher=publisher,
        publishers=[] if settled else publishers,
        found=documents(session, question) if question else None,
        address=f"/documents{parameters(**given)}",
        others={each.id: f"/documents{parameters(**{**given, 'publisher': each.id})}" for each in publishers},
        languages=sorted(LANGUAGES.items(), key=lambda named: named[1]),
        events=events(session, EventsAsked(limit=100)).items,
        filtered=any(given.values()),
    )


def _publishers(session: Session, named: str | None) -> list[SourceItem]:
    if named is None:
        return []
    if named.startswith("src_"):
        known = source_detail(session, named)
        return [SourceItem(id=known.id, name=known.name, kind=known.kind)]
    return sources_meant(session, named)
