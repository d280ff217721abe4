"""Writes that a document states a claim: the words, the hops and the figures, checked as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import col

from provenance.errors import InvalidInput
from provenance.quantity import read_quantity
from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.figure import Figure, FigureCreate
from provenance.storage.report import (
    Attribution,
    AttributionBase,
    AttributionCreate,
    Report,
    ReportChange,
    ReportCreate,
)
from provenance.storage.source import Source
from provenance.storage.writes.chains import check_chain
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Qualifier


def create_report(writer: Writer, given: ReportCreate) -> Report:
    """Say that a document states a claim, through these hops, with these figures."""
    document = referred(writer.session, Document, given.document, "document")
    claim = referred(writer.session, Claim, given.claim, "claim")
    values = given.model_dump(exclude={"document", "claim", "attributions", "figures"})
    check_span(document, values, "quote", values["quote"])
    values |= _quoted(document, values)
    report = writer.add(
        Report(**values, document_id=document.key, claim_id=claim.key, text_length=document.text_length)
    )
    _put_hops(writer, report, document, given.attributions)
    _put_figures(writer, report, document, given.figures)
    return report


def change_report(writer: Writer, public_id: str, change: ReportChange) -> Report:
    """Change a reading; hops and figures that are given take the place of all there were."""
    report = known(writer.session, Report, public_id)
    document = writer.session.get_one(Document, report.document_id)
    values = {name: value for name, value in change.values().items() if name not in ("attributions", "figures")}
    spanned = {name: getattr(report, name) for name in ("quote", "quote_start", "quote_end")} | values
    check_span(document, spanned, "quote", spanned["quote"])
    writer.change(report, values | _quoted(document, spanned))
    if "attributions" in change.model_fields_set:
        _put_hops(writer, report, document, change.attributions)
    if "figures" in change.model_fields_set:
        _put_figures(writer, report, document, change.figures)
    return report


def check_span(document: Document, values: dict[str, Any], column: str, words: str | None, field: str = "") -> None:
    """Whether a span lies inside the document's text and holds just the words that are claimed to stand there."""
    start, end = values.get(f"{column}_start"), values.get(f"{column}_end")
    where = f"{field or column}_start"
    if start is None and end is None:
        return
    if start is None or end is None:
        raise InvalidInput(f"{where}: give both ends of the span, or neither.", field=where)
    if document.text is None:
        raise InvalidInput(f"{where}: the document's text is not held, so a span cannot be checked.", field=where)
    if not 0 <= start < end <= len(document.text):
        raise InvalidInput(
            f"{where}: the span {start} to {end} is outside the text, which has {len(document.text)} code points.",
            field=where,
        )
    if words is not None and document.text[start:end] != words:
        raise InvalidInput(
            f"{where}: at {start} to {end} the text says {document.text[start:end][:80]!r}, not {words[:80]!r}; "
            "offsets count code points from 0, the end is exclusive.",
            field=where,
        )


def _quoted(document: Document, values: dict[str, Any]) -> dict[str, Any]:
    # A span without the words is as good as the words: the text says them.
    if values["quote"] is not None or values["quote_start"] is None or document.text is None:
        return {}
    return {"quote": document.text[values["quote_start"] : values["quote_end"]]}


def read_figure(given: dict[str, Any], language: str | None, field: str = "figure") -> dict[str, Any]:
    """Fill in qualifier, value and interval from the printed words where they are left out.

    :raises InvalidInput: for a qualifier that promises a number where neither the writer gives one nor the words do.
    """
    qualifier = given.get("qualifier")
    if qualifier is not None and any(given.get(name) is not None for name in ("value", "low", "high")):
        return given
    quantity = read_quantity(given["text"], language=(language or "en").split("-")[0])
    if qualifier not in (None, quantity.qualifier):
        if qualifier in WITHOUT_NUMBER:
            return given
        raise InvalidInput(
            f"{field}.qualifier: '{given['text']}' reads as {quantity.qualifier}, not {qualifier}; give value, low and "
            "high with it, or leave the qualifier out.",
            field=f"{field}.qualifier",
        )
    derived = {
        "qualifier": quantity.qualifier,
        "value": number(quantity.value),
        "low": number(quantity.low),
        "high": number(quantity.high),
    }
    return given | {name: value for name, value in derived.items() if given.get(name) is None}


