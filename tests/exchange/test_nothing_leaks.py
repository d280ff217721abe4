"""Whoever asks, wherever and however: no answer holds a word of a row that they may not see.

Addresses are taken from the app itself, so that a new route is asked, too.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from mcp.client import Client as Assistant
from mcp.client.streamable_http import streamable_http_client
from sqlalchemy import Engine

from api.access.policy import STATED, Needs, passed_on
from provenance.access import EVERYBODY, Caller
from provenance.analysis.recording import recording
from provenance.analysis.standing import recompute
from provenance.assistants.server import assistant_server
from provenance.storage.reads.changes import RecordNoun
from provenance.storage.record import now
from provenance.storage.session import reading
from provenance.storage.writes.searching import index_all
from provenance.vocabulary import Role, Visibility
from tests.api.telling import Api, running
from tests.databases import Databases, PostgresqlDatabases, SqliteDatabases, once_per_run, opened
from tests.exchange.canaries import LEVELS, LONG, QUOTE, every_word, may_see, narrow, word, words_in, write
from tests.exchange.receiving import Post, deliverer
from tests.exchange.test_mcp import over_http
from tests.keys import new_key

RITA, BOLAT = Caller("Rita", Role.READER), Caller("Bolat", Role.CONTRIBUTOR)
ANA, ERLAN, ADIL = Caller("Ana", Role.EDITOR), Caller("Erlan", Role.EDITOR), Caller("Adil", Role.ADMIN)
# Ana is among the people who are named; nobody sees more than she does, and nobody reaches more routes than an admin.
PEOPLE = (EVERYBODY, RITA, BOLAT, ANA, ERLAN, ADIL)
PUBLIC, DESK, NAMED = (level.value for level in LEVELS)
# Whose question about a row, by who may see it, could bring something to light.
CALLERS: Mapping[str, tuple[Caller, ...]] = {
    PUBLIC: (EVERYBODY, ADIL),
    DESK: (EVERYBODY, BOLAT),
    NAMED: (EVERYBODY, ANA, ADIL),
}
# The records that stand in an address, by the name that it gives them.
NOUNS = {
    **{f"{noun}_id": noun for noun in ("claim", "figure", "source", "tie", "interest", "document", "report", "event")},
    **{f"{noun}_id": noun for noun in ("tally", "review", "evidence", "correction", "ruling", "own_correction")},
    **{f"{noun}_id": noun for noun in ("contact", "watch", "hook")},
    "name_id": "source_name",
    "note_id": "desk_note",
}
FEEDS = {"/feeds/claims/": "claim", "/feeds/events/": "event", "/feeds/sources/": "source"}
# What stands in an address and is no record.
FURTHER = {
    "rule": ["unverified_figure"],
    "name": ["claims"],
    "ingestion_id": ["1", "2", "3"],
    "key_id": ["key_none"],
    "page_id": ["pages"],
    "path": ["base.css"],
    "copy_id": ["cpy_none"],
}
# What is asked beside: words that would find everything, readings that no editor accepted.
ASKED: Mapping[str, tuple[str, ...]] = {
    "/v1/search": ("q=zq", "q=zqx", "q=and+so"),
    "/search": ("q=zq", "q=zqx"),
    "/v1/claims": ("q=zq", "include=proposed"),
    "/v1/sources": ("q=zq",),
    "/v1/documents": ("q=zq", "q=zqx"),
    "/v1/events": ("q=zq",),
    "/v1/reports": ("include=proposed", "state=rejected"),
    "/v1/figures": ("include=proposed",),
    "/claims": ("q=zq",),
    "/sources": ("q=zq",),
    "/documents": ("q=zq",),
    "/what-if": ("q=zq",),
    "/v1alpha1/claims:search": ("query=zq", "query=dozens"),
    "/reconcile": ('queries={"q0":{"query":"zqsource"}}',),
    "/reconcile/suggest/entity": ("prefix=zq",),
    "/v1/history": ("limit=200",),
}
# Everything, for admins alone; and pages that hold nothing of the database.
APART = {"/v1/export.jsonl", "/explorer", "/explorer/{name}", "/static/{path:path}", "/openapi.json", "/docs"}
ROUTES = sorted(one.path for one in STATED if one.method == "GET" and one.path not in APART)


@dataclass(frozen=True)
class Cage:
    """Databases with rows for everybody, for the desk and for named people, and what is known of them."""

    databases: Databases
    ids: Mapping[str, Mapping[str, list[str]]]
    keys: Mapping[str, str]
    words: frozenset[str]
    before: str


@dataclass
class World:
    """An app over such a database, and what it answered that it should not have."""

    api: Api
    url: str
    cage: Cage
    faults: list[str] = field(default_factory=list)

    def without_fault(self) -> bool:
        """Whether everything that was asked was answered as it should be; what was not is printed."""
        print(*self.faults, sep="\n")
        return not self.faults

    def key_of(self, caller: Caller) -> dict[str, str]:
        """What somebody sends along to be let in."""
        return {"Authorization": f"Bearer {self.cage.keys[caller.name]}"} if caller.name else {}

    def of(self, noun: str, level: str) -> list[str]:
        """A row of a kind; of reports also one that is proposed and one that was rejected."""
        return self.cage.ids.get(noun, {}).get(level, [])[: 3 if noun == "report" else 1]

    def told(self, method: str, address: str, caller: Caller, **sent: Any) -> set[str]:
        """The words of rows in an answer, its headers included, without those that stand in the question itself.

        It is a fault if one of them is not for whoever asks, or if the server fails.
        """
        answer = self.api.send(method, address, headers=self.key_of(caller), **sent)
        if answer.status_code >= 500:
            self.faults.append(f"{method} {address} fails: {answer.status_code}")
        said = words_in(answer.content) | words_in(repr(list(answer.headers.items())).encode())
        found = said - words_in(repr((address, sent)).encode())
        # What is made to be passed on holds what is public, whoever fetches it; decisions are made for the desk.
        route = address.partition("?")[0]
        passed = EVERYBODY if "/decisions." not in route else BOLAT
        eyes = passed if passed_on(method, route) else caller
        hidden = {one for one in found if not may_see(eyes, one)}
        if hidden:
            self.faults.append(f"{caller.name or 'nobody'} is told {sorted(hidden)} by {method} {address}")
        return found


def caged(databases: Databases, url: str, ids: Path) -> Databases:
    """Fill a database, and write down beside it what is known of it."""
    keys = {one.name: new_key(url, one.role, one.name) for one in PEOPLE if one.role is not None}
    with opened(url) as engine:
        with recording(engine, "a test") as writer:
            rows = write(writer)
            index_all(writer.session)
        before = now().isoformat().replace("+00:00", "Z")
        with recording(engine, "a test") as writer:
            narrow(writer, rows)
        recompute(engine)
        with reading(engine) as session:
            words = every_word(session)
    ids.write_text(json.dumps({"ids": rows.ids, "keys": keys, "words": sorted(words), "before": before}))
    return databases.like(url)


def read_cage(databases: Databases, ids: Path) -> Cage:
    """What was written down beside a database."""
    kept = json.loads(ids.read_text())
    return Cage(databases, kept["ids"], kept["keys"], frozenset(kept["words"]), kept["before"])


@pytest.fixture(scope="session")
def cage(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Cage:
    def make(file: Path) -> None:
        with sqlite_databases.fresh() as url:
            filled = caged(sqlite_databases, url, file.with_suffix(".json"))
            assert isinstance(filled, SqliteDatabases)
            file.write_bytes(filled.template.read_bytes())

    file = once_per_run(tmp_path_factory, "canaries", make)
    return read_cage(sqlite_databases.like(f"sqlite:///{file}"), file.with_suffix(".json"))


@pytest.fixture
def world(cage: Cage) -> Iterator[World]:
    with in_the(cage) as world:
        yield world


@contextmanager
def in_the(cage: Cage, **settings: Any) -> Iterator[World]:
    """The app over a clone of a cage."""
    unlimited = {"requests_per_minute": 0, "key_requests_per_minute": 0}
    with cage.databases.fresh() as url, running(url, keyed=False, **unlimited, **settings) as api:
        yield World(api, url, cage)


Question = tuple[str, tuple[Caller, ...]]


def questions(world: World, route: str) -> list[Question]:
    """All that is asked at a route, and who asks: for a row of each level, and with what may be asked beside."""
    needs = STATED[next(one for one in STATED if (one.method, one.path) == ("GET", route))]
    asked = list(_questions(world, route))
    assert asked, f"say in this test which records stand in {route}"
    return [
        (address, callers if needs in (Needs.NOTHING, Needs.TO_READ) else reaching(callers, needs))
        for address, callers in asked
    ]


def reaching(callers: Iterable[Caller], needs: Needs) -> tuple[Caller, ...]:
    """Those who are let through to a route; that others are not is told in tests/api/test_access.py."""
    return tuple(one for one in callers if isinstance(needs.value, Role) and one.may(needs.value))


def _questions(world: World, route: str) -> Iterator[Question]:
    names = re.findall(r"\{([^}:]+)(?::path)?\}", route)
    if not names:
        yield route, (EVERYBODY, ANA) if passed_on("GET", route) else (EVERYBODY, BOLAT, ANA, ADIL)
        yield from ((f"{route}?{asked}", PEOPLE) for asked in ASKED.get(route, ()))
    elif "noun" in names:
        yield from _histories(world, route)
    elif names == ["change_id"]:
        headers = world.key_of(ANA)
        items = world.api.send("GET", "/v1/history?limit=200", headers=headers).json()["items"]
        yield from ((f"/v1/history/{change}", (EVERYBODY, ADIL)) for change in {one["change"] for one in items})
    elif names[0] in FURTHER:
        yield from ((filled(route, names[0], value), (EVERYBODY, ADIL)) for value in FURTHER[names[0]])
    else:
        nouns = _nouns(world, route, names[0])
        for level, callers in CALLERS.items():
            for noun in nouns:
                for one in world.of(noun, level):
                    yield filled(filled(route, names[0], one), "copy_id", "cpy_none"), callers


def _nouns(world: World, route: str, name: str) -> list[str]:
    if name == "record_id":
        return list(world.cage.ids)
    if name == "public_id":
        return [noun for start, noun in FEEDS.items() if route.startswith(start)]
    return [NOUNS[name]] if name in NOUNS else []


def _histories(world: World, route: str) -> Iterator[Question]:
    # A page tells what the API tells, which is asked for each kind.
    pages = not route.startswith("/v1")
    for noun in (RecordNoun.CLAIMS, RecordNoun.SOURCES) if pages else RecordNoun:
        for level in (NAMED,) if pages else (PUBLIC, NAMED):
            for one in world.of(noun.table.name, level)[:1]:
                callers = (EVERYBODY, ADIL) if level == NAMED else (EVERYBODY,)
                yield route.replace("{noun}", noun).replace("{record_id}", one), callers


def filled(route: str, name: str, value: str) -> str:
    return re.sub(rf"\{{{name}(:path)?\}}", value, route)


def part(route: str) -> str:
    """Which test asks a route."""
    if "history" in route:
        return "histories"
    kind = "records" if "{" in route else "lists"
    return f"{kind} of the API" if route.startswith("/v1/") else f"{kind} of pages and feeds"


@pytest.mark.parametrize("name", sorted({part(route) for route in ROUTES}))
def test_no_route_tells_anybody_what_is_not_for_them(world: World, name: str) -> None:
    told: dict[str, set[str]] = {one.name: set() for one in PEOPLE}
    for route in (one for one in ROUTES if part(one) == name):
        for address, callers in questions(world, route):
            for caller in callers:
                told[caller.name] |= world.told("GET", address, caller)
    assert world.without_fault()
    # That nothing is hidden from whom it is for is what makes this test say anything.
    for caller, level in (
        [(EVERYBODY, PUBLIC)] if name == "histories" else [(EVERYBODY, PUBLIC), (BOLAT, DESK), (ANA, NAMED)]
    ):
        assert any(level in one for one in told[caller.name]), f"{caller.name} is told nothing of it"


def test_the_history_tells_everybody_all_that_is_for_them_and_nothing_else(world: World) -> None:
    of_the_desk = {"archived_copy", "decision", "desk_note"}
    for caller in (EVERYBODY, BOLAT, ANA):
        told: set[str] = set()
        nouns: set[str] = set()
        address: str | None = "/v1/history?limit=200"
        while address is not None:
            told |= world.told("GET", address, caller)
            page = world.api.send("GET", address, headers=world.key_of(caller)).json()
            nouns |= {entry["noun"] for entry in page["items"]}
            following = page.get("next")
            address = f"/v1/history?limit=200&cursor={quote(following)}" if following else None
        missing = {one for one in world.cage.words if may_see(caller, one)} - told
        assert not {one for one in missing if not re.match("zqx(item|copied)", one)}, caller
        assert nouns & of_the_desk == (of_the_desk if caller.at_the_desk else set())
    assert world.without_fault()


def test_nobody_is_told_of_a_past_that_was_narrowed_since(world: World) -> None:
    before = f"known_at={world.cage.before}"
    for route in (one for one in ROUTES if part(one) != "histories"):
        for address, callers in questions(world, route):
            narrowed = "{" not in route or any(one in address for one in _narrowed(world))
            if EVERYBODY in callers and narrowed:
                world.told("GET", f"{address}{'&' if '?' in address else '?'}{before}", EVERYBODY)
    assert world.without_fault()


def _narrowed(world: World) -> set[str]:
    return {one for noun in ("claim", "source", "document", "event", "report") for one in world.of(noun, NAMED)}


def test_no_question_that_is_sent_as_a_body_is_answered_with_more(world: World) -> None:
    for caller in (EVERYBODY, BOLAT, ANA):
        for method, address, sent in bodies(world):
            world.told(method, address, caller, **sent)
    assert world.without_fault()


def bodies(world: World) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Questions and refused writes that name what is hidden."""
    [claim], [source] = world.of("claim", NAMED), world.of("source", NAMED)
    [public], [tally] = world.of("claim", PUBLIC), world.of("tally", NAMED)
    named = [word("source", level) for level in LEVELS]
    for text in ("Some say.", f"{QUOTE} {LONG}", *(f"Some say {word('claim', level)}." for level in LEVELS)):
        yield "POST", "/v1/match", {"json": {"text": text}}
        yield "POST", "/v1/read", {"json": {"text": text}}
        yield "POST", "/read", {"data": {"text": text}}
    yield "POST", "/v1/match", {"json": {"report": world.of("report", NAMED)[0]}}
    for one in (source, world.of("source", PUBLIC)[0], *named):
        yield "POST", "/v1/what-if", {"json": {"withdrawn": [{"source": one}]}}
    asked = {f"q{number}": {"query": one} for number, one in enumerate((*named, "zq"))}
    yield "POST", "/reconcile", {"data": {"queries": json.dumps(asked)}}
    # What is refused says why, and must not say it with words of what cannot be seen.
    yield "POST", "/v1/sources", {"json": {"name": named[-1], "kind": "witness"}}
    yield "POST", "/v1/claims", {"json": {"text": "One.", "event": world.of("event", NAMED)[0], "tally": tally}}
    yield "POST", f"/v1/claims/{public}/merge", {"json": {"into": claim}}
    yield "POST", f"/v1/sources/{world.of('source', PUBLIC)[0]}/merge", {"json": {"into": source}}
    yield "DELETE", f"/v1/ties/{world.of('tie', NAMED)[0]}", {}
    for noun in ("claim", "source", "document", "report", "event"):
        [one] = world.of(noun, NAMED)[:1]
        yield "PATCH", f"/v1/{noun}s/{one}", {"json": {"note": "a"}}
        yield "PUT", f"/v1/visibility/{one}", {"json": {"visibility": "desk"}}


