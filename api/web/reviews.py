"""The page of a review: whose verdict it is, in whose words, on which claim, resting on what, and its markup."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.dependencies import Held, PublicId, Reads
from api.marking_up import LD_JSON, all_in_page, publisher_of
from api.web.links import json_link, link
from api.web.rendering import page
from provenance.answers_detail import ReviewDetail
from provenance.exchange.claimreview.publishing import marked_up, missing
from provenance.exchange.claimreview.writing import document
from provenance.storage.reads.review_markup import review_held
from provenance.storage.reads.reviews import review_detail

router = APIRouter()


@router.get("/reviews/{review_id}")
def read_review(review_id: PublicId, request: Request, session: Reads, engine: Held) -> Response:
    """One review, whatever its state; marked up for search engines if this desk has published it."""
    one = review_detail(session, review_id)
    held = review_held(session, review_id)
    lacking = missing(held, publisher_of(request))
    markup = json_link(review_id, "claimreview")
    return page(
        request,
        "review.html",
        title=one.title or f"{one.author}: “{one.rating}”",
        description=f"{one.author} on “{held.said}”: {one.rating}",
        crumbs=[(one.claim_text, link(one.claim))],
        json=json_link(review_id),
        alternates=[] if lacking else [(LD_JSON, "ClaimReview markup", markup)],
        here="claims",
        one=one,
        said=held.said,
        scale=_scale(one),
        reasons=one.reasons,
        markup=markup,
        lacking=lacking,
        marked_up=[] if lacking else all_in_page([document(marked_up(engine, held))]),
    )


def _scale(one: ReviewDetail) -> str | None:
    """The number of a rating on its publisher's own scale, in words; never one of ours."""
    if one.rating_value is None:
        return None
    ends = [
        f"{number:g} is the {name}"
        for number, name in ((one.worst_rating, "worst"), (one.best_rating, "best"))
        if number is not None
    ]
    return f"{one.rating_value:g} on its own scale" + (f", where {' and '.join(ends)}" if ends else "")
