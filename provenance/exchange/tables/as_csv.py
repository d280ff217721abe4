"""Writes a table as comma-separated values (RFC 4180), row by row, so that nothing is lost and nothing is run.

- A missing value is an empty cell; an empty text is a pair of quotation marks.
- Instants are in UTC (``2022-01-06T06:38:00Z``); truth values are ``true`` and ``false``.
- A list stands in one cell, its values parted by `` | ``, and the sources of a path by `` > ``. A bar or an angle that
  is part of a value has a backslash before it, and so has a backslash.
- Spreadsheets take a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula and run it. Such a text, and one
  that begins with an apostrophe, gets an apostrophe in front. Whoever takes one apostrophe off the front of each text
  that has one reads exactly what was held. Numbers are left as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from provenance.answers import instant_text
from provenance.exchange.tables.columns import Cells, Column

# What makes spreadsheets take a text for a formula, in their wide forms too, and the sign that guards it.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD = "'"
BOM = "\ufeff"


def csv_of(columns: Sequence[Column], pages: Iterable[Sequence[Any]], *, bom: bool = False) -> Iterator[bytes]:
    """The bytes of a table, page by page: the first ones come before the last page is asked for.

    ``bom``: begin with the mark by which some spreadsheets know UTF-8.
    """
    started = f"{BOM if bom else ''}{line(column.name for column in columns)}"
    for page in pages:
        yield (started + "".join(row(columns, record) for record in page)).encode()
        started = ""


def row(columns: Sequence[Column], record: Any) -> str:
    """One record as a line."""
    return line(CELLS[column.cells](column.value(record)) for column in columns)


def line(cells: Iterable[str | None]) -> str:
    r"""Cells as a line.

    >>> line(["dozens", "killed, injured", "", None])
    'dozens,"killed, injured","",\r\n'
    """
    return ",".join(map(_quoted, cells)) + "\r\n"


def guarded(text: str) -> str:
    """A text that no spreadsheet runs.

    >>> guarded("=1+1"), guarded("'tis"), guarded("dozens")
    ("'=1+1", "''tis", 'dozens')
    """
    return GUARD + text if text.startswith((GUARD, *RISKY)) else text


def unguarded(cell: str) -> str:
    """The text that a cell holds.

    >>> unguarded("'=1+1"), unguarded("dozens")
    ('=1+1', 'dozens')
    """
    return cell.removeprefix(GUARD)


def joined(values: Iterable[str | None], by: str = "|") -> str:
    r"""Values in one cell.

    >>> joined(["Die Welt", "A|B", None])
    'Die Welt | A\\|B | '
    """
    return f" {by} ".join(_escaped(value or "") for value in values)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("|", "\\|").replace(">", "\\>")


def _quoted(cell: str | None) -> str:
    if cell is None:
        return ""
    if cell and not any(sign in cell for sign in ',"\r\n') and cell == cell.strip():
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _list(values: Sequence[str | None]) -> str | None:
    return guarded(joined(values)) if values else None


def _paths(paths: Sequence[Sequence[str]]) -> str | None:
    return guarded(" | ".join(joined(path, ">") for path in paths)) if paths else None


CELLS: Mapping[Cells, Callable[[Any], str | None]] = {
    Cells.TEXT: lambda value: None if value is None else guarded(str(value)),
    Cells.INTEGER: lambda value: None if value is None else str(value),
    Cells.NUMBER: lambda value: None if value is None else str(value),
    Cells.TRUTH: lambda value: None if value is None else str(value).lower(),
    Cells.INSTANT: instant_text,
    Cells.JSON: lambda value: None if value is None else guarded(value),
    Cells.TEXTS: _list,
    Cells.PATHS: _paths,
}
