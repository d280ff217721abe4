"""Reviews in lists and in full, with the material that they rest on."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers import Page, ReviewItem
from provenance.answers_detail import ReviewDetail
from provenance.storage.reads.asked import ReviewsAsked
from provenance.storage.reads.evidence import evidence_of_review
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import (
    Condition,
    Found,
    asked_for,
    claim,
    event,
    referred,
    review,
    rows,
    seen,
)
from provenance.vocabulary import ReportState


def reviews(session: Session, asked: ReviewsAsked) -> Page[ReviewItem]:
    """A page of reviews: one query, and one for each id that a filter names."""
    found, following = turn(session, _items().where(*_conditions(session, asked)), asked, ORDERS)
    items = [ReviewItem(**{name: row[name] for name in ReviewItem.model_fields}) for row in found]
    return Page[ReviewItem](items=items, next=following)


def reviews_of_event(session: Session, event_id: str) -> list[Found]:
    """The accepted reviews of an event's claims, by the fields of a review but for its material; two queries."""
    key = referred(session, event, event_id, "event")["id"]
    accepted = (claim.c.event_id == key, review.c.state == ReportState.ACCEPTED)
    return rows(session, _items().add_columns(*_own()).where(*accepted).order_by(review.c.id))


def review_detail(session: Session, public_id: str) -> ReviewDetail:
    """One review, whatever its state; raises :class:`NotFound`."""
    whole = asked_for(session, review, public_id)
    own = _own()
    [row] = rows(session, _items().add_columns(*own).where(review.c.public_id == public_id))
    inherited = {name: row[name] for name in (*ReviewItem.model_fields, *(column.name for column in own))}
    return ReviewDetail(**inherited, evidence=evidence_of_review(session, whole["id"]))


ORDERS: dict[str, Keys] = {"recorded": (review.c.id,), "reviewed": (review.c.reviewed_at, review.c.id)}


def _conditions(session: Session, asked: ReviewsAsked) -> list[Condition]:
    conditions: list[Condition] = [review.c.state.in_(asked.states)]
    if asked.claim is not None:
        conditions.append(review.c.claim_id == referred(session, claim, asked.claim, "claim")["id"])
    if asked.event is not None:
        conditions.append(claim.c.event_id == referred(session, event, asked.event, "event")["id"])
    if asked.author is not None:
        conditions.append(review.c.author == asked.author)
    if asked.upholds is not None:
        conditions.append(review.c.upholds == asked.upholds)
    return conditions


def _own() -> list[sa.Column[Any]]:
    return [review.c[name] for name in ReviewDetail.model_fields if name not in (*ReviewItem.model_fields, "evidence")]


def _items() -> sa.Select[Any]:
    plain = ("title", "author", "rating", "upholds", "reasons", "url", "language", "reviewed_at", "state")
    return (
        sa.select(
            review.c.public_id.label("id"),
            claim.c.public_id.label("claim"),
            claim.c.text.label("claim_text"),
            *(review.c[name] for name in plain),
        )
        .select_from(review.join(claim, claim.c.id == review.c.claim_id))
        .where(seen(review, claim))
    )
