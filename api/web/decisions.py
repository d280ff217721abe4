"""Decisions about what was proposed from a document: accept, reject, say that it states a known claim, take it back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy import Engine
from sqlmodel import Session

from api.dependencies import Held, PublicId, Reads
from api.web.choosing import ids_in
from api.web.document_notices import Notice, too_late
from api.web.documents import DocumentAsked, document_page
from api.web.links import json_link, link
from api.web.rendering import page
from api.web.signing import back_to, by_page
from api.web.words import sentence
from provenance.analysis.knowing import match
from provenance.analysis.recording import recording
from provenance.answers import ClaimItem
from provenance.answers_detail import ReportDetail
from provenance.errors import Conflict, InvalidInput
from provenance.storage.deciding import DecisionCreate, ProposalMerge
from provenance.storage.history import change_id
from provenance.storage.reads.asked import ClaimsAsked
from provenance.storage.reads.asked_match import MatchAsked
from provenance.storage.reads.claims import claims
from provenance.storage.reads.reports import details_in, report_detail
from provenance.storage.session import reading
from provenance.storage.writes.deciding import accept_report, reject_report
from provenance.storage.writes.reassigning import merge_report
from provenance.storage.writes.undoing import undo
from provenance.vocabulary import ReportState

router = APIRouter()

Words = Annotated[str, Form(max_length=2000)]


@router.post("/documents/{document_id}/decide")
def decide(
    document_id: PublicId,
    request: Request,
    engine: Held,
    accept: Words = "",
    reject: Words = "",
    why: Words = "",
) -> Response:
    """Accept or reject one proposal, and go on to the next one."""
    report_id, act, done = (accept, accept_report, "accepted") if accept else (reject, reject_report, "rejected")
    try:
        with reading(engine) as session:
            _check_belongs(session, document_id, report_id)
            following = next_waiting(session, document_id, report_id)
        with recording(engine, by_page(), why.strip() or None) as writer:
            act(writer, report_id, DecisionCreate(why=why.strip() or None))
    except (InvalidInput, Conflict) as refused:
        return _refused(request, engine, document_id, report_id, refused)
    return back_to(place(document_id, report_id, following, change_id(writer.at)), done)


@router.post("/documents/{document_id}/undo")
def take_back(document_id: PublicId, request: Request, engine: Held, change: Words, of: Words = "") -> Response:
    """Take a decision back; nothing is removed, a new change restores what was."""
    try:
        with recording(engine, by_page(), None) as writer:
            undo(writer, change)
    except (InvalidInput, Conflict) as refused:
        return _shown(request, engine, document_id, refused, Notice(said(refused), of, change, fault=True))
    return back_to(place(document_id, of, of or None, change_id(writer.at)), "undone")


@router.get("/reports/{report_id}/merge")
def choose_claim(report_id: PublicId, request: Request, session: Reads, engine: Held, q: str = "") -> Response:
    """The known claims that a proposal may state, with reasons; and a search for others."""
    return _choice(request, engine, report_detail(session, report_id), q)


@router.post("/reports/{report_id}/merge")
def merge(
    report_id: PublicId,
    request: Request,
    engine: Held,
    into: Words = "",
    other: Words = "",
    why: Words = "",
) -> Response:
    """Say that a proposal states a known claim; it goes on waiting."""
    with reading(engine) as session:
        before = report_detail(session, report_id)
    try:
        chosen = _chosen(into, other)
        with recording(engine, by_page(), why.strip() or None) as writer:
            merge_report(writer, report_id, ProposalMerge(into=chosen, why=why.strip() or None))
    except InvalidInput as refused:
        return _choice(request, engine, before, "", said(refused))
    except Conflict as refused:
        if before.state is ReportState.PROPOSED:
            return _choice(request, engine, before, "", said(refused))
        return _refused(request, engine, before.document, report_id, refused)
    return back_to(place(before.document, report_id, report_id, change_id(writer.at)), "merged")


def _chosen(into: str, other: str) -> str:
    """The claim that was chosen, or whose address was pasted."""
    chosen = next(iter(ids_in(other, "clm")), None) or into
    if other.strip() and chosen == into:
        raise InvalidInput("into: that is no address of a claim. Copy it from the claim’s page.", field="into")
    if not chosen:
        raise InvalidInput("into: no claim was chosen. Choose one, or paste the address of its page.", field="into")
    return chosen


def said(refused: InvalidInput | Conflict) -> str:
    """What is wrong in a sentence, without the name that the interface for programs has for the field."""
    message = refused.message
    field = f"{refused.field}: " if refused.field else ""
    return sentence(message.removeprefix(field))


def _check_belongs(session: Session, document_id: str, report_id: str) -> None:
    if not report_id:
        raise InvalidInput("accept: nothing was chosen. Press the button of a statement.", field="accept")
    if report_detail(session, report_id).document != document_id:
        raise InvalidInput("accept: that statement is one of another document. Decide about it there.", field="accept")


def _refused(
    request: Request, engine: Engine, document_id: str, report_id: str, refused: InvalidInput | Conflict
) -> Response:
    """The page of the document again; where somebody was faster, with who decided what."""
    notice = Notice(said(refused), fault=True)
    if isinstance(refused, Conflict):
        with reading(engine) as session:
            report = report_detail(session, report_id)
            if report.state is not ReportState.PROPOSED:
                notice = too_late(session, report)
    return _shown(request, engine, document_id, refused, notice)


def _shown(
    request: Request, engine: Engine, document_id: str, refused: InvalidInput | Conflict, notice: Notice
) -> Response:
    status = HTTPStatus.CONFLICT if isinstance(refused, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY
    with reading(engine) as session:
        return document_page(request, session, document_id, DocumentAsked(), status, notice)


def next_waiting(session: Session, document_id: str, report_id: str) -> str | None:
    """The proposal that follows one in the order of the text; the first one behind the last; None where none waits."""
    waiting = [one for one in details_in(session, document_id) if one.state is ReportState.PROPOSED]
    waiting.sort(key=lambda one: (one.quote_start is None, one.quote_start or 0))
    order = [one.id for one in waiting]
    if report_id not in order:
        return next(iter(order), None)
    at = order.index(report_id)
    return next(iter([*order[at + 1 :], *order[:at]]), None)


def place(document_id: str, report_id: str, following: str | None, change: str) -> str:
    """The address of a document that shows the next statement and tells what was done about another."""
    return f"{link(document_id, of=report_id, change=change)}#{following or 'statements'}"


def _choice(request: Request, engine: Engine, report: ReportDetail, q: str, fault: str | None = None) -> Response:
    with reading(engine) as session:
        try:
            alike, why_none = match(session, MatchAsked(report=report.id, limit=6)).items, "No known claim is like it."
        except InvalidInput as unlike:
            # Its own claim is not public, or is gone; others can be looked for by their words all the same.
            alike, why_none = [], said(unlike)
        found: list[ClaimItem] = claims(session, ClaimsAsked(q=q, limit=12)).items if q.strip() else []
    return page(
        request,
        "merge.html",
        422 if fault else 200,
        title="Which known claim does it state?",
        crumbs=[("Documents", "/documents"), (report.document_title or report.publisher, link(report.document))],
        json=json_link(report.id),
        here="documents",
        report=report,
        alike=alike,
        why_none=why_none,
        found=[one for one in found if one.id != report.claim],
        q=q,
        fault=fault,
    )
