"""The ledger of a tally on a terminal, and as the document that the API answers."""

from __future__ import annotations

import pytest

from provenance.analysis.recording import recording
from tests.api.telling import running
from tests.cli.conftest import Night, Shell
from tests.databases import opened
from tests.records import Desk


@pytest.mark.parametrize(
    ("options", "suffix", "parameters"),
    [
        ([], "", {}),
        (["--policy", "acled"], "", {"policy": "acled"}),
        (["--as-of", "2022-01-05"], "", {"as_of": "2022-01-05"}),
        (["--series"], "/series", {}),
    ],
    ids=["as it is", "under a policy", "as of a day", "in time"],
)
def test_the_document_is_that_of_the_api_by_title_and_by_id(
    shell: Shell, night: Night, options: list[str], suffix: str, parameters: dict[str, str]
) -> None:
    with running(shell.url) as api:
        [tally] = api.items("/v1/tallies")
        answered = api.get(f"/v1/tallies/{tally['id']}{suffix}", **parameters)
    assert shell.document("tally", "attackers", "killed", *options) == answered
    assert shell.document("tally", tally["id"], *options) == answered


def test_the_ledger_puts_figures_that_count_the_same_together_and_fits_80_columns(shell: Shell, night: Night) -> None:
    said = shell.run("tally", "attackers killed")
    assert max(map(len, said.out.splitlines())) <= 80
    assert not any(line.endswith(" ") for line in said.out.splitlines())
    assert "killed, attackers, Almaty, night, running total" in said.words
    assert "dozens 24 or more contradicted 2022-01-06 3 Almaty police" in said.words
    assert "about ten 9 to 11 contradicted 2022-01-06 1 Eyewitness" in said.words
    assert f"{night.ten}; contradicted by 1" in said.words


def test_what_cannot_be_compared_stands_apart_with_the_reason(shell: Shell, night: Night) -> None:
    with opened(shell.url) as engine, recording(engine, "a tester") as writer:
        desk = Desk(writer)
        unclear = desk.tally("Officers killed", counted="officers", period=None)
        for figure, chain in (("18", ("Interior Ministry", "Tass")), ("12", ("Almaty police", "Interfax"))):
            desk.report(desk.claim(f"{figure} officers were killed.", unclear), *chain, figures=[figure])
    said = shell.run("tally", "officers")
    assert "Not formally comparable with each other: the period is missing." in said.words


def test_the_series_tells_what_each_party_gave_when(shell: Shell, night: Night) -> None:
    said = shell.run("tally", "attackers", "--series")
    assert "Almaty police: 1 figure" in said.words
    assert "2022-01-06 dozens 24 or more contradicted" in said.words
    assert max(map(len, said.out.splitlines())) <= 80


def test_a_title_that_several_tallies_have_is_refused_with_their_ids(shell: Shell, night: Night) -> None:
    with opened(shell.url) as engine, recording(engine, "a tester") as writer:
        Desk(writer).tally("Attackers killed at the airport")
    assert "Several tallies have these words" in shell.run("tally", "killed", expect=2).err
    assert shell.run("tally", "attackers", "killed").out.startswith("Attackers killed\n")
    assert "No tally has all these words" in shell.run("tally", "hospitals", expect=2).err


def test_an_unknown_policy_is_refused_with_those_there_are(shell: Shell, night: Night) -> None:
    said = shell.run("tally", "attackers", "--policy", "mine", expect=2)
    assert "'plain' or 'acled'" in said.err


def test_nothing_published_by_then_is_said_and_not_left_blank(shell: Shell, night: Night) -> None:
    assert "No document held gives a figure for it." in shell.run("tally", "attackers", "--as-of", "2022-01-05").words
