"""Hooks at the terminal: who is told, and what is due is sent once."""

from __future__ import annotations

from tests.api.telling import running
from tests.cli.conftest import Night, Shell

ADDRESS = "https://receiver.example/hooks"


def test_a_hook_made_at_the_terminal_is_the_one_that_the_api_lists(shell: Shell, night: Night) -> None:
    made = shell.document("hooks", "add", ADDRESS, "--rule", "single_origin", "--claim", night.dozens)
    key = made.pop("secret")
    with running(shell.url) as api:
        assert api.items("/v1/hooks") == [made]
    said = shell.run("hooks", "list").words
    assert f"hears of everything about single_origin, {night.dozens}" in said
    assert key.startswith("whsec_")
    assert key not in said
    assert shell.document("hooks", "remove", made["id"]) == {"removed": made["id"]}
    assert shell.document("hooks", "list")["items"] == []


def test_what_is_due_is_sent_and_what_is_not_taken_is_told(shell: Shell, night: Night) -> None:
    assert shell.run("deliver").words == "No message was due."
    made = shell.document("hooks", "add", ADDRESS)
    with running(shell.url) as api:
        api.post(f"/v1/hooks/{made['id']}/test")
    # There is no such host, here or anywhere.
    assert shell.document("deliver") == {"taken": 0, "waiting": 1, "given_up": 0}


def test_an_address_within_the_own_network_is_refused_in_a_line(shell: Shell, night: Night) -> None:
    refused = shell.run("hooks", "add", "https://127.0.0.1/hooks", expect=2)
    assert "127.0.0.1 is no public address" in refused.err
    assert "there is no rule 'lies'" in shell.run("hooks", "add", ADDRESS, "--rule", "lies", expect=2).err
