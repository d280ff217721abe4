"""Which column of a sheet holds what: as somebody says, or guessed from the headings for somebody to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from provenance.errors import InvalidInput
from provenance.ingestion.sheets.fields import SheetField, field_called
from provenance.ingestion.sheets.table import same_heading

ZONE = re.compile(r"Z|[+-]\d{2}:\d{2}", re.ASCII)
LONGEST = 200  # characters of a heading


class DayOrder(StrEnum):
    """How a day in figures is read: 6/1/2022 is 6 January to some and 1 June to others."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """For each field the heading of its column; ``order`` and ``zone`` say how dates are read that do not tell."""

    columns: Mapping[SheetField, str] = field(default_factory=dict)
    order: DayOrder | None = None
    zone: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As it is saved and sent; `mapping_from` reads it."""
        plain: dict[str, Any] = {str(field): column for field, column in self.columns.items()}
        options = {"dates": self.order and str(self.order), "zone": self.zone}
        said = {name: value for name, value in options.items() if value}
        if said and SheetField.PUBLISHED in self.columns:
            plain[str(SheetField.PUBLISHED)] = {"column": self.columns[SheetField.PUBLISHED], **said}
        return plain


def mapping_from(given: Mapping[str, Any]) -> SheetMapping:
    """A mapping from what is saved or sent: the column of each field, ``published`` with how dates are read.

    :raises InvalidInput: for a field that there is not, or a way of reading that we do not know.

    >>> mapping_from({"claim_text": "Claim", "published": {"column": "Date", "dates": "day_first"}}).order.value
    'day_first'
    """
    columns: dict[SheetField, str] = {}
    options: dict[str, Any] = {}
    for name, said in given.items():
        field = known_field(name)
        column = said
        if isinstance(said, Mapping):
            column = said.get("column")
            options |= _options(field, {key: value for key, value in said.items() if key != "column"})
        if not isinstance(column, str) or not column.strip() or len(column) > LONGEST:
            raise InvalidInput(
                f"columns.{name[:50]}: give the heading of its column, in 1 to {LONGEST} characters.", field="columns"
            )
        if field in columns:
            raise InvalidInput(f"columns.{name[:50]}: the field {field} is given twice. Keep one.", field="columns")
        columns[field] = column.strip()
    return SheetMapping(columns, **options)


def mapping_of(words: Iterable[str]) -> SheetMapping:
    """A mapping from words such as ``claim_text=Claim`` and ``published.dates=day_first``.

    :raises InvalidInput: naming the words that say nothing.
    """
    given: dict[str, Any] = {}
    options: dict[str, str] = {}
    for said in words:
        name, equals, value = said.partition("=")
        if not equals or not value.strip():
            raise InvalidInput(f"map: {said[:100]!r} says nothing; write FIELD=COLUMN.", field="map")
        base, dot, option = name.strip().partition(".")
        if dot:
            options[option] = value.strip()
        else:
            given[base] = value.strip()
    made = mapping_from(given)
    return SheetMapping(made.columns, **_options(SheetField.PUBLISHED, options)) if options else made


def merged(one: SheetMapping, over: SheetMapping) -> SheetMapping:
    """The first mapping with what the second says in its place."""
    return SheetMapping({**one.columns, **over.columns}, over.order or one.order, over.zone or one.zone)


def guessed(headings: Sequence[str]) -> SheetMapping:
    """What headings say by themselves; of two columns for one field, the first.

    >>> {field.value: column for field, column in guessed(["No", "Claim", "Source chain"]).columns.items()}
    {'id': 'No', 'claim_text': 'Claim', 'chain': 'Source chain'}
    """
    known = [(heading, field) for heading in headings if (field := field_called(heading)) is not None]
    # A column that bears a field's own name is that field, whatever stands before it.
    by_name = {field: heading for heading, field in reversed(known) if same_heading(heading, field)}
    first = {field: heading for heading, field in reversed(known)}
    return SheetMapping({field: by_name.get(field, first[field]) for _, field in known})


def placed(mapping: SheetMapping, headings: Sequence[str]) -> dict[SheetField, int]:
    """For each field the place of its column.

    :raises InvalidInput: where a column is not there, or there twice, or nothing says which one holds the claims.
    """
    places = {field: _place(field, column, headings) for field, column in mapping.columns.items()}
    if SheetField.CLAIM_TEXT not in places:
        raise InvalidInput(
            f"claim_text: no column is known to hold the claims. The columns are {_listed(headings)}. Say which one "
            "does: claim_text=COLUMN.",
            field="mapping",
        )
    return places


def known_field(name: str) -> SheetField:
    """The field of this name, or that people call so.

    :raises InvalidInput: listing what there is.
    """
    field = field_called(name)
    if field is None:
        raise InvalidInput(
            f"{name[:50]}: there is no such field. Use one of: {', '.join(SheetField)}.", field="mapping"
        )
    return field


def _place(field: SheetField, column: str, headings: Sequence[str]) -> int:
    found = [place for place, heading in enumerate(headings) if heading == column]
    found = found or [place for place, heading in enumerate(headings) if same_heading(heading, column)]
    if not found:
        raise InvalidInput(
            f"{field}: there is no column {column!r}. The columns are {_listed(headings)}.", field="mapping"
        )
    if len(found) > 1:
        raise InvalidInput(
            f"{field}: {len(found)} columns are called {column!r}. Give one of them another heading.", field="mapping"
        )
    return found[0]


def _listed(headings: Sequence[str]) -> str:
    named = ", ".join(repr(heading[:50]) for heading in headings[:30])
    return f"{named} and {len(headings) - 30} more" if len(headings) > 30 else named


def _options(field: SheetField, given: Mapping[str, Any]) -> dict[str, Any]:
    if not given:
        return {}
    if field is not SheetField.PUBLISHED or given.keys() - {"dates", "zone"}:
        raise InvalidInput(
            f"{field}: only published takes more than a column, namely dates and zone; leave out "
            f"{', '.join(map(str, given))}.",
            field="mapping",
        )
    read: dict[str, Any] = {}
    if (order := given.get("dates")) is not None:
        if order not in list(DayOrder):
            raise InvalidInput(f"published.dates: use one of: {', '.join(DayOrder)}.", field="mapping")
        read["order"] = DayOrder(order)
    if (zone := given.get("zone")) is not None:
        if not isinstance(zone, str) or not ZONE.fullmatch(zone):
            raise InvalidInput("published.zone: write a zone such as +06:00 or Z.", field="mapping")
        read["zone"] = zone
    return read
