"""Which claims an image goes with, by the address of the image; no picture is fetched or looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.addresses import spellings
from provenance.storage.reads.rows import Condition, claim, evidence, held, review, review_evidence
from provenance.vocabulary import ReportState


def claims_with_image(session: Session, address: str) -> set[int]:
    """The claims with a review that rests on material found or archived at this address, or whose markup shows it.

    Material on which no review rests goes with all claims of its event.

    :raises InvalidInput: if it is no address of the Web.
    """
    written = spellings(address, "imageUri")
    material = set(session.execute(sa.select(evidence.c.id).where(_found_at(written), held(evidence))).scalars())
    resting = dict(_resting(session, material))
    of_events = _in_events_of(session, material - resting.keys())
    shown = _shown_in_markup(session, written)
    return {claim_id for claims in resting.values() for claim_id in claims} | of_events | shown


def _found_at(written: list[str]) -> Condition:
    return sa.or_(evidence.c.url.in_(written), _mentions(evidence.c.archives, written))


def _mentions(column: sa.ColumnElement[Any], written: list[str]) -> Condition:
    # JSON is stored as the text that Python writes, so that an address in it stands between quotes, escaped alike.
    text = sa.cast(column, sa.Text)
    return sa.or_(*(text.contains(json.dumps(one), autoescape=True) for one in written))


def _resting(session: Session, material: set[int]) -> Iterator[tuple[int, set[int]]]:
    statement = (
        sa.select(review_evidence.c.evidence_id, review.c.claim_id)
        .join(review, review.c.id == review_evidence.c.review_id)
        .where(review_evidence.c.evidence_id.in_(material), held(review_evidence, review))
        .where(review.c.state == ReportState.ACCEPTED)
    )
    claims: dict[int, set[int]] = {}
    for row in session.execute(statement):
        claims.setdefault(row.evidence_id, set()).add(row.claim_id)
    yield from claims.items()


def _in_events_of(session: Session, material: set[int]) -> set[int]:
    events = sa.select(evidence.c.event_id).where(evidence.c.id.in_(material), held(evidence))
    return set(session.execute(sa.select(claim.c.id).where(claim.c.event_id.in_(events), held(claim))).scalars())


def _shown_in_markup(session: Session, written: list[str]) -> set[int]:
    statement = sa.select(review.c.claim_id, review.c.markup).where(held(review), _mentions(review.c.markup, written))
    wanted = set(written)
    return {row.claim_id for row in session.execute(statement) if not wanted.isdisjoint(_images(row.markup))}


def _images(said: Any, image: bool = False) -> Iterator[str]:
    """All texts in markup that stand under a key which speaks of an image."""
    match said:
        case str() if image:
            yield said
        case list():
            for one in said:
                yield from _images(one, image)
        case dict():
            for key, one in said.items():
                yield from _images(one, image or "image" in str(key).lower())
        case _:
            return
