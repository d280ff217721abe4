"""By what an annotation is known to say what a report of its document says already, and what a report keeps of it."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from provenance.answers_detail import ReportDetail
from provenance.exchange.annotation.finding import Found
from provenance.exchange.annotation.reading import Annotated
from provenance.storage.document import Document
from provenance.storage.reads.reports import details_in
from provenance.storage.words import fold
from provenance.vocabulary import Stance

Said = tuple[Any, ...]
LONGEST_BESIDE = 200


def held_in(session: Session, document: Document) -> dict[Said, tuple[str, str]]:
    """The ids of report and claim by what the reports of a document say, and by the annotations that they came from.

    Whatever their state: what a desk rejected is not put before it again.
    """
    held: dict[Said, tuple[str, str]] = {}
    for report in details_in(session, document.public_id):
        names = (report.id, report.claim)
        held.setdefault((fold(report.claim_text), report.stance, report.quote, report.quote_start), names)
        if (address := _address(report)) is not None:
            held.setdefault((address, report.quote, report.quote_start), names)
    return held


def said_by(claim: str, stance: Stance, found: Found, one: Annotated) -> Said:
    """What an annotation says: this claim, in these words."""
    words = quoted_by(one, found)
    return (fold(claim), stance, words["quote"], words["quote_start"])


def by_address(one: Annotated, found: Found) -> Said:
    """The annotation itself, by the address that it gives itself; it may have several targets."""
    words = quoted_by(one, found)
    return (one.id, words["quote"], words["quote_start"])


def quoted_by(one: Annotated, found: Found) -> dict[str, Any]:
    """The words as the held text has them; else as transcribed, with what stands beside them."""
    text, span = found.document.text, found.span
    if one.words is None:
        return {"quote": None, "quote_start": None, "quote_end": None}
    if text is not None and span is not None:
        return {"quote": text[span.start : span.end], "quote_start": span.start, "quote_end": span.end}
    beside = {"quote_prefix": one.words.prefix[-LONGEST_BESIDE:] or None}
    beside["quote_suffix"] = one.words.suffix[:LONGEST_BESIDE] or None
    return {"quote": one.words.exact, "quote_start": None, "quote_end": None, **beside}


def origin_of(one: Annotated) -> dict[str, str]:
    """What a report keeps of where it came from."""
    said = {"id": one.id, "creator": one.creator, "created": one.created, "source": one.source}
    return {name: value for name, value in said.items() if value is not None}


def _address(report: ReportDetail) -> str | None:
    kept = (report.grounds or {}).get("annotation")
    return kept.get("id") if isinstance(kept, dict) else None
