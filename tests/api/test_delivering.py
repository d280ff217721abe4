"""A message goes where its hook is told when it is sent, signed as it is signed then, and waits for no other hook."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from threading import Semaphore
from typing import Any

import httpcore
import pytest
import sqlalchemy as sa
from standardwebhooks import Webhook

from provenance.errors import InvalidInput, Unfetchable
from provenance.exchange.hooks.delivering import Deliverer
from provenance.exchange.hooks.reached import base_address
from provenance.ingestion.fetching.deadline import SystemClock
from provenance.ingestion.fetching.posting import CONNECTING, Posted, Poster, checked_receiver
from provenance.storage.session import reading
from tests.api.telling import Api, Json
from tests.api.test_hooks import PUBLIC, hook, messages
from tests.exchange.receiving import PATIENCE, Post, deliverer, engine_of

SLOW = "https://slow.example/hooks"


@pytest.mark.parametrize(
    ("method", "given"),
    [("DELETE", {}), ("PATCH", {"active": False})],
    ids=["let go", "switched off"],
)
def test_a_hook_that_ends_while_its_messages_are_sent_is_sent_no_further_one(
    api: Api, method: str, given: Json
) -> None:
    hooked, post = with_messages(api, 2), Post()
    meanwhile(post, lambda: api.send(method, f"/v1/hooks/{hooked['id']}", **({"json": given} if given else {})))

    deliverer(api, post).deliver()

    assert len(post.posted) == 1


def test_messages_of_a_hook_that_was_let_go_are_given_up_and_say_why(api: Api) -> None:
    hooked = with_messages(api, 2)
    api.send("DELETE", f"/v1/hooks/{hooked['id']}")
    with reading(engine_of(api)) as session:
        kept = session.execute(sa.text("SELECT gave_up_at, answer FROM hook_message")).all()
    assert [(gave_up is not None, answer) for gave_up, answer in kept] == [(True, "The hook was let go.")] * 2


def test_a_key_that_was_renewed_signs_the_messages_that_waited(api: Api) -> None:
    hooked, post, renewed = with_messages(api, 2), Post(), []
    meanwhile(post, lambda: renewed.append(api.send("POST", f"/v1/hooks/{hooked['id']}/secret").json()["secret"]))

    deliverer(api, post).deliver()

    for (headers, _), body, key in zip(post.posted, post.bodies, [hooked["secret"], *renewed], strict=True):
        Webhook(key).verify(body, dict(headers))


def test_a_hook_that_moved_gets_what_waited_at_its_new_address(api: Api) -> None:
    hooked, post = with_messages(api, 2), Post([410])
    moved = "https://receiver.example/moved"
    meanwhile(post, lambda: api.send("PATCH", f"/v1/hooks/{hooked['id']}", json={"url": moved}))

    assert deliverer(api, post).deliver().taken == 1
    assert post.urls == [PUBLIC, moved], "that the old address is gone says nothing of the new one"
    assert api.get(f"/v1/hooks/{hooked['id']}")["active"] is True


def test_a_receiver_that_takes_its_time_holds_up_nobody_else(api: Api) -> None:
    with_messages(api, 2, url=SLOW)
    with_messages(api, 3)
    quick = Semaphore(0)
    order: list[str] = []

    def post(url: str, headers: Mapping[str, str], body: bytes) -> Posted:
        if url == SLOW and not order.count(SLOW):
            assert all(quick.acquire(timeout=PATIENCE) for _ in range(3)), "the others wait for it"
        order.append(url)
        if url == PUBLIC:
            quick.release()
        return Posted(204, {})

    assert deliverer(api, post).deliver().taken == 5
    assert order == [PUBLIC] * 3 + [SLOW] * 2


def test_a_receiver_that_drips_is_left_after_ten_seconds_and_one_that_is_absent_after_four() -> None:
    clock = Clockwork()
    for transport, said in ((Dripping(clock), "did not answer within 10 seconds"), (Absent(), "within 4 seconds")):
        with pytest.raises(Unfetchable, match=said):
            Poster(inside=True, transport=transport, clock=clock)("http://receiver.example:8080/", {}, b"{}")


@pytest.mark.parametrize("port", [0, 65_536, 99_999])
def test_no_message_goes_to_a_port_that_there_is_not(port: int) -> None:
    with pytest.raises(InvalidInput, match=f"there is no port {port}; give one from 1 to 65535"):
        checked_receiver(f"http://127.0.0.1:{port}/hooks", inside=True)


def test_messages_are_listed_as_they_are_signed(api: Api) -> None:
    hooked, post = hook(api, rules=["single_origin"]), Post()
    api.report(api.claim(), "Interior Ministry", "Tass")
    base = base_address(api.app.state.settings)
    Deliverer(engine_of(api), post, base, 8).deliver()
    [message] = messages(api, hooked)
    assert message["body"] == json.loads(post.bodies[0])
    assert message["body"]["data"]["claim"]["url"].startswith("http")


def with_messages(api: Api, number: int, **chosen: Any) -> Json:
    """A hook for which so many messages wait."""
    hooked = hook(api, **chosen)
    for _ in range(number):
        api.post(f"/v1/hooks/{hooked['id']}/test")
    return hooked


def meanwhile(post: Post, happens: Callable[[], object]) -> None:
    """Let this happen while the first message is on its way."""
    post.meanwhile.append(happens)


class Clockwork(SystemClock):
    """A clock that stands still unless it is put forward."""

    seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds


class Dripping(httpcore.NetworkBackend):
    """Takes every connection, and then says one letter a second."""

    def __init__(self, clock: Clockwork) -> None:
        self.clock = clock

    def connect_tcp(self, *given: Any, **more: Any) -> httpcore.NetworkStream:
        return DrippingStream(self.clock)


class DrippingStream(httpcore.NetworkStream):
    def __init__(self, clock: Clockwork) -> None:
        self.clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.clock.seconds += 1
        return b"H"

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """It listens well enough."""

    def close(self) -> None:
        """Nothing is open."""

    def get_extra_info(self, info: str) -> Any:
        return None


class Absent(httpcore.NetworkBackend):
    """Takes no connection, however long somebody waits."""

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *more: Any) -> httpcore.NetworkStream:
        assert timeout == CONNECTING
        raise httpcore.ConnectTimeout
