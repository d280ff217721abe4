"""Tables that people keep: what columns mean, what cells say, and which records a row leads to."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import Workbook
from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.answers_sheets import SheetAnswer
from provenance.ingestion.sheets import SheetAsked, import_sheet
from provenance.ingestion.sheets.fields import SheetField
from provenance.ingestion.sheets.mapping import guessed, mapping_of
from provenance.ingestion.sheets.reading import read_sheet
from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.figure import Figure
from provenance.storage.history import History
from provenance.storage.report import Report
from provenance.storage.session import reading
from provenance.storage.source import Source
from provenance.vocabulary import ReportState
from tests.records import Desk

EXAMPLE = Path(__file__).parents[2] / "fixtures" / "sheets" / "kazakhstan-tolls.csv"
EVENT = "Night of 5 January 2022 in Almaty"


def imported(engine: Engine, table: str | bytes, name: str = "tolls.csv", **asked: Any) -> SheetAnswer:
    content = table if isinstance(table, bytes) else table.encode()
    return import_sheet(engine, content, name, SheetAsked(**{"event": EVENT, **asked}), who="a tester")


def all_of(engine: Engine, table: type[Any], field: str) -> list[Any]:
    with reading(engine) as session:
        rows = session.execute(sa.select(table).where(table.recorded_to.is_(None))).scalars()
        return sorted((getattr(row, field) for row in rows), key=str)


def faults(answer: SheetAnswer) -> list[tuple[int, str | None, str]]:
    return [(fault.row, fault.field, fault.message) for fault in answer.errors]


def workbook(*rows: list[object], title: str = "Tolls", before: str | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    if before is not None:
        sheet.title = before
        sheet = book.create_sheet()
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_example_table_brings_its_chains_figures_and_tallies(engine: Engine) -> None:
    answer = import_sheet(engine, EXAMPLE.read_bytes(), EXAMPLE.name, SheetAsked(), who="a tester")

    assert answer.errors == []
    assert answer.creates == {
        "claim": 3, "document": 5, "event": 1, "figure": 5, "report": 5, "source": 11, "tally": 2,
    }  # fmt: skip
    assert answer.items[0].creates[-2].says == "asserts: Saltanat Azirbek → Khabar 24 → TASS"
    assert all_of(engine, Figure, "low") == [18.0, 20.0, 24.0, 24.0, 8.0]


def test_a_table_that_was_taken_in_before_changes_nothing(engine: Engine) -> None:
    def entries() -> int:
        with reading(engine) as session:
            return session.scalar(sa.select(sa.func.count()).select_from(History)) or 0

    import_sheet(engine, EXAMPLE.read_bytes(), EXAMPLE.name, SheetAsked(), who="a tester")
    before = entries()

    again = import_sheet(engine, EXAMPLE.read_bytes(), EXAMPLE.name, SheetAsked(), who="a tester")

    assert (again.written, again.creates, entries()) == (True, {}, before)


def test_a_table_of_claims_alone_needs_no_document(engine: Engine) -> None:
    answer = imported(engine, "id,text,title\n7,Dozens were killed.,Did dozens die?\n8,Nobody was.,\n")

    assert answer.creates == {"claim": 2, "event": 1}
    assert [(row.id, row.claim is None) for row in answer.items] == [("7", False), ("8", False)]
    assert all_of(engine, Claim, "note") == [
        "Called 7 in a sheet. Titled “Did dozens die?” in a sheet.",
        "Called 8 in a sheet.",
    ]


def test_a_claim_is_the_one_that_is_held_only_in_the_same_words(engine: Engine) -> None:
    with recording(engine, "a tester") as writer:
        desk = Desk(writer)
        held = desk.claim("Dozens of attackers were eliminated.").public_id

    answer = imported(
        engine, "claim\nDozens of attackers were eliminated.\nDozens of attackers were eliminated in Almaty.\n"
    )

    assert [row.claim == held for row in answer.items] == [True, False]
    assert "It may be the known claim" in answer.items[1].notes[0]


def test_a_source_is_found_under_any_of_its_names(engine: Engine) -> None:
    imported(engine, "claim,publisher,chain\nA.,Tass,Interior Ministry\nB.,ТАСС,Interior Ministry > TASS\n")

    assert all_of(engine, Source, "name") == ["Interior Ministry", "TASS"]


def test_what_was_only_proposed_holds_when_a_table_rests_on_it(engine: Engine) -> None:
    table = "claim,publisher\nDozens were killed.,Tass\n"
    imported(engine, table, state=ReportState.PROPOSED)
    assert all_of(engine, Claim, "state") == all_of(engine, Source, "state") == ["proposed"]

    imported(engine, "claim,publisher\nDozens were killed.,Interfax\n")

    assert all_of(engine, Claim, "state") == ["accepted"]
    assert all_of(engine, Report, "state") == ["accepted", "proposed"]


def test_words_that_identify_nobody_become_no_source_that_counts(engine: Engine) -> None:
    imported(engine, "claim,publisher,chain\nA.,Le Monde,the authorities > Le Monde\nB.,Le Monde,? > Khabar 24\n")

    with reading(engine) as session:
        kinds = {source.name: source.kind.value for source in session.execute(sa.select(Source)).scalars()}
    assert kinds["the authorities"] == "unnamed"
    assert kinds["Khabar 24"] == "broadcaster"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"figure": "dozens"}, ("vague", None, 24.0, None)),
        ({"figure": "at least 8"}, ("at_least", 8.0, 8.0, None)),
        ({"value": "1,234"}, ("exact", 1234.0, 1234.0, 1234.0)),
        ({"low": "3", "high": "5"}, ("range", None, 3.0, 5.0)),
        ({"low": "3"}, ("at_least", None, 3.0, None)),
        ({"value": "8", "qualifier": "At least"}, ("at_least", 8.0, 8.0, None)),
        ({"figure": "8", "value": "8"}, ("exact", 8.0, 8.0, 8.0)),
    ],
    ids=str,
)
def test_a_figure_is_read_from_its_words_or_its_numbers(
    engine: Engine, cells: dict[str, str], expected: tuple[str, float | None, float | None, float | None]
) -> None:
    row = ['"' + said + '"' for said in cells.values()]
    answer = imported(engine, f"claim,publisher,{','.join(cells)}\nA.,Tass,{','.join(row)}\n")

    assert answer.errors == []
    with reading(engine) as session:
        [figure] = session.execute(sa.select(Figure)).scalars()
        assert (figure.qualifier.value, figure.value, figure.low, figure.high) == expected


WRONG_CELLS = [
    ("claim,publisher\n ,Tass\n", "claim_text", "It is blank."),
    ("claim,publisher,figure,qualifier\nA.,Tass,8,maybe\n", "qualifier", "'maybe' is none of its words."),
    ("claim,publisher,value\nA.,Tass,many\n", "value", "'many' is no number."),
    ("claim,publisher,low,high\nA.,Tass,9,3\n", "low", "Is above high."),
    ("claim,publisher,published\nA.,Tass,31.02.2022\n", "published", "'2022-02-31' does not exist: day is out"),
    ("claim,publisher,published\nA.,Tass,6/1/2022\n", "published", "'6/1/2022' may be two days."),
    ("claim,publisher,url\nA.,Tass,ftp://a.example\n", "url", "It is no web address."),
    ("claim,publisher,language\nA.,Tass,English\n", "language", "'English' is no language tag."),
    ("claim,publisher,stance\nA.,Tass,likes\n", "stance", "'likes' is none of its words."),
    ("claim,publisher,chain\nA.,Tass,A > B > A\n", "chain", "'a' stands in it twice, so it runs in a circle."),
    ("claim,publisher,chain\nA.,Tass,ТАСС > Khabar 24 > Tass\n", "chain", "'TASS' stands in it twice"),
    ("claim,publisher,chain\nA.,Tass,Ministry >  > Tass\n", "chain", "A step of the chain names nobody."),
    ("claim,publisher\nA.,the authorities\n", "publisher", "'the authorities' identifies nobody."),
    ("claim,figure,quote\nA.,8,\n", "figure", "It belongs to a document, and the row names none."),
    ("claim,event\nA.,evt_none\n", "event", "There is no event 'evt_none'."),
    ("claim,publisher,tally\nA.,Tass,Killed\n", "tally", "It does not say what it measures."),
    ("claim,publisher\nA,b,Tass\n", None, "It has 3 cells under 2 headings."),
    ("claim,publisher\n#REF!,Tass\n", "claim_text", "Its formula failed."),
    (f"claim,publisher\nA bell \x07 {'rang ' * 20},Tass\n", "claim_text", "It holds the control character U+0007."),
    (f"claim,publisher\n{'x' * 2001},Tass\n", "claim_text", "It is longer than 2000 characters."),
]  # fmt: skip


@pytest.mark.parametrize(("table", "field", "message"), WRONG_CELLS, ids=[message for _, _, message in WRONG_CELLS])
def test_a_wrong_cell_is_named_with_its_row_and_column(
    engine: Engine, table: str, field: str | None, message: str
) -> None:
    answer = imported(engine, table)

    assert (answer.written, answer.good, answer.bad) == (False, 0, 1)
    assert [(fault.row, fault.field) for fault in answer.errors] == [(2, field)], answer.errors
    assert answer.errors[0].message.startswith(message)
    assert answer.errors[0].remedy
    assert all_of(engine, Claim, "text") == []


def test_a_figure_that_cannot_be_read_is_held_as_printed_and_told(engine: Engine) -> None:
    answer = imported(engine, "claim,publisher,figure,language\nA.,Le Monde,dozens,fr\n")

    assert answer.written
    assert answer.items[0].notes == ["The figure “dozens” could not be read, and is held as it is printed."]


def test_bad_rows_leave_nothing_behind_where_they_are_skipped(engine: Engine) -> None:
    table = (
        "claim,publisher,chain,url\n"
        "A.,Tass,Interior Ministry,https://a.example/1\n"
        "B.,Tass,TASS > Brand New Paper > Tass,https://a.example/2\n"
        "C.,Interfax,,https://a.example/1\n"
    )
    refused = imported(engine, table)
    assert [(row, field) for row, field, _ in faults(refused)] == [(3, "chain"), (4, "publisher")]
    assert all_of(engine, Source, "name") == []

    answer = imported(engine, table, skip_bad=True)

    assert (answer.written, answer.good, answer.bad) == (True, 1, 2)
    assert all_of(engine, Claim, "text") == ["A."]
    assert all_of(engine, Source, "name") == ["Interior Ministry", "TASS"]


def test_a_dry_run_says_what_each_row_would_bring_and_writes_nothing(engine: Engine) -> None:
    table = "claim,publisher,figure\nA.,Tass,8\nA.,Interfax,8\n"
    answer = imported(engine, table, dry_run=True)

    assert [[record.noun for record in row.creates] for row in answer.items] == [
        ["event", "claim", "source", "document", "report", "figure"],
        ["source", "document", "report", "figure"],
    ]
    assert {record.id for row in answer.items for record in row.creates} == {None}
    with reading(engine) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(History)) == 0


def test_a_quote_must_stand_in_the_text_that_is_held(engine: Engine) -> None:
    with recording(engine, "a tester") as writer:
        Desk(writer).document("Tass", url="https://tass.example/1", text="Police said dozens were killed.")
    head = "claim,publisher,url,quote,figure\nA.,Tass,https://tass.example/1,"

    assert faults(imported(engine, head + "nobody was killed,\n"))[0][1] == "quote"
    assert faults(imported(engine, head + "dozens were killed,hundreds\n"))[0][1] == "figure"
    assert imported(engine, head + "dozens were killed,dozens\n").written
    with reading(engine) as session:
        [report] = session.execute(sa.select(Report)).scalars()
        assert (report.quote_start, report.quote_end) == (12, 30)


def test_rows_of_one_address_are_of_one_document(engine: Engine) -> None:
    table = "claim,publisher,url\nA.,Tass,https://tass.example/1\nB.,Tass,http://tass.example/1/\nC.,Tass,https://tass.example/2\n"

    assert imported(engine, table).creates["document"] == 2


def test_headings_are_known_in_several_languages() -> None:
    found = guessed(["№", "Утверждение", "Издание", "Ссылка", "Дата", "Цитата", "Погода"])

    assert [str(field) for field in found.columns] == ["id", "claim_text", "publisher", "url", "published", "quote"]


def test_a_column_that_bears_the_fields_own_name_goes_before_one_that_is_like_it() -> None:
    assert guessed(["Text", "claim_text"]).columns[SheetField.CLAIM_TEXT] == "claim_text"


def test_a_given_column_goes_before_a_guessed_one(engine: Engine) -> None:
    answer = imported(engine, "claim,text\nA.,B.\n", mapping=mapping_of(["claim_text=text"]))

    assert (answer.mapping, answer.unread, answer.guessed) == ({"claim_text": "text"}, ["claim"], [])
    assert all_of(engine, Claim, "text") == ["B."]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("6.1.2022", "2022-01-06"),
        ("13/1/2022", "2022-01-13"),
        ("1/13/2022", "2022-01-13"),
        ("6 January 2022", "2022-01-06"),
        ("2022-01", "2022-01-01"),
        ("2022-01-06 12:38", "2022-01-06"),
    ],
)
def test_dates_are_read_as_people_write_them(engine: Engine, said: str, read: str) -> None:
    assert imported(engine, f'claim,publisher,date\nA.,Tass,"{said}"\n').errors == []
    with reading(engine) as session:
        [document] = session.execute(sa.select(Document)).scalars()
        assert document.published_earliest is not None
        assert document.published_earliest.date().isoformat() == read


def test_a_mapping_says_how_dates_in_figures_and_clocks_are_read(engine: Engine) -> None:
    given = mapping_of(["published=date", "published.dates=month_first", "published.zone=+06:00"])
    imported(engine, "claim,publisher,date\nA.,Tass,1/6/2022 12:38\n", mapping=given)

    with reading(engine) as session:
        [document] = session.execute(sa.select(Document)).scalars()
        assert document.published_earliest is not None
        assert document.published_earliest.isoformat() == "2022-01-06T06:38:00+00:00"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_text_table_is_read_whatever_its_mark_and_encoding(mark: str, encoding: str) -> None:
    rows = [["Утверждение", "Издание"], ["Десятки нападавших были убиты в Алматы.", "ТАСС"]] + [
        ["В ночь на шестое января в городе слышали выстрелы.", "Интерфакс"]
    ] * 5
    table = read_sheet("\r\n".join(mark.join(row) for row in rows).encode(encoding), "a.csv")

    assert table.headings == ("Утверждение", "Издание")
    assert table.rows[0].cells == ("Десятки нападавших были убиты в Алматы.", "ТАСС")
    assert len(table.rows) == 6


def test_quotes_in_a_table_with_tabs_may_be_meant_as_they_stand() -> None:
    table = read_sheet(b'id\tclaim\n1\t"Dozens" were killed\n2\tthey said "no\n', "a.tsv")

    assert [row.cells[1] for row in table.rows] == ['"Dozens" were killed', 'they said "no']


def test_a_cell_may_hold_line_ends_and_rows_keep_the_numbers_of_the_spreadsheet() -> None:
    table = read_sheet(b'claim,note\n"A.\nB.",x\n\nC.,y\n', "a.csv")

    assert [(row.number, row.cells[0]) for row in table.rows] == [(2, "A.\nB."), (4, "C.")]


def test_a_workbook_shows_what_its_cells_show() -> None:
    table = read_sheet(
        workbook(
            ["Tolls of January"],
            [],
            ["Claim", "Value", "Date"],
            ["A.", 8.0, datetime(2022, 1, 6)],
            ["B.", 0.5, datetime(2022, 1, 6, 12, 38)],
            [None, None, None],
            ["C.", True, None],
        ),
        "tolls.xlsx",
    )

    assert table.headings == ("Claim", "Value", "Date")
    assert [(row.number, row.cells) for row in table.rows] == [
        (4, ("A.", "8", "2022-01-06")),
        (5, ("B.", "0.5", "2022-01-06T12:38")),
        (7, ("C.", "true")),
    ]


def test_a_sheet_of_a_workbook_is_named(engine: Engine) -> None:
    content = workbook(["Claim"], ["A."], title="Second", before="First")

    assert read_sheet(content, "a.xlsx").name == "Second"
    assert read_sheet(content, "a.xlsx", "Second").others == ("First",)
    answer = imported(engine, content, "a.xlsx")
    assert (answer.worksheet, answer.creates["claim"]) == ("Second", 1)


def test_a_line_across_the_table_is_no_row_of_it(engine: Engine) -> None:
    content = workbook(["Claim", "Outlet", "Figure"], ["5 January"], ["A.", "Tass", 8])

    answer = imported(engine, content, "a.xlsx")

    assert (answer.rows, answer.errors) == (1, [])
    assert answer.notes == ["Row 2 has one cell, “5 January”, and was taken for a heading."]


def test_text_that_a_spreadsheet_would_compute_stays_text(engine: Engine) -> None:
    imported(engine, 'claim\n"=HYPERLINK(""http://a.example"")"\n@SUM(1)\n+1 person was killed\n')

    assert all_of(engine, Claim, "text") == ["+1 person was killed", '=HYPERLINK("http://a.example")', "@SUM(1)"]
