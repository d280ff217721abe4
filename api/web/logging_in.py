"""Logging in with a key, and out: the browser keeps a session, and the key itself is sent this once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access.behind import client_of, counted_as
from api.access.guard import LEARNED, OPENS_NOTHING, REFUSED_A_MINUTE
from api.access.identifying import Came
from api.access.limiting import Shares
from api.access.sessions import LOG_IN, forget, remember, token_of
from api.dependencies import Held
from api.web.locked import own_path
from api.web.rendering import page
from provenance.errors import KeyNeeded
from provenance.settings import Settings
from provenance.storage.reads.access import holder_of_key
from provenance.storage.session import reading, writing
from provenance.storage.writes.sessions import end_session, open_session

router = APIRouter()

LONGEST_KEY = 200
LEFT = "You are logged out. What this browser shows from now on is what everybody sees."


@router.get("/login")
def begin(request: Request, next: str = "", done: str = "") -> Response:
    """The field for a key; whoever is logged in is told as whom."""
    return _shown(request, next, done=LEFT if done == "left" else None)


@router.post("/login")
def log_in(
    request: Request,
    engine: Held,
    key: Annotated[str, Form(max_length=LONGEST_KEY)] = "",
    next: Annotated[str, Form()] = "",
) -> Response:
    """Open a session with a key, always a new one: what somebody else may have put into the browser is worth nothing.

    :raises TooMany: after too many keys from one address that open nothing.
    """
    settings: Settings = request.app.state.settings
    shares: Shares = request.app.state.shares
    address = client_of(request, settings)
    try:
        with reading(engine) as session:
            holder = holder_of_key(session, key.strip())
    except KeyNeeded as refused:
        shares.take_one(f"refused {counted_as(address)}", REFUSED_A_MINUTE)
        request.scope[LEARNED].why = OPENS_NOTHING
        return _shown(request, next, fault=refused.message)
    before = token_of(request, settings)
    with writing(engine) as session:
        if before is not None:
            end_session(session, before)
        token = open_session(session, holder, settings.session_hours)
    # What is logged of the request says whose it was.
    request.scope[LEARNED].came = Came(holder.caller, address, holder.per_minute, by_page=True)
    response = RedirectResponse(own_path(next), HTTPStatus.SEE_OTHER)
    remember(response, request, settings, token)
    return response


@router.post("/logout")
def log_out(request: Request, engine: Held) -> Response:
    """End the session, here and in the browser."""
    settings: Settings = request.app.state.settings
    token = token_of(request, settings)
    if token is not None:
        with writing(engine) as session:
            end_session(session, token)
    response = RedirectResponse(f"{LOG_IN}?done=left", HTTPStatus.SEE_OTHER)
    forget(response, request, settings)
    return response


def _shown(request: Request, wanted: str, *, done: str | None = None, fault: str | None = None) -> Response:
    settings: Settings = request.app.state.settings
    response = page(
        request,
        "login.html",
        HTTPStatus.UNAUTHORIZED if fault else HTTPStatus.OK,
        title="Log in",
        description="With a key, this browser may do what the key may. Reading what is public needs none.",
        here="login",
        done=done,
        fault=fault,
        wanted=own_path(wanted) if wanted else "",
        hours=settings.session_hours,
        closed=settings.reading == "keys",
    )
    if fault:
        response.headers["WWW-Authenticate"] = 'Bearer realm="provenance"'
    return response
