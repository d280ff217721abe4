"""Those who read are answered in turns, so many at once, and nobody waits for whoever takes an answer slowly."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import anyio
import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

from api.turns import ReadingInTurn, reading_turns


class Door:
    """An app that answers when it is told to, behind turns that one may have at once."""

    def __init__(self, patience: float = 5.0) -> None:
        self.inside = self.most_inside = 0
        self.open = anyio.Event()
        self.state = SimpleNamespace(reading_turns=reading_turns(1))
        self._app = ReadingInTurn(self._answer, patience)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        if scope["path"] == "/slow":
            await StreamingResponse(self._slowly())(scope, receive, send)
        else:
            await self.open.wait()
            await JSONResponse(Request(scope).url.path)(scope, receive, send)
        self.inside -= 1

    async def _slowly(self) -> Any:
        yield b"begun"
        await self.open.wait()
        yield b", ended"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "app": self}, receive, send)

    async def asked(self, method: str, path: str, into: list[tuple[str, int]]) -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self), base_url="http://here") as client:
            into.append((path, (await client.request(method, path)).status_code))


async def told(door: Door, *asked: tuple[str, str], opened_after: float = 0.05) -> list[tuple[str, int]]:
    answered: list[tuple[str, int]] = []
    async with anyio.create_task_group() as group:
        for method, path in asked:
            group.start_soon(door.asked, method, path, answered)
            await anyio.sleep(0.01)
        await anyio.sleep(opened_after)
        door.open.set()
    return answered


def test_questions_are_answered_in_the_order_in_which_they_came_and_only_so_many_at_once() -> None:
    async def asked() -> tuple[list[tuple[str, int]], int]:
        door = Door()
        return await told(door, ("GET", "/1"), ("GET", "/2"), ("HEAD", "/3")), door.most_inside

    assert anyio.run(asked) == ([("/1", 200), ("/2", 200), ("/3", 200)], 1)


@pytest.mark.parametrize(("method", "path"), [("POST", "/2"), ("DELETE", "/2"), ("GET", "/readyz")])
def test_a_write_and_a_watchman_wait_for_nobody_who_reads(method: str, path: str) -> None:
    async def asked() -> int:
        door = Door()
        await told(door, ("GET", "/1"), (method, path))
        return door.most_inside

    assert anyio.run(asked) == 2


def test_whoever_takes_an_answer_slowly_holds_nobody_up() -> None:
    async def asked() -> int:
        door = Door()
        await told(door, ("GET", "/slow"), ("GET", "/2"))
        return door.most_inside

    assert anyio.run(asked) == 2


def test_a_question_that_waits_too_long_is_told_when_to_come_again() -> None:
    async def asked() -> httpx.Response:
        door = Door(patience=0.02)
        async with anyio.create_task_group() as group:
            group.start_soon(door.asked, "GET", "/1", [])
            await anyio.sleep(0.01)
            async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://here") as client:
                late = await client.get("/v1/claims")
            door.open.set()
        return late

    late = anyio.run(asked)
    assert (late.status_code, late.headers["retry-after"]) == (429, "2")
    assert "Come again" in late.json()["detail"]
