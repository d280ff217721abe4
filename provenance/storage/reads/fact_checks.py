"""Claims that fact-checkers reviewed in public, with their reviews: by words, publisher, language, age or image.

One answer is about one claim by one claimant: where reviewers name different claimants, nobody's review may seem to be
about what another one said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import Session

from provenance.storage.addresses import lies_on
from provenance.storage.derived import listed
from provenance.storage.reads.asked import Paged
from provenance.storage.reads.fact_check_images import claims_with_image
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import Condition, Found, claim, event, held, review, rows
from provenance.storage.reads.search import Indexed, words_of
from provenance.storage.reads.searching_then import matching
from provenance.storage.record import now
from provenance.storage.words import fold
from provenance.vocabulary import ReportState


class FactChecksAsked(Paged):
    """What may be asked of reviewed claims; the newest review comes first."""

    sort: str = "-reviewed"
    query: str | None = Field(default=None, description="Words that must all occur in the claim.")
    site: str | None = Field(default=None, description="Host of the review's address, or one above it.")
    language: str | None = Field(default=None, description="Language of the review; its region does not matter.")
    max_age_days: int | None = Field(default=None, ge=1, description="At most so many days since the review.")
    image: str | None = Field(default=None, description="Address of an image that the claim or a review goes with.")


@dataclass(frozen=True, slots=True)
class FactChecked:
    """A claim as reviewers tell it, with those of its published reviews that were asked for, newest first.

    ``claimant`` is None where no reviewer names one.
    """

    claim: int
    public_id: str
    text: str
    claimant: str | None
    reviews: tuple[Found, ...]


def fact_checks(session: Session, asked: FactChecksAsked, offset: int = 0) -> tuple[list[FactChecked], str | None]:
    """A page of reviewed claims, and the cursor of the next one if there is one.

    ``offset`` leaves out the first ones, where no cursor says where to begin.
    """
    narrowed = _narrowed(session, asked)
    newest = (
        sa.select(
            review.c.claim_id,
            review.c.claimant,
            sa.func.max(review.c.reviewed_at).label("reviewed_at"),
            sa.func.max(review.c.id).label("review_id"),
        )
        .select_from(REVIEWED)
        .where(*narrowed)
        .group_by(review.c.claim_id, review.c.claimant)
        .subquery()
    )
    orders: dict[str, Keys] = {"reviewed": (newest.c.reviewed_at, newest.c.review_id)}
    statement = sa.select(newest.c.claim_id, newest.c.claimant)
    found, following = turn(session, statement if asked.cursor else statement.offset(offset), asked, orders)
    reviews = _reviews(session, narrowed, {row["claim_id"] for row in found})
    return [_together(reviews[row["claim_id"], row["claimant"]]) for row in found], following


REVIEWED = review.join(claim, claim.c.id == review.c.claim_id).join(event, event.c.id == claim.c.event_id)
PUBLISHED: tuple[Condition, ...] = (
    held(review, claim, event),
    review.c.url.is_not(None),
    *(table.c.state == ReportState.ACCEPTED for table in (review, claim, event)),
)
SHOWN = ("url", "title", "author", "rating", "language", "reviewed_at", "claimed_on")


def _narrowed(session: Session, asked: FactChecksAsked) -> list[Condition]:
    dialect = session.get_bind().dialect.name
    conditions = list(PUBLISHED)
    if asked.query is not None:
        hits = review.c.claim_id.in_(matching(session, asked.query, Indexed.CLAIM))
        worded = _reworded(session, asked.query)
        conditions.append(sa.or_(hits, review.c.claim_id.in_(listed(worded, dialect))) if worded else hits)
    if asked.site is not None:
        conditions.append(lies_on(review.c.url, asked.site, dialect))
    if asked.language is not None:
        tag = sa.func.lower(review.c.language)
        wanted = without_region(asked.language)
        conditions.append(sa.or_(tag == wanted, tag.startswith(f"{wanted}-", autoescape=True)))
    if asked.max_age_days is not None:
        conditions.append(review.c.reviewed_at >= _days_ago(asked.max_age_days))
    if asked.image is not None:
        conditions.append(review.c.claim_id.in_(listed(claims_with_image(session, asked.image), dialect)))
    return conditions


def _reworded(session: Session, query: str) -> set[int]:
    """The claims whose words occur in a reviewer's wording; the index holds our own one alone.

    Reviews that repeat our wording need not be looked at, and few do not.
    """
    words = words_of(query)
    if not words:
        return set()
    statement = (
        sa.select(review.c.claim_id, review.c.claim_reviewed)
        .select_from(REVIEWED)
        .where(*PUBLISHED, review.c.claim_reviewed != claim.c.text)
    )
    return {row.claim_id for row in session.execute(statement) if _occur(words, fold(row.claim_reviewed).split())}


def _occur(words: list[str], said: Iterable[str]) -> bool:
    there = set(said)
    return all(word in there for word in words[:-1]) and any(word.startswith(words[-1]) for word in there)


def without_region(tag: str) -> str:
    """A language tag in lower case without its region: whoever asks for American English can read British.

    >>> without_region("en-US"), without_region("sr-Latn-RS"), without_region("es-419")
    ('en', 'sr-latn', 'es')
    """
    first, *more = tag.lower().split("-")
    return "-".join([first, *(part for part in more if len(part) > 3 or (len(part) == 3 and part.isalpha()))])


def _days_ago(days: int) -> datetime:
    try:
        return now() - timedelta(days=days)
    except OverflowError:
        return datetime(1, 1, 1, tzinfo=UTC)


def _reviews(
    session: Session, narrowed: Iterable[Condition], claims: Iterable[int]
) -> dict[tuple[int, str | None], list[Found]]:
    here = review.c.claim_id.in_(listed(claims, session.get_bind().dialect.name))
    statement = (
        sa.select(
            review.c.claim_id,
            review.c.claimant,
            claim.c.public_id,
            sa.func.coalesce(review.c.claim_reviewed, claim.c.text).label("text"),
            *(review.c[name] for name in SHOWN),
        )
        .select_from(REVIEWED)
        .where(*narrowed, here)
        .order_by(review.c.reviewed_at.desc().nulls_last(), review.c.id.desc())
    )
    by_claimant: dict[tuple[int, str | None], list[Found]] = {}
    for row in rows(session, statement):
        by_claimant.setdefault((row["claim_id"], row["claimant"]), []).append(row)
    return by_claimant


def _together(reviews: list[Found]) -> FactChecked:
    newest: dict[str, Any] = dict(reviews[0])
    return FactChecked(newest["claim_id"], newest["public_id"], newest["text"], newest["claimant"], tuple(reviews))
