"""Holds quotes, cues and figures to the text of the document that they are said to stand in.

Words of a document whose text is not held are accepted as transcribed, and have no span.
"""

from __future__ import annotations

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import col

from provenance.errors import InvalidInput
from provenance.storage.document import Document
from provenance.storage.figure import Figure
from provenance.storage.quoting import Span, Unplaced, place
from provenance.storage.report import Attribution, Report
from provenance.storage.writes.writer import Writer

QUOTED = frozenset({"quote", "quote_start", "quote_end", "quote_prefix", "quote_suffix"})
Values = dict[str, Any]


def quoted(document: Document, values: Values) -> Values:
    """The same values with the quote's span, or with the words that stand in the span."""
    start, end = values["quote_start"], values["quote_end"]
    # A span without the words is as good as the words: the text says them.
    if values["quote"] is None and start is not None and end is not None and document.text is not None:
        values = values | {"quote": document.text[start:end] or None}
    beside = values.get("quote_prefix") or "", values.get("quote_suffix") or ""
    return spanned(document, values, "quote", "quote", None, *beside)


def quote_of(report: Report) -> Span | None:
    """Where the report's quote stands."""
    if report.quote_start is None or report.quote_end is None:
        return None
    return Span(report.quote_start, report.quote_end)


def spanned(
    document: Document,
    values: Values,
    column: str,
    field: str,
    quote: Span | None,
    prefix: str = "",
    suffix: str = "",
) -> Values:
    """The same values with the span of the words in ``column``, which are looked for in the quote first.

    :raises InvalidInput: where a text is held and the words do not stand in it, or stand there several times.
    """
    words, start, end = values[column], values.get(f"{column}_start"), values.get(f"{column}_end")
    if start is not None or end is not None:
        _check_span(document, words, start, end, f"{field}_start")
        return values
    if words is None or document.text is None:
        return values
    found = place(document.text, words, quote, prefix, suffix)
    if isinstance(found, Unplaced):
        raise InvalidInput(f"{field}: {words[:80]!r} {found.problem}; {found.remedy}.", field=field)
    return values | {f"{column}_start": found.start, f"{column}_end": found.end}


def _check_span(document: Document, words: str | None, start: int | None, end: int | None, where: str) -> None:
    """Whether a span lies inside the document's text and holds just the words that are claimed to stand there."""
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


H = TypeVar("H", Attribution, Figure)


def held(writer: Writer, table: type[H], report: Report) -> list[H]:
    """The hops or the figures that a report has now."""
    statement = sa.select(table).where(col(table.report_id) == report.key, col(table.recorded_to).is_(None))
    return list(writer.session.execute(statement.order_by(col(table.id))).scalars())
