"""Pages and their files go compressed over the wire; answers for programs, where every microsecond counts, do not."""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.web.problem_pages import PROGRAMS

# Fonts are compressed already.
AS_THEY_ARE = (*PROGRAMS, "/static/fonts")
LEAST_BYTES = 1000
# Level 9 takes three times as long for a hundredth less.
LEVEL = 5


class Compressed:
    """Plain ASGI: what is not compressed passes after one look at its address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.compressing = GZipMiddleware(app, minimum_size=LEAST_BYTES, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        plain = scope["type"] != "http" or scope["path"].startswith(AS_THEY_ARE)
        await (self.app if plain else self.compressing)(scope, receive, send)
