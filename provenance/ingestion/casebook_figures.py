"""The figure of a coded row: the words as printed, what they assert, and what is measured as printed and normalised.

Qualifier and interval are derived from the printed words; what the coder wrote for them is only compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from provenance.errors import ProvenanceError
from provenance.ingestion.casebook_claims import Scope
from provenance.ingestion.casebook_reading import Row
from provenance.ingestion.casebook_tables import Line, Tables
from provenance.ingestion.story_writing import Flow, compact
from provenance.quantity import read_quantity
from provenance.vocabulary import Qualifier

REMARK = re.compile(r"\s*\((?:as printed|as recalled|headline)[^)]*\)")
PARTS = ("measure", "counted", "place")


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the interval that the words give is not the one that the coder wrote."""

    claim_id: str
    text: str
    coded: tuple[str | None, float | None, float | None]
    derived: tuple[str, float | None, float | None]
    note: str | None


def figure_of(row: Row, scope: Scope, tables: Tables) -> Flow | None:
    """The figure that a row prints; None where no figure is coded."""
    if row.figure is None:
        return None
    line = tables.by("figures", "casebook").get((row.figure,))
    text = (line.get("text") or row.figure) if line else row.figure
    fields: dict[str, object] = {"text": text, **_interval(text, line)}
    for part in PARTS:
        normalised, printed = getattr(scope, part), _printed(part, getattr(row, part), tables)
        fields[part] = normalised or printed
        if normalised and printed and printed != normalised:
            fields[f"{part}_printed"] = printed
    return Flow(**compact(**fields, as_of=row.as_of))


def difference_of(row: Row, figure: Mapping[str, object] | None, tables: Tables) -> Difference | None:
    """How the derived interval differs from the coded one, if it does."""
    if figure is None:
        return None
    line = tables.by("figures", "casebook").get((row.figure or "",))
    derived = (str(figure["qualifier"]), _number(figure.get("low")), _number(figure.get("high")))
    if (row.low, row.high) == derived[1:]:
        return None
    return Difference(
        row.claim_id,
        str(figure["text"]),
        (row.modifier, row.low, row.high),
        derived,
        line.get("note") if line else None,
    )


def _interval(text: str, line: Line | None) -> dict[str, object]:
    if line is not None and line.get("qualifier"):
        reviewed = {part: _cell(line, part) for part in ("value", "low", "high")}
        return {"qualifier": Qualifier(line.need("qualifier")).value, **reviewed}
    try:
        quantity = read_quantity(text)
    except ProvenanceError:
        return {"qualifier": Qualifier.UNREADABLE.value}
    return {
        "qualifier": quantity.qualifier.value,
        "value": _plain(quantity.value),
        "low": _plain(quantity.low),
        "high": _plain(quantity.high),
        "unit": quantity.unit,
    }


def _printed(part: str, value: str | None, tables: Tables) -> str | None:
    if value is None:
        return None
    line = tables.by("printed", "field", "casebook").get((part, value))
    return line.need("printed") if line else REMARK.sub("", value)


def _cell(line: Line, column: str) -> float | None:
    value = line.get(column)
    try:
        return None if value is None else _plain(float(value))
    except ValueError as broken:
        raise line.refusal(column, f"should be a number, and is {value!r}", "write digits") from broken


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) else None


def _plain(value: float | Decimal | None) -> float | None:
    # Whole numbers are written without a fraction.
    return None if value is None else int(value) if value == int(value) else float(value)
