"""Writes sources, their names and ties."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from provenance.errors import Conflict, InvalidInput
from provenance.storage.document import Document
from provenance.storage.event import Event, InterestCreate, SourceInterest
from provenance.storage.source import Source, SourceChange, SourceCreate, SourceName, SourceNameCreate, Tie, TieCreate
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.searching import index
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Basis, NameKind, SourceKind, TieKind


def create_source(writer: Writer, given: SourceCreate) -> Source:
    """Add a source with all its names."""
    source = writer.add(Source(**given.model_dump(exclude={"names"})))
    writer.add(SourceName(name=given.name, kind=NameKind.PRIMARY, source_id=source.key))
    for position, name in enumerate(given.names):
        _add_name(writer, source, name, f"names.{position}.name")
    index(writer.session, source)
    return source


def change_source(writer: Writer, public_id: str, change: SourceChange) -> Source:
    """Change a source; a new name becomes its primary one, and the old one stays as an alias."""
    source = known(writer.session, Source, public_id)
    values = change.values()
    _check_still_publishes(writer, source, values.get("kind", source.kind))
    renamed = values.get("name", source.name) != source.name
    writer.change(source, values)
    if renamed:
        _rename(writer, source)
    index(writer.session, source)
    return source


def add_name(writer: Writer, public_id: str, given: SourceNameCreate) -> SourceName:
    """Add a name, in any script."""
    source = known(writer.session, Source, public_id)
    name = _add_name(writer, source, given, "name")
    index(writer.session, source)
    return name


def state_tie(writer: Writer, public_id: str, given: TieCreate) -> Tie:
    """State how a source is tied to another, or sign that nothing was found."""
    source = known(writer.session, Source, public_id)
    other = referred(writer.session, Source, given.other, "other")
    document = referred(writer.session, Document, given.document, "document") if given.document is not None else None
    if source.id == other.id:
        raise InvalidInput("other: a source cannot be tied to itself; name another one.", field="other")
    check_tie(given.model_dump(), documented=document is not None)
    if _same_tie(writer, source, other, given):
        raise Conflict(f"other: that tie is stated already: {source.name} {given.kind} {other.name}.", field="other")
    values = given.model_dump(exclude={"other", "document"})
    return writer.add(
        Tie(**values, source_id=source.key, other_id=other.key, document_id=document.key if document else None)
    )


def state_interest(writer: Writer, public_id: str, given: InterestCreate) -> SourceInterest:
    """Say what a source has at stake in an event."""
    source = known(writer.session, Source, public_id)
    event = referred(writer.session, Event, given.event, "event")
    if given.basis is Basis.CITED and given.reference is None:
        raise InvalidInput(
            "reference: a cited interest needs its reference; or mark it commonly_known.", field="reference"
        )
    if _same_interest(writer, source, event):
        raise Conflict(
            f"event: it is stated already what {source.name} has at stake in that event; retire that first.",
            field="event",
        )
    return writer.add(SourceInterest(**given.model_dump(exclude={"event"}), source_id=source.key, event_id=event.key))


def check_tie(tie: dict[str, Any], *, documented: bool) -> None:
    """What must be true of a tie, with the field and the remedy where it is not."""
    if tie["basis"] == Basis.CITED and tie.get("reference") is None and not documented:
        raise InvalidInput(
            "reference: a cited tie needs a reference or a document; or mark it commonly_known.", field="reference"
        )
    if tie["kind"] == TieKind.EXAMINED_NO_TIE and not (tie.get("signed_by") and tie.get("signed_at")):
        raise InvalidInput(
            "signed_by: that no tie was found must be signed, with signed_by and signed_at.", field="signed_by"
        )
    start, end = tie.get("valid_from"), tie.get("valid_to")
    if start is not None and end is not None and start > end:
        raise InvalidInput("valid_to: it ends before it begins; swap the two dates.", field="valid_to")


def _add_name(writer: Writer, source: Source, given: SourceNameCreate, field: str) -> SourceName:
    if given.kind is NameKind.PRIMARY:
        raise InvalidInput(f"{field}: the primary name is the source's own; change the source's name.", field=field)
    if any(row.name == given.name for row in _names(writer, source)):
        raise Conflict(f"{field}: {source.name} has the name '{given.name}' already.", field=field)
    return writer.add(SourceName(**given.model_dump(), source_id=source.key))


def _rename(writer: Writer, source: Source) -> None:
    names = _names(writer, source)
    for row in names:
        if row.kind is NameKind.PRIMARY:
            writer.change(row, {"kind": NameKind.ALIAS})
    same = next((row for row in names if row.name == source.name), None)
    if same is not None:
        writer.change(same, {"kind": NameKind.PRIMARY})
    else:
        writer.add(SourceName(name=source.name, kind=NameKind.PRIMARY, source_id=source.key))


def _names(writer: Writer, source: Source) -> list[SourceName]:
    statement = sa.select(SourceName).where(
        col(SourceName.source_id) == source.id, col(SourceName.recorded_to).is_(None)
    )
    return list(writer.session.execute(statement).scalars())


def _same_tie(writer: Writer, source: Source, other: Source, given: TieCreate) -> bool:
    statement = sa.select(col(Tie.id)).where(
        col(Tie.source_id) == source.id,
        col(Tie.other_id) == other.id,
        col(Tie.kind) == given.kind,
        col(Tie.valid_from).is_not_distinct_from(given.valid_from),
        col(Tie.recorded_to).is_(None),
    )
    return writer.session.execute(statement).first() is not None


def _same_interest(writer: Writer, source: Source, event: Event) -> bool:
    statement = sa.select(col(SourceInterest.id)).where(
        col(SourceInterest.source_id) == source.id,
        col(SourceInterest.event_id) == event.id,
        col(SourceInterest.recorded_to).is_(None),
    )
    return writer.session.execute(statement).first() is not None


def _check_still_publishes(writer: Writer, source: Source, kind: SourceKind) -> None:
    if not kind.placeholder:
        return
    published = sa.select(col(Document.id)).where(
        col(Document.publisher_id) == source.id, col(Document.recorded_to).is_(None)
    )
    if writer.session.execute(published.limit(1)).first() is not None:
        raise InvalidInput(
            f"kind: {source.name} publishes documents, and '{kind}' identifies nobody; give those another publisher "
            "first.",
            field="kind",
        )
