"""Reports: a document states a claim, with which words and through which chain."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import At, PublicId, Reads, Writes
from api.documented import READ_ONE, WRITE_CHANGE, WRITE_NEW, given, page_of, shows
from provenance.answers import Page, ReportItem
from provenance.answers_detail import ReportDetail
from provenance.storage.reads import reports as reads
from provenance.storage.reads.asked import ReportsAsked
from provenance.storage.report import ReportChange, ReportCreate
from provenance.storage.writes.deciding import edit_report
from provenance.storage.writes.reports import create_report

router = APIRouter(prefix="/reports", tags=["reports"])


@router.get("", summary="List reports", responses=page_of(examples.REPORT))
def list_reports(asked: Annotated[ReportsAsked, Query()], session: Reads) -> Page[ReportItem]:
    """Reports with the chains that they declare. Only accepted ones, unless proposals are included or a
    `state` is asked for.
    """
    return reads.reports(session, asked)


@router.post(
    "",
    status_code=201,
    summary="Add a report",
    response_model=ReportDetail,
    responses=shows(examples.REPORT_DETAIL, status=201, problems=WRITE_NEW),
)
def add_report(body: Annotated[ReportCreate, given("report")], write: Writes) -> Response:
    """Say that a document states a claim, through these hops, with these figures; all of it or nothing."""
    return write.add(create_report, body, reads.report_detail, "/v1/reports")


@router.get(
    "/{report_id}",
    summary="Read a report",
    response_model=ReportDetail,
    responses=shows(examples.REPORT_DETAIL, problems=READ_ONE),
)
def read_report(report_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """One report, whatever its state: where exactly the document says so, its hops and figures."""
    return tagged(request, reads.report_detail(session, report_id))


@router.patch(
    "/{report_id}",
    summary="Change a report",
    response_model=ReportDetail,
    responses=shows(examples.REPORT_DETAIL, problems=WRITE_CHANGE),
)
def alter_report(report_id: PublicId, body: Annotated[ReportChange, given("change_report")], write: Writes) -> Response:
    """Change the fields that are given; null means null. Hops and figures are replaced as a whole where given. What is
    put right in a proposal is kept as a decision, and a new `state` accepts or rejects it.
    """
    return write.change(report_id, edit_report, body, reads.report_detail)