def test_assistants_are_told_over_http_what_their_keys_are_told(world: World) -> None:
    for caller in (EVERYBODY, BOLAT):
        with opened(world.url) as engine:
            answers = asyncio.run(assisted(engine, world, caller))
        for question, said in answers.items():
            found = words_in(said.encode()) - words_in(question.encode())
            world.faults += [f"{caller.name} is told {one} by {question}" for one in found if not may_see(caller, one)]
            assert "not have gone wrong" not in said
    assert world.without_fault()


async def assisted(engine: Engine, world: World, caller: Caller) -> dict[str, str]:
    """What each tool answers about a claim of each level, and about all of them at once."""
    asked: list[tuple[str, dict[str, Any]]] = [("find_claims", {"words": "zq"}), ("find_claims", {"words": "some say"})]
    for level in (PUBLIC, DESK, NAMED):
        [claim], [source] = world.of("claim", level), world.of("source", level)
        tools = ("who_is_it_from", "independent_origins", "unverified_figures", "what_changed", "competing_figures")
        asked += [(tool, {"claim": claim}) for tool in (*tools, "where_exactly")]
        asked += [("who_changed", {"record": claim}), ("what_if_withdrawn", {"sources": [source]})]
        asked += [("as_of", {"claim": claim, "as_of": "2026-01-01", "known_at": world.cage.before})]
        asked += [("do_we_know_this", {"sentence": f"Some say {word('claim', Visibility(level))}."})]
    server = assistant_server(engine, "http://provenance.test")
    carrying = httpx2.AsyncClient(headers=world.key_of(caller))
    async with (
        over_http(server) as address,
        carrying,
        Assistant(streamable_http_client(address, http_client=carrying)) as client,
    ):
        return {repr(one): repr(await client.call_tool(*one)) for one in asked}


