"""Sources in lists and in full, with their names, their ties in both directions, and what they have at stake."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers import Page, SourceItem
from provenance.answers_detail import InterestDetail, NameDetail, SourceDetail, TieDetail
from provenance.storage.reads.asked import SourcesAsked
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import (
    Condition,
    asked_for,
    document,
    event,
    interest,
    rows,
    seen,
    source,
    source_name,
    the_one,
    tie,
)
from provenance.storage.reads.search import Indexed
from provenance.storage.reads.searching_then import matching
from provenance.vocabulary import NameKind


@dataclass(frozen=True, slots=True)
class KnownAs:
    """Where a source belongs, as ISO 3166 codes or INT, and its other names in order."""

    country: str | None
    aliases: tuple[str, ...]


def sources(session: Session, asked: SourcesAsked) -> Page[SourceItem]:
    """A page of sources, in one query."""
    found, following = turn(session, _items().where(*_conditions(session, asked)), asked, ORDERS)
    items = [SourceItem(id=row["id"], name=row["name"], kind=row["kind"]) for row in found]
    return Page[SourceItem](items=items, next=following)


def source_items(session: Session, keys: Sequence[int]) -> list[SourceItem]:
    """Sources by their keys, in that order; those that not everybody may see are left out."""
    statement = _items().add_columns(source.c.id.label("key")).where(source.c.id.in_(keys))
    found = {row.pop("key"): SourceItem(**row) for row in map(dict, rows(session, statement))}
    return [found[key] for key in keys if key in found]


def sources_called(session: Session, public_ids: Collection[str]) -> dict[str, SourceItem]:
    """Sources by their public ids; those that are not held, or that not everybody may see, are left out."""
    found = rows(session, _items().where(source.c.public_id.in_(public_ids)))
    return {row["id"]: SourceItem(**row) for row in found}


def known_as(session: Session, public_ids: Collection[str]) -> dict[str, KnownAs]:
    """What sources are known by, by their public ids; those that are not held are left out, and misspellings too."""
    alias = sa.and_(source_name.c.source_id == source.c.id, source_name.c.kind == NameKind.ALIAS, seen(source_name))
    statement = (
        sa.select(source.c.public_id, source.c.country, source_name.c.name)
        .select_from(source.outerjoin(source_name, alias))
        .where(source.c.public_id.in_(public_ids), seen(source))
        .order_by(source.c.id, source_name.c.name)
    )
    found: dict[str, KnownAs] = {}
    for row in rows(session, statement):
        earlier = found.get(row["public_id"], KnownAs(row["country"], ()))
        more = () if row["name"] is None else (row["name"],)
        found[row["public_id"]] = KnownAs(earlier.country, (*earlier.aliases, *more))
    return found


def source_detail(session: Session, public_id: str) -> SourceDetail:
    """One source; raises :class:`NotFound`."""
    row = asked_for(session, source, public_id)
    return SourceDetail(
        id=row["public_id"],
        **{name: row[name] for name in ("name", "kind", "country", "note", "recorded_from")},
        names=_names(session, source_name.c.source_id == row["id"]),
        ties=_ties(session, sa.or_(tie.c.source_id == row["id"], tie.c.other_id == row["id"])),
        interests=interests(session, interest.c.source_id == row["id"]),
    )


def name_detail(session: Session, public_id: str) -> NameDetail:
    """One name; raises :class:`NotFound`."""
    key = asked_for(session, source_name, public_id)["id"]
    return the_one(_names(session, source_name.c.id == key), source_name, public_id)


def tie_detail(session: Session, public_id: str) -> TieDetail:
    """One tie; raises :class:`NotFound`."""
    return the_one(_ties(session, tie.c.id == asked_for(session, tie, public_id)["id"]), tie, public_id)


def interest_detail(session: Session, public_id: str) -> InterestDetail:
    """What one source has at stake in one event; raises :class:`NotFound`."""
    key = asked_for(session, interest, public_id)["id"]
    return the_one(interests(session, interest.c.id == key), interest, public_id)


def interests(session: Session, of: Condition) -> list[InterestDetail]:
    """Who has what at stake in which event."""
    statement = (
        sa.select(
            interest.c.public_id.label("id"),
            event.c.public_id.label("event"),
            event.c.title.label("event_title"),
            source.c.name.label("source"),
            source.c.public_id.label("source_id"),
            interest.c.interest,
            interest.c.basis,
            interest.c.reference,
        )
        .select_from(interest)
        .join(event, event.c.id == interest.c.event_id)
        .join(source, source.c.id == interest.c.source_id)
        .where(of, seen(interest, event, source))
        .order_by(interest.c.id)
    )
    return [InterestDetail(**row) for row in rows(session, statement)]


ORDERS: dict[str, Keys] = {"recorded": (source.c.id,), "name": (source.c.name, source.c.id)}


def _conditions(session: Session, asked: SourcesAsked) -> list[Condition]:
    conditions: list[Condition] = [source.c.state.in_(asked.include.states)]
    if asked.q:
        conditions.append(source.c.id.in_(matching(session, asked.q, Indexed.SOURCE)))
    if asked.kind is not None:
        conditions.append(source.c.kind == asked.kind)
    if asked.country is not None:
        conditions.append(_of_country(asked.country))
    return conditions


def _of_country(code: str) -> Condition:
    # A source of several countries holds their codes side by side: each of them finds it.
    codes = sa.literal("/") + sa.func.replace(sa.func.upper(source.c.country), ",", "/") + sa.literal("/")
    return sa.func.replace(codes, " ", "").contains(f"/{code.upper()}/", autoescape=True)


def _items() -> sa.Select[Any]:
    return sa.select(source.c.public_id.label("id"), source.c.name, source.c.kind).where(seen(source))


def _names(session: Session, of: Condition) -> list[NameDetail]:
    statement = (
        sa.select(source_name.c.public_id.label("id"), source_name.c.name, source_name.c.kind, source_name.c.language)
        .where(of, seen(source_name))
        .order_by(source_name.c.kind != NameKind.PRIMARY, source_name.c.id)
    )
    return [NameDetail(**row) for row in rows(session, statement)]


def _ties(session: Session, of: Condition) -> list[TieDetail]:
    other = source.alias("other")
    plain = ("kind", "basis", "reference", "valid_from", "valid_to", "signed_by", "signed_at", "note")
    statement = (
        sa.select(
            tie.c.public_id.label("id"),
            source.c.name.label("source"),
            source.c.public_id.label("source_id"),
            other.c.name.label("other"),
            other.c.public_id.label("other_id"),
            document.c.public_id.label("document"),
            *(tie.c[name] for name in plain),
        )
        .select_from(tie)
        .join(source, source.c.id == tie.c.source_id)
        .join(other, other.c.id == tie.c.other_id)
        .outerjoin(document, sa.and_(document.c.id == tie.c.document_id, seen(document)))
        .where(of, seen(tie, source, other))
        .order_by(tie.c.id)
    )
    return [
        TieDetail(**row, undated=row["valid_from"] is None and row["valid_to"] is None)
        for row in rows(session, statement)
    ]
