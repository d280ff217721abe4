"""Writes sources and their names; ties and interests, which belong to sources, are offered here too."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col

from provenance.errors import Conflict, InvalidInput
from provenance.storage.document import Document
from provenance.storage.source import Source, SourceChange, SourceCreate, SourceName, SourceNameCreate
from provenance.storage.writes.finding import known
from provenance.storage.writes.interests import change_interest, retire_interest, state_interest
from provenance.storage.writes.permitted import only_proposes
from provenance.storage.writes.proposals import concerning_nothing
from provenance.storage.writes.searching import index
from provenance.storage.writes.ties import change_tie, check_tie, retire_tie, state_tie
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import NameKind, ReportState, SourceKind

__all__ = [
    "add_name",
    "change_interest",
    "change_source",
    "change_tie",
    "check_tie",
    "create_source",
    "retire_interest",
    "retire_name",
    "retire_tie",
    "state_interest",
    "state_tie",
]


def create_source(writer: Writer, given: SourceCreate) -> Source:
    """Add a source with all its names; by a contributor, it is proposed."""
    source = Source(**given.model_dump(exclude={"names"}))
    if only_proposes():
        source.state = ReportState.PROPOSED
        with concerning_nothing(writer):
            _add_source(writer, source, given.names)
    else:
        _add_source(writer, source, given.names)
    index(writer.session, source)
    return source


def _add_source(writer: Writer, source: Source, names: Sequence[SourceNameCreate]) -> None:
    writer.add(source)
    writer.add(SourceName(name=source.name, kind=NameKind.PRIMARY, source_id=source.key))
    for position, name in enumerate(names):
        _add_name(writer, source, name, f"names.{position}.name")


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


def retire_name(writer: Writer, public_id: str) -> SourceName:
    """Withdraw a name that is not, or no longer, the source's; it stays in the history."""
    name = known(writer.session, SourceName, public_id)
    if name.kind is NameKind.PRIMARY:
        raise InvalidInput(
            f"name: '{name.name}' is the source's primary name; give the source another name first.", field="name"
        )
    writer.retire(name)
    index(writer.session, writer.session.get_one(Source, name.source_id))
    return name


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