def test_messages_of_hooks_say_what_is_public_at_the_moment_when_they_are_sent(world: World) -> None:
    [narrowed], [event] = world.of("claim", PUBLIC), world.of("event", PUBLIC)

    def wrote(method: str, address: str, **given: Any) -> str:
        answer = world.api.send(method, address, json=given, headers=world.key_of(ADIL))
        assert answer.is_success, answer.text
        return str(answer.json().get("id"))

    wrote("POST", "/v1/hooks", url="https://receiver.example/h")
    stays = wrote("POST", "/v1/claims", event=event, text="Nobody was hurt.")
    for claim in (narrowed, stays):
        wrote("POST", "/v1/corrections", kind="denial", by=world.of("source", PUBLIC)[0], claim=claim)
    wrote("PUT", f"/v1/visibility/{narrowed}", visibility="desk")
    post = Post()
    deliverer(world.api, post).deliver()

    said = b"".join(post.bodies)
    assert stays.encode() in said
    assert narrowed.encode() not in said, "it was public when it was denied, and is for the desk now"
    assert all(may_see(EVERYBODY, one) for one in words_in(said))


def test_where_reading_needs_a_key_nobody_is_told_a_word_without_one(cage: Cage) -> None:
    with in_the(cage, reading="keys") as world:
        for route in (one.path for one, needs in STATED.items() if one.method == "GET" and needs is Needs.TO_READ):
            address = re.sub(r"\{[^}]+\}", "claims", route)
            if "{claim_id}" in route:
                address = route.replace("{claim_id}", world.of("claim", PUBLIC)[0])
            answer = world.api.send("GET", address)
            assert answer.status_code in (401, 303), f"{address} answers {answer.status_code} without a key"
            assert not words_in(answer.content), address
        assert world.api.send("GET", "/v1/claims", headers=world.key_of(RITA)).status_code == 200


