"""What HTTP itself asks of an address: HEAD answers wherever GET does, and Allow names every method."""

from __future__ import annotations

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
    """Which methods an address takes, over all its operations."""

    def __init__(self, operations: Iterable[tuple[str, APIRoute]]) -> None:
        self._known = [(compile_path(path)[0], route.methods or set()) for path, route in operations]

    def at(self, address: str) -> str | None:
        """The Allow header of an address; None if no operation of ours is there."""
        methods = {method for shape, methods in self._known if shape.match(address) for method in methods}
        if "GET" in methods:
            methods.add("HEAD")
        return ", ".join(sorted(methods)) or None
