"""A review as ClaimReview markup: the same whether it was written here or came in as markup.

What came in is given again as it came, as far as it still says what our columns say; a value that was changed here
since is given as it is now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from provenance.exchange.claimreview.dates import date_text
from provenance.exchange.claimreview.plain import Fields
from provenance.exchange.claimreview.reviewed import ReviewedClaim, words_for

CONTEXT = "https://schema.org"
# The key of a review's markup under which stands what schema.org's terms say beyond our columns.
KEPT = "claimreview"


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who made a claim, and where it stood: one ``itemReviewed``. ``kind`` is a type of schema.org, if it is known.

    ``interpreter`` is who read it out of material that does not speak.
    """

    by: str | None = None
    kind: str | None = None
    on: str | None = None
    first: str | None = None
    appearances: tuple[str, ...] = ()
    interpreter: str | None = None
    interpreter_kind: str | None = None


def markup(reviewed: ReviewedClaim, claimed: Sequence[Claimed] = ()) -> Fields:
    """The markup of a review, without what came in beyond our columns.

    ``claimed`` says who made the claim where the review itself says nothing of it.

    >>> said = ReviewedClaim("Dozens were eliminated.", "A Desk", rating="One origin", claimant="Interior Ministry")
    >>> markup(said)["itemReviewed"]
    {'@type': 'Claim', 'author': {'name': 'Interior Ministry'}}
    """
    items = [item(each) for each in (claimed or [_own(reviewed)])]
    return _said(
        {
            "@type": "ClaimReview",
            "url": reviewed.url,
            "headline": reviewed.title,
            "inLanguage": reviewed.language,
            "datePublished": None if reviewed.reviewed_at is None else date_text(reviewed.reviewed_at),
            "claimReviewed": reviewed.claim,
            "author": _said({"@type": "Organization", "name": reviewed.author, "url": reviewed.author_url}),
            "itemReviewed": items[0] if len(items) == 1 else items,
            "reviewRating": rating(reviewed),
        }
    )


def item(claimed: Claimed) -> Fields:
    """One ``itemReviewed``."""
    appearances = [_work(address) for address in claimed.appearances]
    return _said(
        {
            "@type": "Claim",
            "author": _agent(claimed.by, claimed.kind),
            "claimInterpreter": _agent(claimed.interpreter, claimed.interpreter_kind),
            "datePublished": claimed.on,
            "firstAppearance": None if claimed.first is None else _work(claimed.first),
            "appearance": appearances or None,
        }
    )


def rating(reviewed: ReviewedClaim) -> Fields:
    """The verdict in its own words, and the number of its own scale; what we only filled in is left out."""
    filled = words_for(reviewed.rating_value, reviewed.best, reviewed.worst)
    return _said(
        {
            "@type": "Rating",
            "alternateName": None if reviewed.rating == filled else reviewed.rating,
            "ratingValue": _shown(reviewed.rating_value),
            "bestRating": _shown(reviewed.best),
            "worstRating": _shown(reviewed.worst),
            "ratingExplanation": reviewed.reasons,
        }
    )


def document(body: Mapping[str, Any]) -> Fields:
    """Markup as a document of its own."""
    return {"@context": CONTEXT, **body}


def _own(reviewed: ReviewedClaim) -> Claimed:
    return Claimed(reviewed.claimant, None, reviewed.claimed_on, reviewed.first_appearance, tuple(reviewed.appearances))


def _agent(name: str | None, kind: str | None) -> Fields | None:
    return None if name is None else _said({"@type": kind, "name": name})


def _work(address: str) -> Fields:
    return {"@type": "CreativeWork", "url": address}


def _shown(number: float | None) -> float | None:
    return int(number) if number is not None and number.is_integer() and abs(number) < 2**53 else number


def _said(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value is not None}
