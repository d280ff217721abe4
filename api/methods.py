"""What HTTP itself asks of an address: HEAD answers wherever GET does, and Allow names every method."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Heads:
    """Answers HEAD as GET without the body; plain ASGI, since it stands before every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] != "http.response.body":
                await send(message)
                return
            await send({"type": message["type"], "body": b""})
            if message.get("more_body"):
                raise _Answered

        # What is sent in parts would otherwise be made to its end for nobody; the group is that of who waits for it.
        try:
            await self.app({**scope, "method": "GET", HEAD: True}, receive, without_body)
        except* _Answered:
            pass


HEAD = "provenance.head"


class _Answered(Exception):
    """The headers are sent, and nobody waits for more."""


def wants_headers_alone(request: Request) -> bool:
    """Whether GET was HEAD when it came, so that an answer that takes long to make need not be made."""
    return bool(request.scope.get(HEAD))


class Allowed:
    """Which methods an address takes, over all its operations.

    An address that is named itself is that alone: `/v1/reports/decide` is no report, though it has the form of one.
    """

    def __init__(self, operations: Iterable[tuple[str, APIRoute]]) -> None:
        self._named: dict[str, set[str]] = {}
        self._shapes: list[tuple[re.Pattern[str], set[str]]] = []
        for path, route in operations:
            if "{" in path:
                self._shapes.append((compile_path(path)[0], route.methods or set()))
            else:
                self._named.setdefault(path, set()).update(route.methods or set())

    def at(self, address: str) -> str | None:
        """The Allow header of an address; None if no operation of ours is there."""
        methods = {*self._named[address]} if address in self._named else self._of_shapes(address)
        if "GET" in methods:
            methods.add("HEAD")
        return ", ".join(sorted(methods)) or None

    def _of_shapes(self, address: str) -> set[str]:
        return {method for shape, methods in self._shapes if shape.match(address) for method in methods}
