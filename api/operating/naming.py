"""Gives each request a name, by which every line of the log about it, and its answer, can be found together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from itertools import count
from secrets import token_hex

HEADER = b"x-request-id"
SANE = re.compile(rb"[A-Za-z0-9._-]{1,64}")

# Drawn once for each process and counted from there: drawing for each request would cost more than the rest.
_process = token_hex(5)
_counted = count(1)

_named: ContextVar[str] = ContextVar("provenance.request", default="")
naming = _named.set
forgetting = _named.reset


def request_named() -> str:
    """The name of the request that work is done for now; empty outside any."""
    return _named.get()


def name_for(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The name that a request brought in X-Request-Id, if it is harmless to write down, else a new one.

    >>> name_for([(b"x-request-id", b"edge-7f3a")])
    'edge-7f3a'
    >>> name_for([(b"x-request-id", b"two words")]) != name_for([])
    True
    """
    for name, value in headers:
        if name == HEADER and SANE.fullmatch(value):
            return value.decode("ascii")
    return f"{_process}-{next(_counted):x}"
