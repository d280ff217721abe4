"""Takes each request as one undertaking: its body is read once, what the database gave up is done again from the start,
and a write that was sent with an Idempotency-Key is written once and answered the same however often it comes.

Innermost of what stands before the app: whatever is sent from here was made by an endpoint, uncompressed.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import uniform

from anyio import move_on_after, sleep
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.limits import BODILESS
from api.once import Keeping, answered_before, keep, named, replayed
from provenance.errors import ProvenanceError
from provenance.storage.reads.taken import HEADER, under_way
from provenance.storage.undertaking import Name, Undertaking, undertaking

# Seconds before something that the database gave up is done again; after the last time it is refused.
PAUSES = (0.05, 0.2, 0.8)
WAITS, A_MOMENT = 10.0, 0.02


class Undertakings:
    """Plain ASGI."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.under_way: set[tuple[str, str]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            body = await _body(scope, receive)
            name = None if body is None else named(request, body.parts)
            if body is not None:
                with undertaking(Undertaking(name)) as work:
                    await self._taken(request, body, send, work)
        except HTTPException as refused:
            await (await problems.from_http(request, refused))(scope, receive, send)
        except ProvenanceError as refused:
            await problems.refusal(request, refused)(scope, receive, send)

    async def _taken(self, request: Request, body: Body, send: Send, work: Undertaking) -> None:
        if work.name is None:
            await self._tried(request.scope, body, send, work)
            return
        mine = (work.name.key, work.name.text)
        await self._turn_of(mine, patient=HEADER not in request.headers)
        self.under_way.add(mine)
        try:
            await self._once(request, body, send, work, work.name)
        finally:
            self.under_way.discard(mine)

    async def _turn_of(self, mine: tuple[str, str], *, patient: bool) -> None:
        """Wait while the same is under way, for a browser, which shows a person whatever is answered last."""
        with move_on_after(WAITS if patient else 0):
            while mine in self.under_way:
                await sleep(A_MOMENT)
        if mine in self.under_way:
            raise under_way()

    async def _once(self, request: Request, body: Body, send: Send, work: Undertaking, name: Name) -> None:
        engine = request.app.state.engine
        before = await run_in_threadpool(answered_before, engine, name)
        if before is not None:
            await replayed(before)(request.scope, request.receive, send)
            return
        keeping = Keeping(send)
        await self._tried(request.scope, body, keeping.send, work)
        if work.lasting and not work.kept and keeping.whole:
            await run_in_threadpool(keep, engine, name, keeping.answer())
        await keeping.pass_on()

    async def _tried(self, scope: Scope, body: Body, send: Send, work: Undertaking) -> None:
        """Let the app answer; again where the database gave up and nothing that was written is lasting."""
        for pause in (*PAUSES, None):
            work.given_up = work.kept = False
            attempt = _Attempt(send, work, last=pause is None)
            await self.app({**scope}, body.receiver(), attempt.send)
            if pause is None or not attempt.void:
                return
            await sleep(uniform(pause / 2, pause))


@dataclass(slots=True)
class _Attempt:
    """Sends an answer on, unless it says that the database gave up and there is time to try again."""

    pass_on: Send
    work: Undertaking
    last: bool
    void: bool = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.void = self.work.given_up and not self.work.lasting and not self.last
        if not self.void:
            await self.pass_on(message)


@dataclass(frozen=True, slots=True)
class Body:
    """A body that was read to its end, to be handed to the app as often as it is needed."""

    messages: tuple[Message, ...]
    receive: Receive

    @property
    def parts(self) -> list[bytes]:
        """Its bytes, as they came."""
        return [message.get("body", b"") for message in self.messages]

    def receiver(self) -> Receive:
        """Hands out the body, and then waits for what the client does."""
        rest = iter(self.messages)

        async def received() -> Message:
            found = next(rest, None)
            return await self.receive() if found is None else found

        return received


async def _body(scope: Scope, receive: Receive) -> Body | None:
    """The body of a request; None if the client went away before it was there."""
    if scope["method"] in BODILESS:
        return Body((), receive)
    messages: list[Message] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        messages.append(message)
        if not message.get("more_body"):
            return Body(tuple(messages), receive)
