"""Pages of markup, kept whole: creating, changing and letting go, and giving a page again as it was sent.

All of a page is written or nothing. A page's version changes with whatever changes on it, also where somebody changes
one of its reviews elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlmodel import Session

from provenance.errors import Conflict, InvalidInput, StaleWrite
from provenance.exchange.claimreview.taking import CATCH_ALL_ID, HeldReviews, take_review
from provenance.exchange.factcheck.page import ClaimReviewAuthor, ClaimReviewMarkupPage, MarkupPages
from provenance.exchange.factcheck.reviewing import at, markup_of, named_here, reviewed_on
from provenance.storage.reads.review_pages import (
    ReviewPagesAsked,
    page_at,
    page_held,
    pages_of,
    reviews_on,
)
from provenance.storage.review import Review, ReviewPage
from provenance.storage.writes.review_pages import add_page, change_page, retire_page
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import ReportState


def create(writer: Writer, given: ClaimReviewMarkupPage) -> str:
    """Record a page; its public id.

    :raises InvalidInput: naming the path of a field that is missing or may not say this.
    :raises Conflict: if there is a page at this address already.
    """
    reviews = _take(writer, given)
    _check_free(writer.session, given, None)
    return add_page(writer, given.pageUrl or "", given.publishDate, _author(given), reviews).public_id


def update(writer: Writer, public_id: str, given: ClaimReviewMarkupPage) -> None:
    """Let a page say all this and nothing else.

    :raises NotFound: if there is no such page.
    :raises InvalidInput: as for :func:`create`, and where the version is missing.
    :raises StaleWrite: if the page changed since the version that was sent.
    """
    page = page_held(writer.session, public_id)
    if given.name not in (None, f"pages/{public_id}"):
        raise InvalidInput(f"name: this is 'pages/{public_id}'; send that, or leave it out.", field="name")
    if given.versionId is None:
        raise InvalidInput(
            "versionId: it is required for an update; get the page, change what you mean to, and send it whole.",
            field="versionId",
        )
    if given.versionId != version_of(page, reviews_on(writer.session, [page])):
        raise StaleWrite(
            "versionId: the page changed since that version. Get it again, repeat the change, and send it whole.",
            field="versionId",
        )
    _check_free(writer.session, given, page)
    reviews = _take(writer, given)
    change_page(writer, page, given.pageUrl or "", given.publishDate, _author(given), reviews, CATCH_ALL_ID)


def delete(writer: Writer, public_id: str) -> None:
    """Let a page go with its reviews, and with the claims that these alone brought; all stay in the history.

    :raises NotFound: if there is no such page.
    """
    retire_page(writer, page_held(writer.session, public_id), CATCH_ALL_ID)


def read(session: Session, public_id: str) -> ClaimReviewMarkupPage:
    """A page as it was sent, with its name and version; raises :class:`NotFound`."""
    page = page_held(session, public_id)
    return _given_again(page, reviews_on(session, [page]))


def found_at(session: Session, address: str) -> MarkupPages:
    """The page at an address, as a list of one or none; raises :class:`InvalidInput` if it is no address."""
    page = page_at(session, address, "url")
    pages = [] if page is None else [page]
    reviews = reviews_on(session, pages)
    return MarkupPages(claimReviewMarkupPages=[_given_again(each, reviews) for each in pages])


def of_site(session: Session, asked: ReviewPagesAsked, offset: int = 0) -> MarkupPages:
    """A list of the pages of a site, the one that came last first."""
    pages, following = pages_of(session, asked, offset)
    reviews = reviews_on(session, pages)
    return MarkupPages(claimReviewMarkupPages=[_given_again(page, reviews) for page in pages], nextPageToken=following)


def version_of(page: ReviewPage, reviews: Mapping[str, Review]) -> str:
    """What tells this state of a page from all others."""
    rows = [page, *(reviews[public_id] for public_id in page.reviews if public_id in reviews)]
    states = "\n".join(f"{row.public_id} {row.recorded_from.isoformat()}" for row in rows)
    return hashlib.sha256(states.encode()).hexdigest()[:16]


def _take(writer: Writer, given: ClaimReviewMarkupPage) -> list[Review]:
    taken: list[Review] = []
    told = reviewed_on(given)
    held = HeldReviews(writer.session, told)
    for position, reviewed in enumerate(told):
        try:
            review = take_review(writer, reviewed, state=ReportState.ACCEPTED, among=held)
        except InvalidInput as wrong:
            raise named_here(wrong, at(position)) from wrong
        if review in taken:
            first, field = at(taken.index(review)), f"{at(position)}.claimReviewed"
            raise InvalidInput(f"{field}: {first} reviews the same claim; keep one of the two.", field=field)
        # The same words in other capitals are the same review; what the page prints now is what it is given as.
        taken.append(writer.change(review, {"claim_reviewed": reviewed.claim}))
    return taken


def _check_free(session: Session, given: ClaimReviewMarkupPage, own: ReviewPage | None) -> None:
    there = page_at(session, given.pageUrl, "pageUrl") if given.pageUrl else None
    if there is not None and there is not own:
        raise Conflict(
            f"pageUrl: its markup is held as 'pages/{there.public_id}'. Update that page, or delete it first.",
            field="pageUrl",
        )


def _author(given: ClaimReviewMarkupPage) -> dict[str, str]:
    author = given.claimReviewAuthor
    return {} if author is None else author.model_dump(exclude_none=True)


def _given_again(page: ReviewPage, reviews: Mapping[str, Review]) -> ClaimReviewMarkupPage:
    return ClaimReviewMarkupPage.model_construct(
        name=f"pages/{page.public_id}",
        pageUrl=page.page_url,
        publishDate=page.publish_date,
        claimReviewAuthor=ClaimReviewAuthor.model_construct(**page.author) if page.author else None,
        claimReviewMarkups=[markup_of(reviews[one], page.page_url) for one in page.reviews if one in reviews],
        versionId=version_of(page, reviews),
    )
