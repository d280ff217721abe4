"""What one request undertakes to write: whether any of it is lasting, and under which name it may be sent again.

Carried along with the work, so that the transaction that writes a fact also writes that the request was taken, and
nobody in between has to hand it on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Name:
    """What somebody calls a write: ``key`` is the public id of theirs, ``fingerprint`` tells what they sent."""

    key: str
    text: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered; ``body`` is None where it was not kept."""

    status: int
    headers: Mapping[str, str]
    body: bytes | None = field(repr=False)


@dataclass(slots=True)
class Undertaking:
    """``lasting``: something was committed; ``kept``: so was the answer, with it; ``given_up``: by the database."""

    name: Name | None = None
    lasting: bool = False
    kept: bool = False
    given_up: bool = False


_now: ContextVar[Undertaking | None] = ContextVar("provenance.undertaking", default=None)


def undertaken() -> Undertaking | None:
    """The request that is being worked for; None on the command line, and for what happens by itself."""
    return _now.get()


@contextmanager
def undertaking(work: Undertaking) -> Iterator[Undertaking]:
    """Work for a request until the end."""
    token = _now.set(work)
    try:
        yield work
    finally:
        _now.reset(token)
