"""Assistants ask over the Model Context Protocol: through the protocol's own client, over both of its transports."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from mcp.client import Client as Assistant
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult
from sqlalchemy import Engine

from provenance.assistants.server import INSTRUCTIONS, assistant_server
from provenance.client import Client
from provenance.storage.session import make_engine
from tests.databases import SqliteDatabases
from tests.exchange.assisting import asked, content, text
from tests.exchange.worked import check
from tests.serving import served

DOZENS = "dozens of attackers"
QUESTIONS: dict[str, dict[str, Any]] = {
    "find_claims": {"words": DOZENS},
    "who_is_it_from": {"claim": DOZENS},
    "independent_origins": {"claim": DOZENS},
    "unverified_figures": {"claim": DOZENS},
    "as_of": {"claim": DOZENS, "as_of": "2022-01-06T07:00Z"},
    "what_if_withdrawn": {"sources": ["Saltanat Azirbek"]},
    "what_changed": {"claim": DOZENS},
    "competing_figures": {"claim": DOZENS},
    "do_we_know_this": {"sentence": "Police in Almaty say dozens of attackers were liquidated"},
    "where_exactly": {"claim": DOZENS},
}


@dataclass(frozen=True)
class Served:
    """The story, where its pages and its API are, and where the database is."""

    url: str
    base: str


@pytest.fixture(scope="module")
def january(january_file: SqliteDatabases) -> Iterator[Served]:
    with january_file.fresh() as url, served(url) as base:
        yield Served(url, base)


@pytest.fixture(scope="module")
def held(january: Served) -> Iterator[Engine]:
    engine = make_engine(january.url)
    yield engine
    engine.dispose()


async def ten_questions(client: Assistant) -> dict[str, CallToolResult]:
    answers = {name: await client.call_tool(name, arguments) for name, arguments in QUESTIONS.items()}
    claim = content(answers["find_claims"])["points"][0]["id"]
    return answers | {"who_changed": await client.call_tool("who_changed", {"record": claim})}


def check_citations(answers: dict[str, CallToolResult], base: str) -> None:
    """Every record that is cited is one that the API answers, and every page is one of ours."""
    with Client(base) as api:
        for name, answer in answers.items():
            told = content(answer)
            cited = {each["id"]: each["page"] for each in told["citations"]}
            assert cited, f"{name} cites nothing"
            assert told["measures"] in text(answer)
            for public_id, page in cited.items():
                assert page.startswith(f"{base}/"), name
                assert public_id in text(answer) or page in text(answer)
                assert READ[public_id[:3]](api, public_id) == public_id, name


READ: dict[str, Callable[[Client, str], str]] = {
    "clm": lambda api, public_id: api.claims.get(public_id).id,
    "rep": lambda api, public_id: api.reports.get(public_id).id,
    "src": lambda api, public_id: api.sources.get(public_id).id,
    "tal": lambda api, public_id: api.tallies.get(public_id).id,
}


@pytest.mark.proves("mcp", "writes", by="mcp")
def test_an_assistant_that_starts_it_asks_the_ten_questions_and_each_citation_is_a_record_of_the_api(
    january: Served,
) -> None:
    command = ["-m", "provenance", "mcp", "--database", january.url, "--pages", january.base]
    answers = asked(StdioServerParameters(command=sys.executable, args=command), ten_questions)
    check_citations(answers, january.base)
    assert "31 reports begin there" in text(answers["who_is_it_from"])
    assert content(answers["independent_origins"])["facts"]["verdict"] == "single"
    assert content(answers["as_of"])["facts"]["certain"] == 2
    assert content(answers["what_if_withdrawn"])["facts"]["reports_fallen"] == 33


@pytest.mark.proves("mcp", "writes", by="mcp")
def test_over_http_the_same_questions_have_the_same_answers(january: Served, held: Engine) -> None:
    server = assistant_server(held, january.base)

    async def both() -> list[dict[str, Any]]:
        async with over_http(server) as address, Assistant(address) as there, Assistant(server) as here:
            return [{name: content(told) for name, told in (await ten_questions(one)).items()} for one in (there, here)]

    there, here = asyncio.run(both())
    assert there == here


@asynccontextmanager
async def over_http(server: Any) -> AsyncIterator[str]:
    """The address of an assistants' server on a free port of this machine."""
    app = server.streamable_http_app(host="127.0.0.1")
    http = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    running = asyncio.create_task(http.serve())
    while not http.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{http.servers[0].sockets[0].getsockname()[1]}/mcp"
    finally:
        http.should_exit = True
        await running


