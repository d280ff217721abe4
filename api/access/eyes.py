"""With whose eyes a question is answered, and for whom something is added.

What is made to be passed on (feeds, files, markup, graphs) holds what everybody may see, whoever fetches it: nobody can
tell from a file on a desk which of its lines were not meant to leave it. Whoever adds something says in the same
request that it is for the desk, or for them alone, so that it is public for no moment.
"""

from __future__ import annotations

from contextlib import nullcontext

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api import problems
from api.access.guard import ROUTE
from api.access.policy import passed_on
from provenance.access import EVERYBODY, acting, adding_for, sees_what_waits
from provenance.errors import InvalidInput
from provenance.vocabulary import Visibility

VISIBILITY = "Provenance-Visibility"

READS = frozenset({"GET", "HEAD"})


class Eyes:
    """Stands within the guard, which says who asks and which route was meant."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            visibility = _said(request)
        except InvalidInput as refused:
            await problems.refusal(request, refused)(scope, receive, send)
            return
        public = passed_on(scope["method"], scope.get(ROUTE) or "")
        # A proposal says that it is one, and stands in what is passed on only where the desk asks for it.
        eyes = acting(EVERYBODY, what_waits=sees_what_waits()) if public else nullcontext()
        with eyes, adding_for(visibility):
            await self.app(scope, receive, send)


def _said(request: Request) -> Visibility | None:
    said = request.headers.get(VISIBILITY)
    if said is None or request.method in READS:
        return None
    if said.strip() not in (Visibility.DESK, Visibility.NAMED):
        raise InvalidInput(
            f"{VISIBILITY}: '{said[:100]}' is neither desk nor named. Leave it out for what is public.",
            field=VISIBILITY,
        )
    return Visibility(said.strip())
