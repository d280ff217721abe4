"""``--json`` prints what the API answers to the same question, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from provenance.analysis.recording import recording
from provenance.cli.app import app
from provenance.storage.claim import ClaimChange
from provenance.storage.reads.asked import SourcesAsked
from provenance.storage.reads.sources import sources
from provenance.storage.session import reading
from provenance.storage.source import SourceChange
from provenance.storage.writes.claims import change_claim
from provenance.storage.writes.sources import change_source
from tests.api.telling import running
from tests.cli.conftest import Night, Shell

NOON = "2022-01-06T12:00Z"
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
    "figures under a policy": (
        ["figures", "--policy", "acled", "--sort", "low", "--high", "30"],
        "/v1/figures",
        {"policy": "acled", "sort": "low", "high": 30},
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
    "tasks": (
        ["tasks", "--rule", "unverified_figure", "--act", "review", "--limit", "2"],
        "/v1/desk/tasks",
        {"rule": "unverified_figure", "act": "review", "limit": 2},
    ),
    "search": (["search", "almaty", "--limit", "5"], "/v1/search", {"q": "almaty", "limit": 5}),
    **{
        f"{command} as of noon": ([command, *words, "--as-of", NOON], f"/v1/{command}", {"as_of": NOON, **parameters})
        for command, words, parameters in (
            ("claims", ["--sort=-documents", "--status", "standing"], {"sort": "-documents", "status": "standing"}),
            ("figures", ["--flag", "unverified_figure"], {"flag": "unverified_figure"}),
            ("flags", ["--rule", "single_origin"], {"rule": "single_origin"}),
            ("reports", [], {}),
            ("documents", [], {}),
            ("events", [], {}),
            ("search", ["dozens"], {"q": "dozens"}),
        )
    },
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


@pytest.mark.parametrize("known", [False, True], ids=["as held now", "as held then"])
def test_a_moment_means_the_same_at_the_terminal(shell: Shell, engine: Engine, night: Night, known: bool) -> None:
    held = {"known_at": datetime.now(UTC).isoformat()} if known else {}
    moment = {"as_of": NOON, **held}
    options = [word for name, value in moment.items() for word in (f"--{name.replace('_', '-')}", value)]
    with recording(engine, "a tester") as writer:
        change_source(writer, source_named(engine, "Tass"), SourceChange(name="ITAR"))
    with running(shell.url) as api:
        body = api.send("GET", f"/v1/claims/{night.dozens}/trace", params=moment).content
        figures = api.get("/v1/figures", **moment)
        found = api.get("/v1/search", q="tass", **moment)
    printed = CliRunner().invoke(app, ["--database", shell.url, "trace", night.dozens, *options, "--json"])
    assert printed.stdout_bytes == body + b"\n"
    assert shell.document("figures", *options) == figures
    assert shell.document("search", "tass", *options) == found
    assert {item["name"] for item in found["sources"]} == {"Tass" if known else "ITAR"}
    assert {item["presence"] for item in figures["items"]} == {"possible"}


def test_words_name_the_claim_that_had_them_then(shell: Shell, engine: Engine, night: Night) -> None:
    then = datetime.now(UTC).isoformat()
    with recording(engine, "a tester") as writer:
        change_claim(writer, night.ten, ClaimChange.model_validate({"text": "Others were killed, too."}))
    assert shell.document("trace", "ten", "people", "--known-at", then)["claim"]["id"] == night.ten
    assert "No claim has all these words" in shell.run("trace", "ten", "people", expect=2).err


def source_named(engine: Engine, name: str) -> str:
    with reading(engine) as session:
        return sources(session, SourcesAsked(q=name)).items[0].id


def test_a_note_about_the_choice_stays_out_of_the_document(shell: Shell, engine: Engine, night: Night) -> None:
    said = shell.run("trace", "Almaty", "--json")
    assert said.out.startswith('{"claim":{')
    assert "The others:" in said.err
