"""Reads a sheet from its bytes, whatever kind of file it is, within bounds of size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from provenance.errors import InvalidInput
from provenance.ingestion.loading.words import one_line
from provenance.ingestion.sheets.commas import comma_rows
from provenance.ingestion.sheets.table import MOST_BYTES, Table, tabled
from provenance.ingestion.sheets.workbooks import workbook_rows

WORKBOOK = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
OTHERS = ((b"%PDF-", "a PDF"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"\x1f\x8b", "compressed"))
NAMED_SO = frozenset({".xlsx", ".xlsm"})


def read_sheet(
    content: bytes,
    name: str,
    worksheet: str | None = None,
    headed: Callable[[tuple[str, ...]], bool] | None = None,
) -> Table:
    r"""The table in a CSV or XLSX file.

    :param name: what people call the file; only errors and its ending depend on it.
    :param worksheet: the sheet of a workbook that is read; else the first one that shows and holds anything.
    :param headed: knows the row of headings; else the first row with a heading that we know is taken, or the first.
    :raises InvalidInput: where it is no table, is damaged, or too large; the message says what to do.

    >>> read_sheet(b"claim,figure\nDozens killed,dozens\n", "tolls.csv").headings
    ('claim', 'figure')
    """
    shown = one_line(PurePath(name).name, 100) or "the sheet"
    try:
        return _read(content, name, worksheet, headed)
    except InvalidInput as wrong:
        if wrong.field == "sheet":
            raise
        raise InvalidInput(f"file: {shown}: {wrong.message}", field="file") from wrong


def _read(content: bytes, name: str, worksheet: str | None, headed: Callable[[tuple[str, ...]], bool] | None) -> Table:
    if len(content) > MOST_BYTES:
        raise InvalidInput(f"it is larger than {MOST_BYTES:,} bytes; split it into several sheets.")
    if not content.strip():
        raise InvalidInput("it is empty; give a sheet with headings in its first row and a claim in each further one.")
    if content.startswith(WORKBOOK):
        return workbook_rows(content, worksheet, headed)
    if content.startswith(OLD_WORKBOOK):
        raise InvalidInput("it is an old or encrypted Excel file; save it as XLSX without a password, or as CSV.")
    for magic, kind in OTHERS:
        if content.startswith(magic):
            raise InvalidInput(f"it is {kind} and no sheet; give CSV or XLSX.")
    if PurePath(name.lower()).suffix in NAMED_SO:
        raise InvalidInput("it is called XLSX and is none, or is damaged; save it again, or give CSV.")
    if worksheet is not None:
        raise InvalidInput("sheet: a text table has no worksheets; leave the name of one out.", field="sheet")
    rows, notes = comma_rows(content)
    return tabled(rows, headed, notes=notes)