# What a figure may be without any number: words that somebody could not read, or that no policy of ours reads.
WITHOUT_NUMBER = (Qualifier.VAGUE, Qualifier.UNREADABLE, Qualifier.NOT_GIVEN)


def number(value: Any) -> float | None:
    """A quantity as the database keeps it."""
    return None if value is None else float(value)


def _put_hops(writer: Writer, report: Report, document: Document, given: Sequence[AttributionCreate]) -> None:
    """Bring the report's hops to these; one between the same two sources is the same hop, whatever is said of it."""
    wanted = [_hop(writer, report, document, hop, f"attributions.{position}") for position, hop in enumerate(given)]
    check_chain(writer.session, document, report, wanted, [hop.downstream_id for hop in wanted])
    held = {(hop.upstream_id, hop.downstream_id): hop for hop in _held(writer, Attribution, report)}
    kept = [held.pop((hop.upstream_id, hop.downstream_id), None) for hop in wanted]
    for gone in held.values():
        writer.retire(gone)
    for hop, same in zip(wanted, kept, strict=True):
        if same is None:
            writer.add(hop)
        else:
            writer.change(same, {name: getattr(hop, name) for name in AttributionBase.model_fields})


def _hop(writer: Writer, report: Report, document: Document, given: AttributionCreate, field: str) -> Attribution:
    upstream = None
    if given.upstream is not None:
        upstream = referred(writer.session, Source, given.upstream, f"{field}.upstream")
    downstream = referred(writer.session, Source, given.downstream, f"{field}.downstream")
    values = given.model_dump(exclude={"upstream", "downstream"})
    check_span(document, values, "cue", values["cue"], f"{field}.cue")
    return Attribution(
        **values,
        report_id=report.key,
        claim_id=report.claim_id,
        text_length=report.text_length,
        upstream_id=upstream.key if upstream else None,
        downstream_id=downstream.key,
    )


def _put_figures(writer: Writer, report: Report, document: Document, given: Sequence[FigureCreate]) -> None:
    """Bring the report's figures to these; one with the same printed words is the same figure."""
    wanted = [_figure(document, figure, f"figures.{position}") for position, figure in enumerate(given)]
    held = _held(writer, Figure, report)
    kept = [_taken(held, values["text"]) for values in wanted]
    for gone in held:
        writer.retire(gone)
    for values, same in zip(wanted, kept, strict=True):
        if same is None:
            own = {"report_id": report.key, "claim_id": report.claim_id, "text_length": report.text_length}
            writer.add(Figure(**{**values, **own}))
        else:
            writer.change(same, values)


def _figure(document: Document, given: FigureCreate, field: str) -> dict[str, Any]:
    values = read_figure(given.model_dump(), document.language, field)
    check_span(document, values, "text", values["text"], f"{field}.text")
    if values["low"] is not None and values["high"] is not None and values["low"] > values["high"]:
        raise InvalidInput(f"{field}.low: it is above high; swap the two.", field=f"{field}.low")
    return values


def _taken(held: list[Figure], text: str) -> Figure | None:
    same = next((figure for figure in held if figure.text == text), None)
    if same is not None:
        held.remove(same)
    return same


H = TypeVar("H", Attribution, Figure)


def _held(writer: Writer, table: type[H], report: Report) -> list[H]:
    statement = sa.select(table).where(col(table.report_id) == report.key, col(table.recorded_to).is_(None))
    return list(writer.session.execute(statement.order_by(col(table.id))).scalars())