def test_the_tag_of_a_public_list_stays_when_only_hidden_rows_change(world: World) -> None:
    lists = ("/v1/claims", "/v1/sources", "/v1/documents", "/v1/reports", "/v1/events", "/v1/flags", "/v1/claims.csv")
    pages = (
        "/",
        "/claims",
        "/feeds/corrections.atom",
        "/feeds/claimreview.json",
        f"/v1/events/{world.of('event', PUBLIC)[0]}",
    )
    before = [_seen_from_outside(world, one) for one in (*lists, *pages)]
    headers = {**world.key_of(ANA), "If-Match": "*"}
    for noun, changed in (("claims", "text"), ("sources", "name"), ("documents", "title"), ("events", "title")):
        [one] = world.of(noun.removesuffix("s"), NAMED)
        answer = world.api.send("PATCH", f"/v1/{noun}/{one}", json={changed: f"{noun} otherwise"}, headers=headers)
        assert answer.status_code == 200, answer.text
    assert [_seen_from_outside(world, one) for one in (*lists, *pages)] == before


def _seen_from_outside(world: World, address: str) -> tuple[str, str | None, bytes]:
    answer = world.api.send("GET", address)
    assert answer.status_code == 200, answer.text
    return address, answer.headers.get("etag"), answer.content


def test_a_sample_of_it_holds_on_postgresql(postgresql_databases: PostgresqlDatabases, tmp_path: Path) -> None:
    with postgresql_databases.fresh() as url:
        filled = caged(postgresql_databases, url, tmp_path / "ids.json")
        with in_the(read_cage(filled, tmp_path / "ids.json")) as world:
            for route in (
                "/v1/claims",
                "/v1/reports",
                "/v1/search",
                "/v1/history",
                "/v1/claims/{claim_id}",
                "/sources/{source_id}",
            ):
                for address, callers in questions(world, route):
                    for caller in callers:
                        world.told("GET", address, caller)
            assert world.without_fault()