def test_by_default_every_tool_only_reads_and_says_so(january: Served, held: Engine) -> None:
    async def ask(client: Assistant) -> tuple[list[Any], str | None]:
        return (await client.list_tools()).tools, client.instructions

    tools, instructions = asked(assistant_server(held, january.base), ask)
    assert {tool.name for tool in tools} == {*QUESTIONS, "who_changed"}
    assert all(tool.annotations.read_only_hint and tool.output_schema for tool in tools)
    assert all("description" in told for tool in tools for told in tool.input_schema["properties"].values())
    assert instructions == INSTRUCTIONS
    assert "never truth" in INSTRUCTIONS


def test_no_answer_floods_a_model_however_much_is_asked_for(january: Served, held: Engine) -> None:
    async def ask(client: Assistant) -> list[tuple[str, int, int]]:
        sizes = []
        for name, arguments in QUESTIONS.items():
            for limit in ({}, {"limit": 50}):
                answer = await client.call_tool(name, {**arguments, **limit})
                told = content(answer)
                assert told["more"] or len(told["points"]) == told["total"], name
                sizes.append((name, len(text(answer)), 30_000 if limit else 7_000))
        return sizes

    assert [told for told in asked(assistant_server(held, january.base), ask) if told[1] > told[2]] == []


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("who_is_it_from", {"claim": "clm_nobody"}, "There is no claim 'clm_nobody'"),
        ("who_is_it_from", {"claim": "no claim has these words"}, "do_we_know_this"),
        ("who_is_it_from", {"claim": "a"}, "Name one by its id: clm_"),
        ("who_is_it_from", {"claim": ["dozens"]}, "claim"),
        ("who_is_it_from", {"claim": "dozens", "limit": 10_000}, "less than or equal to 50"),
        ("as_of", {"claim": DOZENS, "as_of": "soon"}, "'soon' is no date"),
        ("what_if_withdrawn", {"sources": ["Nobody at all"]}, "no source is called"),
        ("what_if_withdrawn", {"sources": ["ministry"]}, "Name one by its id: src_"),
        ("what_if_withdrawn", {"sources": []}, "at least 1"),
        ("where_exactly", {"claim": "rep_nobody"}, "There is no report 'rep_nobody'"),
        ("competing_figures", {"claim": "tal_nobody"}, "There is no tally 'tal_nobody'"),
        ("who_changed", {"record": "clm_nobody"}, "clm_nobody"),
        ("who_changed", {"record": "\ud800"}, "record"),
        ("who_changed", {"record": "nte_a"}, "what a desk keeps about its own work is not told"),
        ("find_claims", {"words": "dozens", "event": "evt_nobody"}, "event"),
        ("do_we_know_this", {"sentence": "x" * 100_000}, "at most 4000"),
        ("propose_claim", {"event": "evt_x", "text": "Dozens", "assistant": "a", "why": "it says"}, "Unknown tool"),
    ],
)
def test_what_a_model_can_mend_is_an_error_that_names_the_place_and_the_remedy(
    january: Served, held: Engine, tool: str, arguments: dict[str, Any], says: str
) -> None:
    async def ask(client: Assistant) -> CallToolResult:
        return await client.call_tool(tool, arguments)

    answer = asked(assistant_server(held, january.base), ask)
    assert answer.is_error
    assert says in text(answer)


def test_records_rules_and_terms_are_resources_and_prompts_name_tools_that_there_are(
    january: Served, held: Engine
) -> None:
    async def ask(client: Assistant) -> None:
        found = content(await client.call_tool("find_claims", {"words": DOZENS}))["points"][0]["id"]
        for address, holds in (
            (f"claim://{found}", f'"id":"{found}"'),
            ("provenance://rules", '"key":"unverified_figure"'),
            ("provenance://vocabulary", '"term":"not_stated"'),
        ):
            [part] = (await client.read_resource(address)).contents
            assert part.mime_type == "application/json"
            assert holds in str(part)
        with pytest.raises(MCPError, match="There is no claim"):
            await client.read_resource("claim://clm_nobody")
        tools = {tool.name for tool in (await client.list_tools()).tools}
        for name, arguments in (("check_a_sentence", {"sentence": "x"}), ("brief_on_a_claim", {"claim": found})):
            [message] = (await client.get_prompt(name, arguments)).messages
            named = {word.strip("(),.;") for word in str(message.content).replace("\\n", " ").split() if "_" in word}
            assert named & tools
            assert "true or false" in str(message.content)

    asked(assistant_server(held, january.base), ask)


def test_the_worked_example_prints_what_the_page_says(january: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_DATABASE_URL", january.url)
    check("mcp", january.base)
