"""Reviews by where they are published, for formats in which fact-checkers publish them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import Session, col

from provenance.storage.claim import Claim
from provenance.storage.reads.asked import Paged
from provenance.storage.reads.paging import turn
from provenance.storage.reads.rows import asked_for, claim, held, review, source, the_one
from provenance.storage.review import Review
from provenance.vocabulary import ReportState, SourceKind, Visibility


@dataclass(frozen=True, slots=True)
class HeldReview:
    """A review with the claim that it is about."""

    review: Review
    claim: Claim

    @property
    def said(self) -> str:
        """The claim in the words of the review."""
        return self.review.claim_reviewed or self.claim.text


def reviews_at(session: Session, urls: Collection[str], authors: Collection[str]) -> Iterator[HeldReview]:
    """The public reviews that are published at these addresses, whatever their state, the first one first; and those
    by these authors that have no address. One query for each five hundred.
    """
    unplaced = col(Review.url).is_(None)
    for column, wanted, further in ((col(Review.url), urls, ()), (col(Review.author), authors, (unplaced,))):
        every = sorted(set(wanted))
        for start in range(0, len(every), AT_ONCE):
            some = _held().where(column.in_(every[start : start + AT_ONCE]), *further).order_by(col(Review.id))
            yield from (HeldReview(one, about) for one, about in session.execute(some))


AT_ONCE = 500  # texts that one question names, well below what either database takes


def review_held(session: Session, public_id: str) -> HeldReview:
    """A review that everybody may see, whatever its state; raises :class:`NotFound`."""
    asked_for(session, review, public_id)
    found = session.execute(_held().where(col(Review.public_id) == public_id)).all()
    claimed = the_one(found, review, public_id)
    return HeldReview(claimed[0], claimed[1])


def reviews_of_claim(session: Session, claim_id: str) -> list[HeldReview]:
    """The accepted reviews of a claim, the newest first."""
    statement = _held().where(col(Claim.public_id) == claim_id, col(Review.state) == ReportState.ACCEPTED)
    ordered = statement.order_by(col(Review.reviewed_at).desc(), col(Review.id).desc())
    return [HeldReview(review, claim) for review, claim in session.execute(ordered)]


class PublishedAsked(Paged):
    """What the feed of published reviews takes."""

    sort: Literal["-reviewed"] = Field(default="-reviewed", description="The newest review comes first.")


def published_reviews(
    session: Session, asked: PublishedAsked, author: str, site: str
) -> tuple[list[HeldReview], str | None]:
    """A page of the accepted reviews by an author that are published on a domain or below it, and the next cursor."""
    if not author or not site:
        return [], None
    starts = [f"{scheme}://{below}{site}{end}" for scheme in ("http", "https") for below in ("", "%.") for end in ENDS]
    keys = (
        sa.select(review.c.id.label("key"))
        .select_from(review.join(claim, claim.c.id == review.c.claim_id))
        .where(
            held(review, claim),
            review.c.state == ReportState.ACCEPTED,
            claim.c.state == ReportState.ACCEPTED,
            review.c.author.in_(_spellings(session, author)),
            review.c.reviewed_at.is_not(None),
            sa.or_(*(review.c.url.ilike(start) for start in starts)),
        )
    )
    found, following = turn(session, keys, asked, {"reviewed": (review.c.reviewed_at, review.c.id)})
    order = [row["key"] for row in found]
    by_key = {one.review.key: one for one in _of(session, order)}
    return [by_key[key] for key in order if key in by_key], following


def spelled(author: str) -> str:
    """A name as names are compared: capitals and the width of gaps make no other desk.

    >>> spelled("the  Desk") == spelled("The Desk")
    True
    """
    return " ".join(author.split()).casefold()


def _spellings(session: Session, author: str) -> list[str]:
    """How a name is spelled in the reviews that are held."""
    # What is a capital the databases see differently.
    named = session.execute(sa.select(review.c.author).where(held(review)).distinct()).scalars()
    return [name for name in named if spelled(name) == spelled(author)]


# What may stand behind a domain in an address.
ENDS = ("", "/%", ":%", "?%", "#%")


def kinds_of(session: Session, names: Collection[str]) -> dict[str, SourceKind]:
    """The kinds of sources by their names, of those that there are."""
    if not names:
        return {}
    statement = sa.select(source.c.name, source.c.kind).where(source.c.name.in_(list(names)), held(source))
    return {row.name: row.kind for row in session.execute(statement)}


def _of(session: Session, keys: Collection[int]) -> list[HeldReview]:
    return [HeldReview(one, about) for one, about in session.execute(_held().where(col(Review.id).in_(keys)))]


def _held() -> sa.Select[Review, Claim]:
    return (
        sa.select(Review, Claim)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            col(Review.recorded_to).is_(None),
            col(Claim.recorded_to).is_(None),
            col(Review.visibility) == Visibility.PUBLIC,
            col(Claim.visibility) == Visibility.PUBLIC,
        )
    )
