"""Decisions about proposals: accept, reject, merge and split; which there are, and how often each rule is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Body, Query, Response
from sqlmodel import Session

from api import examples_deciding as examples
from api.conditional import JSON, written
from api.dependencies import PublicId, Reads, Recorder, Writes
from api.documented import WRITE_CHANGE, page_of, shows
from provenance.analysis.deciding import decide_many
from provenance.analysis.recording import recording
from provenance.answers import Page
from provenance.answers_decisions import DecisionItem, DecisionsAnswer, ExtractionStats, ProposalParts
from provenance.answers_detail import ReportDetail
from provenance.storage.deciding import DecisionCreate, DecisionsCreate, ProposalMerge, ProposalSplit
from provenance.storage.history import change_id
from provenance.storage.reads import decisions as reads
from provenance.storage.reads.asked_decisions import DecisionsAsked, StatsAsked
from provenance.storage.reads.reports import report_detail, report_items
from provenance.storage.report import Report
from provenance.storage.writes.deciding import accept_report, reject_report
from provenance.storage.writes.reassigning import merge_report, split_report
from provenance.storage.writes.writer import Writer

D = TypeVar("D", bound=DecisionCreate)

router = APIRouter(tags=["proposals"])


def given(noun: str) -> Any:
    """A body with its example."""
    return Body(openapi_examples={noun: {"summary": "From the founding case", "value": examples.GIVEN[noun]}})


@router.post(
    "/reports/decide",
    summary="Accept or reject many proposals",
    responses=shows(examples.MANY, problems=(400, 409, 413, 415, 422)),
)
def decide_about_many(body: Annotated[DecisionsCreate, given("decide")], write: Writes) -> DecisionsAnswer:
    """Those that `reports` names, or all that wait and meet a `filter`; all of them or none. With `dry_run` nothing is
    written, and the answer is the same.
    """
    return decide_many(write.engine, write.who, write.why, body)


@router.post(
    "/reports/{report_id}/accept",
    summary="Accept a proposal",
    response_model=ReportDetail,
    responses=shows(examples.ACCEPTED, problems=WRITE_CHANGE),
)
def accept_proposal(
    report_id: PublicId, write: Writes, body: Annotated[DecisionCreate | None, given("accept")] = None
) -> Response:
    """It counts from then on, and so do the claim, event and sources that it speaks of. To correct it first, change it
    with PATCH: what was put right is kept, and counts against the rule that proposed it.
    """
    return _decided(write, report_id, accept_report, body or DecisionCreate())


@router.post(
    "/reports/{report_id}/reject",
    summary="Reject a proposal",
    response_model=ReportDetail,
    responses=shows(examples.REJECTED, problems=WRITE_CHANGE),
)
def reject_proposal(
    report_id: PublicId, write: Writes, body: Annotated[DecisionCreate | None, given("reject")] = None
) -> Response:
    """It stays, marked as rejected. A claim, event or source that only it spoke of holds no longer."""
    return _decided(write, report_id, reject_report, body or DecisionCreate())


@router.post(
    "/reports/{report_id}/merge",
    summary="Say that a proposal states a known claim",
    response_model=ReportDetail,
    responses=shows(examples.MERGED, problems=WRITE_CHANGE),
)
def merge_proposal(report_id: PublicId, body: Annotated[ProposalMerge, given("merge")], write: Writes) -> Response:
    """It goes on waiting, as a report of that claim. Where nothing else states the claim that it was proposed for, that
    one's id leads to the known claim from then on (308).
    """
    return _decided(write, report_id, merge_report, body)


@router.post(
    "/reports/{report_id}/split",
    status_code=201,
    summary="Split a proposal that states several claims",
    response_model=ProposalParts,
    responses=shows(examples.PARTS, status=201, problems=WRITE_CHANGE),
)
def split_proposal(report_id: PublicId, body: Annotated[ProposalSplit, given("split")], write: Writes) -> Response:
    """Each part becomes a proposal of its own, with the hops of the whole and the figures inside the part, for a known
    claim or for a new one. The whole stays, marked as rejected.
    """
    with recording(write.engine, write.who, body.why or write.why) as writer:
        write.hold(writer, report_id, report_detail)
        made = split_report(writer, report_id, body)

        def answer(session: Session) -> Response:
            parts = report_items(session, [report.key for report in made])
            told = ProposalParts(split=report_id, parts=parts, change=change_id(writer.at))
            return Response(written(told), 201, media_type=JSON)

        return write.answered(writer, answer)


@router.get("/decisions", summary="List decisions about proposals", responses=page_of(examples.DECISION))
def list_decisions(asked: Annotated[DecisionsAsked, Query()], session: Reads) -> Page[DecisionItem]:
    """Who accepted, rejected, edited, merged or split what, why, and which rule had proposed it."""
    return reads.decisions(session, asked)


@router.get(
    "/extraction/stats", summary="See how often each rule is right", responses=shows(examples.STATS, problems=(422,))
)
def read_extraction_stats(asked: Annotated[StatsAsked, Query()], session: Reads) -> ExtractionStats:
    """For each rule of each extractor: what was proposed, what became of it, and which fields were put right. A field
    that was corrected before a proposal was accepted counts against the rule in that field alone.
    """
    return reads.extraction_stats(session, asked)


def _decided(write: Recorder, report_id: str, act: Callable[[Writer, str, D], Report], body: D) -> Response:
    return replace(write, why=body.why or write.why).change(report_id, act, body, report_detail)
