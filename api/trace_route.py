"""The hot read: the trace of a claim, sent as it was stored.

It is a route of its own kind, placed first: solving dependencies, validating the answer and being the last of many
routes each cost more than the lookup itself. It is documented like every other.
"""

from __future__ import annotations

from typing import Any

from fastapi.routing import APIRoute
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from api.conditional import names
from api.dependencies import check_parameters
from provenance.analysis.standing import fresh_trace
from provenance.storage.reads.claims import require_claim
from provenance.storage.reads.hot import HotTrace, TraceReader
from provenance.storage.session import reading


class TraceRoute(APIRoute):
    """Answers ``.../{claim_id}/trace`` without looking at its endpoint, which is there for the documentation."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.app = self._answer

    async def _answer(self, scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["query_string"]:
            check_parameters(scope["query_string"], self.endpoint)
        state = scope["app"].state
        found = await _trace(state.traces, state.engine, scope["path_params"]["claim_id"])
        etag = found.etag.encode()
        if_none_match = next((value for name, value in scope["headers"] if name == b"if-none-match"), None)
        if if_none_match is not None and names(if_none_match.decode("latin-1"), found.etag):
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
    if found is None or found.stale:
        return await run_in_threadpool(_computed, engine, public_id)
    return found


def _computed(engine: Engine, public_id: str) -> HotTrace:
    # Computing takes the write lock; somebody who asks for ids that do not exist must not get it.
    with reading(engine) as session:
        require_claim(session, public_id)
    return fresh_trace(engine, public_id)
