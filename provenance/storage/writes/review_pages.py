"""Writes pages of ClaimReview markup: which reviews stand on them, and what a page says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from provenance.storage.review import Review, ReviewPage
from provenance.storage.writes.finding import current
from provenance.storage.writes.reviews import rest_on
from provenance.storage.writes.speaking import let_go_with_reviews
from provenance.storage.writes.writer import Writer


def add_page(
    writer: Writer, page_url: str, publish_date: str | None, author: Mapping[str, Any], reviews: Sequence[Review]
) -> ReviewPage:
    """Record a page with the reviews on it, in its order."""
    ids = [review.public_id for review in reviews]
    return writer.add(ReviewPage(page_url=page_url, publish_date=publish_date, author=dict(author), reviews=ids))


def change_page(
    writer: Writer,
    page: ReviewPage,
    page_url: str,
    publish_date: str | None,
    author: Mapping[str, Any],
    reviews: Sequence[Review],
    event_id: str,
) -> ReviewPage:
    """Let a page say this, with these reviews; those that are on it no longer go, as with :func:`retire_page`."""
    ids = [review.public_id for review in reviews]
    _retire(writer, page, (public_id for public_id in page.reviews if public_id not in ids), event_id)
    values = {"page_url": page_url, "publish_date": publish_date, "author": dict(author), "reviews": ids}
    return writer.change(page, values)


def retire_page(writer: Writer, page: ReviewPage, event_id: str) -> None:
    """Let a page go, the reviews on it, and the claims that these alone brought into the event of this public id; all
    stay in the history.
    """
    _retire(writer, page, page.reviews, event_id)
    writer.retire(page)


def _retire(writer: Writer, page: ReviewPage, reviews: Iterable[str], event_id: str) -> None:
    claims: set[int] = set()
    for public_id in reviews:
        review = current(writer.session, Review, public_id)
        if review is not None:
            rest_on(writer, review.key, [])
            writer.retire(review)
            claims.add(review.claim_id)
    given = writer.why
    writer.why = given or f"Only markup on {page.page_url} spoke of it, and that is gone."
    let_go_with_reviews(writer, claims, event_id)
    writer.why = given
