"""Decides whether a document is held already, and adds it where not: one text at one place is one document.

The same text at the address of another site was published twice and is two documents, one of which may be a copy.
Another text at the same address is a later version, which supersedes the earlier one; both are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import ValidationError

from provenance.errors import InvalidInput
from provenance.ingestion.loading import LoadedDocument
from provenance.ingestion.sniff import Media
from provenance.storage.document import Document, DocumentCreate
from provenance.storage.reads.intake import documents_with_text, replaced, versions_at
from provenance.storage.source import Source
from provenance.storage.writes.documents import create_document
from provenance.storage.writes.intake import keep_copy, relate
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import DocumentRelationKind, RelationState, TakenIn
from provenance.web_addresses import addresses

LONGEST_COPY = 2_000_000  # bytes; what is longer is mostly pictures
# Of these the text that is held says all that the bytes do.
PLAIN = frozenset({Media.PLAIN, Media.JSON_LINES})


@dataclass(frozen=True, slots=True)
class Put:
    """The document that is held now, what became of what was given, and the version that it supersedes."""

    document: Document
    outcome: TakenIn
    supersedes: Document | None = None


def content_hash(text: str) -> str:
    """What a text is known by.

    >>> content_hash("Khabar 24")[:8]
    'fa4b1bc2'
    """
    return hashlib.sha256(text.encode()).hexdigest()


def held_already(writer: Writer, loaded: LoadedDocument) -> Document | None:
    """The document that has this very text and was not published elsewhere; None if there is none."""
    same = documents_with_text(writer.session, content_hash(loaded.text))
    return next((document for document in same if _at_one_place(document, loaded)), None)


def put_document(writer: Writer, loaded: LoadedDocument, language: str | None, publisher: Callable[[], Source]) -> Put:
    """Add a document with its archived copy, unless it is held.

    :raises InvalidInput: where what the page says of itself cannot be held; the message names the field.
    """
    held = held_already(writer, loaded)
    if held is not None:
        return Put(held, TakenIn.KNOWN)
    earlier = _version_before(writer, loaded)
    document = create_document(writer, _document(loaded, language, publisher()))
    if loaded.raw and loaded.media_type not in PLAIN and len(loaded.raw) <= LONGEST_COPY:
        keep_copy(writer, document, loaded.raw, str(loaded.media_type), loaded.archive_url or loaded.url)
    if earlier is None:
        return Put(document, TakenIn.ADDED)
    newer, older = (earlier, document) if _retrieved_before(loaded, earlier) else (document, earlier)
    note = "Another text was found at the same address."
    relate(writer, newer, DocumentRelationKind.SUPERSEDES, older, RelationState.CONFIRMED, note)
    return Put(document, TakenIn.CHANGED, earlier)


def _at_one_place(document: Document, loaded: LoadedDocument) -> bool:
    hosts = {host for host in map(host_of, (document.url, document.canonical_url)) if host}
    here = {host for host in map(host_of, (loaded.url, loaded.canonical_url)) if host}
    return not hosts or not here or not hosts.isdisjoint(here)


def host_of(address: str | None) -> str | None:
    """The host of an address, without what only says which machine answers."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.").removeprefix("m.").removeprefix("amp.") if host else None


def _version_before(writer: Writer, loaded: LoadedDocument) -> Document | None:
    found = versions_at(writer.session, addresses(loaded.url, loaded.canonical_url))
    gone = replaced(writer.session, {document.key for document in found})
    return next((document for document in found if document.key not in gone), None)


def _retrieved_before(loaded: LoadedDocument, document: Document) -> bool:
    return (
        loaded.retrieved_at is not None
        and document.retrieved_at is not None
        and loaded.retrieved_at < document.retrieved_at
    )


def _document(loaded: LoadedDocument, language: str | None, publisher: Source) -> DocumentCreate:
    published = loaded.published
    try:
        return DocumentCreate(
            publisher=publisher.public_id,
            text=loaded.text or None,
            url=loaded.url,
            title=loaded.title or None,
            author=loaded.author or None,
            canonical_url=loaded.canonical_url,
            language=language,
            archive_url=loaded.archive_url,
            retrieved_at=loaded.retrieved_at,
            published_printed=published.printed,
            published_earliest=published.earliest,
            published_latest=published.latest,
            published_precision=published.precision,
            published_basis=published.basis,
            note=" ".join(loaded.notes) or None,
        )
    except ValidationError as unfit:
        first = unfit.errors()[0]
        field = ".".join(map(str, first["loc"])) or "document"
        raise InvalidInput(f"{loaded.key}: {field}: {first['msg']}.", field=field) from unfit
