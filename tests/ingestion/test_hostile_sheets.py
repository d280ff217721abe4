"""Whatever is sent as a table is taken or refused with a reason, soon, and without filling memory."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from openpyxl import Workbook

from provenance.errors import InvalidInput
from provenance.ingestion.sheets.mapping import guessed, mapping_from, mapping_of, placed
from provenance.ingestion.sheets.reading import read_sheet
from provenance.ingestion.sheets.table import MOST_BYTES, MOST_ROWS

SECONDS = 20.0  # on a machine that is shared; nothing here takes a tenth of it on an idle one


def book(**parts: bytes) -> bytes:
    """A small workbook with some of its parts replaced or added; ``__`` stands for a stroke, ``_`` for a dot."""
    made, out = io.BytesIO(), io.BytesIO()
    workbook = Workbook()
    workbook.active.append(["claim"])
    workbook.active.append(["A."])
    workbook.save(made)
    replaced = {name.replace("__", "/").replace("_", "."): body for name, body in parts.items()}
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, replaced.pop(part.filename, b"") or old.read(part))
        for name, body in replaced.items():
            new.writestr(name, body)
    return out.getvalue()


def sheet(rows: str) -> bytes:
    """A workbook whose sheet has this XML for its rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return book(
        xl__worksheets__sheet1_xml=f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    )


