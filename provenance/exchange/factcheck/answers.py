"""What the Fact Check Tools API answers about claims; the names of the fields are those of the wire."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Answered(BaseModel):
    """A part of an answer; what is None is left out of it."""

    model_config = ConfigDict(frozen=True)


class Publisher(Answered):
    """Who published a review; ``site`` is the host of the review's address."""

    name: str
    site: str | None = None


class ClaimReview(Answered):
    """One published review."""

    publisher: Publisher
    url: str
    title: str | None = None
    reviewDate: str | None = None
    textualRating: str
    languageCode: str | None = None


class Claim(Answered):
    """A claim by one claimant, who is its origin and never a carrier; empty where the origin is not stated."""

    text: str
    claimant: str
    claimDate: str | None = None
    claimReview: list[ClaimReview]


class ClaimSearchResponse(Answered):
    """A page of claims."""

    claims: list[Claim]
    nextPageToken: str | None = None


class ImageResult(Answered):
    """A claim that goes with an image."""

    claim: Claim


class ImageSearchResponse(Answered):
    """A page of claims that go with an image."""

    results: list[ImageResult]
    nextPageToken: str | None = None


class Nothing(Answered):
    """The answer to a deletion."""
