"""Turns the markup of a page into reviews, and reviews into the markup again: the two undo each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urldefrag

from provenance.errors import InvalidInput
from provenance.exchange.claimreview.reviewed import ReviewedClaim, words_for
from provenance.exchange.factcheck.dates import instant_of
from provenance.exchange.factcheck.page import (
    ClaimAuthor,
    ClaimRating,
    ClaimReviewAuthor,
    ClaimReviewMarkup,
    ClaimReviewMarkupPage,
)
from provenance.storage.addresses import site_of
from provenance.storage.dates import read_date
from provenance.storage.review import Review

# What schema.org has a name for is kept where ClaimReview looks for it; the rest under a key of ours.
SCHEMA, OWN = "claimreview", "factcheck"
MOST_MARKUPS = 100


def reviewed_on(page: ClaimReviewMarkupPage) -> list[ReviewedClaim]:
    """The reviews that a page tells, in its order.

    :raises InvalidInput: naming the path of a field that is missing or may not say this.
    """
    if page.pageUrl is None:
        raise _wrong("pageUrl", "it is required; send the address of the page")
    if not page.claimReviewMarkups:
        raise _wrong("claimReviewMarkups", "a page has at least one claim; to let it go, delete the page")
    if len(page.claimReviewMarkups) > MOST_MARKUPS:
        raise _wrong(at(MOST_MARKUPS), f"a page has at most {MOST_MARKUPS} claims; send fewer")
    _check_date(page.publishDate, "publishDate")
    return [_reviewed(page, markup, at(position)) for position, markup in enumerate(page.claimReviewMarkups)]


def at(position: int) -> str:
    """The path of one claim of a page."""
    return f"claimReviewMarkups.{position}"


def _reviewed(page: ClaimReviewMarkupPage, markup: ClaimReviewMarkup, path: str) -> ReviewedClaim:
    rating = markup.rating or ClaimRating()
    if markup.claimReviewed is None:
        raise _wrong(f"{path}.claimReviewed", "it is required; say which claim is reviewed")
    if rating.textualRating is None and rating.ratingValue is None:
        raise _wrong(f"{path}.rating.textualRating", "it is required; say the rating in words")
    _check_date(markup.claimDate, f"{path}.claimDate")
    page_url = page.pageUrl or ""
    if markup.url is not None and urldefrag(markup.url).url != urldefrag(page_url).url:
        raise _wrong(f"{path}.url", "it is another page; send pageUrl, with a #place behind it if there is one")
    return ReviewedClaim(
        claim=markup.claimReviewed,
        author=(page.claimReviewAuthor and page.claimReviewAuthor.name) or site_of(page_url) or page_url,
        rating=rating.textualRating,
        claimant=markup.claimAuthor.name if markup.claimAuthor else None,
        claimed_on=markup.claimDate,
        first_appearance=markup.claimFirstAppearance,
        appearances=tuple(markup.claimAppearances or ()),
        url=markup.url or page_url,
        reviewed_at=instant_of(page.publishDate),
        rating_value=rating.ratingValue,
        best=rating.bestRating,
        worst=rating.worstRating,
        reasons=rating.ratingExplanation,
        markup=_kept(page, markup, rating),
    )


def _kept(page: ClaimReviewMarkupPage, markup: ClaimReviewMarkup, rating: ClaimRating) -> dict[str, Any]:
    author, reviewer = markup.claimAuthor or ClaimAuthor(), page.claimReviewAuthor or ClaimReviewAuthor()
    person = _said(jobTitle=author.jobTitle, image=author.imageUrl, sameAs=author.sameAs)
    schema = _said(
        itemReviewed=_said(name=markup.claimLocation, author=person),
        reviewRating=_said(image=rating.imageUrl),
        author=_said(image=reviewer.imageUrl),
    )
    own = _said(own_address=markup.url is not None)
    return _said(**{SCHEMA: schema, OWN: own})


def _said(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def markup_of(review: Review, page_url: str) -> ClaimReviewMarkup:
    """The markup that a review on a page is given as."""
    kept = review.markup.get(SCHEMA)
    author = ClaimAuthor.model_construct(
        name=review.claimant,
        jobTitle=_text(kept, "itemReviewed", "author", "jobTitle"),
        imageUrl=_text(kept, "itemReviewed", "author", "image"),
        sameAs=_text(kept, "itemReviewed", "author", "sameAs"),
    )
    own = review.markup.get(OWN)
    told = isinstance(own, Mapping) and own.get("own_address")
    return ClaimReviewMarkup.model_construct(
        url=review.url if told or review.url != page_url else None,
        claimReviewed=review.claim_reviewed,
        claimDate=review.claimed_on,
        claimLocation=_text(kept, "itemReviewed", "name"),
        claimFirstAppearance=review.first_appearance,
        claimAppearances=review.appearances or None,
        claimAuthor=author if any(value for _, value in author) else None,
        rating=_rating(review, kept),
    )


def _rating(review: Review, kept: Any) -> ClaimRating:
    best, worst = review.best_rating, review.worst_rating
    in_words = review.rating != words_for(review.rating_value, best, worst)
    return ClaimRating.model_construct(
        textualRating=review.rating if in_words else None,
        ratingValue=_whole(review.rating_value),
        bestRating=_whole(best),
        worstRating=_whole(worst),
        ratingExplanation=review.reasons,
        imageUrl=_text(kept, "reviewRating", "image"),
    )


def _whole(number: float | None) -> int | None:
    # The format knows whole numbers alone; a review that was changed here may have another.
    return int(number) if number is not None and number.is_integer() and -(2**31) <= number < 2**31 else None


def _text(kept: Any, *path: str) -> str | None:
    """The text at a place of schema.org's layout, where an object stands for its address and of several the first
    counts.
    """
    for name in (*path, None):
        while isinstance(kept, list):
            kept = kept[0] if kept else None
        if name is not None:
            kept = kept.get(name) if isinstance(kept, Mapping) else None
    if isinstance(kept, Mapping):
        kept = kept.get("url")
    return kept if isinstance(kept, str) else None


def named_here(wrong: InvalidInput, path: str) -> InvalidInput:
    """What is wrong with a column of a review, told of the field of the markup that it came from."""
    column = wrong.field or ""
    first, _, rest = column.partition(".")
    of_page = first == "author"
    field = "claimReviewAuthor.name" if of_page else ".".join(filter(None, [path, FIELDS.get(first, ""), rest]))
    said = wrong.message.removeprefix(f"{column}: ")
    return InvalidInput(f"{field}: {said}", field=field)


FIELDS = {
    "rating": "rating.textualRating",
    "reasons": "rating.ratingExplanation",
    "url": "url",
    "rating_value": "rating.ratingValue",
    "best_rating": "rating.bestRating",
    "worst_rating": "rating.worstRating",
    "claim_reviewed": "claimReviewed",
    "claimant": "claimAuthor.name",
    "claimed_on": "claimDate",
    "first_appearance": "claimFirstAppearance",
    "appearances": "claimAppearances",
}


def _check_date(written: str | None, field: str) -> None:
    if written is not None:
        read_date(written, field)


def _wrong(field: str, why: str) -> InvalidInput:
    return InvalidInput(f"{field}: {why}.", field=field)
