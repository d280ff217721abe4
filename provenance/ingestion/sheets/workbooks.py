"""Reads worksheets of Excel files: what cells show, formulas as the values that were last computed.

A workbook is a ZIP archive of XML, so it is held to bounds before anything of it is unpacked, and may declare no
entities: a file of some kilobytes can otherwise fill all memory.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError

from lxml.etree import LxmlError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from provenance.errors import InvalidInput
from provenance.ingestion.loading.words import one_line
from provenance.ingestion.sheets.table import MOST_COLUMNS, Row, Table, tabled

MOST_PARTS = 2_000
MOST_UNPACKED = 200_000_000  # bytes; a sheet of 100,000 rows with ten columns has some 60 MB
MOST_LINES = 1_048_576  # of a worksheet, by Excel's own bound; blank ones count
HEAD = 4_096  # bytes of a part in which a declaration of entities stands
# A formula whose cell holds no value: whatever wrote the file did not compute it.
UNCOMPUTED = re.compile(rb"<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    OSError,
    RuntimeError,
    AssertionError,
    struct.error,
    ParseError,
    LxmlError,
)


def workbook_rows(content: bytes, worksheet: str | None, headed: Callable[[tuple[str, ...]], bool] | None) -> Table:
    """The table in a workbook.

    :raises InvalidInput: where it is damaged, too large when unpacked, or has no such worksheet.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive)
            uncomputed = sum(_uncomputed(archive, part) for part in archive.infolist())
        return _table(content, worksheet, headed, uncomputed)
    except DAMAGED as broken:
        # Whatever a broken file makes of the reader is the file's fault, not ours.
        raise InvalidInput(
            f"it is no workbook, or is damaged ({one_line(str(broken), 80) or type(broken).__name__}); save it again "
            "as XLSX, or give CSV."
        ) from broken


def _check(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise InvalidInput(
            f"unpacked it is larger than {MOST_UNPACKED:,} bytes, or has too many parts; give the sheet alone as CSV."
        )
    names = {part.filename for part in parts}
    if "mimetype" in names and "content.xml" in names:
        raise InvalidInput("it is an OpenDocument sheet, which is not read; save it as XLSX or CSV.")
    if "xl/workbook.xml" not in names:
        raise InvalidInput("it is a ZIP file without a workbook in it; give XLSX or CSV.")
    for part in parts:
        if part.flag_bits & 1:
            raise InvalidInput("it is encrypted; save it without a password.")
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as opened:
                head = opened.read(HEAD).replace(b"\x00", b"")
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise InvalidInput("it declares entities, as no spreadsheet program does; save it again, or give CSV.")


def _uncomputed(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    if not part.filename.startswith("xl/worksheets/") or not part.filename.endswith(".xml"):
        return 0
    return len(UNCOMPUTED.findall(archive.read(part)))


def _table(
    content: bytes, worksheet: str | None, headed: Callable[[tuple[str, ...]], bool] | None, uncomputed: int
) -> Table:
    with warnings.catch_warnings():
        # It warns of styles and extensions that it leaves out; only values are read here.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            name = _chosen(book, worksheet)
            others = tuple(other for other in book.sheetnames if other != name)
            notes = [f"The sheet “{name}” was read; there are others: {', '.join(others)}."] if others else []
            if uncomputed:
                notes.append(
                    f"{uncomputed} formulas have no stored values and were read as blank; open the file in a "
                    "spreadsheet program and save it."
                )
            return tabled(_rows(book[name]), headed, name=name, others=others, notes=tuple(notes))
        finally:
            book.close()


def _chosen(book: Any, worksheet: str | None) -> str:
    names = [sheet.title for sheet in book.worksheets]
    if worksheet is not None:
        if worksheet not in names:
            listed = ", ".join(repr(name) for name in names[:30])
            raise InvalidInput(f"sheet: there is no worksheet {worksheet!r}. Use one of: {listed}.", field="sheet")
        return worksheet
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    if not shown:
        raise InvalidInput("it has no worksheet; give one with headings in its first row.")
    filled = (sheet.title for sheet in shown if next(_rows(sheet), None) is not None)
    chosen: str = next(filled, shown[0].title)
    return chosen


def _rows(sheet: Any) -> Iterator[Row]:
    # What a sheet says of its own size is often wrong; one column more than is read tells that there are too many.
    sheet.reset_dimensions()
    blank: object = None
    for number, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), start=1):
        if number > MOST_LINES:
            raise InvalidInput(f"it has cells below row {MOST_LINES:,}; split it into several sheets.")
        # Rows that the file leaves out come as one and the same tuple, a million times where somebody means harm.
        if values is blank:
            continue
        if values.count(None) == len(values):
            blank = values
        else:
            cells = [_shown(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield Row(number, tuple(cells))


def _shown(value: Any) -> str:
    """A cell's value as text; a day without a clock is a day."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(timespec="minutes" if not value.second else "seconds")
        case date() | time() | timedelta():
            return str(value)
        case _:
            return str(value).strip()
