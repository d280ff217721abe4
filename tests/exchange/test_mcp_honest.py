"""No answer to an assistant passes for another: what it asks, how many, when and how alike is told as it is."""

from __future__ import annotations

import csv
import json
import re
import socket
from collections.abc import Iterator
from io import StringIO
from typing import Any

import httpx
import pytest
from mcp.client import Client as Assistant
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult

from provenance.assistants.server import assistant_server
from provenance.cli.assisting import listening_on
from provenance.storage.session import make_engine
from provenance.vocabulary import Role
from tests.databases import SqliteDatabases
from tests.exchange.assisting import asked, content, text
from tests.keys import new_key

DOZENS = "dozens of attackers"
SEVEN = "2022-01-06T07:00Z"


@pytest.fixture(scope="module")
def server(january_server: str, january_file: SqliteDatabases) -> Iterator[Any]:
    """The assistants' server on a copy of the story, which cites the pages of the one that is served."""
    with january_file.fresh() as url:
        engine = make_engine(url)
        yield assistant_server(engine, january_server, write=True, key=new_key(url, Role.CONTRIBUTOR, "Ana"))
        engine.dispose()


def told(server: Any, tool: str, **arguments: Any) -> CallToolResult:
    async def ask(client: Assistant) -> CallToolResult:
        return await client.call_tool(tool, arguments)

    return asked(server, ask)


# Parameters


def test_no_tool_takes_a_parameter_that_it_does_not_have(server: Any) -> None:
    async def ask(client: Assistant) -> None:
        for tool in (await client.list_tools()).tools:
            assert tool.input_schema["additionalProperties"] is False
            refused = await client.call_tool(tool.name, {"fits": "nothing"})
            assert refused.is_error
            known = ", ".join(tool.input_schema["properties"])
            assert text(refused) == f"`fits` is no parameter of {tool.name}. It takes: {known}."

    asked(server, ask)


@pytest.mark.parametrize(
    ("tool", "arguments", "meant"),
    [
        ("independent_origins", {"claim": DOZENS, "at": SEVEN}, "as_of"),
        ("as_of", {"claim": DOZENS, "published_by": SEVEN}, "as_of"),
        ("competing_figures", {"of": DOZENS}, "claim"),
        ("who_is_it_from", {"claim_id": "clm_dozens"}, "claim"),
        ("who_changed", {"id": "clm_dozens"}, "record"),
        ("do_we_know_this", {"text": "Dozens of attackers were killed."}, "sentence"),
    ],
)
def test_what_is_called_otherwise_elsewhere_is_refused_with_its_name_here(
    server: Any, tool: str, arguments: dict[str, Any], meant: str
) -> None:
    answer = told(server, tool, **arguments)
    assert answer.is_error
    assert f"Did you mean `{meant}`?" in text(answer)


def test_the_same_thing_has_the_same_name_in_every_tool(server: Any) -> None:
    async def ask(client: Assistant) -> dict[str, set[str]]:
        return {tool.name: set(tool.input_schema["properties"]) for tool in (await client.list_tools()).tools}

    takes = asked(server, ask)
    filters = {"event", "as_of", "known_at", "limit"}
    subjects = {"words", "claim", "sources", "with_linked", "sentence", "record"}
    proposed = {"text", "assistant", "why", "kind", "document", "quote", "stance", "through", "figure"}
    assert set.union(*takes.values()) == filters | subjects | proposed
    assert all(("as_of" in names) == ("known_at" in names) for names in takes.values())


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("as_of", {"claim": DOZENS}, "as_of: it is missing. The moment"),
        ("who_is_it_from", {"claim": 5}, "claim: Input should be a valid string. Given was 5."),
        (
            "who_is_it_from",
            {"claim": "clm_nobody"},
            "claim: There is no claim 'clm_nobody'. Find it by words with find",
        ),
        ("where_exactly", {"claim": "rep_nobody"}, "claim: There is no report 'rep_nobody'. where_exactly gives"),
        ("competing_figures", {"claim": "tal_nobody"}, "claim: There is no tally 'tal_nobody'. Give a claim that"),
        ("unverified_figures", {"event": "evt_nobody"}, "event: there is no event 'evt_nobody'. find_claims names"),
        ("what_if_withdrawn", {"sources": ["src_nobody"]}, "sources.0: there is no source 'src_nobody'. Give its name"),
        ("do_we_know_this", {"sentence": "     "}, "sentence: it is blank."),
        ("propose_claim", {"text": "x", "event": "evt_nobody", "assistant": "A", "why": "why"}, "event: there is no"),
    ],
)
def test_an_error_names_the_parameter_of_the_schema_and_a_remedy_that_an_assistant_has(
    server: Any, tool: str, arguments: dict[str, Any], says: str
) -> None:
    answer = told(server, tool, **arguments)
    assert answer.is_error
    assert says in text(answer)
    assert not re.search(r"GET /|https?://|pydantic|validation error", text(answer))


