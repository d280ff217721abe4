"""A sheet as it was read: headings and rows of text, each with the number that a spreadsheet program shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from provenance.errors import InvalidInput
from provenance.ingestion.loading.words import one_line
from provenance.ingestion.sheets.fields import field_called
from provenance.storage.words import fold

MOST_BYTES = 50_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 500
BEFORE_HEADINGS = 20  # rows among which the headings are looked for


@dataclass(frozen=True, slots=True)
class Row:
    """One row with something in it; a cell that is blank is the empty text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its headings; ``name`` is that of the worksheet, ``others`` those of the ones that were not read."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    name: str | None = None
    others: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def tabled(
    rows: Iterable[Row],
    headed: Callable[[tuple[str, ...]], bool] | None = None,
    *,
    name: str | None = None,
    others: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> Table:
    """Rows as a table: the headings are the first row that ``headed`` knows, and all after it are its rows.

    :raises InvalidInput: where there are no rows, or too many.
    """
    filled = _bounded(row for row in rows if any(row.cells))
    first = list(islice(filled, BEFORE_HEADINGS))
    if not first:
        raise InvalidInput("it is empty; give a sheet with headings in its first row and a claim in each further one.")
    place = next((place for place, row in enumerate(first) if (headed or _knows_several)(row.cells)), 0)
    headings = _named(first[place].cells)
    kept = (*first[place + 1 :], *filled)
    if not kept:
        raise InvalidInput("it has headings and no rows; give a claim in each row below them.")
    return Table(headings, kept, name, others, notes)


def letter(place: int) -> str:
    """What a spreadsheet program calls a column.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _bounded(rows: Iterable[Row]) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count > MOST_ROWS:
            raise InvalidInput(f"it has more than {MOST_ROWS:,} rows; split it into several sheets.")
        width = max((place + 1 for place, cell in enumerate(row.cells) if cell), default=0)
        if width > MOST_COLUMNS:
            raise InvalidInput(
                f"row {row.number} has more than {MOST_COLUMNS} columns, so this is no table of claims, or its "
                "columns are parted by something else; save it as CSV in UTF-8 or as XLSX."
            )
        yield Row(row.number, row.cells[:width])


def _knows_several(cells: tuple[str, ...]) -> bool:
    """Whether a row looks like headings; a title above the table fills one cell, and says nothing that we know."""
    return any(field_called(cell) for cell in cells if len(cell) < 60)


def _named(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one_line(cell, 200) or f"column {letter(place)}" for place, cell in enumerate(cells))


def same_heading(one: str, other: str) -> bool:
    """Whether two headings are the same, whatever their case, accents and marks."""
    return one == other or (fold(one) == fold(other) and bool(fold(one)))
