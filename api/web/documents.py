"""A document: its text with what it states, from whom and with which figures; and what waits for a decision.

Who may not read archived texts whole is shown the words that its reports quote, with the few words beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from api.dependencies import PublicId, Reads
from api.web.choosing import PageAsked
from api.web.document_marks import Told, marks_of, told_in_order
from api.web.document_notices import EXCERPT, Notice, just_done
from api.web.extracts import extracts
from api.web.links import json_link, link
from api.web.marking import Block, blocks
from api.web.rendering import page
from api.web.taking_along import alternates, taking_along
from api.web.versions import Changes, changes
from api.web.words import counted, date, readable, shortened
from provenance.access import reads_whole_texts, who_asks
from provenance.answers import DocumentItem
from provenance.answers_detail import DocumentDetail, RelationDetail, ReportDetail
from provenance.extraction.zones import find_zones
from provenance.storage.reads.copies import copies_of
from provenance.storage.reads.documents import document_for_extracts, documents_called
from provenance.storage.reads.figures import figure_details_in
from provenance.storage.reads.reports import details_in, report_detail
from provenance.vocabulary import DocumentRelationKind, ReportState

router = APIRouter()


class DocumentAsked(PageAsked):
    """From which moment a document is looked at; and what was just decided about which statement, by which change."""

    as_of: str | None = None
    known_at: str | None = None
    done: str | None = None
    of: str | None = None
    change: str | None = None


At = Annotated[DocumentAsked, Query()]


@router.get("/reports/{report_id}")
def find_report(report_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """A report is shown in its document."""
    found = report_detail(session, report_id)
    return RedirectResponse(f"{link(found.document, as_of=at.as_of, known_at=at.known_at)}#{found.id}", 303)


@router.get("/documents/{document_id}")
def read_document(document_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """One document, and what was just decided about one of its statements."""
    return document_page(request, session, document_id, at)


def document_page(
    request: Request,
    session: Session,
    document_id: str,
    at: DocumentAsked,
    status: int = 200,
    notice: Notice | None = None,
) -> Response:
    """The page of a document; ``notice``: what stood in the way of a decision that was sent from it."""
    document = document_for_extracts(session, document_id)
    reports = details_in(session, document_id)
    told = told_in_order(reports, figure_details_in(session, document_id))
    others = documents_called(session, _related(document))
    along = taking_along(document_id, at.as_of, at.known_at)
    return page(
        request,
        "document.html",
        status,
        title=_title(document),
        description=_description(document, told),
        crumbs=[("Documents", "/documents"), (document.publisher, link(document.publisher_id, as_of=at.as_of))],
        json=json_link(document_id, as_of=at.as_of, known_at=at.known_at),
        here="documents",
        along=along,
        alternates=alternates(along),
        document=document,
        excerpt=document.note == EXCERPT,
        as_of=at.as_of,
        now=at.as_of is None and at.known_at is None,
        told=told,
        waiting=[one for one in told if one.waits],
        refused=[report for report in reports if report.state is ReportState.REJECTED],
        ids=_ids(reports),
        blocks=_blocks(document, told),
        whole=reads_whole_texts(),
        copies=copies_of(session, document_id) if who_asks().at_the_desk else [],
        relations=_relations(document, others),
        later=_other(document, others, earlier=False),
        **_changed(session, document, others),
        notice=notice or just_done(session, reports, at.done, at.of, at.change),
    )


def _title(document: DocumentDetail) -> str:
    return document.title or (readable(document.url) if document.url else f"A page of {document.publisher}")


def _description(document: DocumentDetail, told: Sequence[Told]) -> str:
    first = next((one.report.claim_text for one in told), None)
    states = f"states {counted(len(told), 'claim')}" if told else "nothing has been marked in it yet"
    more = f": {first}" if first else "."
    return shortened(f"{document.publisher}, {date(document.published_at)}: {states}{more}", 220)


def _blocks(document: DocumentDetail, told: Sequence[Told]) -> list[Block]:
    text = document.text
    if text is None:
        return []
    zones, marks = find_zones(text), marks_of(told, text)
    return blocks(text, zones if reads_whole_texts() else extracts(zones, marks), marks)


def _ids(reports: Sequence[ReportDetail]) -> dict[str, str]:
    """The sources of all chains by their names."""
    return {
        name: public_id
        for report in reports
        for hop in report.attributions
        for name, public_id in ((hop.upstream, hop.upstream_id), (hop.downstream, hop.downstream_id))
        if name is not None and public_id is not None and public_id.startswith("src_")
    }


def _related(document: DocumentDetail) -> set[str]:
    return {one for each in document.relations for one in (each.document, each.of_document) if one} - {document.id}


def _relations(document: DocumentDetail, others: dict[str, DocumentItem]) -> list[dict[str, Any]]:
    """What its text depends on, and what depends on it, in words; versions are told by themselves."""
    return [
        {
            "words": WORDS[each.kind][each.document != document.id],
            "other": others.get(_opposite(each, document) or ""),
            "supplier": each.of_source,
            "supplier_id": each.of_source_id,
            "state": each.state,
            "note": each.note,
        }
        for each in document.relations
    ]


# How a relation reads from the document that depends, and from the one that it depends on.
WORDS = {
    DocumentRelationKind.SUPERSEDES: ("It is a later version of", "It was replaced by"),
    DocumentRelationKind.COPY_OF: ("It is a copy of", "It was copied by"),
    DocumentRelationKind.TRANSLATION_OF: ("It is a translation of", "It was translated by"),
    DocumentRelationKind.REWRITE_OF: ("It is a rewrite of", "It was rewritten by"),
}


def _opposite(relation: RelationDetail, document: DocumentDetail) -> str | None:
    return relation.of_document if relation.document == document.id else relation.document


def _other(document: DocumentDetail, others: dict[str, DocumentItem], *, earlier: bool) -> DocumentItem | None:
    """The version before this one, or the one after it."""
    found = (
        others.get(_opposite(each, document) or "")
        for each in document.relations
        if each.kind is DocumentRelationKind.SUPERSEDES and (each.document == document.id) is earlier
    )
    return next((one for one in found if one is not None), None)


def _changed(session: Session, document: DocumentDetail, others: dict[str, DocumentItem]) -> dict[str, Any]:
    """The version before, and what is different now where both texts are held."""
    before = _other(document, others, earlier=True)
    if before is None or not reads_whole_texts():
        return {"earlier": before, "different": None}
    text = document_for_extracts(session, before.id).text
    different: Changes | None = None
    if text is not None and document.text is not None:
        different = changes(text, document.text)
    return {"earlier": before, "different": different}
