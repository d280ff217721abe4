"""Material that does not speak, in lists and in full, with the steps of verifying it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers import EvidenceItem, Page
from provenance.answers_detail import EvidenceDetail, VerificationDetail
from provenance.storage.reads.asked import EvidenceAsked
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import (
    Condition,
    Found,
    asked_for,
    event,
    evidence,
    referred,
    review,
    review_evidence,
    rows,
    seen,
    source,
    the_one,
    verification,
)
from provenance.vocabulary import ReportState


def evidence_held(session: Session, asked: EvidenceAsked) -> Page[EvidenceItem]:
    """A page of evidence: one query, and one for each id that a filter names."""
    conditions: list[Condition] = []
    if asked.event is not None:
        conditions.append(evidence.c.event_id == referred(session, event, asked.event, "event")["id"])
    if asked.kind is not None:
        conditions.append(evidence.c.kind == asked.kind)
    found, following = turn(session, _items().where(*conditions), asked, ORDERS)
    items = [EvidenceItem(**{name: row[name] for name in EvidenceItem.model_fields}) for row in found]
    return Page[EvidenceItem](items=items, next=following)


def evidence_of_review(session: Session, key: int) -> list[EvidenceItem]:
    """The material that a review rests on."""
    of_review = sa.select(review_evidence.c.evidence_id).where(
        review_evidence.c.review_id == key, seen(review_evidence)
    )
    statement = _items().where(evidence.c.id.in_(of_review)).order_by(evidence.c.id)
    return [EvidenceItem(**row) for row in rows(session, statement)]


def evidence_of_event(session: Session, event_id: str) -> list[Found]:
    """The material about an event, by the fields of a piece of it; two queries."""
    key = referred(session, event, event_id, "event")["id"]
    own = (evidence.c[name] for name in ("file_hash", "perceptual_hash", "archives", "note"))
    return rows(session, _items().add_columns(*own).where(evidence.c.event_id == key).order_by(evidence.c.id))


def verifications_of_event(session: Session, event_id: str) -> list[Found]:
    """The steps of verifying the material about an event, each with its public id as ``evidence``; two queries."""
    key = referred(session, event, event_id, "event")["id"]
    steps = verification.join(evidence, evidence.c.id == verification.c.evidence_id)
    columns = (verification.c[name] for name in ("step", "outcome", "by", "at"))
    statement = (
        sa.select(verification.c.public_id.label("id"), evidence.c.public_id.label("evidence"), *columns)
        .select_from(steps)
        .where(seen(verification, evidence), evidence.c.event_id == key)
    )
    return rows(session, statement.order_by(verification.c.id))


def resting_on_event(session: Session, event_id: str) -> list[Found]:
    """Which accepted review rests on which material about an event, by public ids; two queries."""
    key = referred(session, event, event_id, "event")["id"]
    parts = (review_evidence, review, evidence)
    joined = review_evidence.join(review, review.c.id == review_evidence.c.review_id).join(
        evidence, evidence.c.id == review_evidence.c.evidence_id
    )
    named = [each.c.public_id.label(name) for each, name in zip(parts, ("id", "review", "evidence"), strict=True)]
    statement = (
        sa.select(*named)
        .select_from(joined)
        .where(seen(*parts), evidence.c.event_id == key, review.c.state == ReportState.ACCEPTED)
    )
    return rows(session, statement.order_by(review_evidence.c.id))


def evidence_detail(session: Session, public_id: str) -> EvidenceDetail:
    """One piece of evidence; raises :class:`NotFound`."""
    whole = asked_for(session, evidence, public_id)
    row = the_one(rows(session, _items().where(evidence.c.id == whole["id"])), evidence, public_id)
    own = ("file_hash", "perceptual_hash", "archives", "note", "recorded_from")
    return EvidenceDetail(
        **row,
        **{name: whole[name] for name in own},
        verifications=_verifications(session, whole["id"]),
        reviews=_reviews(session, whole["id"]),
    )


ORDERS: dict[str, Keys] = {"recorded": (evidence.c.id,)}


def _items() -> sa.Select[Any]:
    return (
        sa.select(
            evidence.c.public_id.label("id"),
            *(evidence.c[name] for name in ("kind", "title", "url")),
            event.c.public_id.label("event"),
            event.c.title.label("event_title"),
            source.c.name.label("uploader"),
            source.c.public_id.label("uploader_id"),
        )
        .select_from(evidence.join(event, event.c.id == evidence.c.event_id))
        .outerjoin(source, sa.and_(source.c.id == evidence.c.uploader_id, seen(source)))
        .where(seen(evidence, event))
    )


def _verifications(session: Session, key: int) -> list[VerificationDetail]:
    statement = (
        sa.select(
            verification.c.public_id.label("id"), *(verification.c[name] for name in ("step", "outcome", "by", "at"))
        )
        .where(verification.c.evidence_id == key, seen(verification))
        .order_by(verification.c.id)
    )
    return [VerificationDetail(**row) for row in rows(session, statement)]


def _reviews(session: Session, key: int) -> list[str]:
    statement = (
        sa.select(review.c.public_id)
        .join(review_evidence, review_evidence.c.review_id == review.c.id)
        .where(review_evidence.c.evidence_id == key, seen(review, review_evidence))
        .order_by(review.c.id)
    )
    return list(session.scalars(statement))
