"""`provenance read` on a terminal: no database is needed, and nothing is saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from provenance.cli.app import app

ARTICLES = Path(__file__).parents[2] / "fixtures" / "articles" / "one-voice-in-three-papers"
COURIER = ARTICLES / "evening-courier.txt"


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_DATABASE_URL", f"sqlite:///{tmp_path}/absent.db")


def typed(*words: str, given: str | None = None, expect: int = 0) -> str:
    result = CliRunner().invoke(app, ["read", *words], input=given, catch_exceptions=False)
    assert result.exit_code == expect, result.output
    return result.output


def test_an_article_shows_each_statement_with_its_chain_and_each_figure_as_an_interval() -> None:
    said = " ".join(typed(str(COURIER), "--published", "2022-01-06").split())
    assert "Saltanat Azirbek → Khabar 24" in said
    assert "“more than 1,000”: 1,001 or more" in said
    assert "nobody has checked them" in said


def test_the_document_has_the_keys_that_other_programs_rely_on() -> None:
    answer = json.loads(typed(str(COURIER), "--json"))
    assert {"id", "text", "zones", "statements", "figures", "dates"} <= answer.keys()
    assert {"content", "cue", "source", "chain", "stance", "hedge", "rule", "confidence"} <= answer["statements"][
        0
    ].keys()
    assert {"as_named", "source", "status", "start", "end"} <= answer["statements"][0]["chain"][0].keys()
    figure = {
        "start",
        "end",
        "text",
        "qualifier",
        "value",
        "low",
        "high",
        "unit",
        "percent",
        "money",
        "counted",
        "role",
    }
    assert figure | {"statement", "rule"} <= answer["figures"][0].keys()
    assert {"start", "end", "text", "earliest", "latest", "basis"} <= answer["dates"][0].keys()
    assert answer["text"] == COURIER.read_text(encoding="utf-8")


def test_standard_input_is_read_too() -> None:
    assert json.loads(typed("-", "--json", given="Police said that eight died."))["id"] is None


def test_lines_are_answered_line_by_line_and_a_bad_one_is_told_at_the_end() -> None:
    given = '{"id": "a", "text": "Police said so."}\nnothing\n'
    result = CliRunner().invoke(app, ["read", "-", "--jsonl", "--workers", "1"], input=given, catch_exceptions=False)
    assert result.exit_code == 1
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["id"], second["line"]) == ("a", 2)
    assert "1 lines could not be read" in result.stderr


def test_a_file_that_is_not_there_is_an_error_in_one_line() -> None:
    assert "There is no file or folder" in typed("nothing.txt", expect=2)


def test_a_folder_of_articles_is_for_ingest(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text("Police said that eight officers were killed.")
    assert "is a folder; take it in with: provenance ingest" in typed(str(tmp_path), expect=2)
