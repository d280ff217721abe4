"""``--json`` prints what the API answers to the same question, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from provenance.cli.app import app
from tests.api.telling import running
from tests.cli.conftest import Night, Shell

QUESTIONS = {
    "claims": (["claims"], "/v1/claims", {}),
    "claims by words and flag": (
        ["claims", "dozens", "--flag", "unverified_figure", "--flag", "vague_figure"],
        "/v1/claims",
        {"q": "dozens", "flag": ["unverified_figure", "vague_figure"]},
    ),
    "claims in time": (
        ["claims", "--from", "2022-01-06", "--to", "2022-01", "--sort=-documents", "--limit", "1"],
        "/v1/claims",
        {"published_from": "2022-01-06", "published_to": "2022-01", "sort": "-documents", "limit": 1},
    ),
    "figures": (["figures"], "/v1/figures", {}),
    "unverified figures": (
        ["figures", "--flag", "unverified_figure", "--verdict", "single", "--low", "20"],
        "/v1/figures",
        {"flag": "unverified_figure", "verdict": "single", "low": 20},
    ),
    "flags": (
        ["flags", "--rule", "no_quote", "--rule", "single_origin"],
        "/v1/flags",
        {"rule": ["no_quote", "single_origin"]},
    ),
    "rules": (["flags", "--rules"], "/v1/flags/rules", {}),
    "sources": (["sources", "--sort", "name"], "/v1/sources", {"sort": "name"}),
    "sources by name": (["sources", "azir"], "/v1/sources", {"q": "azir"}),
    "events": (["events", "kazakhstan"], "/v1/events", {"q": "kazakhstan"}),
    "tallies": (["tallies", "--sort", "title"], "/v1/tallies", {"sort": "title"}),
    "documents": (["documents", "--language", "en", "--limit", "2"], "/v1/documents", {"language": "en", "limit": 2}),
    "reports": (["reports", "--stance", "asserts", "--limit", "2"], "/v1/reports", {"stance": "asserts", "limit": 2}),
    "reviews that uphold": (["reviews", "--upholds"], "/v1/reviews", {"upholds": True}),
    "reviews that do not": (["reviews", "--no-upholds"], "/v1/reviews", {"upholds": False}),
    "search": (["search", "almaty", "--limit", "5"], "/v1/search", {"q": "almaty", "limit": 5}),
}


@pytest.mark.parametrize(("words", "address", "parameters"), QUESTIONS.values(), ids=QUESTIONS.keys())
def test_a_list_is_the_document_of_the_api(
    shell: Shell, night: Night, words: list[str], address: str, parameters: dict[str, Any]
) -> None:
    with running(shell.url) as api:
        answered = api.get(address, **parameters)
    assert answered
    assert shell.document(*words) == answered


def test_a_trace_is_the_body_of_the_api_to_the_byte(shell: Shell, night: Night) -> None:
    with running(shell.url) as api:
        body = api.send("GET", f"/v1/claims/{night.dozens}/trace").content
    printed = CliRunner().invoke(app, ["--database", shell.url, "trace", night.dozens, "--json"])
    assert printed.stdout_bytes == body + b"\n"


def test_a_note_about_the_choice_stays_out_of_the_document(shell: Shell, engine: Engine, night: Night) -> None:
    said = shell.run("trace", "Almaty", "--json")
    assert said.out.startswith('{"claim":{')
    assert "The others:" in said.err
