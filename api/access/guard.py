"""Stands before everything else: finds out who asks, holds them to the rule of the route, and to their share.

Plain ASGI and outermost, so that nothing is read, parsed or looked up for somebody who may not ask for it, and what is
sent without its route (a trace that lies ready) is held to the same rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from re import Pattern

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.access.identifying import Came, identified
from api.access.limiting import Shares
from api.access.policy import Address, Needs
from provenance.access import Caller, acting
from provenance.errors import KeyNeeded, NotAllowed, ProvenanceError
from provenance.settings import Settings

CAME = "provenance.came"
NEEDS = "provenance.needs"


@dataclass
class Rules:
    """Finds the rule of an address; shapes are tried in the order in which the app tries them."""

    _shapes: dict[tuple[str, str], list[tuple[int, Pattern[str], Needs]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @classmethod
    def of(cls, rules: Mapping[Address, Needs]) -> Rules:
        """The rules of an app, sorted by method and the first part of the address, which no route leaves open."""
        made = cls()
        for place, (address, needs) in enumerate(rules.items()):
            made._shapes[address.method, _first(address.path)].append((place, compile_path(address.path)[0], needs))
        return made

    def at(self, method: str, path: str) -> Needs | None:
        """What the route needs; None if there is no such route."""
        candidates: Sequence[tuple[int, Pattern[str], Needs]] = self._shapes.get((method, _first(path)), ())
        # Pages may leave the first part of an address open.
        open_ones = self._shapes.get((method, OPEN), ())
        for _, shape, needs in sorted([*candidates, *open_ones], key=_place) if open_ones else candidates:
            if shape.match(path):
                return needs
        return None


OPEN = "{"


def _place(shape: tuple[int, Pattern[str], Needs]) -> int:
    return shape[0]


def _first(path: str) -> str:
    first, _, rest = path.removeprefix("/").partition("/")
    if first.startswith(OPEN):
        return OPEN
    # Nearly everything lies under /v1, so there the noun decides.
    second = rest.partition("/")[0]
    return f"{first}/{second}" if first == "v1" and not second.startswith(OPEN) else first


class Guard:
    """Lets in whoever may come in; everybody else is told what they need."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app = app
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            came = await self._let_in(request)
        except ProvenanceError as refused:
            await problems.refusal(request, refused)(scope, receive, send)
            return
        scope[CAME] = came
        with acting(came.caller):
            await self.app(scope, receive, _private(send) if came.caller.role else send)

    async def _let_in(self, request: Request) -> Came:
        state = request.app.state
        settings: Settings = state.settings
        shares: Shares = state.shares
        came = await identified(request, state.engine, settings)
        shares.take(came, settings)
        method = "GET" if request.method == "HEAD" else request.method
        needs = self.rules.at(method, request.scope["path"])
        request.scope[NEEDS] = needs
        if method == "OPTIONS":
            return came
        require(came.caller, Needs.TO_READ if needs is None else needs, settings)
        return came


def require(caller: Caller, needs: Needs, settings: Settings) -> None:
    """Refuse whoever may not do what a route needs.

    :raises KeyNeeded: without a key.
    :raises NotAllowed: with one whose role does not reach so far.
    """
    if needs is Needs.NOTHING or (needs is Needs.TO_READ and (settings.reading == "open" or caller.role)):
        return
    role = None if needs is Needs.TO_READ else needs.value
    if caller.role is None:
        what = "Reading needs a key here." if role is None else f"This needs the key of a {role} or more."
        raise KeyNeeded(f"{what} Send it as `Authorization: Bearer prv_…`; whoever manages keys here makes one.")
    if not caller.may(role):
        raise NotAllowed(
            f"The key of {caller.name} is that of a {caller.role}, and this needs that of a {role} or more. Ask "
            "whoever manages keys here."
        )


def _private(send: Send) -> Send:
    """No cache in between may keep for others what somebody in particular was answered."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Cache-Control"] = "private, no-cache"
            headers.add_vary_header("Authorization")
            headers.add_vary_header("Cookie")
        await send(message)

    return sent
