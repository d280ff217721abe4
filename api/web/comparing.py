"""One claim as of two dates, side by side: what changed in between, in words first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, model_validator
from sqlalchemy import Engine
from sqlmodel import Session

from api.dependencies import Held, Reads
from api.web.choosing import PageAsked, ids_in
from api.web.comparing_words import between, changes, pairs, sides
from api.web.links import asked, json_link, link
from api.web.reading import trace_of
from api.web.rendering import page
from api.web.words import date
from provenance.answers import ClaimItem
from provenance.answers_trace import Trace
from provenance.storage.reads.asked import ClaimsAsked, latest, moment_of
from provenance.storage.reads.claims import claims

router = APIRouter()

OFFERED = 8
NOW_WORDS = "what is held now"


class ComparePage(PageAsked):
    """What is compared: a claim, by its id, its address or its words, and two dates; without the later one, now."""

    claim: str | None = Field(default=None, max_length=2000)
    earlier: str | None = Field(default=None, alias="from")
    later: str | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _dates_can_be_read(self) -> ComparePage:
        for written, field in ((self.earlier, "from"), (self.later, "to")):
            if written is not None:
                latest(written, field)
        return self


@router.get("/compare")
def compare(question: Annotated[ComparePage, Query()], request: Request, engine: Held, session: Reads) -> Response:
    """Two dates of one claim, or a form that asks for what is missing."""
    named = ids_in(question.claim or "", "clm")
    if not named:
        return _which(request, session, question)
    question = _in_order(question)
    now = trace_of(engine, named[0], moment_of(None, None))
    if question.earlier is None:
        return _page(request, question, now, None)
    return _page(request, question, now, _both(engine, question, now))


def _in_order(question: ComparePage) -> ComparePage:
    """The two dates, the earlier one first, however they were given."""
    if question.earlier is None or question.later is None:
        return question
    first, last = moment_of(question.earlier, None), moment_of(question.later, None)
    if first.as_of and last.as_of and first.as_of > last.as_of:
        return question.model_copy(update={"earlier": question.later, "later": question.earlier})
    return question


def _both(engine: Engine, question: ComparePage, now: Trace) -> tuple[Trace, Trace]:
    before = trace_of(engine, now.claim.id, moment_of(question.earlier, None))
    after = trace_of(engine, now.claim.id, moment_of(question.later, None)) if question.later else now
    return before, after


def _which(request: Request, session: Session, question: ComparePage) -> Response:
    """Asks for the claim; with words, offers those that have them."""
    found: list[ClaimItem] = []
    if question.claim:
        found = claims(session, ClaimsAsked(q=question.claim, limit=OFFERED)).items
    else:
        found = claims(session, ClaimsAsked(sort="-documents", limit=OFFERED)).items
    return page(
        request,
        "compare.html",
        title="Compare two dates",
        description="What was known about a claim on one date, and what on another.",
        question=question,
        now=None,
        found=found,
        both=None,
    )


def _page(request: Request, question: ComparePage, now: Trace, both: tuple[Trace, Trace] | None) -> Response:
    dates = f"{date(question.earlier)} and {date(question.later) if question.later else 'now'}" if both else "two dates"
    return page(
        request,
        "compare.html",
        title=f"{now.claim.text} – {dates} compared",
        description=f"What changed in the record of this claim between {dates}." if both else now.claim.text,
        crumbs=[(now.claim.event_title, link(now.claim.event)), ("The claim", link(now.claim.id))],
        json=json_link(now.claim.id, "trace", as_of=question.later),
        question=question,
        now=now,
        found=[],
        both=both,
        changes=changes(*both) if both else [],
        sides=sides(*both) if both else [],
        between=between(*both) if both else [],
        pairs=pairs(now),
        dates=(date(question.earlier), date(question.later) if question.later else NOW_WORDS) if both else None,
        dates_asked=(question.earlier, question.later),
        address=_address,
        before_json=json_link(now.claim.id, "trace", as_of=question.earlier),
        after_json=json_link(now.claim.id, "trace", as_of=question.later),
    )


def _address(claim: str, earlier: str | None = None, later: str | None = None) -> str:
    return f"/compare{asked(claim=claim, **{'from': earlier, 'to': later})}"
