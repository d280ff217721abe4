"""Examples of ClaimReview markup, and of what becomes of it."""

from __future__ import annotations

from typing import Any

from provenance.answers_claimreview import ClaimReviewsTaken, ReviewWarning, TakenReview
from provenance.vocabulary import ReviewTaken

CLAIM = "Dozens of attackers were eliminated in Almaty."
MARKUP: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://desk.example/checks/dozens",
    "headline": "Who says that dozens were eliminated?",
    "inLanguage": "en",
    "datePublished": "2022-01-10",
    "claimReviewed": CLAIM,
    "author": {"@type": "Organization", "name": "A Desk"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Saltanat Azirbek"},
        "datePublished": "2022-01-06",
        "firstAppearance": {"@type": "CreativeWork", "url": "https://agency.example/almaty"},
        "appearance": {"@type": "CreativeWork", "url": "https://paper.example/almaty"},
    },
    "reviewRating": {
        "@type": "Rating",
        "alternateName": "One origin",
        "ratingExplanation": "Every report goes back to one police spokeswoman.",
    },
}
PAGE = '<html><script type="application/ld+json">{"@type": "ClaimReview", …}</script></html>'
TAKEN = ClaimReviewsTaken(
    created=1,
    changed=0,
    unchanged=0,
    refused=0,
    items=[
        TakenReview(
            place="",
            outcome=ReviewTaken.CREATED,
            review="rev_4mz2k7dqpxw3n5ta",
            claim="clm_w5jops5txk5ioqn4",
            claim_text=CLAIM,
            reason=None,
            warnings=[
                ReviewWarning(
                    place="author", message="It has 2 names where one is wanted; the first, 'A Desk', is taken."
                )
            ],
        )
    ],
)
