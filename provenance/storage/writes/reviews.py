"""Writes reviews and the material that they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from provenance.errors import InvalidInput
from provenance.storage.claim import Claim
from provenance.storage.event import Event
from provenance.storage.review import (
    Evidence,
    EvidenceChange,
    EvidenceCreate,
    Review,
    ReviewChange,
    ReviewCreate,
    ReviewEvidence,
    Verification,
    VerificationCreate,
)
from provenance.storage.source import Source
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.speaking import accept_all
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import ReportState


def record_evidence(writer: Writer, given: EvidenceCreate) -> Evidence:
    """Record material that does not speak."""
    event = referred(writer.session, Event, given.event, "event")
    uploader = referred(writer.session, Source, given.uploader, "uploader") if given.uploader is not None else None
    values = given.model_dump(exclude={"event", "uploader"})
    return writer.add(Evidence(**values, event_id=event.key, uploader_id=uploader.key if uploader else None))


def change_evidence(writer: Writer, public_id: str, change: EvidenceChange) -> Evidence:
    """Change what is known about material."""
    evidence, values = known(writer.session, Evidence, public_id), change.values()
    if "uploader" in values:
        uploader = values.pop("uploader")
        values["uploader_id"] = referred(writer.session, Source, uploader, "uploader").id if uploader else None
    return writer.change(evidence, values)


def add_verification(writer: Writer, public_id: str, given: VerificationCreate) -> Verification:
    """Record a step of verifying material."""
    evidence = known(writer.session, Evidence, public_id)
    return writer.add(Verification(**given.model_dump(), evidence_id=evidence.key))


def create_review(writer: Writer, given: ReviewCreate) -> Review:
    """Record a person's verdict on a claim, with its reasons."""
    claim = referred(writer.session, Claim, given.claim, "claim")
    check_rating(given.model_dump())
    review = writer.add(Review(**given.model_dump(exclude={"claim", "evidence"}), claim_id=claim.key))
    _rest_on(writer, review, claim, given.evidence)
    return review


def change_review(writer: Writer, public_id: str, change: ReviewChange) -> Review:
    """Change a review."""
    review = known(writer.session, Review, public_id)
    values = change.values()
    check_rating({name: getattr(review, name) for name in RATING} | values)
    if "evidence" in values:
        claim = writer.session.get_one(Claim, review.claim_id)
        _rest_on(writer, review, claim, values.pop("evidence"))
    writer.change(review, values)
    if review.state is ReportState.ACCEPTED:
        stand_behind_claim(writer, review)
    return review


def stand_behind_claim(writer: Writer, review: Review) -> None:
    """Accept the claim of a review that somebody stands behind, and its event, where they were only proposed."""
    claim = writer.session.get_one(Claim, review.claim_id)
    event = writer.session.get_one(Event, claim.event_id)
    accept_all(writer, [row for row in (event, claim) if row.state is ReportState.PROPOSED])


RATING = ("rating_value", "best_rating", "worst_rating")


def check_rating(values: Mapping[str, Any]) -> None:
    """Whether a rating lies between its best and its worst; some scales run down, so that the best is the lower."""
    value, best, worst = (values.get(name) for name in RATING)
    if value is None or best is None or worst is None or min(best, worst) <= value <= max(best, worst):
        return
    raise InvalidInput(
        f"rating_value: {value:g} is outside the scale from {worst:g} to {best:g}; correct one of the three.",
        field="rating_value",
    )


def _rest_on(writer: Writer, review: Review, claim: Claim, evidence: Sequence[str]) -> None:
    wanted: dict[int, None] = {}
    for position, public_id in enumerate(evidence):
        field = f"evidence.{position}"
        material = referred(writer.session, Evidence, public_id, field)
        if material.event_id != claim.event_id:
            raise InvalidInput(f"{field}: that material belongs to another event.", field=field)
        wanted[material.key] = None
    rest_on(writer, review.key, list(wanted))


def rest_on(writer: Writer, review: int, evidence: Sequence[int]) -> None:
    """Let a review rest on just this material."""
    statement = sa.select(ReviewEvidence).where(
        col(ReviewEvidence.review_id) == review, col(ReviewEvidence.recorded_to).is_(None)
    )
    held = {row.evidence_id: row for row in writer.session.execute(statement).scalars()}
    for key in sorted(held.keys() - set(evidence)):
        writer.retire(held[key])
    for key in sorted(set(evidence) - held.keys()):
        writer.add(ReviewEvidence(review_id=review, evidence_id=key))
