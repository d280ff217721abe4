"""What is held about claims that a sentence is compared with: their own fields, and what their reports say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.reads.asked import Included
from provenance.storage.reads.rows import (
    Found,
    attribution,
    claim,
    document,
    event,
    figure,
    held,
    report,
    rows,
    seen,
    source,
    tally,
)
from provenance.vocabulary import Qualifier, Stance

# A claim that hundreds of documents state is told by the first ones; the rest repeat them.
MOST_FIGURES = 20


@dataclass(frozen=True, slots=True)
class HeldFigure:
    """A figure of a report, as it was recorded."""

    text: str
    qualifier: Qualifier
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    measure: str | None
    counted: str | None
    place: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class HeldClaim:
    """A claim with what it is compared by; ``sources`` are the names in the declared chains of its reports."""

    key: int
    id: str
    text: str
    event: str
    event_title: str
    place: str | None
    began: datetime | None
    ended: datetime | None
    happened: tuple[datetime | None, datetime | None]
    tally: str | None
    measure: str | None
    counted: str | None
    tally_place: str | None
    figures: tuple[HeldFigure, ...]
    sources: frozenset[str]


def known_claims(session: Session, keys: Sequence[int], include: Included = Included.ACCEPTED) -> list[HeldClaim]:
    """Claims that everybody may see, by their keys and in that order, with what their reports say; three queries.

    One of which only proposals speak is there only where proposals count.
    """
    found = session.execute(_claims(include), {"keys": list(keys)}).mappings()
    fields = {row["key"]: dict(row) for row in found}
    figures = _figures(session, fields, include)
    sources = _sources(session, fields, include)
    return [_held(fields[key], figures.get(key, ()), sources.get(key, ())) for key in keys if key in fields]


# The statements are put together once for each `include`: that takes longer than to run them.
KEYS: sa.BindParameter[Any] = sa.bindparam("keys", expanding=True)


@cache
def _claims(include: Included) -> sa.Select[Any]:
    joined = claim.join(event, event.c.id == claim.c.event_id).outerjoin(
        tally, sa.and_(tally.c.id == claim.c.tally_id, held(tally))
    )
    return (
        sa.select(
            claim.c.id.label("key"),
            claim.c.public_id.label("id"),
            claim.c.text,
            event.c.public_id.label("event"),
            event.c.title.label("event_title"),
            event.c.place,
            event.c.began,
            event.c.ended,
            claim.c.happened_earliest,
            claim.c.happened_latest,
            tally.c.public_id.label("tally"),
            tally.c.measure,
            tally.c.counted,
            tally.c.place.label("tally_place"),
        )
        .select_from(joined)
        .where(claim.c.id.in_(KEYS), held(claim, event), claim.c.state.in_(include.states))
    )


def holds(session: Session, key: int) -> bool:
    """Whether a claim is there, whoever may see it."""
    there = sa.select(claim.c.id).where(claim.c.id == key, claim.c.recorded_to.is_(None))
    return session.execute(there).first() is not None


@dataclass(frozen=True, slots=True)
class Reported:
    """What one report says; ``chain`` are the names of its declared chain, from whom it relays first."""

    quote: str | None
    stance: Stance
    figures: tuple[HeldFigure, ...]
    chain: tuple[str, ...]


def reported(session: Session, report_id: str) -> Reported:
    """What a report says that whoever asks may see, whatever its state."""
    own = sa.select(report).where(report.c.public_id == report_id, seen(report))
    [row] = rows(session, own)
    figures = _figures(session, [row["claim_id"]], Included.PROPOSED, row["id"])
    hops = (
        sa.select(source.c.name)
        .select_from(attribution.join(source, source.c.id == attribution.c.upstream_id))
        .where(attribution.c.report_id == row["id"], seen(attribution, source))
        .order_by(attribution.c.id)
    )
    chain = tuple(dict.fromkeys(session.execute(hops).scalars()))
    return Reported(row["quote"], row["stance"], figures.get(row["claim_id"], ()), chain)


def _figures(
    session: Session, keys: Collection[int], include: Included, report_key: int | None = None
) -> dict[int, tuple[HeldFigure, ...]]:
    given: dict[str, Any] = {"keys": list(keys)} | ({} if report_key is None else {"report": report_key})
    found: dict[int, list[HeldFigure]] = defaultdict(list)
    for row in session.execute(_printed(include, report_key is not None), given).mappings():
        several = found[row["claim_id"]]
        if len(several) < MOST_FIGURES:
            several.append(HeldFigure(**{name: row[name] for name in HeldFigure.__dataclass_fields__}))
    return {key: tuple(several) for key, several in found.items()}


@cache
def _printed(include: Included, of_one: bool) -> sa.Select[Any]:
    joined = figure.join(report, report.c.id == figure.c.report_id).join(
        document, document.c.id == report.c.document_id
    )
    own = [figure.c[name] for name in HeldFigure.__dataclass_fields__ if name != "language"]
    counting = [report.c.state.in_(include.states), *([report.c.id == sa.bindparam("report")] if of_one else [])]
    return (
        sa.select(figure.c.claim_id, *own, document.c.language)
        .distinct()
        .select_from(joined)
        .where(figure.c.claim_id.in_(KEYS), *counting, held(figure, report, document))
        .order_by(figure.c.claim_id, figure.c.text)
    )


def _sources(session: Session, keys: Collection[int], include: Included) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for key, name in session.execute(_named(include), {"keys": list(keys)}):
        found[key].add(name)
    return found


@cache
def _named(include: Included) -> sa.Select[Any]:
    joined = attribution.join(report, report.c.id == attribution.c.report_id).join(
        source, sa.or_(source.c.id == attribution.c.upstream_id, source.c.id == attribution.c.downstream_id)
    )
    return (
        sa.select(attribution.c.claim_id, source.c.name)
        .select_from(joined)
        .where(
            attribution.c.claim_id.in_(KEYS),
            report.c.state.in_(include.states),
            held(attribution, report, source),
        )
        .distinct()
    )


def _held(row: Found, figures: Collection[HeldFigure], sources: Collection[str]) -> HeldClaim:
    own = {name: row[name] for name in HeldClaim.__dataclass_fields__ if name in row}
    happened = (row["happened_earliest"], row["happened_latest"])
    return HeldClaim(**own, happened=happened, figures=tuple(figures), sources=frozenset(sources))
