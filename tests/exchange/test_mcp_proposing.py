"""What an assistant may write where that is allowed: proposals, which count for nothing until a person accepts them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from mcp.client import Client as Assistant
from mcp.types import CallToolResult
from sqlalchemy import Engine

from provenance.assistants.server import assistant_server
from provenance.client import Client
from provenance.storage.session import make_engine
from tests.databases import SqliteDatabases
from tests.exchange.assisting import asked, content, text
from tests.serving import served

TOLD = "Police spokeswoman Saltanat Azirbek said that dozens of attackers were eliminated."


@dataclass(frozen=True)
class Article:
    """An article that is held, and the event that it is about."""

    event: str
    document: str


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
        report = api.reports.get(asked(assistant_server(engine, base, write=True), propose))
        assert (report.state, report.extractor, report.quote) == ("proposed", "assistant: A Model", QUOTE)
        assert report.chains == [["Saltanat Azirbek", "Tass"]]
        assert api.claims.list().first() is None
        [entry] = api.ask.who_changed(report.id).items
        assert (entry.who, entry.why) == ("assistant: A Model", "the article says so")
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
        yield assistant_server(engine, base, write=True), api, told(api)
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
