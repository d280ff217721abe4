"""Reviews by where they are published, for formats in which fact-checkers publish them."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.claim import Claim
from provenance.storage.review import Review


@dataclass(frozen=True, slots=True)
class HeldReview:
    """A review with the claim that it is about."""

    review: Review
    claim: Claim

    @property
    def said(self) -> str:
        """The claim in the words of the review."""
        return self.review.claim_reviewed or self.claim.text


def reviews_at(session: Session, url: str | None, author: str) -> list[HeldReview]:
    """The reviews that are published at an address, whatever their state, the first one first; without an address,
    those by an author that have none.
    """
    place = (col(Review.url) == url,) if url is not None else (col(Review.url).is_(None), col(Review.author) == author)
    statement = (
        sa.select(Review, Claim)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(*place, col(Review.recorded_to).is_(None), col(Claim.recorded_to).is_(None))
        .order_by(col(Review.id))
    )
    return [HeldReview(review, claim) for review, claim in session.execute(statement)]
