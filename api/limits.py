"""Refuses bodies that are too large before they are read whole, and those that do not come; others pass untouched."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from time import monotonic

from anyio import fail_after
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The longest article in the collections that we know has 200 kB; a report with its hops and figures has less.
MOST_BYTES = 4_000_000
# Seconds in which a body has come whole: the largest does at 200 kB a second. Somebody who sends a byte now and then
# would else hold a connection for ever.
COMES_WITHIN = 60.0
BODILESS = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})


class BodyLimit:
    """Plain ASGI, since a wrapper that makes request objects costs a fifth of a fast answer.

    ``larger`` holds the addresses that take more, as files need it, and how much.
    """

    def __init__(self, app: ASGIApp, most_bytes: int = MOST_BYTES, larger: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.most_bytes = most_bytes
        self.larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in BODILESS:
            await self.app(scope, receive, send)
        else:
            await self.app(scope, self._counted(receive, self.larger.get(scope["path"], self.most_bytes)), send)

    def _counted(self, receive: Receive, most_bytes: int) -> Receive:
        seen, whole, until = 0, False, monotonic() + COMES_WITHIN

        async def counted() -> Message:
            nonlocal seen, whole
            # Behind the body one waits for what the client does, for as long as the answer takes.
            message = await receive() if whole else await _in_time(receive, until)
            whole = not message.get("more_body", False)
            seen += len(message.get("body", b""))
            if seen > most_bytes:
                raise HTTPException(
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                    f"The body is larger than {most_bytes:,} bytes. Send less at once.",
                )
            return message

        return counted


async def _in_time(receive: Receive, until: float) -> Message:
    try:
        with fail_after(until - monotonic()):
            return await receive()
    except TimeoutError as late:
        raise HTTPException(
            HTTPStatus.REQUEST_TIMEOUT, f"The body did not come within {COMES_WITHIN:.0f} seconds. Send it again."
        ) from late
