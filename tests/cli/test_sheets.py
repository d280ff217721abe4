"""Tables at a terminal: a dry run that says what each row brings, mappings by name, and errors by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.storage.reads.copies import copies_of
from provenance.storage.session import reading
from tests.cli.conftest import Night, Shell
from tests.databases import opened

TABLE = (
    "What,Figure,Outlet,Source chain\n"
    "Dozens of attackers were eliminated in Almaty.,dozens,Tass,Interior Ministry > Khabar 24 > Tass\n"
    "Eighteen officers were killed.,18,Interfax,Interior Ministry\n"
)
EVENT = ("--event", "Night of 5 January 2022 in Almaty")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table in a file."""
    path = tmp_path / "tolls.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_a_dry_run_shows_what_each_row_would_bring_and_holds_nothing(shell: Shell, table: Path) -> None:
    said = shell.run("import-sheet", str(table), "--map", "claim_text=What", *EVENT, "--dry-run").words

    assert "figure = Figure (guessed from its heading)" in said
    assert "Would be written: 2 claims, 2 documents, 1 event, 2 figures, 2 reports, 4 sources" in said
    assert "report “asserts: Interior Ministry → Khabar 24 → TASS”" in said
    assert shell.document("claims")["items"] == []


def test_a_table_joins_the_claims_and_sources_that_are_held(shell: Shell, table: Path, night: Night) -> None:
    answer = shell.document("import-sheet", str(table), "--map", "claim_text=What", *EVENT)

    assert answer["items"][0]["claim"] == night.dozens
    assert answer["creates"] == {"claim": 1, "document": 2, "figure": 2, "report": 2, "source": 1}
    assert len(shell.document("trace", night.dozens)["reports"]) == 4


def test_a_mapping_is_saved_used_listed_and_forgotten(shell: Shell, table: Path) -> None:
    shell.run("import-sheet", str(table), "--map", "claim_text=What", *EVENT, "--save-mapping", "my tolls")

    assert (
        "Nothing new: all 2 rows are held"
        in shell.run("import-sheet", str(table), "--mapping", "my tolls", *EVENT).words
    )
    assert [item["name"] for item in shell.document("mappings")["items"]] == ["my tolls"]
    assert "claim_text = What" in shell.run("mappings").words
    shell.run("mappings", "--delete", "my tolls")
    assert shell.document("mappings")["items"] == []
    assert "no mapping 'my tolls'" in shell.run("import-sheet", str(table), "--mapping", "my tolls", expect=2).err


def test_a_wrong_row_is_told_and_nothing_is_written(shell: Shell, table: Path) -> None:
    table.write_text(TABLE + "Nine were killed.,9,the authorities,\n", "utf-8")

    said = shell.run("import-sheet", str(table), "--map", "claim_text=What", *EVENT, expect=1)

    assert "Not written" in said.words
    assert "row 4, column Outlet: “the authorities”: 'the authorities' identifies nobody." in said.err
    assert shell.document("claims")["items"] == []

    skipped = shell.document("import-sheet", str(table), "--map", "claim_text=What", *EVENT, "--skip-bad")
    assert (skipped["written"], skipped["good"], skipped["bad"]) == (True, 2, 1)


def test_rows_may_be_proposed(shell: Shell, table: Path) -> None:
    shell.run("import-sheet", str(table), "--map", "claim_text=What", *EVENT, "--proposed")

    assert shell.document("claims")["items"] == []
    assert len(shell.document("proposals")["items"]) == 2


def test_what_is_no_table_is_told_in_one_line(shell: Shell, tmp_path: Path) -> None:
    broken = tmp_path / "tolls.xlsx"
    broken.write_bytes(b"\x7fELF")

    assert "it is called XLSX and is none" in shell.run("import-sheet", str(broken), expect=2).err
    assert "there is no file" in shell.run("import-sheet", str(tmp_path / "none.csv"), expect=2).err


def test_a_picture_of_its_page_is_kept_with_an_article(shell: Shell, tmp_path: Path) -> None:
    page, picture = tmp_path / "fire.txt", tmp_path / "fire.png"
    page.write_text("Nine dock workers were killed in Port Salis, the Interior Ministry said on Tuesday.\n", "utf-8")
    picture.write_bytes(b"no picture")
    ingest = ("ingest", str(page), "--publisher", "Die Welt", "--screenshot", str(picture))
    assert "it is no picture that is kept" in shell.run(*ingest, expect=2).err
    assert shell.document("documents")["items"] == []

    picture.write_bytes(b"\x89PNG\r\n\x1a\n and so on")
    [document] = shell.document(*ingest)["documents"]

    with opened(shell.url) as engine, reading(engine) as session:
        [copy] = copies_of(session, document["document"]["id"])
    assert (copy.media_type, copy.size) == ("image/png", 18)
