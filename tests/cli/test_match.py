"""Whether a claim is known already, asked at a terminal."""

from __future__ import annotations

from typer.testing import CliRunner

from provenance.cli.app import app
from tests.api.telling import running
from tests.cli.conftest import Night, Shell


def test_a_known_claim_is_told_with_reasons(shell: Shell, night: Night) -> None:
    said = shell.run("match", "Dozens", "of", "attackers", "eliminated", "in", "#Almaty").words

    assert said.startswith("Dozens of attackers were eliminated in Almaty.")
    assert f"{night.dozens}: likely the same" in said
    assert "Both count the killed." in said


def test_another_number_is_told_to_be_another_account(shell: Shell, night: Night) -> None:
    said = shell.run("match", "Fifty people were killed in Almaty", "--limit", "1").words

    assert f"{night.ten}: different" in said
    assert "it is another account, not the same claim." in said


def test_the_sentence_may_come_from_standard_input(shell: Shell, night: Night) -> None:
    words = ["--database", shell.url, "match", "-"]
    result = CliRunner().invoke(app, words, input="Dozens of attackers eliminated\n", catch_exceptions=False)

    assert result.exit_code == 0
    assert night.dozens in result.stdout


def test_json_is_what_the_api_sends(shell: Shell, night: Night) -> None:
    with running(shell.url) as api:
        sent = api.send("POST", "/v1/match", json={"text": "attackers in Almaty", "limit": 1}).json()

    assert shell.document("match", "attackers in Almaty", "--limit", "1") == sent


def test_an_event_may_be_named_by_its_title(shell: Shell, night: Night) -> None:
    said = shell.run("match", "Dozens of attackers eliminated", "--event", "Night of 5 January 2022 in Almaty").words

    assert "Both are about the event “Night of 5 January 2022 in Almaty”." in said


def test_what_is_unknown_is_said_to_be_unknown(shell: Shell, night: Night) -> None:
    said = shell.run("match", "Bridge opened")

    assert (said.out, said.err) == ("", "No claim that is held shares a telling word with it.\n")


def test_a_question_without_words_is_refused(shell: Shell, night: Night) -> None:
    assert "give either `text` or `report`" in shell.run("match", expect=2).err