def cell(reference: str, words: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{words}</t></is></c>'


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in files.items():
            made.writestr(name.replace("_", "."), body)
    return out.getvalue()


def headed(content: bytes, name: str) -> None:
    """Read a table as far as its columns."""
    table = read_sheet(content, name)
    placed(guessed(table.headings), table.headings)


BILLION_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><sst>&d;</sst>"""

REFUSED: list[tuple[str, bytes, str, str]] = [
    ("empty", b"", "a.csv", "it is empty"),
    ("blank", b" \r\n\r\n \n", "a.csv", "it is empty"),
    ("only commas", b",,,\n,,,\n", "a.csv", "it is empty"),
    ("headings alone", b"claim,figure\n", "a.csv", "it has headings and no rows"),
    ("a program called XLSX", b"\x7fELF" + bytes(1000), "a.xlsx", "it is called XLSX and is none"),
    ("a program called CSV", b"\x7fELF" + bytes(1000), "a.csv", "it holds NUL characters"),
    ("noise", bytes(range(1, 256)) * 40, "a.csv", "it is full of control characters"),
    ("a PDF", b"%PDF-1.7 x", "a.csv", "it is a PDF"),
    ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "it is an old or encrypted"),
    ("half a workbook", book()[:900], "a.xlsx", "it is no workbook, or is damaged"),
    ("another archive", archive(a_txt=b"x"), "a.xlsx", "it is a ZIP file without a workbook"),
    ("an OpenDocument", archive(mimetype=b"x", content_xml=b"<x/>"), "a.ods", "it is an OpenDocument sheet"),
    ("a bomb", archive(**{"xl/workbook_xml": b"<x/>", "bomb": bytes(300_000_000)}), "a.xlsx", "unpacked it is larger"),
    ("many parts", archive(**{f"part{n}": b"" for n in range(3000)}), "a.xlsx", "unpacked it is larger"),
    ("entities", book(xl__sharedStrings_xml=BILLION_LAUGHS), "a.xlsx", "it declares entities"),
    ("broken XML", book(xl__worksheets__sheet1_xml=b"<worksheet><sheetData><row>"), "a.xlsx", "it is no workbook"),
    ("no worksheet", book(xl__workbook_xml=b"<workbook/>"), "a.xlsx", "it has no worksheet"),
    (
        "a row far below",
        sheet(f'<row r="99999999999">{cell("A99999999999", "x")}</row>'),
        "a.xlsx",
        "it has cells below",
    ),
    ("a column far out", sheet(f'<row r="1">{cell("ZZZZZZ1", "claim")}</row>'), "a.xlsx", ""),
    ("formulas that never end", book(xl__worksheets__sheet1_xml=b"<f " * 5_000_000), "a.xlsx", "it is no workbook"),
    ("a million columns", b"claim" + b",x" * 1_000_000 + b"\nA.", "a.csv", "row 1 has more than 500 columns"),
    ("a million columns below", b"claim\n" + b"A.\n" * 9 + b",x" * 1_000_000, "a.csv", ""),
    ("an open quote", b'claim,note\n"A.,x\n' + b"B.,y\n" * 50_000, "a.csv", ""),
    ("a quote within", b'claim,note\n"A "quoted" claim",x\n', "a.csv", "row 2, line 2: a quote stands inside"),
    ("many rows", b"claim\n" + b"A.\n" * (MOST_ROWS + 5), "a.csv", f"it has more than {MOST_ROWS:,} rows"),
    ("too large", b"x" * (MOST_BYTES + 1), "a.csv", "it is larger than 50,000,000 bytes"),
]


@pytest.mark.parametrize(("what", "content", "name", "reason"), REFUSED, ids=[what for what, *_ in REFUSED])
def test_what_is_no_table_is_refused_with_its_reason(what: str, content: bytes, name: str, reason: str) -> None:
    began = time.monotonic()

    with pytest.raises(InvalidInput) as refused:
        headed(content, name)

    assert time.monotonic() - began < SECONDS, what
    assert reason in refused.value.message
    assert len(refused.value.message) < 3000


TAKEN: list[tuple[str, bytes, tuple[str, ...]]] = [
    ("a mark of order", b"\xef\xbb\xbfclaim\nA.\n", ("A.",)),
    ("old line ends", b"claim,note\rA.,x\rB.,y\r", ("A.", "B.")),
    ("a word of Excel's", b"sep=;\nclaim;note\nA.;x\n", ("A.",)),
    ("right to left", "claim\nقُتل العشرات في ألماتي\n".encode(), ("قُتل العشرات في ألماتي",)),
    ("emoji", "claim\nDozens 😢 killed\n".encode(), ("Dozens 😢 killed",)),
    ("two encodings", b"claim\nDozens killed in the caf\xe9, police said on Thursday\n", ()),
    ("a column that is far out", sheet(f'<row r="1">{cell("A1", "claim")}</row><row r="2">{cell("A2", "A.")}'
                                       f'{cell("XFD2", "x")}</row>'), ("A.",)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "content", "claims"), TAKEN, ids=[what for what, *_ in TAKEN])
def test_what_is_odd_and_still_a_table_is_read(what: str, content: bytes, claims: tuple[str, ...]) -> None:
    table = read_sheet(content, "a table")

    assert table.headings[0] == "claim"
    assert not claims or tuple(row.cells[0] for row in table.rows) == claims, what


def test_formulas_that_nobody_computed_are_told() -> None:
    made = Workbook()
    made.active.append(["claim", "value"])
    made.active.append(["A.", "=1+1"])
    out = io.BytesIO()
    made.save(out)

    assert "1 formulas have no stored values" in read_sheet(out.getvalue(), "a.xlsx").notes[0]


def test_the_name_of_a_file_is_only_shown() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_sheet(b"", "../../../etc/passwd\x1b[31m")

    assert "../" not in refused.value.message
    assert "\x1b" not in refused.value.message


@pytest.mark.parametrize(
    "given",
    [
        {"weather": "A"},
        {"claim_text": ""},
        {"claim_text": 7},
        {"claim_text": "A", "claim": "B"},
        {"claim_text": {"column": "A", "zone": "Z"}},
        {"published": {"column": "A", "dates": "backwards"}},
        {"published": {"column": "A", "zone": "noon"}},
        {"published": {"dates": "day_first"}},
        {"claim_text": "A" * 300},
    ],
    ids=str,
)
def test_a_mapping_that_says_nothing_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        mapping_from(given)


def test_a_column_that_is_not_there_or_there_twice_is_refused() -> None:
    with pytest.raises(InvalidInput, match="there is no column 'B'"):
        placed(mapping_of(["claim_text=B"]), ("A",))
    with pytest.raises(InvalidInput, match="2 columns are called 'A'"):
        placed(mapping_of(["claim_text=A"]), ("A", "A"))
    with pytest.raises(InvalidInput, match="no column is known to hold the claims"):
        placed(mapping_of(["url=A"]), ("A",))
