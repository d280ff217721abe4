"""A reading as the JSON that other programs rely on: spans, statements with chains, figures and dates.

Offsets are code points of `text`, end exclusive. What is null was not found or is not known; nothing is guessed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from provenance.extraction.reading import DateFound, FigureFound, Link, Reading, Span, Statement
from provenance.numerals import Number
from provenance.vocabulary import FigureKind


def as_json(reading: Reading, id: str | None = None) -> dict[str, Any]:
    """The reading as plain JSON values; ``id`` is whatever the caller knows the text by."""
    return {
        "id": id,
        "text": reading.text,
        "language": reading.language,
        "zones": [{"kind": zone.kind.value, "start": zone.start, "end": zone.end} for zone in reading.zones],
        "statements": [_statement(statement) for statement in reading.statements],
        "statements_read": reading.statements_read,
        "figures": [_figure(figure, reading.text) for figure in reading.figures],
        "dates": [_date(date) for date in reading.dates],
        "notes": list(reading.notes),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "content": {**_span(statement.content), "parts": [list(part) for part in statement.parts]},
        "cue": _span_or_null(statement.cue),
        "source": _span_or_null(statement.source),
        "chain": [_link(link) for link in statement.chain],
        "kind": statement.kind.value,
        "stance": statement.stance.value,
        "hedge": statement.hedge,
        "continues": statement.continues,
        "restates": statement.restates,
        "rule": statement.rule,
        "confidence": round(statement.confidence, 3),
        "confidences": {name: round(share, 3) for name, share in statement.confidences.items()},
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "as_named": link.as_named,
        "source": link.source,
        "status": link.status.value,
        "start": link.start,
        "end": link.end,
        "step": link.step,
        "kind": None if link.kind is None else link.kind.value,
        "country": link.country,
        "manner": link.manner.value,
        "antecedent": _span_or_null(link.antecedent),
    }


def _figure(figure: FigureFound, text: str) -> dict[str, Any]:
    return {
        "start": figure.start,
        "end": figure.end,
        "text": figure.text,
        "kind": figure.kind.value,
        "number_at": _part(text, figure.number_start, figure.number_end),
        "second_at": _part(text, figure.second_start, figure.second_end),
        "qualifier": figure.qualifier.value,
        "value": _number(figure.value),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "low_open": figure.low_open,
        "high_open": figure.high_open,
        "unit": figure.unit,
        "percent": figure.kind is FigureKind.PERCENT,
        "money": figure.currency,
        "counted": None if figure.counted is None else figure.counted.text,
        "counted_at": _span_or_null(figure.counted),
        "role": figure.role,
        "role_at": _span_or_null(figure.role_printed),
        "place": _span_or_null(figure.place),
        "as_of": _span_or_null(figure.as_of),
        "total": figure.total,
        "part_of": figure.part_of,
        "out_of": figure.out_of,
        "statement": figure.statement,
        "rule": figure.rule,
        "confidence": round(figure.confidence, 3),
    }


def _date(date: DateFound) -> dict[str, Any]:
    return {
        "start": date.start,
        "end": date.end,
        "text": date.text,
        "earliest": _instant(date.earliest),
        "latest": _instant(date.latest),
        "basis": date.basis.value,
        "rule": date.rule,
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _span_or_null(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else _span(span)


def _part(text: str, start: int | None, end: int | None) -> dict[str, Any] | None:
    return None if start is None or end is None else _span(Span.of(text, start, end))


def _number(number: Number | None) -> int | float | None:
    return number if number is None or isinstance(number, int) else float(number)


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"