@pytest.mark.parametrize(
    ("prompt", "arguments", "says"),
    [
        ("check_a_sentence", {}, "sentence: it is missing"),
        ("check_a_sentence", {"sentence": "x", "text": "y"}, "`text` is no parameter.*Did you mean `sentence`"),
        ("brief_on_a_claim", {"claim": " "}, "claim: it is missing"),
        ("nobody", {}, "Unknown prompt: nobody. There are: check_a_sentence, brief_on_a_claim"),
    ],
)
def test_a_prompt_that_lacks_its_argument_says_so_and_nothing_is_logged_as_a_crash(
    server: Any, prompt: str, arguments: dict[str, str], says: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def ask(client: Assistant) -> None:
        with pytest.raises(MCPError, match=says):
            await client.get_prompt(prompt, arguments)

    asked(server, ask)
    assert [record.message for record in caplog.records if record.exc_info] == []


# Numbers


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("find_claims", {"words": "killed"}),
        ("find_claims", {"words": "killed", "as_of": SEVEN}),
        ("who_is_it_from", {"claim": DOZENS, "as_of": SEVEN}),
        ("unverified_figures", {}),
        ("unverified_figures", {"claim": DOZENS}),
        ("unverified_figures", {"claim": DOZENS, "as_of": SEVEN}),
        ("as_of", {"claim": DOZENS, "as_of": "2022-01-08"}),
        ("what_if_withdrawn", {"sources": ["Khabar 24"]}),
        ("what_if_withdrawn", {"sources": ["Khabar 24"], "as_of": "2022-01-07"}),
        ("what_changed", {"claim": DOZENS}),
        ("what_changed", {"claim": DOZENS, "as_of": "2022-01-08"}),
        ("competing_figures", {"claim": DOZENS}),
        ("where_exactly", {"claim": DOZENS}),
        ("where_exactly", {"claim": DOZENS, "as_of": SEVEN}),
        ("who_changed", {"record": "a source"}),
    ],
    ids=str,
)
def test_totals_are_those_of_the_api_and_the_rest_is_where_it_is_said_to_be(
    server: Any, tool: str, arguments: dict[str, Any]
) -> None:
    if tool == "who_changed":
        withdrawn = content(told(server, "what_if_withdrawn", sources=["Khabar 24"]))
        arguments = {"record": withdrawn["citations"][0]["id"]}
    answer = content(told(server, tool, **arguments, limit=1))
    there = number_at(answer["more"])
    assert there > 1
    assert answer["total"] == (None if tool == "who_changed" else there)
    assert len(answer["points"]) == 1


