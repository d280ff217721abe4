"""Lets pages of other sites ask the addresses that are meant for them: headers that browsers look for, and JSONP."""

from __future__ import annotations

import json
import re
from typing import Any

from fastapi.responses import JSONResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from provenance.errors import InvalidInput

# Everything there is public, changes nothing and takes no cookies, so any site may ask.
CROSSED = "/reconcile"
ALLOWED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type, Accept, Api-User-Agent",
    "Access-Control-Max-Age": "86400",
}
# The name of a function, which a browser will call: anything else could be a script.
CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,99}(\.[A-Za-z_$][\w$]{0,99}){0,5}", re.ASCII)


class Crossing:
    """Plain ASGI, since it stands before every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not f"{scope['path']}/".startswith(f"{CROSSED}/"):
            await self.app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=ALLOWED)(scope, receive, send)
        else:
            await self.app(scope, receive, _allowing(send))


def _allowing(send: Send) -> Send:
    async def allowed(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Access-Control-Allow-Origin"] = "*"
        await send(message)

    return allowed


def crossing(answer: Any, callback: str | None) -> Response:
    """JSON, or a call of the function that a page from elsewhere names, with that JSON.

    :raises InvalidInput: if ``callback`` is no name of a function.
    """
    if callback is None:
        return JSONResponse(answer)
    if not CALLBACK.fullmatch(callback):
        raise InvalidInput("callback: it is no name of a function. Send letters and digits.", field="callback")
    # The comment keeps a file of another type from being made of the first bytes; < never begins a tag.
    said = json.dumps(answer).replace("<", "\\u003c")
    return Response(f"/**/{callback}({said});", media_type="text/javascript")
