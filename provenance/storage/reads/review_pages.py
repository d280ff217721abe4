"""Pages of ClaimReview markup: one by its id or address, those of a site, and the reviews on each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import Session, col

from provenance.errors import NotFound
from provenance.storage.addresses import lies_on, spellings
from provenance.storage.reads.asked import Paged
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import TABLES, held
from provenance.storage.review import Review, ReviewPage
from provenance.storage.writes.finding import current
from provenance.vocabulary import ReportState, Visibility

review_page = TABLES["review_page"]


class ReviewPagesAsked(Paged):
    """What may be asked of pages of markup; the one that came last is first."""

    sort: str = "-recorded"
    site: str = Field(description="Host of the page's address, or one above it.")


def page_held(session: Session, public_id: str) -> ReviewPage:
    """The page with this id.

    :raises NotFound: if there is none.
    """
    page = current(session, ReviewPage, public_id)
    if page is None or page.visibility is not Visibility.PUBLIC:
        raise NotFound(
            f"There is no page 'pages/{public_id}'. List those of a site with GET /v1alpha1/pages?organization=SITE."
        )
    return page


def page_at(session: Session, address: str, field: str) -> ReviewPage | None:
    """The page at an address, however that is written.

    :raises InvalidInput: naming the field, if it is no address.
    """
    statement = sa.select(ReviewPage).where(col(ReviewPage.page_url).in_(spellings(address, field)), held(review_page))
    found = session.execute(statement.order_by(col(ReviewPage.id))).scalars().all()
    return next((page for page in found if page.page_url == address), found[0] if found else None)


def pages_of(session: Session, asked: ReviewPagesAsked, offset: int = 0) -> tuple[list[ReviewPage], str | None]:
    """A list of the pages of a site, and the cursor of the next list if there is one."""
    site = lies_on(review_page.c.page_url, asked.site, session.get_bind().dialect.name)
    statement: sa.Select[Any] = sa.select(review_page.c.id).where(site, held(review_page))
    found, following = turn(session, statement if asked.cursor else statement.offset(offset), asked, ORDERS)
    return _pages(session, [row["id"] for row in found]), following


ORDERS: dict[str, Keys] = {"recorded": (review_page.c.id,)}


def _pages(session: Session, keys: Sequence[int]) -> list[ReviewPage]:
    found = session.execute(sa.select(ReviewPage).where(col(ReviewPage.id).in_(keys))).scalars()
    pages = {page.key: page for page in found}
    return [pages[key] for key in keys]


def reviews_on(session: Session, pages: Collection[ReviewPage]) -> dict[str, Review]:
    """The accepted reviews that stand on these pages, by their public ids."""
    wanted = [public_id for page in pages for public_id in page.reviews]
    statement = sa.select(Review).where(
        col(Review.public_id).in_(wanted),
        col(Review.recorded_to).is_(None),
        col(Review.visibility) == Visibility.PUBLIC,
        col(Review.state) == ReportState.ACCEPTED,
    )
    return {review.public_id: review for review in session.execute(statement).scalars()}
