"""Nobody asks more than their share, or under the address of others; bodies, pages and connections are bounded."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import monotonic, sleep
from typing import Any

import httpx
import pytest
import uvicorn
from pydantic import ValidationError
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.access import limiting
from api.access.behind import client_of, counted_as, scheme_of
from api.access.identifying import Came
from api.access.limiting import Shares
from api.operating import wire
from provenance.access import EVERYBODY, Caller
from provenance.errors import TooMany
from provenance.settings import Settings
from provenance.vocabulary import Role
from tests.api.telling import Api, running
from tests.databases import SqliteDatabases
from tests.keys import new_key

HERE = Settings(requests_per_minute=6, key_requests_per_minute=60)
ANA = Caller("Ana", Role.EDITOR, "key_ana")


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time that shares are counted by."""
    time = [1000.0]
    monkeypatch.setattr(limiting, "monotonic", lambda: time[0])
    return time


def taken(shares: Shares, came: Came, settings: Settings = HERE) -> int:
    """How many requests are answered before one is refused."""
    for number in range(1000):
        try:
            shares.take(came, settings)
        except TooMany:
            return number
    return 1000


def test_an_address_has_its_share_a_minute_and_it_fills_again_evenly(now: list[float]) -> None:
    shares, came = Shares(), Came(EVERYBODY, "192.0.2.7")
    assert taken(shares, came) == 6
    with pytest.raises(TooMany) as refused:
        shares.take(came, HERE)
    assert refused.value.again_in == 10
    now[0] += 9.9
    assert taken(shares, came) == 0
    now[0] += 0.2
    assert taken(shares, came) == 1
    now[0] += 3600
    assert taken(shares, came) == 6


def test_each_key_and_each_address_has_a_share_of_its_own(now: list[float]) -> None:
    shares = Shares()
    assert taken(shares, Came(EVERYBODY, "192.0.2.7")) == 6
    assert taken(shares, Came(EVERYBODY, "192.0.2.8")) == 6
    assert taken(shares, Came(ANA, "192.0.2.7")) == 60
    assert taken(shares, Came(ANA, "203.0.113.1")) == 0, "a key is counted wherever it comes from"
    assert taken(shares, Came(Caller("Bo", Role.READER, "key_bo"), "192.0.2.7", per_minute=3)) == 3


def test_a_home_is_counted_once_whatever_addresses_it_makes_up(now: list[float]) -> None:
    shares = Shares()
    assert sum(taken(shares, Came(EVERYBODY, f"2001:db8:1:2::{number:x}")) for number in range(50)) == 6
    assert taken(shares, Came(EVERYBODY, "2001:db8:1:3::1")) == 6
    assert counted_as("nonsense:of:somebody") == "nonsense:of:somebody"


def test_a_server_that_only_this_machine_can_reach_counts_nobody() -> None:
    assert taken(Shares(), Came(EVERYBODY, "127.0.0.1"), Settings()) == 1000
    assert taken(Shares(), Came(EVERYBODY, "127.0.0.1"), Settings(host="0.0.0.0")) == limiting.WITHOUT_KEY
    assert taken(Shares(), Came(ANA, "127.0.0.1", per_minute=2), Settings()) == 2


def test_no_more_addresses_are_remembered_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiting, "MOST_KNOWN", 10)
    shares = Shares()
    for number in range(100):
        shares.take(Came(EVERYBODY, f"192.0.2.{number}"), HERE)
    assert len(shares._left) == 10


def test_whoever_asked_too_much_is_told_when_to_come_again(sqlite_databases: SqliteDatabases) -> None:
    with sqlite_databases.fresh() as url, running(url, keyed=False, requests_per_minute=2) as api:
        api.app.state.shares = Shares()
        key = {"Authorization": f"Bearer {new_key(url, Role.READER)}"}
        statuses = [api.send("GET", "/v1/claims").status_code for _ in range(2)]
        refused = api.send("GET", "/v1/claims")
        with_key = api.send("GET", "/v1/claims", headers=key)
    assert statuses == [200, 200]
    assert (refused.status_code, refused.json()["type"]) == (429, "urn:provenance:problem:too-many")
    assert 1 <= int(refused.headers["retry-after"]) <= 30
    assert with_key.status_code == 200


