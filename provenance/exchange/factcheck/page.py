"""A page of ClaimReview markup as clients of the Fact Check Tools API send and receive it.

The names of the fields are those of the wire, so that whoever made a mistake reads their own words. As there, null and
an empty text mean that nothing is said.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from provenance.storage.texts import FORMS, STEERING, check_text

INT32 = 2**31


def _no_truth_value(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("it is a truth value; send a whole number such as 2")
    return value


Short = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=500)]
Long = Annotated[str, Field(max_length=50_000)]
Address = Annotated[str, Field(max_length=2000)]
Whole = Annotated[int, Field(ge=-INT32, lt=INT32), BeforeValidator(_no_truth_value)]
ADDRESSES = frozenset(
    {"url", "pageUrl", "imageUrl", "claimFirstAppearance", "claimAppearances", "sameAs"},
)


class Part(BaseModel):
    """A part of the markup: an unknown field is refused, so that a slip never loses what was meant."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unsaid(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {name: None if value in ("", [], {}) else value for name, value in given.items()}

    @field_validator("*", mode="after")
    @classmethod
    def _is_fit(cls, value: Any, info: ValidationInfo) -> Any:
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                _check(info.field_name or "", text)
        return value


def _check(name: str, text: str) -> None:
    check_text(text)
    steering = STEERING.search(text)
    if steering:
        raise ValueError(f"it holds the control character U+{ord(steering.group()):04X}; send the text without it")
    if not text.strip():
        raise ValueError("it holds nothing but white space; write something, or leave it out")
    if name in ADDRESSES:
        FORMS["url"](text)


class ClaimAuthor(Part):
    """Who made the claim."""

    name: Words | None = None
    jobTitle: Words | None = None
    imageUrl: Address | None = None
    sameAs: Address | None = None


class ClaimRating(Part):
    """The verdict; ``bestRating`` may be the lower number."""

    textualRating: Short | None = None
    ratingValue: Whole | None = None
    bestRating: Whole | None = None
    worstRating: Whole | None = None
    ratingExplanation: Long | None = None
    imageUrl: Address | None = None


class ClaimReviewMarkup(Part):
    """One claim with its rating."""

    url: Address | None = None
    claimReviewed: Annotated[str, Field(max_length=2000)] | None = None
    claimDate: Annotated[str, Field(max_length=40)] | None = None
    claimLocation: Words | None = None
    claimFirstAppearance: Address | None = None
    claimAppearances: list[Address] | None = None
    claimAuthor: ClaimAuthor | None = None
    rating: ClaimRating | None = None


class ClaimReviewAuthor(Part):
    """Who reviewed."""

    name: Short | None = None
    imageUrl: Address | None = None


class ClaimReviewMarkupPage(Part):
    """A page with all its markup; ``name`` and ``versionId`` are ours to give."""

    name: str | None = None
    pageUrl: Address | None = None
    publishDate: Annotated[str, Field(max_length=40)] | None = None
    claimReviewAuthor: ClaimReviewAuthor | None = None
    claimReviewMarkups: list[ClaimReviewMarkup] | None = None
    versionId: str | None = None


class MarkupPages(BaseModel):
    """A list of pages."""

    claimReviewMarkupPages: list[ClaimReviewMarkupPage]
    nextPageToken: str | None = None
