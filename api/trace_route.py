"""The hot read: the trace of a claim, sent as it was stored.

It has a route like every other, which documents it and answers whatever asks for more than a lookup. A trace that is
ready is sent before that: finding the route and passing what wraps routes cost several times what the lookup does.
"""

from __future__ import annotations

from typing import Any, TypeGuard

from fastapi.routing import APIRoute
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.conditional import names
from api.dependencies import check_parameters
from provenance.access import sees_what_waits
from provenance.analysis.moments import trace_at
from provenance.analysis.standing import fresh_trace
from provenance.storage.failing import OF_DRIVERS
from provenance.storage.reads.asked import moment_of
from provenance.storage.reads.hot import HotTrace, TraceReader
from provenance.storage.reads.standings import require_public
from provenance.storage.session import reading

BEFORE, AFTER = "/v1/claims/", "/trace"


class ReadyTraces:
    """Sends a trace that is stored and current; everything else goes on to the app, errors and refusals too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = await self._ready(scope)
        if found is None:
            await self.app(scope, receive, send)
        else:
            await _send(found, scope, send)

    async def _ready(self, scope: Scope) -> HotTrace | None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
            return None
        path: str = scope["path"]
        if not path.startswith(BEFORE) or not path.endswith(AFTER):
            return None
        traces: TraceReader = scope["app"].state.traces
        try:
            found = await traces.trace(path[len(BEFORE) : -len(AFTER)])
        except OF_DRIVERS:
            # The route asks again, and where errors are told it tells of this one.
            return None
        return found if _may_be_sent(found) else None


class TraceRoute(APIRoute):
    """Answers ``.../{claim_id}/trace`` without looking at its endpoint, which is there for the documentation."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.app = self._answer

    async def _answer(self, scope: Scope, _receive: Receive, send: Send) -> None:
        state, claim = scope["app"].state, scope["path_params"]["claim_id"]
        if scope["query_string"]:
            check_parameters(scope["query_string"], self.endpoint)
            asked = Request(scope).query_params
            moment = moment_of(asked.get("as_of"), asked.get("known_at"))
            found = await run_in_threadpool(trace_at, state.engine, claim, moment)
        else:
            found = await _trace(state.traces, state.engine, claim)
        await _send(found, scope, send)


async def _send(found: HotTrace, scope: Scope, send: Send) -> None:
    etag = found.etag.encode()
    for name, value in scope["headers"]:
        if name == b"if-none-match" and names(value.decode("latin-1"), found.etag):
            await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", etag)]})
            await send({"type": "http.response.body"})
            return
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(found.body)),
        (b"etag", etag),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": found.body})


async def _trace(traces: TraceReader, engine: Engine, public_id: str) -> HotTrace:
    found = await traces.trace(public_id)
    return found if _may_be_sent(found) else await run_in_threadpool(_computed, engine, public_id)


def _may_be_sent(found: HotTrace | None) -> TypeGuard[HotTrace]:
    """Whether a stored trace is current, and of a claim that certainly does not wait, which is for the desk."""
    return found is not None and not found.stale and (found.stated or sees_what_waits())


def _computed(engine: Engine, public_id: str) -> HotTrace:
    # Computing takes the write lock; somebody who asks for ids that do not exist must not get it.
    with reading(engine) as session:
        require_public(session, public_id)
    return fresh_trace(engine, public_id)
