"""What browsers are told with every answer, whatever it is: to guess no types, to load and frame nothing, to tell other
sites nothing.

An answer that says something itself keeps it: pages and kept copies state policies of their own.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.sessions import is_secure
from provenance.settings import Settings

Pair = tuple[bytes, bytes]

# Nothing but a page may run, load or be framed.
NOTHING = "default-src 'none'; frame-ancestors 'none'"
UNUSED = ("accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb")
STANDING = {
    "Content-Security-Policy": NOTHING,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
}
OWN, OTHERS = "same-origin", "cross-origin"
# Meant for other sites: what tables are reconciled with, what is followed, and the card that stands in a frame.
FOR_OTHER_SITES = ("/reconcile", "/feeds/")
CARD = "/card"
HTTPS_FOR = "max-age=31536000"


class Headers:
    """Plain ASGI, since it stands before every answer: what can be is written down beforehand."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        standing = told(scope)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in standing if pair[0] not in said)]
            await send(message)

        await self.app(scope, receive, sent)


def told(scope: Scope) -> Iterable[Pair]:
    """The headers that an answer to this request has beside its own."""
    settings: Settings = scope["app"].state.settings
    path: str = scope["path"]
    others = path.startswith(FOR_OTHER_SITES) or path.endswith(CARD)
    # Most servers stand behind nothing and serve no https; there, nobody need be asked.
    plain = scope["scheme"] == "http" and not settings.trusted_proxies and not settings.public_address
    return KNOWN[others, not plain and is_secure(Request(scope), settings)]


def _pairs(others: bool, secure: bool) -> tuple[Pair, ...]:
    chosen = {**STANDING, "Cross-Origin-Resource-Policy": OTHERS if others else OWN}
    if secure:
        chosen["Strict-Transport-Security"] = HTTPS_FOR
    return tuple((name.lower().encode(), value.encode()) for name, value in chosen.items())


KNOWN = {(others, secure): _pairs(others, secure) for others in (False, True) for secure in (False, True)}
