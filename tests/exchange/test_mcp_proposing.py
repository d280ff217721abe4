"""What an assistant may write where that is allowed: proposals, which count for nothing until a person accepts them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from mcp.client import Client as Assistant
from mcp.types import CallToolResult
from sqlalchemy import Engine

from provenance.assistants.server import assistant_server, over_http
from provenance.client import Client
from provenance.storage.managing_keys import take_back
from provenance.storage.session import make_engine
from provenance.vocabulary import Role
from tests.databases import SqliteDatabases
from tests.exchange.assisting import asked, content, text
from tests.keys import new_key
from tests.serving import served

TOLD = "Police spokeswoman Saltanat Azirbek said that dozens of attackers were eliminated."


@dataclass(frozen=True)
class Article:
    """An article that is held, and the event that it is about."""

    event: str
    document: str


def contributor_key(url: str) -> str:
    """The key of whoever lets a model propose."""
    return new_key(url, Role.CONTRIBUTOR, "Ana")


def told(api: Client) -> Article:
    """Tell a server of the article, and of the spokeswoman whom it names."""
    event = api.events.create(title="Unrest in Almaty").id
    publisher = api.sources.create(name="Tass", kind="news_agency").id
    api.sources.create(name="Saltanat Azirbek", kind="spokesperson")
    return Article(event, api.documents.create(publisher=publisher, text=TOLD, url="https://tass.example/1").id)


@pytest.mark.proves("mcp", "reads", by="mcp")
def test_what_an_assistant_may_write_is_proposed_and_counts_for_nothing_until_a_person_accepts_it(
    database_url: str, engine: Engine
) -> None:
    async def propose(client: Assistant) -> str:
        told = {"assistant": "A Model", "why": "the article says so"}
        claim = {"event": article.event, "text": "Dozens of attackers were eliminated.", **told}
        proposed = content(await client.call_tool("propose_claim", claim))["facts"]["claim"]
        report = {"claim": proposed, "document": article.document, "quote": QUOTE, **told}
        report |= {"through": ["Saltanat Azirbek"], "figure": "dozens"}
        answer = content(await client.call_tool("propose_report", report))
        assert "counts for nothing until a person accepts" in answer["answer"][0]
        return str(answer["facts"]["report"])

    with served(database_url) as base, Client(base) as api:
        article = told(api)
        report = api.reports.get(
            asked(assistant_server(engine, base, write=True, key=contributor_key(database_url)), propose)
        )
        assert (report.state, report.extractor, report.quote) == ("proposed", "assistant: A Model", QUOTE)
        assert report.chains == [["Saltanat Azirbek", "Tass"]]
        assert api.claims.list().first() is None
        [entry] = api.ask.who_changed(report.id).items
        assert (entry.who, entry.why) == ("mcp: Ana", "assistant: A Model: the article says so")
        api.reports.accept(report.id)
        assert [origin.source for origin in api.ask.who_is_it_from(report.claim)] == ["Saltanat Azirbek"]


QUOTE = "dozens of attackers were eliminated"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"quote": "hundreds were eliminated"}, "quote"),
        ({"document": "doc_nobody"}, "doc_nobody"),
        ({"claim": "clm_nobody"}, "clm_nobody"),
        ({"through": ["Nobody at all"]}, "no source is called"),
        ({"through": ["Tass"]}, "Tass"),
        ({"assistant": "a\u202eb"}, "assistant"),
        ({"figure": "dozens\x00"}, "figure"),
        ({"stance": "swears"}, "stance"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_proposal_that_cannot_be_read_changes_nothing(
    writable: tuple[Any, Client, Article], wrong: dict[str, Any], says: str
) -> None:
    server, api, article = writable
    claim = api.claims.list().first() or api.claims.create(text="Dozens were eliminated.", event=article.event)
    before = [each.id for each in api.history.list()]

    async def propose(client: Assistant) -> CallToolResult:
        given = {"claim": claim.id, "document": article.document, "quote": QUOTE, "assistant": "A Model", "why": "so"}
        return await client.call_tool("propose_report", given | {"why": "it says so"} | wrong)

    answer = asked(server, propose)
    assert answer.is_error
    assert says in text(answer)
    assert [each.id for each in api.history.list()] == before


@pytest.fixture(scope="module")
def writable(sqlite_databases: SqliteDatabases) -> Iterator[tuple[Any, Client, Article]]:
    with sqlite_databases.fresh() as url, served(url) as base, Client(base) as api:
        engine = make_engine(url)
        yield assistant_server(engine, base, write=True, key=contributor_key(url)), api, told(api)
        engine.dispose()


def test_the_tools_that_write_say_so_and_none_accepts_changes_or_deletes(
    writable: tuple[Any, Client, Article],
) -> None:
    async def ask(client: Assistant) -> list[Any]:
        return (await client.list_tools()).tools

    tools = asked(writable[0], ask)
    writing = {tool.name for tool in tools if not tool.annotations.read_only_hint}
    assert writing == {"propose_claim", "propose_report"}
    assert not any(tool.annotations.destructive_hint for tool in tools)


@pytest.mark.parametrize(
    ("role", "says"),
    [
        (None, "Proposing needs the key of a contributor or more. Start the server with it in PROVENANCE_KEY"),
        (Role.READER, "that of a reader, and proposing needs that of a contributor or more"),
    ],
)
def test_without_the_key_of_a_contributor_nothing_is_proposed(
    writable: tuple[Any, Client, Article], empty_url: str, role: Role | None, says: str
) -> None:
    _, _, article = writable
    engine = make_engine(empty_url)
    key = None if role is None else new_key(empty_url, role, "Rea")

    async def propose(client: Assistant) -> CallToolResult:
        given = {"event": article.event, "text": "Dozens.", "assistant": "A Model", "why": "it says so"}
        return await client.call_tool("propose_claim", given)

    answer = asked(assistant_server(engine, "http://127.0.0.1:8000", write=True, key=key), propose)
    assert answer.is_error
    assert says in text(answer)
    engine.dispose()


def test_a_key_that_opens_nothing_answers_nothing_wherever_it_comes_from(empty_url: str) -> None:
    engine = make_engine(empty_url)
    key = new_key(empty_url, Role.READER, "Rea")
    closed = assistant_server(engine, "http://127.0.0.1:8000", key=key, open_to_all=False)

    async def find(client: Assistant) -> CallToolResult:
        return await client.call_tool("find_claims", {"words": "dozens"})

    assert not asked(closed, find).is_error
    assert "Reading needs a key here" in text(asked(assistant_server(engine, "", open_to_all=False), find))
    take_back(engine, f"key_{key.split('_')[1]}", "a test")
    refused = asked(closed, find)
    assert refused.is_error
    assert "was revoked. Ask whoever manages keys" in text(refused)
    engine.dispose()


def test_over_http_a_key_is_taken_from_the_request_and_never_from_whoever_started_it(empty_url: str) -> None:
    engine = make_engine(empty_url)
    started = new_key(empty_url, Role.ADMIN, "Bea")
    app = over_http(assistant_server(engine, "", key=started, open_to_all=False), "127.0.0.1")

    async def knock(sent: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8001") as client:
            return await client.post("/mcp", json={}, headers=sent)

    for sent in ({}, {"Authorization": "Bearer prv_nobodys"}, {"Authorization": f"Basic {started}"}):
        answer = asyncio.run(knock(sent))
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert started not in answer.text
    engine.dispose()
