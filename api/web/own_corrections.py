"""What this desk had published wrongly, in public and newest first, with the form that adds to it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlmodel import Session

from api.dependencies import Held, Reads
from api.faults import explained
from api.web.choosing import PageAsked, ids_in
from api.web.links import asked, link
from api.web.rendering import page
from api.web.signing import back_to, by_page
from provenance.analysis.recording import recording
from provenance.answers_detail import ClaimDetail
from provenance.errors import InvalidInput
from provenance.storage.desk import OwnCorrectionCreate
from provenance.storage.reads.asked_desk import OwnCorrectionsAsked
from provenance.storage.reads.claims import claim_detail
from provenance.storage.reads.desk import own_corrections
from provenance.storage.session import reading
from provenance.storage.writes.desk import correct_ourselves

router = APIRouter()

PER_PAGE = 25
LONGEST_ADDRESS = 500


class OwnCorrectionsPageAsked(PageAsked, OwnCorrectionsAsked):
    """What the page of our own corrections takes."""

    limit: int = Field(default=PER_PAGE, ge=1, le=200)
    done: str | None = None


class CorrectionForm(BaseModel):
    """What somebody typed to correct us."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    claim: str = Field(default="", max_length=LONGEST_ADDRESS)
    said: str = ""
    says: str = ""
    why: str = ""


@router.get("/our-corrections")
def list_own_corrections(
    asked_for: Annotated[OwnCorrectionsPageAsked, Query()], request: Request, session: Reads
) -> Response:
    """Our own corrections: all, or those about one claim or event."""
    told = "It is public now, here and on the page of the claim." if asked_for.done == "corrected" else None
    return _page(
        request, session, asked_for, CorrectionForm(claim=(asked_for.claim or "")[:LONGEST_ADDRESS]), done=told
    )


@router.post("/our-corrections")
def correct(typed: Annotated[CorrectionForm, Form()], request: Request, engine: Held) -> Response:
    """Say in public what we had published wrongly."""
    try:
        given = OwnCorrectionCreate.model_validate(
            {"claim": _claim(typed.claim), "said": typed.said, "says": typed.says, "why": typed.why}
        )
        with recording(engine, by_page()) as writer:
            correct_ourselves(writer, given)
    except (InvalidInput, ValidationError) as refused:
        with reading(engine) as session:
            return _page(request, session, OwnCorrectionsPageAsked(), typed, 422, fault=_told(refused))
    return back_to("/our-corrections", "corrected")


def _claim(typed: str) -> str:
    found = ids_in(typed, "clm")
    if not found:
        raise InvalidInput("claim: no claim was recognised. Paste the address of its page.", field="claim")
    return found[0]


FIELDS = {"said": "What we had said", "says": "What we say now", "why": "How it came about"}


def _told(refused: InvalidInput | ValidationError) -> str:
    if isinstance(refused, ValidationError):
        first = refused.errors()[0]
        told = explained({**first, "loc": ("body", *first["loc"])}, None)
        return f"{FIELDS.get(told.field, told.field)}: {told.message} {told.remedy}"
    return refused.message.partition(": ")[2] or refused.message


def _page(
    request: Request,
    session: Session,
    asked_for: OwnCorrectionsPageAsked,
    typed: CorrectionForm,
    status: int = 200,
    *,
    done: str | None = None,
    fault: str | None = None,
) -> Response:
    about: ClaimDetail | None = claim_detail(session, asked_for.claim) if asked_for.claim else None
    return page(
        request,
        "our_corrections.html",
        status,
        title="Our own corrections",
        description="What this desk had published wrongly about claims, what it says now, and how it was noticed.",
        crumbs=[("The claim", link(about.id))] if about else [],
        json=f"/v1/own-corrections{asked(claim=asked_for.claim, event=asked_for.event)}",
        feed="/feeds/corrections.atom",
        done=done,
        found=own_corrections(session, asked_for),
        more=f"/our-corrections{asked(claim=asked_for.claim, event=asked_for.event)}",
        about=about,
        typed=typed,
        fault=fault,
    )
