"""All sources with all their names and ties, for whoever compares lists of names of their own with ours."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.reads.rows import grouped, held, rows, source, source_name, tie
from provenance.vocabulary import NameKind, ReportState, SourceKind, TieKind


@dataclass(frozen=True, slots=True)
class Called:
    """One name of a source, and how it belongs to it."""

    name: str
    kind: NameKind


@dataclass(frozen=True, slots=True)
class Tied:
    """What a source is to another one, of which the public id and the name follow."""

    kind: TieKind
    other: str
    other_name: str


@dataclass(frozen=True, slots=True)
class Registered:
    """A source that a person stands behind, by its public id, with what tells it from others."""

    id: str
    name: str
    kind: SourceKind
    country: str | None
    note: str | None
    names: tuple[Called, ...]
    ties: tuple[Tied, ...]


def registered(session: Session) -> list[Registered]:
    """All sources that everybody may see and that are accepted, in the order they were recorded; three queries."""
    plain = ("name", "kind", "country", "note")
    statement = (
        sa.select(source.c.id.label("key"), source.c.public_id.label("id"), *(source.c[name] for name in plain))
        .where(held(source), source.c.state == ReportState.ACCEPTED)
        .order_by(source.c.id)
    )
    names, ties = _names(session), _ties(session)
    return [
        Registered(
            **{name: row[name] for name in ("id", *plain)},
            names=tuple(names.get(row["key"], ())),
            ties=tuple(ties.get(row["key"], ())),
        )
        for row in rows(session, statement)
    ]


def _names(session: Session) -> dict[int, list[Called]]:
    columns = (source_name.c[name] for name in ("source_id", "name", "kind"))
    statement = sa.select(*columns).where(held(source_name))
    statement = statement.order_by(source_name.c.kind != NameKind.PRIMARY, source_name.c.id)
    return grouped((row["source_id"], Called(row["name"], row["kind"])) for row in rows(session, statement))


def _ties(session: Session) -> dict[int, list[Tied]]:
    other = source.alias("other")
    statement = (
        sa.select(tie.c.source_id, tie.c.kind, other.c.public_id, other.c.name)
        .select_from(tie.join(other, other.c.id == tie.c.other_id))
        .where(held(tie, other), other.c.state == ReportState.ACCEPTED, tie.c.kind != TieKind.EXAMINED_NO_TIE)
        .order_by(tie.c.id)
    )
    return grouped(
        (row["source_id"], Tied(row["kind"], row["public_id"], row["name"])) for row in rows(session, statement)
    )
