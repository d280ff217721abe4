"""Reads tables that are text: CSV with commas, semicolons, tabs or bars, in whatever encoding.

Quotes are read strictly, because a quote that is not closed would swallow all rows behind it in silence.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from provenance.errors import InvalidInput
from provenance.ingestion.loading.charsets import decode
from provenance.ingestion.sheets.table import Row

MARKS = (",", ";", "\t", "|")
ALONE = "\x1f"  # for a table of one column, whose commas belong to its texts
SAMPLE = 64_000  # characters by which the mark between columns is told
SAID = re.compile(r"sep=(.)\n", re.IGNORECASE)  # Excel writes and reads such a first line


def comma_rows(content: bytes) -> tuple[Iterator[Row], tuple[str, ...]]:
    """The rows of a text table, and what is doubtful about its encoding.

    :raises InvalidInput: where it is no text, or its quotes do not match; the message names the row.
    """
    decoded = decode(content)
    said = SAID.match(decoded.text)
    text = decoded.text[said.end() :] if said else decoded.text
    mark = said[1] if said else mark_of(text)
    return _numbered(_records(text, mark), 1 + bool(said)), decoded.notes


def mark_of(text: str) -> str:
    r"""What parts the columns of a table, by how evenly it cuts the rows.

    >>> mark_of("claim;figure\nDozens killed, police say;dozens\n")
    ';'
    >>> mark_of("text\nDozens killed, police say\n") == ALONE
    True
    """
    sample = text[:SAMPLE]
    even = {mark: _evenness(sample, mark, whole=len(text) <= SAMPLE) for mark in MARKS}
    best = max(MARKS, key=lambda mark: (even[mark], -MARKS.index(mark)))
    return best if even[best] > (0.0, 0) else ALONE


def _evenness(sample: str, mark: str, *, whole: bool) -> tuple[float, int]:
    """Which share of the rows has as many cells as the first, and how many; nothing where the first is not cut."""
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=mark):
            if cells:
                widths.append(len(cells))
    except csv.Error:
        # Whatever is wrong is told when the whole is read.
        widths = widths or [1]
    widths = widths if whole or len(widths) < 3 else widths[:-1]
    if not widths or widths[0] < 2:
        return 0.0, 0
    return Counter(widths)[widths[0]] / len(widths), widths[0]


def _records(text: str, mark: str) -> Iterator[Sequence[str]]:
    if mark == "\t" and not _quoted(text):
        return iter(line.split(mark) for line in text.split("\n"))
    return _strictly(text, mark)


def _quoted(text: str) -> bool:
    """Whether a table with tabs uses quotes as CSV does: many write tabs and mean each quote as it stands."""
    lines = [line for line in text.split("\n") if line.strip()]
    try:
        records = [cells for cells in _strictly(text, "\t") if any(cells)]
    except InvalidInput:
        records = []
    even = len({line.count("\t") for line in lines}) == 1
    return len(records) == len(lines) or (not even and bool(records))


def _strictly(text: str, mark: str) -> Iterator[Sequence[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    row = 0
    while True:
        row += 1
        began = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            raise InvalidInput(f"row {row}, line {began}: {_told(str(broken))}.") from broken
        yield cells


def _told(broken: str) -> str:
    if "field limit" in broken:
        return f"a cell has more than {csv.field_size_limit():,} characters; look for a quote that is not closed"
    if "unexpected end" in broken:
        return "a quote is opened and never closed; close it, and write a quote inside quotes twice"
    return 'a quote stands inside a quoted cell; write it twice, as in "He said ""no"""'


def _numbered(records: Iterator[Sequence[str]], first: int) -> Iterator[Row]:
    for number, cells in enumerate(records, start=first):
        yield Row(number, tuple(cell.strip() for cell in cells))
