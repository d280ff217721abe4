"""Writes documents as they were retrieved."""

from __future__ import annotations

import hashlib
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from provenance.errors import InvalidInput
from provenance.storage.document import Document, DocumentChange, DocumentCreate
from provenance.storage.figure import Figure
from provenance.storage.report import Attribution, Report
from provenance.storage.source import Source
from provenance.storage.writes.chains import check_chain
from provenance.storage.writes.dating import dated, redated
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.reports import hold_to_text
from provenance.storage.writes.searching import index
from provenance.storage.writes.writer import Writer


def create_document(writer: Writer, given: DocumentCreate, public_id: str | None = None) -> Document:
    """Add a document; the same text twice is two documents if it was published twice. ``public_id``: one it brings."""
    publisher = _publisher(writer, given.publisher)
    values = _with_measures(dated("published", given.model_dump(exclude={"publisher"})))
    document = writer.add(Document(**values, publisher_id=publisher.key), public_id)
    index(writer.session, document)
    return document


def change_document(writer: Writer, public_id: str, change: DocumentChange) -> Document:
    """Change what is known about a document; a text that is held is never replaced.

    Every declared path ends at the publisher, so with another publisher the last hops of its reports end there too.
    """
    document = known(writer.session, Document, public_id)
    values = change.values()
    before = document.publisher_id
    if "publisher" in values:
        values["publisher_id"] = _publisher(writer, values.pop("publisher")).key
    if document.text is not None and values.get("text", document.text) != document.text:
        raise InvalidInput(
            "text: the text of a document is what was retrieved and stays; add the changed text as a new document.",
            field="text",
        )
    writer.change(document, _with_measures(redated("published", document, values)))
    if document.publisher_id != before:
        _lead_to_publisher(writer, document, before)
    if "text" in values:
        _forget_lengths(writer)
        hold_to_text(writer, document)
    index(writer.session, document)
    return document


def _publisher(writer: Writer, public_id: str) -> Source:
    publisher = referred(writer.session, Source, public_id, "publisher")
    if publisher.kind.placeholder:
        raise InvalidInput(
            f"publisher: '{publisher.name}' identifies nobody; name the outlet, person or channel that published it.",
            field="publisher",
        )
    return publisher


def _lead_to_publisher(writer: Writer, document: Document, before: int) -> None:
    reports = sa.select(Report).where(col(Report.document_id) == document.key, col(Report.recorded_to).is_(None))
    for report in writer.session.execute(reports).scalars().all():
        held = sa.select(Attribution).where(
            col(Attribution.report_id) == report.key, col(Attribution.recorded_to).is_(None)
        )
        hops = writer.session.execute(held).scalars().all()
        ends = [document.publisher_id if hop.downstream_id == before else hop.downstream_id for hop in hops]
        check_chain(writer.session, document, report, hops, ends, field="publisher")
        for hop, end in zip(hops, ends, strict=True):
            writer.change(hop, {"downstream_id": end})


def _forget_lengths(writer: Writer) -> None:
    # The database hands a new text's length on to reports, hops and figures by itself; rows in memory do not hear it.
    for row in list(writer.session):
        if isinstance(row, Report | Attribution | Figure):
            writer.session.expire(row, ["text_length"])


def _with_measures(values: dict[str, Any]) -> dict[str, Any]:
    return values | measured(values["text"]) if "text" in values else values


def measured(text: str | None) -> dict[str, Any]:
    """A text's length in code points and its hash."""
    if text is None:
        return {"text": None, "text_length": 0, "content_hash": None}
    return {"text": text, "text_length": len(text), "content_hash": hashlib.sha256(text.encode()).hexdigest()}
