"""Reviews: a person's or fact-checker's verdict with reasons."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import At, PublicId, Reads, Writes
from api.documented import READ_ONE, WRITE_CHANGE, WRITE_NEW, given, page_of, shows
from provenance.answers import Page, ReviewItem
from provenance.answers_detail import ReviewDetail
from provenance.storage.reads import reviews as reads
from provenance.storage.reads.asked import ReviewsAsked
from provenance.storage.review import ReviewChange, ReviewCreate
from provenance.storage.writes.reviews import change_review, create_review

router = APIRouter(prefix="/reviews", tags=["reviews"])


@router.get("", summary="List reviews", responses=page_of(examples.REVIEW))
def list_reviews(asked: Annotated[ReviewsAsked, Query()], session: Reads) -> Page[ReviewItem]:
    """Reviews. Only accepted ones, unless proposals are included."""
    return reads.reviews(session, asked)


@router.post(
    "",
    status_code=201,
    summary="Add a review",
    response_model=ReviewDetail,
    responses=shows(examples.REVIEW_DETAIL, status=201, problems=WRITE_NEW),
)
def add_review(body: Annotated[ReviewCreate, given("review")], write: Writes) -> Response:
    """Record a review, with the material that it rests on."""
    return write.add(create_review, body, reads.review_detail, "/v1/reviews")


@router.get(
    "/{review_id}",
    summary="Read a review",
    response_model=ReviewDetail,
    responses=shows(examples.REVIEW_DETAIL, problems=READ_ONE),
)
def read_review(review_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """One review, whatever its state, with the material that it rests on."""
    return tagged(request, reads.review_detail(session, review_id))


@router.patch(
    "/{review_id}",
    summary="Change a review",
    response_model=ReviewDetail,
    responses=shows(examples.REVIEW_DETAIL, problems=WRITE_CHANGE),
)
def alter_review(review_id: PublicId, body: Annotated[ReviewChange, given("change_review")], write: Writes) -> Response:
    """Change the fields that are given; null means null. What it said before stays in the history."""
    return write.change(review_id, change_review, body, reads.review_detail)
