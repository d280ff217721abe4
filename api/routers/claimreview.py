"""ClaimReview markup: that of a review which this desk has published, and markup of others taken in."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.conditional import JSON
from api.conditional import written as json_of
from api.dependencies import Held, PublicId, Writes
from api.documented import shows, shows_files
from api.examples_claimreview import MARKUP, PAGE, TAKEN
from api.marking_up import LD_JSON, publisher_of, written
from provenance.answers_claimreview import ClaimReviewsTaken
from provenance.errors import InvalidInput
from provenance.exchange.claimreview.importing import Asked, Entry, entries_of_json, entries_of_page, take_in
from provenance.exchange.claimreview.publishing import review_markup
from provenance.ingestion.loading.charsets import decode
from provenance.storage.reads.asked import Question
from provenance.vocabulary import ReportState

router = APIRouter(tags=["reviews"])

# Each new one is compared with the claims that are held (some 6 ms), and nobody else writes meanwhile.
MOST = 500
PAGES = frozenset({"text/html", "application/xhtml+xml"})
ONE = {"schema": {"type": "object"}, "examples": {"review": {"summary": "One review", "value": MARKUP}}}
SENT = {
    JSON: ONE,
    LD_JSON: ONE,
    "text/html": {"schema": {"type": "string"}, "examples": {"page": {"summary": "A whole page", "value": PAGE}}},
}
BODY = {"description": "One review, a list, a graph, a feed, or a whole page.", "required": True, "content": SENT}


MARKED_UP = {
    "description": "The markup.",
    "content": {LD_JSON: {"schema": {"type": "object"}, "example": MARKUP}},
}


class TakingAsked(Question):
    """How markup is taken in."""

    event: str | None = Field(
        default=None, description="Public id of the event of claims that are not held; else of one for all such claims."
    )
    state: Literal["proposed", "accepted"] = Field(
        default="proposed", description="What new reviews, and their new claims, become."
    )
    skip_broken: bool = Field(
        default=False, description="Take in what is sound and tell what is not; else one broken review refuses all."
    )


@router.get(
    "/reviews/{review_id}/claimreview",
    summary="Read a review as ClaimReview markup",
    response_class=Response,
    responses={**shows_files({}, problems=(404, 409, 422)), 200: MARKED_UP},
)
def read_markup(review_id: PublicId, request: Request, engine: Held) -> Response:
    """The markup of a review that this desk has published: accepted, public, with `url` and `reviewed_at`, by the
    desk's name and on its domain. Of any other review, 409 says which of these is missing. The author of the claim is
    its origin, never a carrier; where the origin is not stated, there is none.
    """
    return Response(written(review_markup(engine, review_id, publisher_of(request))), media_type=LD_JSON)


@router.post(
    "/claimreview",
    summary="Take in ClaimReview markup",
    response_model=ClaimReviewsTaken,
    responses=shows(TAKEN, problems=(400, 409, 413, 415, 422)),
    openapi_extra={"requestBody": BODY},
)
async def take_markup(asked: Annotated[TakingAsked, Query()], request: Request, write: Writes) -> Response:
    """Read reviews that others published, and record each with the claim that it is about: one that is held and reads
    the same, or a new one. A review that was taken in before changes nothing, and one that was changed since changes
    its record. Rating words stay what they are; nothing is concluded from them. Either all is written, or nothing.
    """
    body = await request.body()
    answer = await run_in_threadpool(_taken, body, request.headers.get("content-type", ""), asked, write)
    return Response(json_of(answer), media_type=JSON)


def _taken(body: bytes, content_type: str, asked: TakingAsked, write: Writes) -> ClaimReviewsTaken:
    how = Asked(asked.event, ReportState(asked.state), asked.skip_broken)
    entries = _entries(body, content_type)
    if len(entries) > MOST:
        raise InvalidInput(
            f"body: it holds {len(entries):,} reviews. Send at most {MOST:,} at once, or give the file to "
            "`provenance claimreview`.",
            field="body",
        )
    return take_in(write.engine, entries, how, write.who, write.why)


def _entries(body: bytes, content_type: str) -> list[Entry]:
    kind, _, parameters = content_type.partition(";")
    kind = kind.strip().lower()
    if not body.strip():
        raise InvalidInput("body: there is none. Send ClaimReview markup, or a page that holds it.", field="body")
    if kind in PAGES:
        declared = parameters.partition("charset=")[2].strip(" \"';") or None
        try:
            return entries_of_page(decode(body, declared, markup=True).text)
        except InvalidInput as unreadable:
            raise InvalidInput(f"body: {unreadable}", field="body") from unreadable
    if kind == JSON or (kind.startswith("application/") and kind.endswith("+json")):
        return entries_of_json(body)
    raise HTTPException(
        415, f"The body is sent as {kind[:100] or 'nothing'}. Send application/ld+json, application/json or text/html."
    )
