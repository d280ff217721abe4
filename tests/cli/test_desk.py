"""A desk at the terminal: it takes a claim up, notes whom it asked, and sees what to do next."""

from __future__ import annotations

from tests.api.telling import running
from tests.cli.conftest import Night, Shell


def test_what_is_written_at_the_terminal_is_what_the_api_answers(shell: Shell, night: Night) -> None:
    taken = shell.document("take", night.dozens, "--state", "in_progress", "--holder", "Ana", "--who", "Ana")
    noted = shell.document("note", night.dozens, "Ask the morgue.", "--who", "Ana")
    asked = shell.document("contact", night.dozens, "the police", "--who", "Ana", "--source", "Almaty police")
    listed = shell.document("desk", "--holder", "Ana")

    with running(shell.url) as api:
        kept = api.get(f"/v1/claims/{night.dozens}/desk")
        assert (kept["notes"], kept["contacts"]) == ([noted], [asked])
        assert api.get("/v1/desk", holder="Ana") == listed
    assert (taken["state"], taken["holder"], asked["source"]) == ("in_progress", "Ana", "Almaty police")
    assert [step["who"] for step in kept["steps"]] == ["cli: Ana"]


def test_asked_the_police_and_no_reply_is_one_line_at_the_terminal(shell: Shell, night: Night) -> None:
    asked = ("contact", night.dozens, "the police", "--who", "Ana", "--at", "2022-01-06T14:10+06:00")

    assert "Ana asked the police (phone), 2022-01-06 08:10, no reply" in shell.run(*asked).words


def test_a_task_says_what_to_do_and_why_it_ranks_there(shell: Shell, night: Night) -> None:
    shell.run("take", night.dozens, "--state", "to_check", "--who", "Ana")

    said = shell.run("tasks", "--act", "cite_tie").words

    assert said.startswith("1. cite tie: A reference is found for this tie: Saltanat Azirbek speaks for Almaty police.")
    assert "It alone would clear 1 flag, of 1 claim, which 3 documents state." in said
    assert f"{night.dozens}, to check: Dozens of attackers were eliminated in Almaty." in said


def test_a_claim_that_is_not_there_is_told_in_a_line(shell: Shell, night: Night) -> None:
    refused = shell.run("note", "clm_aaaaaaaaaaaaaaaa", "Hello.", "--who", "Ana", expect=2)

    assert refused.err.startswith("error: There is no claim 'clm_aaaaaaaaaaaaaaaa'.")
