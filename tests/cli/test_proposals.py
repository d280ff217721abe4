"""The commands for proposals: what waits, who accepts or rejects it, and how often each rule is right."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from provenance.analysis.recording import recording
from tests.api.telling import running
from tests.cli.conftest import Shell
from tests.proposals import DOZENS, EVENT, Machine


@pytest.fixture
def waiting(engine: Engine) -> list[str]:
    """Two reports of one document that wait."""
    with recording(engine, "a machine") as writer:
        machine = Machine(writer)
        document = machine.document()
        return [
            machine.report(document=document).public_id,
            machine.report(
                machine.claim("Attackers were eliminated."),
                document=document,
                rule="according_to",
                confidence=0.4,
                hedge="reportedly",
            ).public_id,
        ]


def test_what_waits_is_shown_with_its_words_chain_figures_and_rule(shell: Shell, waiting: list[str]) -> None:
    said = shell.run("proposals").words

    assert "Dozens eliminated (Tass, 2022-01-06) doc_" in said
    assert said.count("Dozens eliminated (Tass") == 1
    assert f"“{DOZENS}” Saltanat Azirbek → Khabar 24 → Tass “Dozens”: 24 or more, killed" in said
    assert f"{waiting[0]}: told_outlet, 80%" in said
    assert f"{waiting[1]}: according_to, 40%; hedged: reportedly" in said
    assert f"Claim: {DOZENS}. (clm_" in said


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ([], {}),
        (["--rule", "according_to"], {"rule": "according_to"}),
        (["--min-confidence", "0.5", "--sort=-recorded"], {"min_confidence": 0.5, "sort": "-recorded"}),
        (["--limit", "1"], {"limit": 1}),
    ],
    ids=str,
)
def test_the_list_is_the_document_of_the_api(
    shell: Shell, waiting: list[str], words: list[str], asked: dict[str, Any]
) -> None:
    with running(shell.url) as api:
        answered = api.get("/v1/reports", state="proposed", **asked)
    assert answered["items"]
    assert shell.document("proposals", *words) == answered


def test_the_next_page_of_what_waits_follows_the_first(shell: Shell, waiting: list[str]) -> None:
    first = shell.run("proposals", "--limit", "1")
    assert "--cursor" in first.err
    cursor = first.err.split("--cursor ")[1].strip()
    assert waiting[1] in shell.run("proposals", "--limit", "1", "--cursor", cursor).words


def test_what_is_accepted_takes_along_what_it_speaks_of_and_can_be_taken_back(shell: Shell, waiting: list[str]) -> None:
    said = shell.run("accept", waiting[0], "--why", "it stands there", "--who", "anna").words
    assert "1 proposal accepted. accepted with them: 1 claim, 1 event, 3 sources" in said
    [claim] = shell.document("claims")["items"]
    assert claim["text"] == f"{DOZENS}."
    assert waiting[0] not in shell.run("proposals").words

    undo = said.partition("provenance undo ")[2].split()[0]
    shell.run("undo", undo, "--why", "too early")
    assert shell.document("claims")["items"] == []


def test_what_a_filter_finds_is_only_told_first(shell: Shell, waiting: list[str]) -> None:
    body = {"decision": "accept", "filter": {"rule": "told_outlet"}, "dry_run": True}
    with running(shell.url) as api:
        answered = api.send("POST", "/v1/reports/decide", json=body).json()
    assert shell.document("accept", "--rule", "told_outlet", "--dry-run") == answered
    said = shell.run("accept", "--event", EVENT, "--min-confidence", "0.3", "--dry-run").words
    assert "2 proposals would be accepted." in said
    assert "Nothing was written." in said
    assert len(shell.document("proposals")["items"]) == 2


def test_what_is_rejected_goes_with_what_only_it_spoke_of(shell: Shell, waiting: list[str]) -> None:
    said = shell.run("reject", *waiting).words
    assert "2 proposals rejected. gone, as nothing speaks of it: 2 claims, 1 event, 2 sources" in said
    assert "Nothing that waits" in shell.run("proposals").err
    assert [item["id"] for item in shell.document("reports", "--state", "rejected")["items"]] == waiting


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["accept"], "name the reports that wait, or give a `filter`"),
        (["accept", "rep_nobody"], "there is no report 'rep_nobody'"),
        (["reject", "--min-confidence", "2"], "--min-confidence:"),
        (["accept", "rep_x", "--rule", "told_outlet"], "keep one of the two"),
        (["accept", "--event", "Nothing of the sort"], "no event is called"),
    ],
    ids=lambda value: " ".join(value)[:40],
)
def test_what_cannot_be_decided_is_refused_in_a_line(
    shell: Shell, waiting: list[str], words: list[str], told: str
) -> None:
    assert told in shell.run(*words, expect=2).err


def test_the_statistics_are_told_for_each_rule_and_are_the_document_of_the_api(
    shell: Shell, waiting: list[str]
) -> None:
    with running(shell.url) as api:
        api.send("PATCH", f"/v1/reports/{waiting[1]}", json={"stance": "denies"})
    shell.run("accept", *waiting)
    with running(shell.url) as api:
        answered = api.get("/v1/extraction/stats")

    assert shell.document("extraction", "stats") == answered
    said = shell.run("extraction", "stats").words
    assert "rules 1: told_outlet: right as proposed: 100% 1 proposed; 1 accepted as proposed" in said
    assert "rules 1: according_to: right as proposed: 0% 1 proposed; 1 accepted after edits put right: stance 1" in said
    assert "All together: right as proposed: 50%" in said


def test_nothing_proposed_has_no_statistics(shell: Shell) -> None:
    assert "Nothing was proposed" in shell.run("extraction", "stats").err
    assert "Usage: " in shell.run("extraction", "--help").out


def test_the_id_of_a_document_is_answered_with_the_option_that_takes_it(shell: Shell) -> None:
    refused = shell.run("accept", "doc_abc", expect=2)
    assert "provenance accept --document doc_abc" in refused.err
