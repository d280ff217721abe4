"""Whom an assistant asks for: the owner of the key that it was started with, or that a request over HTTP brings.

Keys are looked up at every call, so that one that is taken back opens nothing from that moment on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anyio import to_thread

from provenance.access import EVERYBODY, Caller, who_asks
from provenance.errors import KeyNeeded, NotAllowed
from provenance.storage.reads.access import holder_of_key
from provenance.storage.session import reading
from provenance.vocabulary import Role

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

HOW = "Start the server with it in PROVENANCE_KEY, or send it over HTTP as `Authorization: Bearer prv_…`"


@dataclass(frozen=True, slots=True)
class Door:
    """Finds out who asks. ``key`` is that of whoever started the server; it opens nothing for those who come by HTTP.

    ``open_to_all``: whether who has no key may read what is public.
    """

    engine: Engine
    key: str | None = field(default=None, repr=False)
    open_to_all: bool = True

    async def caller(self, request: Request | None) -> Caller:
        """For whom a call is answered.

        :raises KeyNeeded: for a key that opens nothing, and without one where reading needs it.
        """
        sent = self.key if request is None else _sent(request)
        caller = EVERYBODY if not sent else await to_thread.run_sync(self._holder, sent)
        if caller.role is None and not self.open_to_all:
            raise KeyNeeded(f"Reading needs a key here. {HOW}.")
        return caller

    def _holder(self, key: str) -> Caller:
        with reading(self.engine) as session:
            return holder_of_key(session, key).caller


def proposer() -> str:
    """How the history names whoever proposes.

    :raises KeyNeeded: if nobody's key was given.
    :raises NotAllowed: if their role does not reach so far.
    """
    caller = who_asks()
    if caller.role is None:
        raise KeyNeeded(f"Proposing needs the key of a contributor or more. {HOW}.")
    if not caller.may(Role.CONTRIBUTOR):
        raise NotAllowed(
            f"The key of {caller.name} is that of {caller.role.one}, and proposing needs that of a contributor or "
            "more. Ask whoever manages keys here."
        )
    return f"mcp: {caller.name}"


class Doorkeeper:
    """Refuses over HTTP, before anything is read, whoever brings a key that opens nothing. Plain ASGI."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            from starlette.requests import Request

            try:
                await self.door.caller(Request(scope))
            except KeyNeeded as refused:
                await _refuse(refused, send)
                return
        await self.app(scope, receive, send)


async def _refuse(refused: KeyNeeded, send: Send) -> None:
    body = json.dumps({"error": "invalid_token", "error_description": refused.message}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body)),
        (b"www-authenticate", b'Bearer realm="provenance"'),
    ]
    await send({"type": "http.response.start", "status": 401, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _sent(request: Request) -> str | None:
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, key = header.partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise KeyNeeded("Authorization: it holds no key. Send it as `Authorization: Bearer prv_…`.")
    return key.strip()
