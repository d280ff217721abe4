"""Takes in what somebody has of a page behind a paywall: its address, its words, and a picture of it, in one go."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.answers_copies import IntakeAnswer
from provenance.errors import InvalidInput
from provenance.ingestion.fetching import Fetcher
from provenance.ingestion.taking_one import IngestAsked, take
from provenance.storage.document import Document, DocumentChange
from provenance.storage.reads.copies import copies_of
from provenance.storage.session import reading
from provenance.storage.writes.documents import change_document
from provenance.storage.writes.finding import known
from provenance.storage.writes.intake import keep_copy
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import TakenIn

MOST_BYTES = 10_000_000
# What a picture of a page may be, by its first bytes: whatever it is called, nothing else is kept.
PICTURES: Mapping[bytes, str] = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"%PDF-": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class FormGiven:
    """What a form holds; ``beside`` is what else it says of the document, ``screenshot`` a picture of the page."""

    asked: IngestAsked
    beside: DocumentChange
    screenshot: bytes | None = field(default=None, repr=False)


def take_form(
    engine: Engine, given: FormGiven, who: str, why: str | None = None, fetcher: Fetcher | None = None
) -> IntakeAnswer:
    """Take in an article with a picture of its page, and say what became of it.

    Its words are read where they are given; else the page is fetched from its address. Sent again, nothing is doubled.

    :raises InvalidInput: where there is nothing to read, or the picture is none.
    """
    picture = None if given.screenshot is None else picture_of(given.screenshot)

    def complete(writer: Writer, document: str, _: TakenIn) -> None:
        _complete(writer, known(writer.session, Document, document), given.beside, picture)

    more = picture is not None or bool(given.beside.model_fields_set)
    answer = take(engine, given.asked, who, why, fetcher, complete if more else None)
    if given.asked.dry_run:
        return IntakeAnswer(**dict(answer), copies=[])
    with reading(engine) as session:
        return IntakeAnswer(**dict(answer), copies=copies_of(session, answer.document.id))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page, as it was sent."""

    content: bytes = field(repr=False)
    media_type: str


def keep_picture(engine: Engine, document: str, picture: Picture, who: str, why: str | None = None) -> None:
    """Keep a picture of its page with a document that is held, unless it is kept already.

    :raises NotFound: if there is no such document.
    """
    with recording(engine, who, why) as writer:
        _keep(writer, known(writer.session, Document, document), picture)


def _complete(writer: Writer, document: Document, beside: DocumentChange, picture: Picture | None) -> None:
    """Keep a picture with a document, and say of it what it does not say itself."""
    if picture is not None:
        _keep(writer, document, picture)
    values = beside.values()
    unsaid = {name: values[name] for name in values if getattr(document, name) is None}
    if unsaid:
        change_document(writer, document.public_id, DocumentChange(**unsaid))


def _keep(writer: Writer, document: Document, picture: Picture) -> None:
    held = [copy.sha256 for copy in copies_of(writer.session, document.public_id)]
    if hashlib.sha256(picture.content).hexdigest() not in held:
        keep_copy(writer, document, picture.content, picture.media_type, None)


def picture_of(content: bytes) -> Picture:
    """A picture with its media type, by its first bytes.

    :raises InvalidInput: if it is none, or too large.

    >>> picture_of(b"%PDF-1.7 ...").media_type
    'application/pdf'
    """
    if len(content) > MOST_BYTES:
        raise InvalidInput(
            f"screenshot: it is larger than {MOST_BYTES:,} bytes. Send a smaller picture.", field="screenshot"
        )
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Picture(content, "image/webp")
    found = next((kind for magic, kind in PICTURES.items() if content.startswith(magic)), None)
    if found is None:
        raise InvalidInput(
            "screenshot: it is no picture that is kept. Send it as PNG, JPEG, WebP or PDF.", field="screenshot"
        )
    return Picture(content, found)
