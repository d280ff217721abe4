"""Finds out who asks: by the key in a header, or by the session that a browser opened with one."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from api.access.behind import client_of
from api.access.sessions import token_of
from api.strangers.crossing import CROSSED
from provenance.access import EVERYBODY, Caller
from provenance.errors import KeyNeeded
from provenance.settings import Settings
from provenance.storage.reads.access import KeyHolder, holder_of_key
from provenance.storage.reads.sessions import holder_of_session
from provenance.storage.session import reading

BEARER = "bearer"


@dataclass(frozen=True, slots=True)
class Came:
    """Who asks, from which address, and how many requests a minute the key may make if it says so itself."""

    caller: Caller
    address: str
    per_minute: int | None = None
    by_page: bool = False


async def identified(request: Request, engine: Engine, settings: Settings) -> Came:
    """Who asks; nobody in particular without a key, and in a browser whose session is over.

    :raises KeyNeeded: for a key that opens nothing.
    """
    address = client_of(request, settings)
    key = _sent(request)
    if key is None:
        return await _in_a_browser(request, engine, settings, address)
    holder = await run_in_threadpool(_holder, engine, key)
    return Came(holder.caller, address, holder.per_minute)


async def _in_a_browser(request: Request, engine: Engine, settings: Settings, address: str) -> Came:
    # What pages of other sites may ask is answered as to anybody: a cookie would tell them what is for the desk.
    crossed = f"{request.scope['path']}/".startswith(f"{CROSSED}/")
    token = None if crossed else token_of(request, settings)
    holder = None if token is None else await run_in_threadpool(_holder_in_browser, engine, token)
    return Came(EVERYBODY, address) if holder is None else Came(holder.caller, address, holder.per_minute, by_page=True)


def _sent(request: Request) -> str | None:
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, key = header.partition(" ")
    if scheme.lower() != BEARER or not key.strip():
        raise KeyNeeded("Authorization: it holds no key. Send it as `Authorization: Bearer prv_…`.")
    return key.strip()


def _holder(engine: Engine, key: str) -> KeyHolder:
    with reading(engine) as session:
        return holder_of_key(session, key)


def _holder_in_browser(engine: Engine, token: str) -> KeyHolder | None:
    with reading(engine) as session:
        return holder_of_session(session, token)
