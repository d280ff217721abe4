"""Taking documents in at a terminal: each statement with its chain, what is known, and what could not be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Night, Shell

ARTICLE = (
    "Night of smoke in Port Salis\n\n"
    "Nine dock workers were killed in a fire at the Port Salis grain terminal on Tuesday, a spokesman for the "
    "Interior Ministry told Khabar 24.\n"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """An article in a file."""
    path = tmp_path / "fire.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_an_article_shows_each_statement_with_its_chain_and_its_interval(shell: Shell, page: Path) -> None:
    said = shell.run("ingest", str(page), "--publisher", "Die Welt", "--published", "2022-03-03").words

    assert "Added: Night of smoke in Port Salis (Die Welt, 2022-03-03)" in said
    assert "spokesman for the Interior Ministry → Khabar 24" in said
    assert "“Nine”: 9 dock workers, killed" in said
    assert "New claim: Nine dock workers were killed" in said


def test_a_known_claim_is_named(shell: Shell, page: Path) -> None:
    shell.run("ingest", str(page), "--publisher", "Die Welt")
    page.write_text(ARTICLE.replace("Night of smoke", "Fire at night"), "utf-8")

    said = shell.run("ingest", str(page), "--publisher", "Le Monde").words

    assert "Known claim: Nine dock workers were killed" in said


def test_an_event_goes_by_its_title(shell: Shell, page: Path, night: Night) -> None:
    [document] = shell.document("ingest", str(page), "--event", "Night of 5 January 2022 in Almaty")["documents"]

    assert document["event_title"] == "Night of 5 January 2022 in Almaty"


def test_a_dry_run_shows_what_would_be_proposed_and_holds_nothing(shell: Shell, page: Path) -> None:
    said = shell.run("ingest", str(page), "--dry-run").words

    assert "Would be: Added: Night of smoke in Port Salis" in said
    assert shell.document("documents")["items"] == []


def test_the_json_says_what_became_of_the_run_and_of_each_document(shell: Shell, page: Path) -> None:
    said = shell.document("ingest", str(page))

    assert (said["added"], said["failed"], said["failures"]) == (1, 0, [])
    assert said["documents"][0]["outcome"] == "added"
    assert said["documents"][0]["reports"][0]["quote"] in ARTICLE


def test_a_folder_says_which_file_failed_and_why(shell: Shell, page: Path) -> None:
    (page.parent / "empty.txt").write_bytes(b"")

    said = shell.run("ingest", str(page.parent))

    assert "Documents: 1 added, 1 failed" in " ".join(said.out.split())
    assert "empty.txt" in said.err


def test_a_file_that_is_not_there_is_told_and_is_no_success(shell: Shell, tmp_path: Path) -> None:
    said = shell.run("ingest", str(tmp_path / "nowhere.txt"), expect=1)

    assert "There is no file or folder" in said.err


def test_lines_of_json_are_documents_of_their_own(shell: Shell, tmp_path: Path) -> None:
    lines = tmp_path / "two.jsonl"
    texts = [ARTICLE, "Calm in Almaty\n\nThe streets of Almaty are quiet, the mayor said.\n"]
    lines.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)), "utf-8")

    assert shell.document("ingest", str(lines))["added"] == 2


def test_a_date_that_is_none_is_refused_before_anything_is_held(shell: Shell, page: Path) -> None:
    said = shell.run("ingest", str(page), "--published", "yesterday", expect=2)

    assert "--published: 'yesterday' is no date" in said.err
    assert shell.document("documents")["items"] == []
