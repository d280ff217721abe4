"""Whatever somebody asks in an address or says in a header is answered or refused in words, on either database."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.dependencies import parameters_of
from tests.api.telling import Api, running, the_app
from tests.databases import Databases
from tests.fuzz.poisoned import tell
from tests.fuzz.shaken import MANY, ending, odd_values, pieces, texts, tried
from tests.fuzz.test_stored_words import READ, address

PROBLEM = "application/problem+json"
Told = tuple[Api, dict[str, str]]


@pytest.fixture(scope="module")
def told(databases: Databases) -> Iterator[Told]:
    """A story told twice, so that most lists have a second page."""
    with databases.fresh() as url, running(url) as api:
        tell(api, "Words of no harm")
        yield api, tell(api, "Other words")


def asking(parameter: str) -> list[str]:
    """The addresses of programs that take a parameter."""
    endpoints = the_app().state.endpoints
    return [
        path for path in READ if path.startswith("/v1/") and parameter in parameters_of(endpoints.get(("GET", path)))
    ]


def answered(answer: httpx.Response) -> None:
    """It was answered, or refused in a problem document that says why."""
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == PROBLEM
        assert answer.json()["title"]


SYNTAX = (
    *(
        '"',
        '""',
        "'",
        "*",
        "^",
        "-",
        "+",
        "~",
        ":",
        "::",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        "\\",
        "&",
        "&&",
        "|",
        "!",
        "!!",
        "<->",
    ),
    *(
        "<2>",
        ":*",
        ":A",
        "NEAR(",
        "NEAR/2",
        " AND ",
        " OR ",
        " NOT ",
        "text:",
        "rowid:",
        "-text:",
        "words",
        "тас",
        "%",
        "_",
        "$1",
    ),
)


@tried(25, 3_000)
@given(typed=texts(*SYNTAX, " ", most=10), number=st.integers(0, 1_000))
def test_no_syntax_of_a_search_index_is_anything_but_words(told: Told, typed: str, number: int) -> None:
    api, ids = told
    paths = asking("q")
    for path in paths if MANY else [paths[number % len(paths)]]:
        with ending():
            answer = api.send("GET", f"{address(path, ids)}?q={quote(typed, safe='')}")
        assert answer.status_code == 200, answer.text


# Cursors


def sealed(body: bytes) -> str:
    """A cursor as the server would write it, which anybody can who has read how."""
    checksum = hashlib.sha256(b"provenance cursor " + body).hexdigest()[:12].encode()
    return urlsafe_b64encode(checksum + body).decode().rstrip("=")


def opened(cursor: str) -> bytes:
    return urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[12:]


@pytest.fixture(scope="module")
def cursors(told: Told) -> dict[str, str]:
    """The cursor of the second page of each list in each order that has one."""
    api, ids = told
    found = {}
    for path in asking("cursor"):
        for sort in _orders(path):
            page = f"{address(path, ids)}?limit=1&sort={sort}"
            answer = api.send("GET", page)
            if answer.status_code == 200 and answer.json().get("next"):
                found[page] = answer.json()["next"]
    assert len(found) > 12
    return found


def _orders(path: str) -> list[str]:
    """The orders of a list, as it is described."""
    [sort] = [one for one in the_app().openapi()["paths"][path]["get"]["parameters"] if one["name"] == "sort"]
    every = [*sort["schema"].get("enum", [sort["schema"].get("const")])]
    return every if MANY else every[::2]  # the others are the same ones backwards


SEALED = st.one_of(
    st.tuples(st.just("after"), st.lists(odd_values, max_size=4)),
    st.tuples(st.sampled_from(["after", "sort", "of"]), odd_values),
)


@tried(50, 5_000)
@given(data=st.data())
def test_a_cursor_that_somebody_made_themselves_is_refused_or_continues(
    told: Told, cursors: dict[str, str], data: st.DataObject
) -> None:
    api, _ = told
    page = data.draw(st.sampled_from(sorted(cursors)))
    said = json.loads(opened(cursors[page]))
    if data.draw(st.booleans()):
        # One key after the other of those that it holds, so that all others are as the server wrote them.
        place = data.draw(st.integers(0, len(said["after"]) - 1))
        said["after"][place] = data.draw(odd_values)
    else:
        key, value = data.draw(SEALED)
        said[key] = value
    with ending():
        answer = api.send("GET", f"{page}&cursor={sealed(json.dumps(said).encode())}")
    answered(answer)
    assert answer.status_code in (200, 414, 422), answer.text


@tried(25, 5_000)
@given(data=st.data())
def test_a_cursor_that_was_damaged_or_is_of_another_list_is_refused(
    told: Told, cursors: dict[str, str], data: st.DataObject
) -> None:
    api, _ = told
    page, other = data.draw(st.sampled_from(sorted(cursors))), data.draw(st.sampled_from(sorted(cursors)))
    cursor = cursors[other]
    place = data.draw(st.integers(0, len(cursor) - 1))
    instead = data.draw(st.sampled_from(["", "A", "_", "=", "é", "%00", "A" * 8_000]) | pieces)
    given_ = cursor[:place] + instead + cursor[place + data.draw(st.integers(0, 3)) :]
    answer = api.send("GET", f"{page}&cursor={quote(given_, safe='%')}")
    answered(answer)
    assert answer.status_code in (414, 422) or given_.rstrip("=") == cursors[page], (page, given_)


# Other parameters

NUMBERS = (
    "0",
    "-1",
    "1",
    "200",
    "201",
    "1e3",
    "2147483648",
    "9" * 19,
    "9" * 400,
    "1.5",
    "NaN",
    "inf",
    "-0",
    "٣",
    "0x10",
    " 5 ",
    "",
)
MOMENTS = (
    "2022",
    "-01",
    "-06",
    "T",
    "12:38",
    ":00",
    ".5",
    ".123456789",
    "Z",
    "+06:00",
    " 06:00",
    "-00:00",
    "+24:00",
    "0001",
    "9999",
)
ASKED = ("limit", "as_of", "known_at", "published_from", "published_to", "since", "until", "low", "min_confidence")


@tried(40, 5_000)
@given(data=st.data())
def test_any_number_or_moment_in_an_address_is_answered_or_refused(told: Told, data: st.DataObject) -> None:
    api, ids = told
    parameter = data.draw(st.sampled_from(ASKED))
    path = data.draw(st.sampled_from(asking(parameter)))
    value = data.draw(st.sampled_from(NUMBERS) | texts(*MOMENTS, most=7))
    with ending():
        answered(api.send("GET", f"{address(path, ids)}?{parameter}={quote(value, safe='')}"))


# Headers

SAID = {
    "If-Match": ('"', '"a"', 'W/"', "*", ", ", "W/"),
    "If-None-Match": ('"', '"a"', 'W/"', "*", ", ", "W/"),
    "Idempotency-Key": ("a", "-", '"', "é", " ", "k" * 100),
    "Authorization": ("Bearer ", "bearer", "Basic ", "prv_", "a" * 16, "_", "b" * 43, "="),
    "Cookie": ("provenance-session=", "a" * 43, "; ", "=", '"', ",", "$Version=1"),
    "Accept": ("text/html", "application/json", "*/*", ";q=", "0.5", "2", ", ", "/", "turtle"),
    "Content-Type": (
        "application/json",
        ";",
        "charset=",
        "utf-7",
        "multipart/form-data",
        "boundary=",
        '"',
        "/",
        "x-www-form-urlencoded",
    ),
    "Accept-Language": ("en", "-", ";q=", "9", ","),
    "Range": ("bytes=", "0", "-", "9" * 30, ","),
    "If-Modified-Since": ("Thu, 06 Jan 2022 06:38:00 GMT", "2022", "9" * 20),
    "Content-Length": ("5", "-5", "9" * 30),
    "Host": ("127.0.0.1", ":", "99999", "[", "]", "@", "/"),
    "Forwarded": ("for=", '"', ";", "by="),
    "Provenance-Visibility": ("desk", "public", "named", ","),
    "traceparent": ("00-", "0" * 32, "-", "f" * 16, "-01"),
}
OFFERED = (
    ("GET", "/v1/claims", None),
    ("GET", "/v1/claims/{claim_id}", None),
    ("GET", "/v1/claims/{claim_id}/provenance", None),
    ("GET", "/claims/{claim_id}", None),
    ("GET", "/static/mark.svg", None),
    ("POST", "/v1/claims", b'{"text": "x"}'),
    ("POST", "/v1/claimreview", b"[]"),
    ("POST", "/v1/sheets", b"claim\nx\n"),
    ("PATCH", "/v1/claims/{claim_id}", b'{"text": "Eight died."}'),
)


@tried(50, 10_000)
@given(data=st.data())
def test_any_header_is_a_value_or_is_refused(told: Told, data: st.DataObject) -> None:
    api, ids = told
    name = data.draw(st.sampled_from(sorted(SAID)))
    value = data.draw(texts(*SAID[name], most=6))
    method, path, content = data.draw(st.sampled_from(OFFERED))
    more: dict[str, Any] = {} if content is None else {"content": content}
    line = value.encode("utf-8", "replace").translate(None, b"\r\n\0").strip()
    with ending():
        answer = api.send(method, address(path, ids), headers={name: line}, **more)
    assert answer.status_code < 500 or answer.status_code == 501, (name, line, answer.text[:300])
    if answer.status_code >= 400 and path.startswith("/v1/"):
        assert answer.headers["content-type"] == PROBLEM, (name, line)
