"""Stands around everything else: names each request, counts and logs its answer, and lets no failure out unanswered.

Plain ASGI, as it also passes every trace that lies ready; what it costs there is measured in microseconds.
"""

from __future__ import annotations

import logging
from time import perf_counter

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.access.guard import ROUTE, why_refused
from api.access.watching import WATCHED
from api.operating import naming
from api.operating.auditing import Auditing
from api.operating.figures import Board
from api.operating.telling import tell
from provenance.errors import TooMany

NAMED = b"x-request-id"
MOST_AT_ONCE = 500  # requests under way; whoever comes then is asked to come again
LOG = logging.getLogger("provenance.requests")


class Observed:
    """Passes each request on, and notes what became of it.

    ``most_at_once`` requests may be under way; more are refused with 429.
    """

    def __init__(self, app: ASGIApp, board: Board, auditing: Auditing, most_at_once: int = MOST_AT_ONCE) -> None:
        self.app = app
        self.board = board
        self.auditing = auditing
        self.most_at_once = most_at_once

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        named = naming.name_for(scope["headers"])
        carried = (NAMED, named.encode())
        token = naming.naming(named)
        status, board, began = 0, self.board, perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), carried]
            await send(message)

        board.in_flight += 1
        try:
            # What a watchman asks is answered always.
            if board.in_flight > self.most_at_once and scope["path"] not in WATCHED:
                await problems.refusal(Request(scope), too_many())(scope, receive, sent)
            else:
                await self.app(scope, receive, sent)
        except Exception as failed:
            if status:
                # The answer has begun, so all that is left is to cut it off, which the server does.
                problems.LOG.error("An answer broke off", exc_info=failed)
                raise _CutOff from None
            await (await problems.failure(Request(scope), failed))(scope, receive, sent)
        finally:
            took = perf_counter() - began
            board.in_flight -= 1
            board.answered(scope["method"], scope.get(ROUTE), status, took, why_refused(scope))
            self.auditing.told(scope, status)
            if LOG.isEnabledFor(logging.INFO):
                tell(LOG, scope, status, took)
            naming.forgetting(token)


class _CutOff(Exception):
    """An answer that had begun could not be finished; the log says why."""


def too_many() -> TooMany:
    """What is said while too many requests are under way."""
    return TooMany("The server is answering as many requests as it can. Come again when Retry-After says.", again_in=1)
