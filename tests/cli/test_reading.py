"""What a person at a terminal meets: hostile texts, many matches, slips, and where to go on."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.cli.visible import harmless, visible
from tests.cli.conftest import Night, Shell
from tests.records import Desk

HOSTILE = "Pwned\x1b]0;pwn\x07 \x9b2J\nVerdict: Established"
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\n"]


@pytest.fixture
def hostile(shell: Shell, engine: Engine) -> str:
    """A claim whose words, source, publisher and figure hold orders to the terminal.

    Writes refuse such characters today; a database that another hand or an earlier version filled may hold them.
    """
    with recording(engine, "a tester") as writer:
        desk = Desk(writer)
        claim = desk.claim("Pwned were eliminated.", desk.tally())
        desk.report(claim, "Police Pwned", "Tass Pwned", figures=["dozens"])
        identity = claim.public_id
    plant(engine)
    shell.run("recompute")
    return identity


def plant(engine: Engine) -> None:
    """Put the orders where the harmless word was."""
    with engine.begin() as connection:
        for table, column in (
            ("claim", "text"),
            ("source", "name"),
            ("source_name", "name"),
            ("event", "title"),
            ("tally", "title"),
        ):
            planted = sa.text(f"UPDATE {table} SET {column} = replace({column}, 'Pwned', :orders)")
            connection.execute(planted, {"orders": HOSTILE})
        connection.execute(sa.text("UPDATE figure SET text = :orders"), {"orders": "dozens \x1b[31m"})


@pytest.mark.parametrize(
    "words",
    [
        ["trace", "pwned"],
        ["trace", "pwned", "--all"],
        ["claims"],
        ["figures"],
        ["flags"],
        ["sources"],
        ["documents"],
        ["reports"],
        ["events"],
        ["tallies"],
        ["search", "pwned"],
        ["claims", "--source", "police"],
    ],
    ids=" ".join,
)
def test_nothing_that_is_held_is_an_order_to_the_terminal(shell: Shell, hostile: str, words: list[str]) -> None:
    said = shell.run(*words)
    assert said.out
    assert not [control for control in CONTROLS if control in said.out + said.err]


def test_a_text_that_is_held_forges_no_line_of_the_answer(shell: Shell, hostile: str) -> None:
    said = shell.run("trace", "pwned")
    assert "Pwned␛]0;pwn␇ ␛2J Verdict: Established were eliminated." in said.words
    assert [line for line in said.out.splitlines() if line.startswith("Verdict: Established")] == []


def test_an_error_that_names_what_is_held_shows_its_control_characters(shell: Shell, engine: Engine) -> None:
    with recording(engine, "a tester") as writer:
        for name in ("Tass Pwned one", "Tass Pwned two"):
            Desk(writer).source(name)
    plant(engine)
    error = shell.run("claims", "--source", "tass", expect=2).err
    assert "Tass Pwned␛]0;pwn␇ ␛2J" in error
    assert "\x1b" not in error


def test_the_document_for_programs_keeps_every_character(shell: Shell, hostile: str) -> None:
    [claim] = shell.document("claims")["items"]
    assert claim["text"].startswith(HOSTILE)


def test_letters_of_all_scripts_stay_as_they_are() -> None:
    text = "Алматы, 阿拉木图, آلماتی, ’“„«"
    assert harmless(text) == visible(text) == text


def test_of_many_matches_those_with_most_documents_are_named_and_the_rest_is_counted(
    shell: Shell, engine: Engine
) -> None:
    with recording(engine, "a tester") as writer:
        desk = Desk(writer)
        event = desk.tally()
        claims = [desk.claim(f"{number} people were killed.", event) for number in range(13)]
        for claim, outlets in zip(claims, ([*["Tass"]] * 13), strict=True):
            desk.report(claim, "Police", outlets)
        for outlet in ("RIA", "Interfax"):
            desk.report(claims[0], "Police", outlet)
            desk.report(claims[1], "Police", outlet)
        first = [claims[0].public_id, claims[1].public_id]
    error = shell.run("trace", "killed", expect=2).err.splitlines()
    assert {line.split()[0] for line in error[:2]} == set(first)
    assert error[10] == "  … and 3 more: provenance claims killed --sort=-documents"
    assert "Add words, or name one by its id" in error[11]


def test_a_search_says_that_more_is_held_than_it_lists(shell: Shell, night: Night) -> None:
    assert (
        "Claims: 1 of more; for the rest: provenance claims almaty\n"
        in shell.run("search", "almaty", "--limit", "1").out
    )
    assert "of more" not in shell.run("search", "almaty", "--limit", "2").out
    assert len(json.loads(shell.run("search", "almaty", "--limit", "1", "--json").out)["claims"]) == 1


def test_a_rule_that_was_nearly_named_is_suggested(shell: Shell) -> None:
    assert "Did you mean unverified_figure?" in shell.run("claims", "--flag", "unverified", expect=2).err


def test_a_source_that_was_not_named_in_full_is_told(shell: Shell, night: Night) -> None:
    assert "--source: 'Khabar' is taken to mean Khabar 24 (src_" in shell.run("claims", "--source", "Khabar").err
    assert shell.run("claims", "--source", "khabar 24").err == ""


def test_what_does_not_exist_is_listed_by_a_command_and_not_by_an_address(shell: Shell) -> None:
    error = shell.run("claims", "--tally", "tal_nosuchtally", expect=2).err
    assert error.endswith("with: provenance tallies\n")
    assert "GET" not in error


def test_a_password_is_never_shown() -> None:
    for url in ("postgresql://nobody:secret@127.0.0.1:1/none", "postgres:/nobody:secret@nowhere"):
        error = Shell(url).run("claims", expect=2).err
        assert "--database" in error
        assert "secret" not in error


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"]
)
def test_a_database_that_cannot_last_is_refused_with_one_that_can(url: str) -> None:
    assert "Give a file: sqlite:///provenance.db" in Shell(url).run("migrate", expect=2).err


def test_an_unknown_schema_version_is_named_with_those_there_are(shell: Shell) -> None:
    error = shell.run("migrate", "--revision", "nope", expect=2).err
    assert error.startswith("error: --revision: there is no schema version 'nope'. Known are, oldest first: ")
    assert str(shell.document("migrate")["after"]) in error


def test_an_empty_address_is_refused_by_the_name_of_what_was_given(shell: Shell) -> None:
    assert shell.run("serve", "--host", "", expect=2).err.startswith("error: --host is empty.")


def test_loading_says_what_is_held_and_the_second_time_that_nothing_is_new(shell: Shell) -> None:
    first, second = (" ".join(shell.run("load", "almaty-night").out.split()) for _ in range(2))
    assert first.startswith("Loaded A night in Almaty (demonstration texts): 5 documents, ")
    assert second == "A night in Almaty (demonstration texts): nothing new."


def test_the_story_with_most_in_it_is_loaded_first(shell: Shell) -> None:
    assert [story["slug"] for story in shell.document("load")["shipped"]] == ["kazakhstan-2022", "almaty-night"]


def test_a_moment_says_what_may_have_come_later(shell: Shell, night: Night) -> None:
    noon = ("--as-of", "2022-01-06T12:00Z")
    assert "3 documents (3 perhaps later)" in shell.run("claims", "dozens", *noon).words
    for command in ("figures", "reports", "documents"):
        assert "2022-01-06 (perhaps later than asked)" in shell.run(command, *noon).words
        assert "perhaps later" not in shell.run(command, "--as-of", "2022-01-06").words
    assert "perhaps later" not in shell.run("claims").words
