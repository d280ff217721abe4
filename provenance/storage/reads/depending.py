"""Who depends on whom: what refers to records that are to go, and what is gone of what would be referred to again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.references import REFERRERS, TABLES

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Referrer:
    """A record that refers to another one, and in which column."""

    noun: str
    public_id: str
    column: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A record that holds no longer, and since when."""

    public_id: str
    at: datetime


def referrers(session: Session, going: Mapping[str, Collection[str]]) -> dict[tuple[str, str], list[Referrer]]:
    """Who refers now to these records, which are given by table and public id."""
    found: dict[tuple[str, str], list[Referrer]] = defaultdict(list)
    for noun, public_ids in going.items():
        for some in portions(public_ids) if REFERRERS[noun] else ():
            for row in session.execute(_referring(noun), {"some": some}):
                found[noun, row.target].append(Referrer(row.noun, row.public_id, row.column))
    return found


@cache
def _referring(noun: str) -> sa.CompoundSelect[Any]:
    """The question who refers now to ``some`` records of a table. It is put together once: it names whole tables."""
    target = TABLES[noun]
    every = (
        sa.select(
            target.c.public_id.label("target"),
            _word(name).label("noun"),
            _word(column).label("column"),
            other.c.public_id.label("public_id"),
        )
        .join(other, other.c[column] == target.c.id)
        .where(
            target.c.public_id.in_(sa.bindparam("some", expanding=True)),
            target.c.recorded_to.is_(None),
            other.c.recorded_to.is_(None),
        )
        for name, column, other in ((name, column, TABLES[name].alias("other")) for name, column in REFERRERS[noun])
    )
    return sa.union_all(*every)


def _word(name: str) -> sa.ColumnElement[str]:
    # A name of ours, which stands in the question itself.
    return sa.literal_column(f"'{name}'", sa.String())


def no_longer(session: Session, wanted: Mapping[str, Collection[int]]) -> dict[tuple[str, int], Gone]:
    """Which of these rows, which are given by table and key, hold no longer."""
    found: dict[tuple[str, int], Gone] = {}
    for noun, keys in wanted.items():
        table = TABLES[noun]
        for some in portions(keys):
            statement = sa.select(table.c.id, table.c.public_id, table.c.recorded_to).where(
                table.c.id.in_(some), table.c.recorded_to.is_not(None)
            )
            found |= {(noun, row.id): Gone(row.public_id, row.recorded_to) for row in session.execute(statement)}
    return found


def with_places(session: Session, losing: Collection[str]) -> set[str]:
    """Those of these documents of which some state of a report says where words stand in their text.

    The database holds earlier states to the text too.
    """
    document, report = TABLES["document"], TABLES["report"]
    found: set[str] = set()
    for some in portions(losing):
        of_document = sa.and_(document.c.public_id.in_(some), document.c.recorded_to.is_(None))
        for name, column in (("report", "quote_start"), ("attribution", "cue_start"), ("figure", "text_start")):
            part = TABLES[name].alias("part")
            lasting = sa.func.coalesce(part.c.version_of, part.c.id) if name == "report" else part.c.report_id
            statement = (
                sa.select(document.c.public_id)
                .join(report, report.c.document_id == document.c.id)
                .join(part, lasting == report.c.id)
                .where(of_document, part.c[column].is_not(None))
            )
            found.update(session.scalars(statement))
    return found


def portions(items: Collection[Any]) -> Iterator[list[Any]]:
    """Items in order, as many at once as a question may name."""
    ordered = sorted(items)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
