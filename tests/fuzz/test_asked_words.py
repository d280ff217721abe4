"""Whatever is asked in an address or a header is a value: it finds what it names and no more, stands nowhere but as
words, and leads nowhere else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest

from api.access.policy import STATED
from api.dependencies import parameters_of
from tests.api.telling import Api, running, the_app
from tests.databases import SqliteDatabases
from tests.fuzz.hostile import BYTES, PAYLOADS, harm_in
from tests.fuzz.poisoned import tell
from tests.fuzz.test_stored_words import READ, address

ENCODED = {name: quote(words, safe="") for name, words in PAYLOADS.items()} | {one: one for one in BYTES}
KINDS = [*ENCODED]
# Over all addresses each name of a parameter meets each payload; all of them at every address is a matter of minutes:
# `PROVENANCE_FUZZ=all pytest tests/fuzz`.
EVERYTHING = os.environ.get("PROVENANCE_FUZZ") == "all"
EACH = len(KINDS) if EVERYTHING else 1
INJECTIONS = ("sql quote", "sql union")
PLACES = (*INJECTIONS, "markup", "path", "header", "NUL", "elsewhere", "long", "%c0%af%c0%ae", "%ff%fe")
WRITING = sorted((route.method, route.path) for route in STATED if route.method != "GET")
LEAVES = "/v1/export.jsonl"  # everything at once, and no parameter to ask it with
HEADERS = (
    *("Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cookie", "Host", "If-None-Match", "Origin"),
    *("Range", "Referer", "Sec-Fetch-Site", "X-Forwarded-For", "X-Forwarded-Proto", "X-Request-Id", "traceparent"),
    *("Provenance-Author", "Provenance-Reason", "Provenance-Visibility", "Idempotency-Key", "If-Match", "Content-Type"),
)


@pytest.fixture(scope="module")
def told(sqlite_databases: SqliteDatabases) -> Iterator[tuple[Api, dict[str, str]]]:
    with sqlite_databases.fresh() as url, running(url) as api:
        yield api, tell(api, "Words of no harm")


def parameters(path: str) -> list[str]:
    endpoint = the_app().state.endpoints.get(("GET", path))
    known = sorted(parameters_of(endpoint) if endpoint else ())
    foreign = sorted({"next", "format", "callback", "query", "q", "cursor"} - {*known})
    # Where an address has many, a few of them are tried here; every third address begins with another.
    return (
        [*known, *foreign]
        if EVERYTHING
        else [*known[READ.index(path) % 3 :: 3], foreign[READ.index(path) % len(foreign)]]
    )


@pytest.mark.parametrize("path", [path for path in READ if path != LEAVES])
def test_hostile_words_in_a_parameter_are_a_value(told: tuple[Api, dict[str, str]], path: str) -> None:
    api, ids = told
    page, place = address(path, ids), READ.index(path)
    for number, name in enumerate(parameters(path)):
        for kind in [*KINDS, *KINDS][(place + number) % len(KINDS) :][:EACH]:
            asked = f"{page}?{name}={ENCODED[kind]}"
            answer = api.send("GET", asked)
            assert [str(one) for one in harm_in(asked[:300], answer)] == []
            if kind in INJECTIONS and answer.status_code == 200 and path.startswith("/v1/"):
                assert rows(answer) == [], asked


def rows(answer: httpx.Response) -> list[object]:
    """What a list found for a word that is nowhere; nothing, for what is no list."""
    if "json" not in answer.headers.get("content-type", ""):
        return []
    body = answer.json()
    return list(body.get("items", [])) if isinstance(body, dict) else []


@pytest.mark.parametrize("path", [path for path in READ if "{" in path])
def test_hostile_words_in_place_of_an_id_find_nothing(told: tuple[Api, dict[str, str]], path: str) -> None:
    api, ids = told
    named = path[path.rindex("{") + 1 : path.rindex("}")]
    for kind in PLACES if EVERYTHING else PLACES[READ.index(path) % 3 :: 3]:
        asked = address(path, {**ids, named: ENCODED[kind]})
        answer = api.send("GET", asked)
        assert [str(one) for one in harm_in(asked[:300], answer)] == []
        assert answer.status_code in (303, 307, 308, 401, 403, 404, 405, 414, 422), (asked[:300], answer.text[:300])


@pytest.mark.parametrize(("method", "path"), WRITING)
def test_hostile_words_in_place_of_an_id_or_a_body_write_nothing(
    told: tuple[Api, dict[str, str]], method: str, path: str
) -> None:
    api, ids = told
    for kind in HARSH if EVERYTHING else HARSH[len(path) % 3 :][:1]:
        hostile = dict.fromkeys((*ids, "name", "noun"), ENCODED[kind])
        asked = address(path, hostile)
        for body, sent_as in ((PAYLOADS[kind], "application/json"), (f"claim={ENCODED[kind]}", FORM)):
            content = body.encode(errors="replace")
            answer = api.send(method, asked, content=content, headers={"Content-Type": sent_as})
            assert [str(one) for one in harm_in(f"{method} {asked}", answer)] == []


HARSH = ("sql quote", "markup", "NUL")
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("header", HEADERS)
def test_hostile_words_in_a_header_are_a_value(told: tuple[Api, dict[str, str]], header: str) -> None:
    api, _ = told
    at = [("GET", "/"), ("GET", "/docs"), ("GET", "/v1/claims"), ("POST", "/v1/events")]
    for number, words in enumerate(PAYLOADS.values()):
        line = words.encode("latin-1", "replace").replace(b"\r\n", b" ").replace(b"\n", b" ").replace(b"\0", b"")[:4000]
        for method, asked in at if EVERYTHING else [at[(number + len(header)) % len(at)]]:
            body = {"json": {"title": "x"}} if method == "POST" else {}
            answer = api.send(method, asked, headers={header: line}, **body)
            assert [str(one) for one in harm_in(f"{asked} with {header}: {line[:200]!r}", answer)] == []
