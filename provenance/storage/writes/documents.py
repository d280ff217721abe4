"""Writes documents as they were retrieved."""

from __future__ import annotations

import hashlib
from typing import Any

from provenance.errors import InvalidInput
from provenance.storage.dates import read_date
from provenance.storage.document import Document, DocumentChange, DocumentCreate
from provenance.storage.source import Source
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.searching import index
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import DatePrecision


def create_document(writer: Writer, given: DocumentCreate) -> Document:
    """Add a document; the same text twice is two documents if it was published twice."""
    publisher = referred(writer.session, Source, given.publisher, "publisher")
    values = complete(given.model_dump(exclude={"publisher"}))
    document = writer.add(Document(**values, publisher_id=publisher.key))
    index(writer.session, document)
    return document


def change_document(writer: Writer, public_id: str, change: DocumentChange) -> Document:
    """Change what is known about a document; a text that is held is never replaced."""
    document = known(writer.session, Document, public_id)
    values = change.values()
    if "publisher" in values:
        values["publisher_id"] = referred(writer.session, Source, values.pop("publisher"), "publisher").key
    if document.text is not None and values.get("text", document.text) != document.text:
        raise InvalidInput(
            "text: the text of a document is what was retrieved and stays; add the changed text as a new document.",
            field="text",
        )
    dated = {name for name in values if name.startswith("published")}
    held = {name: getattr(document, name) for name in DATES} if dated and "published" not in values else {}
    changed = complete({**held, **values}) if dated or "text" in values else values
    writer.change(document, changed)
    index(writer.session, document)
    return document


DATES = ("published_printed", "published_earliest", "published_latest", "published_precision", "published_basis")


def complete(values: dict[str, Any]) -> dict[str, Any]:
    """Fill in what follows from the rest: the date's interval, the text's length and hash."""
    if published := values.pop("published", None):
        date = read_date(published, "published")
        values |= {
            "published_earliest": date.earliest,
            "published_latest": date.latest,
            "published_precision": date.precision,
            "published_printed": values.get("published_printed") or published,
        }
    if "text" in values:
        values |= measured(values["text"])
    check_dates(values)
    return values


def measured(text: str | None) -> dict[str, Any]:
    """A text's length in code points and its hash."""
    if text is None:
        return {"text": None, "text_length": 0, "content_hash": None}
    return {"text": text, "text_length": len(text), "content_hash": hashlib.sha256(text.encode()).hexdigest()}


def check_dates(values: dict[str, Any]) -> None:
    """What must be true of a publication date, with the field and the remedy where it is not."""
    earliest, latest = values.get("published_earliest"), values.get("published_latest")
    if (earliest is None) != (latest is None):
        raise InvalidInput(
            "published_latest: give both ends of the interval, or `published`.", field="published_latest"
        )
    if earliest is not None and latest is not None and earliest > latest:
        raise InvalidInput(
            "published_latest: it lies before published_earliest; swap the two.", field="published_latest"
        )
    precision = values.get("published_precision", DatePrecision.UNKNOWN)
    if earliest is None and precision is not DatePrecision.UNKNOWN:
        raise InvalidInput(
            "published_precision: a precision needs a date; give `published`.", field="published_precision"
        )
