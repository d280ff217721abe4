"""Lets those who read take turns, so that a crowd of them is answered one after the other and none slows a writer down.

What is computed here is computed by one interpreter: forty questions at once are no faster than four, each takes
longer, and a write among them waits for its share of the processor while everybody else waits for the write. In the
load drill (benchmarks/reliability) a write took 4 s beside twelve of them and 1 s beside four, and as much was
answered.
"""

from __future__ import annotations

from anyio import Semaphore, move_on_after
from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.access.sessions import CHANGING_NOTHING
from api.access.watching import WATCHED
from provenance.errors import TooMany

MOST_READING = 4
PATIENCE = 20.0  # seconds that a question waits for its turn


def reading_turns(most: int = MOST_READING) -> Semaphore:
    """So many questions are answered at once; the next ones wait in the order in which they came."""
    return Semaphore(most, fast_acquire=True)


class ReadingInTurn:
    """Plain ASGI. A turn ends where the answer begins: whoever takes it slowly holds nobody up."""

    def __init__(self, app: ASGIApp, patience: float = PATIENCE) -> None:
        self.app = app
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in CHANGING_NOTHING or scope["path"] in WATCHED:
            await self.app(scope, receive, send)
            return
        turns: Semaphore = scope["app"].state.reading_turns
        with move_on_after(self.patience) as waiting:
            await turns.acquire()
        if waiting.cancelled_caught:
            await problems.refusal(Request(scope), _crowded())(scope, receive, send)
            return
        turn = _Turn(turns, send)
        try:
            await self.app(scope, receive, turn.send)
        finally:
            turn.end()


class _Turn:
    def __init__(self, turns: Semaphore, pass_on: Send) -> None:
        self._turns: Semaphore | None = turns
        self._pass_on = pass_on

    async def send(self, message: Message) -> None:
        self.end()
        await self._pass_on(message)

    def end(self) -> None:
        """Give the turn to whoever waits for it; once."""
        turns, self._turns = self._turns, None
        if turns is not None:
            turns.release()


def _crowded() -> TooMany:
    return TooMany("More is asked at once than is answered in time. Come again when Retry-After says.", again_in=2)