def number_at(more: str) -> int:
    """How many things the API lists where an answer says that the rest is."""
    if withdrawn := re.search(r"POST (\S+) with (\{.*\}) has more", more):
        return int(httpx.post(withdrawn[1], json=json.loads(withdrawn[2])).raise_for_status().json()["claims"])
    [address] = re.findall(r"GET (\S+)", more)
    answer = httpx.get(address).raise_for_status().json()
    if "items" not in answer:
        return len(answer["origins" if "origins" in answer else "figures"])
    number = len(answer["items"])
    while answer["next"]:
        answer = httpx.get(httpx.URL(address).copy_merge_params({"cursor": answer["next"]})).raise_for_status().json()
        number += len(answer["items"])
    return number


def test_the_unverified_figures_are_as_many_as_the_table_of_them_has_rows(server: Any, january_server: str) -> None:
    table = httpx.get(f"{january_server}/v1/figures.csv?flag=unverified_figure").raise_for_status().text
    rows = len(list(csv.reader(StringIO(table)))) - 1
    answer = content(told(server, "unverified_figures"))
    assert (answer["total"], answer["facts"]["figures"]) == (rows, rows)
    assert answer["answer"] == [f"{rows} printed figures not independently corroborated."]


# Likeness and moments


def test_a_claim_that_is_another_account_is_never_counted_as_the_one_that_is_asked_for(server: Any) -> None:
    answer = content(
        told(server, "do_we_know_this", sentence="Dozens of attackers were liquidated in Almaty", limit=20)
    )
    kinds = [point["says"].partition(":")[0] for point in answer["points"]]
    likely, perhaps = kinds.count("likely this one"), kinds.count("perhaps this one")
    different = kinds.count("different, so another account or about something else")
    assert likely >= 1
    assert different >= 1
    assert likely + perhaps + different == len(kinds)
    assert f"{likely + perhaps} known claims may be this one: {likely} likely, {perhaps} perhaps" in text_of(answer)
    assert f"{different} related claims, each another account" in text_of(answer)
    assert answer["facts"] == {"likely": likely, "possible": perhaps, "different": different}


def test_where_all_are_other_accounts_none_may_be_the_one(server: Any) -> None:
    answer = content(told(server, "do_we_know_this", sentence="Seven million penguins were detained in Oslo", limit=20))
    assert answer["facts"]["likely"] == answer["facts"]["possible"] == 0
    assert answer["facts"]["different"] > 0
    assert "No known claim may be this one." in answer["answer"]


def text_of(answer: dict[str, Any]) -> str:
    return " ".join(answer["answer"])


@pytest.mark.parametrize("tool", ["as_of", "who_is_it_from", "independent_origins"])
def test_before_its_time_a_claim_was_stated_by_no_document_and_is_not_unknown(server: Any, tool: str) -> None:
    answer = content(told(server, tool, claim=DOZENS, as_of="2021-12-31"))
    assert answer["answer"][1] == (
        "0 documents had stated it by 2021-12-31; 56 documents did in all, first published 2022-01-06T05:59Z."
    )
    assert answer["facts"]["documents"] == 0


def test_words_that_were_in_no_claim_by_then_are_not_said_to_be_in_none(server: Any) -> None:
    answer = content(told(server, "find_claims", words=DOZENS, as_of="2021-12-31"))
    assert answer["answer"] == [
        f"No claim has all the words '{DOZENS}' and was stated and held by then; 1 claim today."
    ]


def test_what_this_database_did_not_hold_then_is_said_with_the_day_from_which_it_did(server: Any) -> None:
    answer = told(server, "who_is_it_from", claim=DOZENS, known_at="2022-01-06")
    assert answer.is_error
    assert re.match(r"known_at: this database did not hold claim clm_\w+ by 2022-01-06T.*held since 20", text(answer))


# Starting


def test_it_listens_and_says_where_before_anything_that_takes_time(capsys: pytest.CaptureFixture[str]) -> None:
    with listening_on(0) as listening:
        port = listening.getsockname()[1]
        assert f"http://127.0.0.1:{port}/mcp" in capsys.readouterr().err
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
