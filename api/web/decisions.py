"""Decisions about what was proposed from a document: accept, reject, say that it states a known claim, take it back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy import Engine
from sqlmodel import Session

from api.dependencies import Held, PublicId, Reads
from api.web.choosing import ids_in
from api.web.links import json_link, link
from api.web.rendering import page
from api.web.signing import OurPage, back_to, written_by
from provenance.analysis.knowing import match
from provenance.analysis.recording import recording
from provenance.answers import ClaimItem
from provenance.answers_detail import ReportDetail
from provenance.errors import InvalidInput
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

By = Annotated[str, Form(max_length=150)]
Words = Annotated[str, Form(max_length=2000)]


@router.post("/documents/{document_id}/decide")
def decide(
    document_id: PublicId,
    engine: Held,
    ours: OurPage,
    accept: Words = "",
    reject: Words = "",
    by: By = "",
    why: Words = "",
) -> Response:
    """Accept or reject one proposal, and go on to the next one."""
    report_id, act, done = (accept, accept_report, "accepted") if accept else (reject, reject_report, "rejected")
    if not report_id:
        raise InvalidInput("accept: nothing was chosen. Press the button of a statement.", field="accept")
    with reading(engine) as session:
        following = next_waiting(session, document_id, report_id)
    with recording(engine, written_by(by), why.strip() or None) as writer:
        act(writer, report_id, DecisionCreate(why=why.strip() or None))
    return back_to(place(document_id, report_id, following, change_id(writer.at)), done, by)


@router.post("/documents/{document_id}/undo")
def take_back(
    document_id: PublicId, engine: Held, ours: OurPage, change: Words, of: Words = "", by: By = ""
) -> Response:
    """Take a decision back; nothing is removed, a new change restores what was."""
    with recording(engine, written_by(by), None) as writer:
        undo(writer, change)
    return back_to(place(document_id, of, of or None, change_id(writer.at)), "undone", by)


@router.get("/reports/{report_id}/merge")
def choose_claim(report_id: PublicId, request: Request, session: Reads, engine: Held, q: str = "") -> Response:
    """The known claims that a proposal may state, with reasons; and a search for others."""
    return _choice(request, engine, report_detail(session, report_id), q)


@router.post("/reports/{report_id}/merge")
def merge(
    report_id: PublicId,
    request: Request,
    engine: Held,
    ours: OurPage,
    into: Words = "",
    other: Words = "",
    by: By = "",
    why: Words = "",
) -> Response:
    """Say that a proposal states a known claim; it goes on waiting."""
    chosen = next(iter(ids_in(other, "clm")), None) or into
    try:
        if not chosen:
            raise InvalidInput("into: no claim was chosen. Choose one, or paste the address of its page.", field="into")
        with recording(engine, written_by(by), why.strip() or None) as writer:
            report = merge_report(writer, report_id, ProposalMerge(into=chosen, why=why.strip() or None))
    except InvalidInput as refused:
        with reading(engine) as session:
            found = report_detail(session, report_id)
        return _choice(request, engine, found, "", refused.message)
    with reading(engine) as session:
        document = report_detail(session, report.public_id).document
    return back_to(place(document, report_id, report_id, change_id(writer.at)), "merged", by)


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
        alike = match(session, MatchAsked(report=report.id, limit=6)).items
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
        found=[one for one in found if one.id != report.claim],
        q=q,
        fault=fault,
    )
