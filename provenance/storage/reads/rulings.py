"""Editors' decisions, in lists and in full."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers import Page
from provenance.answers_rulings import RulingDetail, RulingItem
from provenance.storage.reads.asked import RulingsAsked
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import (
    Condition,
    asked_for,
    attribution,
    claim,
    event,
    referred,
    report,
    rows,
    ruling,
    seen,
    source,
    tally,
)
from provenance.vocabulary import ReportState


def rulings(session: Session, asked: RulingsAsked) -> Page[RulingItem]:
    """A page of decisions: one query, and one for each id that a filter names."""
    conditions: list[Condition] = []
    if asked.tally is not None:
        conditions.append(ruling.c.tally_id == referred(session, tally, asked.tally, "tally")["id"])
    if asked.claim is not None:
        conditions.append(_touches(referred(session, claim, asked.claim, "claim")["id"]))
    if asked.source is not None:
        conditions.append(_concerns(referred(session, source, asked.source, "source")["id"]))
    if asked.kind is not None:
        conditions.append(ruling.c.kind == asked.kind)
    found, following = turn(session, _items().where(*conditions), asked, ORDERS)
    items = [RulingItem(**{name: row[name] for name in RulingItem.model_fields}) for row in found]
    return Page[RulingItem](items=items, next=following)


def rulings_of_event(session: Session, event_id: str) -> list[RulingItem]:
    """The decisions on an event's tallies and claims, and on what accepted reports say of them; two queries."""
    key = referred(session, event, event_id, "event")["id"]
    accepted = (
        sa.select(report.c.id)
        .join(claim, claim.c.id == report.c.claim_id)
        .where(claim.c.event_id == key, report.c.state == ReportState.ACCEPTED, seen(report, claim))
    )
    about = sa.or_(
        tally.c.event_id == key,
        claim.c.event_id == key,
        report.c.id.in_(accepted),
        attribution.c.report_id.in_(accepted),
    )
    found = rows(session, _items().where(about).order_by(ruling.c.id))
    return [RulingItem(**{name: row[name] for name in RulingItem.model_fields}) for row in found]


def ruling_detail(session: Session, public_id: str) -> RulingDetail:
    """One decision; raises :class:`NotFound`."""
    key = asked_for(session, ruling, public_id)["id"]
    [row] = rows(session, _items().add_columns(ruling.c.recorded_from).where(ruling.c.id == key))
    return RulingDetail(**row)


ORDERS: dict[str, Keys] = {"recorded": (ruling.c.id,), "signed": (ruling.c.signed_at, ruling.c.id)}
UPSTREAM, DOWNSTREAM = source.alias("upstream"), source.alias("downstream")


def _touches(claim_key: int) -> Condition:
    hops = sa.select(attribution.c.id).where(attribution.c.claim_id == claim_key, seen(attribution))
    reports = sa.select(report.c.id).where(report.c.claim_id == claim_key, seen(report))
    tallies = sa.select(claim.c.tally_id).where(claim.c.id == claim_key)
    return sa.or_(
        ruling.c.claim_id == claim_key,
        ruling.c.attribution_id.in_(hops),
        ruling.c.report_id.in_(reports),
        ruling.c.tally_id.in_(tallies),
    )


def _concerns(key: int) -> Condition:
    ends = sa.or_(attribution.c.upstream_id == key, attribution.c.downstream_id == key)
    hops = sa.select(attribution.c.id).where(ends, seen(attribution))
    return sa.or_(ruling.c.upstream_id == key, ruling.c.downstream_id == key, ruling.c.attribution_id.in_(hops))


def _items() -> sa.Select[Any]:
    joined: sa.FromClause = ruling
    for other, key in (
        (tally, ruling.c.tally_id),
        (claim, ruling.c.claim_id),
        (UPSTREAM, ruling.c.upstream_id),
        (DOWNSTREAM, ruling.c.downstream_id),
        (attribution, ruling.c.attribution_id),
        (report, ruling.c.report_id),
    ):
        joined = joined.outerjoin(other, sa.and_(other.c.id == key, seen(other)))
    plain = ("kind", "low", "high", "inclusions", "scale", "grade", "upholds", "method", "signed_by", "signed_at")
    return (
        sa.select(
            ruling.c.public_id.label("id"),
            *(ruling.c[name] for name in plain),
            tally.c.public_id.label("tally"),
            tally.c.title.label("tally_title"),
            claim.c.public_id.label("claim"),
            claim.c.text.label("claim_text"),
            UPSTREAM.c.name.label("upstream"),
            UPSTREAM.c.public_id.label("upstream_id"),
            DOWNSTREAM.c.name.label("downstream"),
            DOWNSTREAM.c.public_id.label("downstream_id"),
            attribution.c.public_id.label("attribution"),
            report.c.public_id.label("report"),
        )
        .select_from(joined)
        .where(seen(ruling))
    )
