"""What somebody did to an earlier statement, in lists and in full."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers import CorrectionItem, Page, interval_text
from provenance.answers_detail import CorrectionDetail
from provenance.storage.moment import moment_of
from provenance.storage.reads.asked import CorrectionsAsked
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import (
    Condition,
    Found,
    asked_for,
    attribution,
    claim,
    correction,
    document,
    referred,
    report,
    rows,
    seen,
    source,
    the_one,
)


def corrections(session: Session, asked: CorrectionsAsked) -> Page[CorrectionItem]:
    """A page of corrections: one query, and one for each id that a filter names."""
    conditions = _by_then(session)
    if asked.claim is not None:
        conditions.append(_touches([referred(session, claim, asked.claim, "claim")["id"]]))
    if asked.source is not None:
        conditions.append(_concerns(referred(session, source, asked.source, "source")["id"]))
    if asked.kind is not None:
        conditions.append(correction.c.kind == asked.kind)
    found, following = turn(session, _items().where(*conditions), asked, ORDERS)
    items = [CorrectionItem(**_said(row, CorrectionItem)) for row in found]
    return Page[CorrectionItem](items=items, next=following)


def corrections_of(session: Session, claims: Collection[str]) -> list[CorrectionItem]:
    """What was done to claims, to hops of them and to documents that state them, by its id; one query for each
    five hundred claims.
    """
    found: dict[str, CorrectionItem] = {}
    wanted = sorted(claims)
    for start in range(0, len(wanted), AT_ONCE):
        keys = sa.select(claim.c.id).where(claim.c.public_id.in_(wanted[start : start + AT_ONCE]))
        for row in rows(session, _items().where(*_by_then(session), _touches(keys))):
            found[row["id"]] = CorrectionItem(**_said(row, CorrectionItem))
    return [found[public_id] for public_id in sorted(found)]


AT_ONCE = 500  # ids that one question names, well below what either database takes


def correction_detail(session: Session, public_id: str) -> CorrectionDetail:
    """One correction; raises :class:`NotFound`."""
    whole = asked_for(session, correction, public_id)
    row = the_one(rows(session, _items().where(correction.c.id == whole["id"])), correction, public_id)
    return CorrectionDetail(**_said({**whole, **row}, CorrectionDetail))


ORDERS: dict[str, Keys] = {"recorded": (correction.c.id,)}
UPSTREAM, DOWNSTREAM = source.alias("upstream"), source.alias("downstream")
REPLACEMENT, TARGET = claim.alias("replacement"), document.alias("target_document")


def _by_then(session: Session) -> list[Condition]:
    """Where somebody asks as of a moment: undated corrections came with the document that carries them."""
    if moment_of(session).as_of is None:
        return []
    dated = correction.c.effective_earliest.is_not(None)
    return [sa.or_(dated, correction.c.document_id.is_(None), document.c.id.is_not(None))]


def _touches(claims: Sequence[int] | sa.Select[Any]) -> Condition:
    hops = sa.select(attribution.c.id).where(attribution.c.claim_id.in_(claims), seen(attribution))
    documents = sa.select(report.c.document_id).where(report.c.claim_id.in_(claims), seen(report))
    return sa.or_(
        correction.c.claim_id.in_(claims),
        correction.c.attribution_id.in_(hops),
        correction.c.target_document_id.in_(documents),
    )


def _concerns(key: int) -> Condition:
    ends = sa.or_(attribution.c.upstream_id == key, attribution.c.downstream_id == key)
    return sa.or_(
        correction.c.by_id == key,
        correction.c.upstream_id == key,
        correction.c.downstream_id == key,
        correction.c.attribution_id.in_(sa.select(attribution.c.id).where(ends, seen(attribution))),
        correction.c.target_document_id.in_(
            sa.select(document.c.id).where(document.c.publisher_id == key, seen(document))
        ),
    )


def _items() -> sa.Select[Any]:
    joined = correction.join(source, source.c.id == correction.c.by_id)
    for other, key in (
        (attribution, correction.c.attribution_id),
        (report, attribution.c.report_id),
        (claim, sa.func.coalesce(correction.c.claim_id, attribution.c.claim_id)),
        (UPSTREAM, sa.func.coalesce(correction.c.upstream_id, attribution.c.upstream_id)),
        (DOWNSTREAM, sa.func.coalesce(correction.c.downstream_id, attribution.c.downstream_id)),
        (document, correction.c.document_id),
        (TARGET, correction.c.target_document_id),
        (REPLACEMENT, correction.c.superseded_by_id),
    ):
        joined = joined.outerjoin(other, sa.and_(other.c.id == key, seen(other)))
    return (
        sa.select(
            correction.c.public_id.label("id"),
            *(
                correction.c[name]
                for name in ("kind", "effective_earliest", "effective_latest", "effective_precision", "remains")
            ),
            source.c.name.label("by"),
            source.c.public_id.label("by_id"),
            claim.c.public_id.label("claim"),
            claim.c.text.label("claim_text"),
            UPSTREAM.c.name.label("upstream"),
            UPSTREAM.c.public_id.label("upstream_id"),
            DOWNSTREAM.c.name.label("downstream"),
            DOWNSTREAM.c.public_id.label("downstream_id"),
            document.c.public_id.label("document"),
            TARGET.c.public_id.label("target_document"),
            attribution.c.public_id.label("attribution"),
            report.c.public_id.label("report"),
            REPLACEMENT.c.public_id.label("replaced_by"),
            REPLACEMENT.c.text.label("replaced_by_text"),
        )
        .select_from(joined)
        .where(seen(correction, source))
    )


def _said(row: Found, answer: type[CorrectionItem]) -> dict[str, Any]:
    effective = interval_text(row["effective_earliest"], row["effective_latest"], row["effective_precision"])
    return {name: row[name] for name in answer.model_fields if name != "effective"} | {"effective": effective}
