"""The Python client against a live server, and against what no server should answer."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import errors
from provenance.answers import ClaimItem
from provenance.answers_detail import ClaimDetail
from provenance.client import (
    AsyncClient,
    Client,
    ClientError,
    Closed,
    Conflict,
    Invalid,
    KeyNeeded,
    Moved,
    NotAllowed,
    NotAsked,
    NotFound,
    NotUnderstood,
    ProblemError,
    Stale,
    TooMany,
    Unavailable,
    Unreachable,
)
from provenance.errors import InvalidInput
from provenance.vocabulary import Role
from tests.exchange.worked import check
from tests.keys import new_key
from tests.serving import served

Answering = Callable[[httpx.Request], httpx.Response]


def test_importing_it_opens_the_way_to_no_database_and_no_server() -> None:
    code = "import provenance.client, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "httpx" in loaded
    assert set(loaded).isdisjoint({"sqlalchemy", "sqlmodel", "fastapi", "starlette", "typer", "mcp", "pyarrow"})


# Reading


def test_the_worked_example_answers_the_ten_questions(january_server: str) -> None:
    check("python", january_server)


def test_a_list_goes_through_all_its_pages_and_each_page_can_be_had_alone(january_server: str) -> None:
    with Client(january_server) as client:
        whole = [claim.id for claim in client.claims.list(limit=7)]
        first = client.claims.list(limit=7).page()
        second = client.claims.list(limit=7).page(first.next)
        assert len(whole) == len(set(whole)) > 14
        assert [claim.id for claim in [*first.items, *second.items]] == whole[:14]
        assert client.claims.list(q="no claim has these words").first() is None


def test_both_clients_give_the_same_answers(january_server: str) -> None:
    async def asynchronously() -> list[Any]:
        async with AsyncClient(january_server) as client:
            claims = client.claims.list(flag=["chokepoint"], limit=9)
            trace = await client.ask.independent_origins("dozens of attackers")
            seen = await client.claims.get.tagged(trace.claim.id)
            pieces = [piece async for piece in client.claims.list(q="dozens").csv().pieces()]
            return [
                [claim async for claim in claims],
                await claims.first(),
                trace,
                (seen.value, seen.etag, await client.again(seen) is seen),
                b"".join(pieces),
                await client.exchange.graph(trace.claim.id, format="mermaid").read(),
            ]

    with Client(january_server) as client:
        claims = client.claims.list(flag=["chokepoint"], limit=9)
        trace = client.ask.independent_origins("dozens of attackers")
        seen = client.claims.get.tagged(trace.claim.id)
        waited: list[Any] = [
            list(claims),
            claims.first(),
            trace,
            (seen.value, seen.etag, client.again(seen) is seen),
            b"".join(client.claims.list(q="dozens").csv().pieces()),
            client.exchange.graph(trace.claim.id, format="mermaid").read(),
        ]
    assert asyncio.run(asynchronously()) == waited
    assert waited[3][2]


def test_a_file_is_written_as_it_arrives(january_server: str, tmp_path: Path) -> None:
    with Client(january_server) as client:
        size = client.exchange.export(include="everything").save(tmp_path / "everything.jsonl")
        assert (tmp_path / "everything.jsonl").stat().st_size == size > 100_000
        assert client.figures.list(q="dozens", limit=5).parquet().read().startswith(b"PAR1")


@pytest.mark.parametrize("claim", ["clm_nobody", "no claim has these words", "clm_ä..\u200b"])
def test_what_is_not_there_is_said_in_the_words_of_the_domain(january_server: str, claim: str) -> None:
    with Client(january_server) as client, pytest.raises(NotFound) as missing:
        client.ask.who_is_it_from(claim)
    assert isinstance(missing.value, errors.NotFound)
    assert missing.value.status == 404


def test_what_is_invalid_names_each_field_and_the_remedy(january_server: str) -> None:
    with Client(january_server) as client, pytest.raises(Invalid) as refused:
        client.events.create(title="", place="Almaty")
    [fault] = refused.value.errors
    assert fault.field == "title"
    assert fault.message
    assert fault.remedy
    assert refused.value.field == "title"


@pytest.mark.parametrize("given", ["", " ", ".", "..", "../events", "clm_a/trace", None, 5])
def test_what_is_no_id_never_becomes_another_question(january_server: str, given: Any) -> None:
    with Client(january_server) as client, pytest.raises(NotAsked, match="claim_id"):
        client.claims.get(given)


@pytest.mark.parametrize("given", ["", "  ", None, 5], ids=repr)
@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (lambda ask, it: ask.who_is_it_from(it), "claim"),
        (lambda ask, it: ask.independent_origins(it), "claim"),
        (lambda ask, it: ask.as_of(it, "2022-01-06"), "claim"),
        (lambda ask, it: ask.as_of("dozens of attackers", it), "as_of|published_by"),
        (lambda ask, it: ask.what_falls(sources=[it]), "sources"),
        (lambda ask, it: ask.what_falls(sources=it), "sources"),
        (lambda ask, it: ask.what_changed(it), "claim"),
        (lambda ask, it: ask.competing_figures(it), "of"),
        (lambda ask, it: ask.known_already(text=it), "text"),
        (lambda ask, it: ask.where_exactly(it), "report"),
        (lambda ask, it: ask.who_changed(it), "record"),
    ],
)
def test_an_empty_variable_is_never_answered_about_the_claim_that_most_documents_state(
    january_server: str, ask: Callable[[Any, Any], object], field: str, given: Any
) -> None:
    with Client(january_server) as client, pytest.raises(ClientError, match=f"^(?:{field})") as refused:
        ask(client.ask, given)
    assert isinstance(refused.value, InvalidInput)


def test_figures_of_no_claim_in_particular_are_asked_for_by_leaving_it_out(january_server: str) -> None:
    with Client(january_server) as client:
        with pytest.raises(NotAsked, match="claim: '' names no record"):
            client.ask.unverified_figures(claim="")
        by_words = client.ask.unverified_figures(claim="dozens of attackers", limit=200)
    assert len(by_words.items) == 57


def test_a_source_falls_by_its_name_where_one_alone_is_called_so(january_server: str) -> None:
    with Client(january_server) as client:
        [khabar] = [source for source in client.sources.list(q="Khabar 24") if source.name == "Khabar 24"]
        assert client.ask.what_falls(sources=["khabar 24"]) == client.ask.what_falls(sources=[khabar.id])
        with pytest.raises(NotAsked, match=r"'ministry' may mean several\. Give the id of one: src_"):
            client.ask.what_falls(sources=[khabar.id, "ministry"])
        with pytest.raises(NotAsked, match="no source is called 'Nobody at all'"):
            client.ask.what_falls(sources=["Nobody at all"])
        with pytest.raises(NotAsked, match="'Khabar 24' is no list"):
            client.ask.what_falls(sources="Khabar 24")


@pytest.mark.parametrize("ask", ["where_exactly", "who_changed"])
def test_where_words_do_not_stand_for_a_record_it_says_so(january_server: str, ask: str) -> None:
    with Client(january_server) as client, pytest.raises(NotAsked, match=r"is no id\. Words stand for claims alone"):
        getattr(client.ask, ask)("dozens of attackers")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda client: client.events.create(title=object()),
        lambda client: client.claims.list(q="\ud800").first(),
        lambda client: client.exchange.take_prov(content=None),
        lambda client: client.exchange.take_prov(content=Path("no such file")),
        lambda client: client.signed(reason="Two\nlines"),
        lambda client: client.signed(key=5),
        lambda client: type(client)(None),
    ],
    ids=["no JSON", "half a character", "no file", "a file that is missing", "two lines", "no key", "no address"],
)
def test_whatever_cannot_be_asked_is_caught_as_an_error_of_the_client(wrong: Callable[[Any], object]) -> None:
    transport, seen = answering()
    with Client("http://server.example", transport=transport) as client, pytest.raises(NotAsked):
        wrong(client)
    assert seen == []


def test_a_client_that_was_closed_says_so() -> None:
    client = Client("http://server.example")
    client.close()
    with pytest.raises(Closed, match=r"server\.example was closed"):
        client.server.ready()

    async def ask() -> None:
        later = AsyncClient("http://server.example")
        await later.close()
        await later.server.ready()

    with pytest.raises(Closed):
        asyncio.run(ask())


def test_an_address_that_leads_in_circles_is_no_server_of_ours() -> None:
    transport, _ = answering(*[httpx.Response(302, headers={"Location": "http://server.example/"})] * 30)
    with Client("http://server.example", transport=transport) as client, pytest.raises(NotUnderstood, match="nowhere"):
        client.server.ready()


# Writing


def told(client: Client) -> ClaimDetail:
    event = client.events.create(title="Unrest in Almaty")
    return client.claims.create(text="Dozens of attackers were eliminated.", event=event.id, kind="figure")


def test_a_change_is_refused_where_somebody_else_was_faster(empty_server: str, empty_url: str) -> None:
    aigerim, timur = (new_key(empty_url, Role.EDITOR, name) for name in ("Айгерим", "Timur"))
    with Client(empty_server, key=aigerim, reason="first reading") as client:
        claim = told(client)
        seen = client.claims.get.tagged(claim.id)
        other = client.signed(timur, "typo")
        other.claims.change(claim.id, etag=seen.etag, text="Dozens of attackers were killed.")
        with pytest.raises(Stale) as late:
            client.claims.change(claim.id, etag=seen.etag, note="mine")
        assert isinstance(late.value, Conflict | errors.StaleWrite)
        newer = client.again(seen)
        assert newer.value.text == "Dozens of attackers were killed."
        client.claims.change(claim.id, etag=newer.etag, note="mine")
        changes = client.ask.who_changed(claim.id, sort="at").items
        assert [(each.who, each.why) for each in changes] == [
            ("api: Айгерим", "first reading"),
            ("api: Timur", "typo"),
            ("api: Айгерим", "first reading"),
        ]


def test_the_address_of_what_was_merged_leads_to_what_it_was_merged_into(empty_server: str) -> None:
    with Client(empty_server) as client, Client(empty_server, follow=False) as strict:
        kept = told(client)
        gone = client.claims.create(text="Tens of rioters were eliminated.", event=kept.event)
        assert client.claims.merge(gone.id, dry_run=True, into=kept.id).change is None
        assert client.claims.merge(gone.id, into=kept.id).kept == kept.id
        assert client.claims.get(gone.id).id == kept.id
        with pytest.raises(Moved) as moved:
            strict.claims.get(gone.id)
        assert moved.value.kept == kept.id


def test_what_is_retired_holds_no_longer_and_forms_carry_files(empty_server: str) -> None:
    sheet = "Claim,Event\nDozens were eliminated.,Unrest in Almaty\n"
    with Client(empty_server) as client:
        tried = client.sheets.send(file=("claims.csv", sheet.encode()), event=told(client).event, dry_run="true")
        assert tried.rows
        source = client.sources.create(name="Tass", kind="news_agency")
        named = client.sources.add_name(source.id, name="ТАСС", language="ru")
        [name] = [each for each in named.names if each.name == "ТАСС"]
        assert client.names.retire(name.id, etag="*") is None
        assert client.sources.list(q="ТАСС").first() is None


# Talking


def answering(*answers: httpx.Response | Exception) -> tuple[httpx.MockTransport, list[httpx.Request]]:
    """A server that gives these answers in turn, and what it was asked."""
    rest, seen = list(answers), []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        match rest.pop(0):
            case Exception() as failure:
                raise failure
            case response:
                return response

    return httpx.MockTransport(answer), seen


READY = {"status": "ready"}
BUSY = {"type": "urn:provenance:problem:not-ready", "title": "Busy", "status": 503, "detail": "Later.", "instance": "/"}


def busy(seconds: str = "0") -> httpx.Response:
    return httpx.Response(503, json=BUSY, headers={"Retry-After": seconds})


def test_a_question_is_asked_again_where_the_line_breaks_or_the_server_is_not_ready() -> None:
    transport, seen = answering(httpx.ConnectError("refused"), busy(), httpx.Response(200, json=READY))
    with Client("http://server.example", transport=transport) as client:
        assert client.server.ready().status == "ready"
    assert len(seen) == 3


def test_it_gives_up_after_its_tries_and_at_once_where_the_wait_would_be_long() -> None:
    transport, seen = answering(busy(), busy(), busy(), busy("3600"))
    with Client("http://server.example", transport=transport) as client:
        with pytest.raises(Unavailable, match="Later"):
            client.server.ready()
        with pytest.raises(Unavailable) as asked_to_wait:
            client.server.ready()
    assert asked_to_wait.value.retry_after == 3600
    assert len(seen) == 4


def test_nothing_that_is_written_is_ever_sent_twice() -> None:
    transport, seen = answering(httpx.ReadTimeout("too long"), busy())
    with Client("http://server.example", transport=transport) as client:
        for failure in (Unreachable, Unavailable):
            with pytest.raises(failure):
                client.sources.create(name="Tass", kind="news_agency")
    assert len(seen) == 2


def test_the_asynchronous_client_asks_again_too() -> None:
    transport, seen = answering(busy(), httpx.ReadError("reset"), httpx.Response(200, json=READY))

    async def ask() -> str:
        async with AsyncClient("http://server.example", transport=transport) as client:
            return (await client.server.ready()).status

    assert asyncio.run(ask()) == "ready"
    assert len(seen) == 3


def test_what_a_newer_server_adds_does_not_break_an_older_client(january_server: str) -> None:
    with Client(january_server) as client:
        claim = client.claims.list(q="dozens").first()
    assert isinstance(claim, ClaimItem)
    newer = {"items": [{**claim.model_dump(mode="json"), "mood": "new"}], "next": None, "total": 1}
    transport, _ = answering(httpx.Response(200, json=newer))
    with Client("http://server.example", transport=transport) as client:
        assert client.claims.list().first() == claim


@pytest.mark.parametrize(
    ("answer", "meaning", "says"),
    [
        (httpx.Response(200, text="<html>Welcome</html>"), NotUnderstood, "does not know"),
        (httpx.Response(200, json={"status": 7}), NotUnderstood, "status"),
        (
            httpx.Response(200, stream=httpx.ByteStream(b"no gzip at all"), headers={"Content-Encoding": "gzip"}),
            NotUnderstood,
            "cannot be undone",
        ),
        (httpx.Response(502, text="<h1>Bad gateway</h1>"), ProblemError, "Bad gateway"),
        (httpx.Response(404, json={"detail": 7}), NotFound, "404"),
    ],
    ids=["a page", "another type", "garbled", "a proxy", "no problem document"],
)
def test_what_is_no_answer_of_ours_says_so(answer: httpx.Response, meaning: type[Exception], says: str) -> None:
    transport, _ = answering(answer)
    with Client("http://server.example", transport=transport) as client, pytest.raises(meaning, match=says):
        client.server.ready()


def test_where_nothing_listens_it_names_the_address_and_the_remedy() -> None:
    with Client("http://127.0.0.1:9", retries=0) as client, pytest.raises(Unreachable, match=r"127\.0\.0\.1:9.*Check"):
        client.server.ready()


@pytest.mark.parametrize(
    "base",
    ["127.0.0.1:8000", "ftp://server.example", "http://", "", "http://[", "http://a b", "http://127.0.0.1:99999"],
)
def test_what_is_no_address_is_refused_before_anything_is_asked(base: str) -> None:
    with pytest.raises(InvalidInput, match="address of a server"):
        Client(base)


@pytest.mark.parametrize("said", ["a\r\nIf-Match: *", "half \ud800"])
def test_what_is_said_never_becomes_another_header(said: str) -> None:
    with pytest.raises(InvalidInput, match=r"^reason: "):
        Client("http://server.example", reason=said)
    with pytest.raises(InvalidInput, match=r"^key: ") as refused:
        Client("http://server.example", key=said)
    assert said not in str(refused.value)


def test_a_key_goes_with_everything_to_its_own_server_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = httpx.Response(307, headers={"Location": "http://elsewhere.example/readyz"})
    ready = httpx.Response(200, json={"ready": True, "database": "", "schema_version": None, "needs": None})
    transport, seen = answering(elsewhere, ready, ready, ready)
    monkeypatch.setenv("PROVENANCE_KEY", "prv_of_the_environment")
    with Client("http://server.example", transport=transport, key="prv_mine", reason="why") as client:
        assert "prv_mine" not in repr(client._sender)
        for asking in (client, client.signed(key="")):
            with contextlib.suppress(NotUnderstood):
                asking.server.ready()
    with Client("http://server.example", transport=transport) as client, contextlib.suppress(NotUnderstood):
        client.server.ready()
    sent = [(asked.url.host, asked.headers.get("authorization")) for asked in seen]
    assert sent == [
        ("server.example", "Bearer prv_mine"),
        ("elsewhere.example", None),
        ("server.example", None),
        ("server.example", "Bearer prv_of_the_environment"),
    ]


def test_who_has_no_key_and_whose_key_does_not_reach_are_told_apart(empty_url: str) -> None:
    with served(empty_url, keyed=False) as base, Client(base, key="") as client:
        with pytest.raises(KeyNeeded, match="whoever manages keys here makes one"):
            told(client)
        with pytest.raises(NotAllowed, match="that of a reader, and this needs that of a contributor"):
            told(client.signed(key=new_key(empty_url, Role.READER, "Rea")))


def test_a_question_that_came_too_often_is_asked_again_when_the_server_says() -> None:
    told_to_wait = httpx.Response(429, headers={"Retry-After": "0"}, json={})
    page: dict[str, Any] = {"items": [], "next": None}
    transport, seen = answering(told_to_wait, httpx.Response(200, json=page))
    with Client("http://server.example", transport=transport) as client:
        assert client.claims.list().page().items == []
    assert len(seen) == 2
    transport, _ = answering(*[told_to_wait] * 3)
    with Client("http://server.example", transport=transport) as client, pytest.raises(TooMany):
        client.claims.list().page()


@given(st.text(min_size=1, max_size=20))
def test_what_is_asked_for_arrives_as_it_was_or_is_refused_before_it_is_sent(words: str) -> None:
    empty: dict[str, Any] = {"items": [], "next": None}
    transport, seen = answering(*[httpx.Response(200, json=empty)] * 2)
    with Client("http://server.example", transport=transport) as client:
        try:
            client.claims.list(q=words, flag=[words]).page()
            client.claims.drift(words).page()
        except InvalidInput:
            assert (
                words in {".", ".."}
                or "/" in words
                or not words.strip()
                or any("\ud800" <= each <= "\udfff" for each in words)
            )
            return
    first, second = seen
    assert first.url.params.multi_items() == [("q", words), ("flag", words)]
    assert unquote(second.url.raw_path.decode()) == f"/v1/claims/{words}/drift"
