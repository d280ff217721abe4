"""What is held about claims that a sentence is compared with: their own fields, and what their reports say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

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

    A claim of an event that is only proposed is there only where proposals count.
    """
    fields = {row["key"]: row for row in rows(session, _claims(keys, include))}
    figures = _figures(session, fields, include)
    sources = _sources(session, fields, include)
    return [_held(fields[key], figures.get(key, ()), sources.get(key, ())) for key in keys if key in fields]


def _claims(keys: Sequence[int], include: Included) -> sa.Select[tuple[object, ...]]:
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
        .where(claim.c.id.in_(keys), held(claim, event), event.c.state.in_(include.states))
    )


@dataclass(frozen=True, slots=True)
class Reported:
    """What one report says; ``chain`` are the names of its declared chain, from whom it relays first."""

    quote: str | None
    stance: Stance
    figures: tuple[HeldFigure, ...]
    chain: tuple[str, ...]


def reported(session: Session, report_id: str) -> Reported:
    """What a report says that is there, whatever its state."""
    own = sa.select(report).where(report.c.public_id == report_id, held(report))
    [row] = rows(session, own)
    figures = _figures(session, [row["claim_id"]], Included.PROPOSED, report.c.id == row["id"])
    hops = (
        sa.select(source.c.name)
        .select_from(attribution.join(source, source.c.id == attribution.c.upstream_id))
        .where(attribution.c.report_id == row["id"], held(attribution, source))
        .order_by(attribution.c.id)
    )
    chain = tuple(dict.fromkeys(session.execute(hops).scalars()))
    return Reported(row["quote"], row["stance"], figures.get(row["claim_id"], ()), chain)


def _figures(
    session: Session, keys: Collection[int], include: Included, *only: sa.ColumnElement[bool]
) -> dict[int, tuple[HeldFigure, ...]]:
    joined = figure.join(report, report.c.id == figure.c.report_id).join(
        document, document.c.id == report.c.document_id
    )
    statement = (
        sa.select(
            figure.c.claim_id,
            *(figure.c[name] for name in HeldFigure.__dataclass_fields__ if name != "language"),
            document.c.language,
        )
        .select_from(joined)
        .where(figure.c.claim_id.in_(keys), *_counting(include), held(figure, report, document), *only)
        .order_by(figure.c.claim_id, figure.c.id)
    )
    found: dict[int, list[HeldFigure]] = defaultdict(list)
    for row in rows(session, statement):
        several = found[row["claim_id"]]
        one = HeldFigure(**{name: row[name] for name in HeldFigure.__dataclass_fields__})
        if one not in several and len(several) < MOST_FIGURES:
            several.append(one)
    return {key: tuple(several) for key, several in found.items()}


def _sources(session: Session, keys: Collection[int], include: Included) -> dict[int, set[str]]:
    joined = attribution.join(report, report.c.id == attribution.c.report_id).join(
        source, sa.or_(source.c.id == attribution.c.upstream_id, source.c.id == attribution.c.downstream_id)
    )
    statement = (
        sa.select(attribution.c.claim_id, source.c.name)
        .select_from(joined)
        .where(attribution.c.claim_id.in_(keys), *_counting(include), held(attribution, report, source))
        .distinct()
    )
    found: dict[int, set[str]] = defaultdict(set)
    for key, name in session.execute(statement):
        found[key].add(name)
    return found


def _counting(include: Included) -> list[sa.ColumnElement[bool]]:
    return [report.c.state.in_(include.states)]


def _held(row: Found, figures: Collection[HeldFigure], sources: Collection[str]) -> HeldClaim:
    own = {name: row[name] for name in HeldClaim.__dataclass_fields__ if name in row}
    happened = (row["happened_earliest"], row["happened_latest"])
    return HeldClaim(**own, happened=happened, figures=tuple(figures), sources=frozenset(sources))