TRUSTING = Settings(trusted_proxies="127.0.0.1, 10.0.0.0/8, ::1, fd00::/8")


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["6.6.6.6, 198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["6.6.6.6, 198.51.100.1, 10.1.2.3"], "198.51.100.1"),
        ("127.0.0.1", ["6.6.6.6", "198.51.100.1", "10.1.2.3"], "198.51.100.1"),
        ("127.0.0.1", ["10.9.9.9, 10.1.2.3"], "10.9.9.9"),
        ("127.0.0.1", ["198.51.100.1, nonsense"], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.1, , 10.1.2.3"], "10.1.2.3"),
        ("127.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("127.0.0.1", ["[2001:db8::7]:4711"], "2001:db8::7"),
        ("::ffff:127.0.0.1", ["::ffff:198.51.100.1"], "198.51.100.1"),
        ("::1", ["fe80::1%eth0"], "fe80::1"),
        ("127.0.0.1", [", ".join(["10.0.0.1"] * 5000)], "10.0.0.1"),
    ],
)
def test_an_address_is_believed_only_from_trusted_proxies_and_read_from_the_right(
    peer: str, forwarded: list[str], client: str
) -> None:
    assert client_of(_asked(peer, *(("x-forwarded-for", one) for one in forwarded)), TRUSTING) == client
    assert client_of(_asked(peer, *(("x-forwarded-for", one) for one in forwarded)), Settings()) == peer


@pytest.mark.parametrize(
    ("peer", "said", "scheme"),
    [
        ("127.0.0.1", ["https"], "https"),
        ("127.0.0.1", ["https, http"], "http"),
        ("127.0.0.1", ["javascript"], "http"),
        ("127.0.0.1", [], "http"),
        ("203.0.113.9", ["https"], "http"),
    ],
)
def test_https_is_believed_only_from_trusted_proxies(peer: str, said: list[str], scheme: str) -> None:
    assert scheme_of(_asked(peer, *(("x-forwarded-proto", one) for one in said)), TRUSTING) == scheme


def test_a_proxy_that_is_no_address_is_refused_where_it_is_set() -> None:
    with pytest.raises(ValidationError, match=r"proxy\.example"):
        Settings(trusted_proxies="127.0.0.1, proxy.example")


def test_every_list_refuses_a_page_larger_than_it_says(sqlite_databases: SqliteDatabases) -> None:
    with sqlite_databases.fresh() as url, running(url) as api:
        limited = {
            path: one["schema"]
            for path, methods in api.get("/openapi.json")["paths"].items()
            for one in methods.get("get", {}).get("parameters", ())
            if one["name"] == "limit" and "{" not in path
        }
        # A table is sent row by row, so it may be as long as it is.
        lists = {path: _most(schema) for path, schema in limited.items() if not path.endswith((".csv", ".parquet"))}
        assert len(lists) > 12
        for path, most in lists.items():
            for wrong in (most + 1, 0):
                problem = api.refused("GET", path, 422, params={"limit": str(wrong)})
                assert "limit" in [fault["field"] for fault in problem["errors"]], (path, wrong)


def _most(schema: dict[str, Any]) -> int:
    most: int = schema.get("maximum") or next(one["maximum"] for one in schema["anyOf"] if "maximum" in one)
    return most


def test_a_body_without_a_stated_length_is_bounded_as_well(api: Api) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(80):
            yield b" " * 100_000

    async def sent() -> httpx.Response:
        async def chunks() -> Any:
            for chunk in endless():
                yield chunk

        return await api.client.post("/v1/claims", content=chunks(), headers={"Content-Type": "application/json"})

    assert api.portal.call(sent).status_code == 413


@pytest.fixture(scope="module")
def listening() -> Iterator[int]:
    """The port of a server that has our bounds and answers everything with how much it was sent."""

    async def counting(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        length, more = 0, True
        while more:
            message = await receive()
            length, more = length + len(message.get("body", b"")), message.get("more_body", False)
        await Response(f"{scope['method']} {length}")(scope, receive, send)

    with _serving(counting) as port:
        yield port


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n" % (b"a" * 20_000), 414),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: %s\r\n\r\n" % (b"a" * 70_000), 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\n%s\r\n" % (b"X-N: 1\r\n" * 300), 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Endless: " + b"a" * 600_000, 431),
        (b"\r\n" * 400_000, 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Late: " + b"a" * 600_000, 431),
        (b"NONSENSE\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
    ],
    ids=[
        *("a long address", "a long header", "many headers", "a header that never ends", "empty lines that never end"),
        *("a header behind the body that never ends", "no HTTP", "no Host", "two of them"),
    ],
)
def test_what_stands_before_a_body_is_bounded_and_refused_in_words(listening: int, sent: bytes, status: int) -> None:
    answer = _told(listening, sent)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head
    assert json.loads(body)["status"] == status


def test_what_is_within_the_bounds_is_answered_also_in_pieces_and_one_after_the_other(listening: int) -> None:
    body = b"b" * 300_000
    with socket.create_connection(("127.0.0.1", listening), 10) as wire_to:
        for _ in range(2):
            wire_to.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Len")
            sleep(0.02)
            wire_to.sendall(b"gth: %d\r\n\r\n" % len(body) + body[:1000])
            sleep(0.02)
            wire_to.sendall(body[1000:])
            assert b"POST 300000" in _until(wire_to, b"POST 300000")
        wire_to.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 3)
        assert _until(wire_to, b"GET 0", times=3).count(b"GET 0") == 3


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"],
    ids=["nothing", "a line", "headers", "a body"],
)
def test_whoever_never_comes_to_an_end_does_not_keep_a_connection(
    listening: int, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(wire, "SECONDS_TO_SEND", 0.15)
    began = monotonic()
    answer = _told(listening, begun)
    assert monotonic() - began < 15
    assert answer == b"" if begun == b"" else answer.startswith(b"HTTP/1.1 408 ")


def test_an_answer_that_takes_longer_than_sending_may_take_is_not_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    from anyio import sleep as pause

    monkeypatch.setattr(wire, "SECONDS_TO_SEND", 0.1)

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await pause(0.4)
            await Response("at last")(scope, receive, send)

    with _serving(slow) as port:
        assert _told(port, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").endswith(b"at last")


def _asked(peer: str, *headers: tuple[str, str]) -> HTTPConnection:
    carried = [(name.encode(), value.encode()) for name, value in headers]
    return HTTPConnection({"type": "http", "scheme": "http", "client": (peer, 4711), "headers": carried})


@contextmanager
def _serving(app: Any) -> Iterator[int]:
    config = uvicorn.Config(
        app, http="api.operating.wire:Wire", log_config=None, lifespan="off", proxy_headers=False, log_level="error"
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            sleep(0.01)
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(10)


def _told(port: int, sent: bytes) -> bytes:
    """Everything that is answered until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), 10) as wire_to:
        # Whoever is refused need not be let finish.
        with suppress(ConnectionError):
            wire_to.sendall(sent)
        answer = b""
        while part := _part(wire_to):
            answer += part
        return answer


def _part(wire_to: socket.socket) -> bytes:
    try:
        return wire_to.recv(65536)
    except ConnectionResetError:
        # Closed while there was more to read than anybody wanted.
        return b""


def _until(wire_to: socket.socket, end: bytes, times: int = 1) -> bytes:
    answer = b""
    while answer.count(end) < times:
        part = wire_to.recv(65536)
        assert part, answer
        answer += part
    return answer
