"""A report as a Web Annotation: its target is the words in the document, its body is the claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from provenance.answers_detail import DocumentDetail, ReportDetail
from provenance.exchange.addresses import page_of
from provenance.exchange.annotation.format import CONTEXT, HEDGED

BESIDE = 32  # code points before and after the words, where the report gives none itself
Json = dict[str, Any]


def annotation_of(report: ReportDetail, document: DocumentDetail, first_recorded: datetime, base: str) -> Json:
    """The annotation that says what a report says, as JSON-LD without its context.

    :param first_recorded: since when this database has held the report, in whichever state.
    """
    return {
        "id": address_of(base, report.id),
        "type": "Annotation",
        "motivation": "identifying",
        "created": instant(first_recorded),
        "modified": instant(report.recorded_from),
        **({"creator": {"type": "Software", "name": report.extractor}} if report.extractor else {}),
        "generator": {"id": f"{base}/", "type": "Software", "name": "Claim provenance"},
        "body": list(_bodies(report, base)),
        "target": _target(report, document, base),
    }


def alone(annotation: Json) -> Json:
    """An annotation that stands by itself, with its context."""
    return {"@context": CONTEXT, **annotation}


def address_of(base: str, report_id: str) -> str:
    """Where the annotation of a report lies.

    >>> address_of("https://claims.example", "rep_x")
    'https://claims.example/v1/reports/rep_x/annotation'
    """
    return f"{base}/v1/reports/{report_id}/annotation"


def instant(at: datetime) -> str:
    """A time as the model writes it: in UTC, with a Z.

    >>> instant(datetime(2022, 1, 6, 12, tzinfo=UTC))
    '2022-01-06T12:00:00Z'
    """
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _bodies(report: ReportDetail, base: str) -> Iterator[Json]:
    yield {"type": "SpecificResource", "source": page_of(base, report.claim), "purpose": "identifying"}
    yield _text(report.claim_text, "describing")
    yield _text(report.stance.value, "classifying", language="en")
    if report.hedge:
        yield _text(HEDGED.format(report.hedge), "commenting")
    if report.note:
        yield _text(report.note, "commenting")


def _text(value: str, purpose: str, language: str | None = None) -> Json:
    spoken = {"language": language} if language else {}
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose, **spoken}


def _target(report: ReportDetail, document: DocumentDetail, base: str) -> Json:
    selectors, states = list(_selectors(report, document.text)), list(_states(document))
    return {
        "type": "SpecificResource",
        "source": document.url or page_of(base, document.id),
        **({"selector": selectors} if selectors else {}),
        **({"state": states} if states else {}),
    }


def _selectors(report: ReportDetail, text: str | None) -> Iterator[Json]:
    """The words with what stands beside them, and their place; nothing where the whole document is meant."""
    if report.quote is None:
        return
    start, end = report.quote_start, report.quote_end
    before, after = report.quote_prefix, report.quote_suffix
    if text is not None and start is not None and end is not None:
        before = before or text[max(0, start - BESIDE) : start]
        after = after or text[end : end + BESIDE]
    quote = {"type": "TextQuoteSelector", "exact": report.quote}
    yield quote | ({"prefix": before} if before else {}) | ({"suffix": after} if after else {})
    if start is not None and end is not None:
        yield {"type": "TextPositionSelector", "start": start, "end": end}


def _states(document: DocumentDetail) -> Iterator[Json]:
    """Which representation was read: when it was retrieved, and where a copy of it is kept."""
    state: Json = {"type": "TimeState"}
    if document.retrieved_at is not None:
        state["sourceDate"] = instant(document.retrieved_at)
    if document.archive_url is not None:
        state["cached"] = document.archive_url
    if len(state) > 1:
        yield state
