"""Says of a request what may be written down: who asked for what shape of address, and what became of it.

Never its key, cookie or body, and of its query no more than the names of parameters that the address knows: what stands
behind them may be somebody's name.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import HTTPConnection
from starlette.types import Scope

from api.access.behind import client_of
from api.access.guard import ROUTE, came_of
from api.dependencies import parameters_of


def tell(log: logging.Logger, scope: Scope, status: int, seconds: float) -> None:
    """Log a request and its answer."""
    log.info("answered", extra={**facts(scope, status), "ms": round(seconds * 1000, 2), **_parameters(scope)})


def facts(scope: Scope, status: int) -> dict[str, Any]:
    """Which shape of address was asked for, by which key and from where, and the answer's status (0: cut off)."""
    came = came_of(scope)
    told = {"method": scope["method"], "route": scope.get(ROUTE) or "none", "status": status}
    # Whoever was refused at the door came with nothing but their address.
    told["address"] = came.address if came else client_of(HTTPConnection(scope), scope["app"].state.settings)
    if came and came.caller.key:
        told["key"] = came.caller.key
    return told


def _parameters(scope: Scope) -> dict[str, str]:
    query: bytes = scope["query_string"]
    endpoint = scope["app"].state.endpoints.get((scope["method"], scope.get(ROUTE))) if query else None
    if endpoint is None:
        return {}
    known = parameters_of(endpoint)
    asked = {name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True) if name in known}
    return {"parameters": ",".join(sorted(asked))} if asked else {}
