"""The annotations of one report or of a whole document, as they are asked for; a collection comes in pages."""

from __future__ import annotations

from sqlmodel import Session

from provenance.answers_detail import ReportDetail
from provenance.errors import NotFound
from provenance.exchange.annotation.format import CONTEXT
from provenance.exchange.annotation.writing import Json, address_of, alone, annotation_of
from provenance.storage.reads.asked import Included
from provenance.storage.reads.documents import document_detail, document_for_extracts
from provenance.storage.reads.reports import details_in, first_recorded, report_detail
from provenance.vocabulary import ReportState

PAGE = 50  # annotations of a page


def annotation(session: Session, report_id: str, include: Included, base: str) -> Json:
    """The annotation of one report.

    :raises NotFound: if there is no such report, or its state does not count.
    """
    report = report_detail(session, report_id)
    if report.state not in include.states:
        remedy = "" if report.state is ReportState.REJECTED else " Ask for it with include=proposed."
        raise NotFound(f"The report '{report_id}' is {report.state.value}, and gives no annotation.{remedy}")
    document = document_for_extracts(session, report.document)
    since = first_recorded(session, [report.id])
    return alone(annotation_of(report, document, since[report.id], base))


def collection(session: Session, document_id: str, include: Included, base: str) -> Json:
    """The collection of a document's annotations: how many there are, and where its pages lie.

    :raises NotFound: if there is no such document.
    """
    document = document_detail(session, document_id)
    total = len(_reports(session, document_id, include))
    where = _Place(base, document_id, include)
    found: Json = {
        "@context": CONTEXT,
        "id": where.whole,
        "type": "AnnotationCollection",
        "label": f"What is reported in {document.title or document.url or document.id}",
        "total": total,
    }
    return found if not total else found | {"first": where.page(0), "last": where.page((total - 1) // PAGE)}


def collection_page(session: Session, document_id: str, include: Included, number: int, base: str) -> Json:
    """One page of that collection, counted from 0, in the order in which the reports were recorded.

    :raises NotFound: if there is no such document, or it has fewer pages.
    """
    document = document_for_extracts(session, document_id)
    reports = _reports(session, document_id, include)
    shown = reports[number * PAGE : (number + 1) * PAGE]
    where = _Place(base, document_id, include)
    if not shown:
        raise NotFound(f"There is no page {number} of these annotations. Begin with the collection at {where.whole}.")
    since = first_recorded(session, [report.id for report in shown])
    last = (len(reports) - 1) // PAGE
    return {
        "@context": CONTEXT,
        "id": where.page(number),
        "type": "AnnotationPage",
        "partOf": {"id": where.whole, "type": "AnnotationCollection", "total": len(reports)},
        "startIndex": number * PAGE,
        **({"prev": where.page(number - 1)} if number else {}),
        **({"next": where.page(number + 1)} if number < last else {}),
        "items": [annotation_of(report, document, since[report.id], base) for report in shown],
    }


def report_at(address: str, base: str) -> str | None:
    """The report whose annotation lies at an address; None where it is none of ours.

    >>> report_at("https://claims.example/v1/reports/rep_x/annotation", "https://claims.example")
    'rep_x'
    """
    public_id = address.removeprefix(f"{base}/v1/reports/").removesuffix("/annotation")
    return public_id if public_id and address == address_of(base, public_id) else None


class _Place:
    """Where a collection and its pages lie."""

    def __init__(self, base: str, document_id: str, include: Included) -> None:
        self.address = f"{base}/v1/documents/{document_id}/annotations"
        self.asked = "" if include is Included.ACCEPTED else f"include={include.value}"

    @property
    def whole(self) -> str:
        return f"{self.address}?{self.asked}" if self.asked else self.address

    def page(self, number: int) -> str:
        return f"{self.address}?{self.asked + '&' if self.asked else ''}page={number}"


def _reports(session: Session, document_id: str, include: Included) -> list[ReportDetail]:
    return [report for report in details_in(session, document_id) if report.state in include.states]
