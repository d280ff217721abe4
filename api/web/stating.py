"""Says by hand what a document states, or puts right how it was read: quote, claim, stance, chain and figures."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlmodel import Session

from api.dependencies import Held, PublicId
from api.faults import explained
from api.web.decisions import next_waiting, place
from api.web.links import json_link, link
from api.web.overtaken import require_shown, version_of, what_changed
from api.web.rendering import page
from api.web.signing import back_to, by_page
from api.web.statement_checking import Doubtful, held_already
from api.web.statement_form import VOICES, Printed, StatementForm, Step, Voice, filled, is_line, with_rows
from api.web.statement_writing import NEW, restate, state
from api.web.words import plain
from provenance.analysis.knowing import match
from provenance.analysis.recording import recording
from provenance.answers import EventItem
from provenance.answers_detail import DocumentDetail, FigureDetail, ReportDetail
from provenance.answers_match import MatchItem
from provenance.errors import Conflict, InvalidInput, StaleWrite
from provenance.storage.history import change_id
from provenance.storage.reads.asked import EventsAsked, Included, ReportsAsked
from provenance.storage.reads.asked_match import LONGEST, MatchAsked
from provenance.storage.reads.changes import RecordNoun
from provenance.storage.reads.claims import claim_detail
from provenance.storage.reads.documents import document_detail
from provenance.storage.reads.events import events
from provenance.storage.reads.figures import figure_details_in
from provenance.storage.reads.reports import report_detail, reports
from provenance.storage.reads.rows import lock
from provenance.storage.session import reading
from provenance.vocabulary import ClaimKind, Manner, ReportState, Sameness, SourceKind, Stance

router = APIRouter()

Typed = Annotated[StatementForm, Form()]
Offset = Annotated[int | None, Query(ge=0)]


@router.get("/documents/{document_id}/state")
def begin(
    document_id: PublicId, request: Request, engine: Held, start: Offset = None, end: Offset = None, part: bool = False
) -> Response:
    """An empty form, or one about the words between two places; `part`: for a page that shows it beside the text."""
    with reading(engine) as session:
        document = document_detail(session, document_id)
        typed = _about(session, document, start, end)
        return _form(request, session, document, typed, part=part)


@router.post("/documents/{document_id}/state")
def take(document_id: PublicId, typed: Typed, request: Request, engine: Held) -> Response:
    """Write what the form tells, or show it again with what is wrong, or with claims that were looked for."""
    with reading(engine) as session:
        document = document_detail(session, document_id)
        if typed.do != "save":
            return _form(request, session, document, typed, part=typed.part)
    try:
        with recording(engine, by_page(), typed.why.strip() or None) as writer:
            # Whoever presses twice waits here, and finds what the first press wrote.
            lock(writer.session, document.id)
            held = held_already(writer.session, document, typed)
            made = None if held is not None else state(writer, document, typed)
    except (InvalidInput, Conflict, ValidationError) as refused:
        return _again(request, engine, document, typed, refused)
    if made is None:
        return back_to(f"{link(document_id, of=held)}#{held}", "held")
    done = "proposed" if made.state is ReportState.PROPOSED else "stated"
    return back_to(place(document_id, made.public_id, made.public_id, change_id(writer.at)), done)


@router.get("/reports/{report_id}/edit")
def begin_again(report_id: PublicId, request: Request, engine: Held) -> Response:
    """The form as a reading fills it."""
    with reading(engine) as session:
        report, document, figures = _read(session, report_id)
        shown = filled(report, figures).model_copy(update={"version": version_of([report, *figures])})
        return _form(request, session, document, shown, report)


@router.post("/reports/{report_id}/edit")
def change(report_id: PublicId, typed: Typed, request: Request, engine: Held) -> Response:
    """Write what was put right; the button says whether it is accepted with that."""
    with reading(engine) as session:
        report, document, figures = _read(session, report_id)
        if typed.do not in ("save", "accept"):
            return _form(request, session, document, typed, report)
        following = next_waiting(session, document.id, report_id)
    accept = typed.do == "accept"
    try:
        with recording(engine, by_page(), typed.why.strip() or None) as writer:
            lock(writer.session, report_id)
            report, document, figures = _read(writer.session, report_id)
            require_shown(typed.version, [report, *figures])
            restate(writer, document, report, figures, typed, accept=accept)
    except StaleWrite:
        return _overtaken(request, engine, report_id, typed)
    except (InvalidInput, Conflict, ValidationError) as refused:
        return _again(request, engine, document, typed, refused, report)
    done = "accepted" if accept else "edited" if report.state is ReportState.PROPOSED else "changed"
    shown = following if accept else report_id
    return back_to(place(document.id, report_id, shown, change_id(writer.at)), done)


def _read(session: Session, report_id: str) -> tuple[ReportDetail, DocumentDetail, list[FigureDetail]]:
    report = report_detail(session, report_id)
    printed = [one for one in figure_details_in(session, report.document) if one.report == report_id]
    return report, document_detail(session, report.document), printed


def _about(session: Session, document: DocumentDetail, start: int | None, end: int | None) -> StatementForm:
    """A form about some words of a document; its event is that of what the document states already."""
    asked = ReportsAsked(document=document.id, include=Included.PROPOSED, limit=1)
    event = next((claim_detail(session, one.claim).event for one in reports(session, asked).items), "")
    if document.text is None or start is None or end is None or not start < end <= len(document.text):
        return StatementForm(event=event)
    return StatementForm(quote=document.text[start:end], start=str(start), end=str(end), event=event)


def _again(
    request: Request,
    engine: Engine,
    document: DocumentDetail,
    typed: StatementForm,
    refused: InvalidInput | Conflict | ValidationError,
    report: ReportDetail | None = None,
) -> Response:
    shown = refused.form if isinstance(refused, Doubtful) else typed
    with reading(engine) as session:
        return _form(request, session, document, shown, report, fault=_fault(refused))


def _overtaken(request: Request, engine: Engine, report_id: str, typed: StatementForm) -> Response:
    """What was typed again, with who was faster; sent once more, it is based on what is held now."""
    with reading(engine) as session:
        report, document, figures = _read(session, report_id)
        told = what_changed(session, RecordNoun.REPORTS, report_id)
        kept = typed.model_copy(update={"version": version_of([report, *figures])})
        return _form(request, session, document, kept, report, fault=("top", told), status=412)


def _fault(refused: InvalidInput | Conflict | ValidationError) -> tuple[str, str]:
    """The part of the form at fault, and what is wrong in a sentence."""
    if isinstance(refused, ValidationError):
        first = refused.errors()[0]
        told = explained({**first, "loc": ("body", *first["loc"])}, None)
        return _part(told.field), f"{told.field}: {told.message} {told.remedy}"
    return _part(refused.field or ""), refused.message.partition(": ")[2] or refused.message


def _part(field: str) -> str:
    return PARTS.get(field.partition(".")[0].partition("_")[0], "top")


PARTS = {
    "quote": "quote",
    "claim": "claim",
    "text": "claim",
    "kind": "claim",
    "event": "event",
    "title": "event",
    "stance": "stance",
    "hedge": "stance",
    "chain": "chain",
    "attributions": "chain",
    "name": "chain",
    "figures": "figures",
}


def _form(
    request: Request,
    session: Session,
    document: DocumentDetail,
    typed: StatementForm,
    report: ReportDetail | None = None,
    *,
    part: bool = False,
    fault: tuple[str, str] | None = None,
    status: int | None = None,
) -> Response:
    asked = (typed.look.strip() or typed.quote.strip() or typed.text.strip())[:LONGEST]
    more = typed.do == "more"
    reworded = report is not None and claim_detail(session, report.claim).state is ReportState.PROPOSED
    return page(
        request,
        "state_part.html" if part else "state.html",
        status or (422 if fault else 200),
        title="Edit what it states" if report else "State something by hand",
        crumbs=[
            ("Documents", "/documents"),
            (document.title or document.publisher, link(document.id) + (f"#{report.id}" if report else "")),
        ],
        json=json_link(report.id if report else document.id),
        here="documents",
        document=document,
        report=report,
        reworded=reworded,
        typed=typed,
        fault=fault,
        alike=_alike(session, asked, typed) if report is None else [],
        NEW=NEW,
        steps=with_rows([one for one in typed.steps if one.name], 2 + more, Step()),
        printed=with_rows([one for one in typed.figures if one.text], 1 + more, Printed()),
        events=_events(session),
        voices=_voices(report),
        stances=[(one.value, plain(one)) for one in Stance],
        kinds=[
            ("", "How many, where a figure is given"),
            *((one.value, KINDS.get(one, one.meaning)) for one in ClaimKind),
        ],
        manners=[(one.value, plain(one)) for one in Manner],
        source_kinds=[(one.value, plain(one)) for one in SourceKind],
    )


# By its meaning alone, the last of the kinds would say that the claim is about nothing.
KINDS = {ClaimKind.OTHER: "Something else."}


def _alike(session: Session, asked: str, typed: StatementForm) -> list[MatchItem]:
    """Known claims like the words, and the one that was chosen, even where the words lead elsewhere now."""
    found = match(session, MatchAsked(text=asked, limit=6)).items if asked else []
    if typed.claim.startswith("clm_") and typed.claim not in [one.claim for one in found]:
        chosen = claim_detail(session, typed.claim)
        known: dict[str, Any] = {"event": chosen.event, "event_title": chosen.event_title, "tally": chosen.tally}
        kept = MatchItem(
            claim=chosen.id, text=chosen.text, **known, score=0, same=Sameness.POSSIBLE, reasons=[], fields=[]
        )
        found = [kept, *found]
    return found


def _events(session: Session) -> list[EventItem]:
    return events(session, EventsAsked(limit=200, sort="-recorded", include=Included.PROPOSED)).items


def _voices(report: ReportDetail | None) -> dict[Voice, str]:
    if report is not None and not is_line(report):
        return {Voice.KEPT: "As it is: its carriers stand side by side", **VOICES}
    return dict(VOICES)
