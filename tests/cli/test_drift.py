"""What changed on the way of a claim, at a terminal."""

from __future__ import annotations

import pytest

from tests.api.telling import running
from tests.cli.conftest import Shell


@pytest.fixture
def injured(shell: Shell) -> str:
    """317 injured officers, who are 137 on one page and more than 300 on another."""
    with running(shell.url) as api:
        claim = api.claim("317 officers were injured.")
        for figure, name, day in (("317", "Rosbalt", 5), ("137", "Softball", 6), ("more than 300", "Knack", 7)):
            api.report(claim, "Interior Ministry", name, figure=figure, document={"published": f"2022-01-0{day}"})
    return claim


def test_each_change_is_told_with_both_values_how_sure_it_is_and_the_two_rows(shell: Shell, injured: str) -> None:
    said = shell.run("drift", injured).words
    assert "“317” became “137”, figure: transposed digits, certain" in said
    assert "“317” in the earliest report that says so (Rosbalt, 2022-01-05) is “137” in Softball, 2022-01-06" in said
    assert "“317” became “more than 300”, figure: rounding, certain" in said


@pytest.mark.parametrize(
    ("options", "parameters"),
    [
        ((), {}),
        (("--kind", "rounding"), {"kind": "rounding"}),
        (("--field", "figure", "--sure", "likely"), {"field": "figure", "sure": "likely"}),
        (("--sort=-published", "--limit", "1"), {"sort": "-published", "limit": 1}),
        (("--as-of", "2022-01-06"), {"as_of": "2022-01-06"}),
    ],
    ids=["all", "a kind", "a field", "a page", "a moment"],
)
def test_the_document_is_that_of_the_api(
    shell: Shell, injured: str, options: tuple[str, ...], parameters: dict[str, str | int]
) -> None:
    with running(shell.url) as api:
        answered = api.get(f"/v1/claims/{injured}/drift", **parameters)
    assert answered["items"]
    assert shell.document("drift", injured, *options) == answered


def test_a_claim_is_found_by_its_words_and_the_next_page_by_what_is_said(shell: Shell, injured: str) -> None:
    said = shell.run("drift", "officers injured", "--limit", "1")
    assert "137" in said.out
    cursor = said.err.split("--cursor ")[1].split()[0]
    assert "more than 300" in shell.run("drift", injured, "--limit", "1", "--cursor", cursor).out


def test_a_negative_answer_says_on_what_ground(shell: Shell, injured: str) -> None:
    assert "in the documents held" in shell.run("drift", injured, "--field", "place").err


def test_a_word_that_is_none_of_the_kinds_is_refused(shell: Shell, injured: str) -> None:
    assert "--kind" in shell.run("drift", injured, "--kind", "worse", expect=2).err
