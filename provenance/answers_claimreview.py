"""What is answered about ClaimReview markup that was sent: what became of each review in it, and where it stood."""

from __future__ import annotations

from pydantic import Field

from provenance.answers import Answer
from provenance.vocabulary import ReviewTaken


class ReviewWarning(Answer):
    """What was taken otherwise than it stands in the markup, or left out of the record."""

    place: str = Field(description="Where in the markup, such as `@graph.3.author`.")
    message: str = Field(description="What stands there, and what was taken instead.")


class TakenReview(Answer):
    """One review in markup that was sent."""

    place: str = Field(description="Where it stood, such as `@graph.3`; empty: it was the whole.")
    outcome: ReviewTaken = Field(description="What became of it.")
    review: str | None = Field(description="Public id of the review here; null where it was refused.")
    claim: str | None = Field(description="Public id of the claim that it is about; null where it was refused.")
    claim_text: str | None = Field(description="What that claim says.")
    reason: str | None = Field(description="What is wrong with it, where, and the remedy; null where nothing is.")
    warnings: list[ReviewWarning] = Field(
        description="What was taken otherwise than it stands there, or left out: one of several values, an address "
        "that is none, a date that nobody can read, tags within texts."
    )


class ClaimReviewsTaken(Answer):
    """What became of markup that was sent."""

    created: int = Field(description="Reviews that are new.")
    changed: int = Field(description="Reviews that say something else now.")
    unchanged: int = Field(description="Reviews that were held as they are.")
    refused: int = Field(description="Reviews that were left out.")
    items: list[TakenReview] = Field(description="Each of them, in the order in which they stood.")
