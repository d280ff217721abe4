"""Writes under an Idempotency-Key: what they are called, and how they are answered when they come again."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from fastapi import Request, Response
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers
from starlette.types import Message, Send

from api.access.guard import NEEDS
from api.access.policy import Needs
from api.forms import ONCE
from provenance.access import who_asks
from provenance.errors import InvalidInput, ProvenanceError
from provenance.storage.reads.taken import HEADER, answer_again
from provenance.storage.session import reading, writing
from provenance.storage.undertaking import Answer, Name
from provenance.storage.writes.taken import keep_answer

LOG = logging.getLogger("provenance.api")

LONGEST = 255
MOST_KEPT = 1_000_000  # bytes of an answer; whoever sends again what was answered at more length is told where it is
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Questions that are sent with POST write nothing, so there is nothing to write once.
WRITE_NOTHING = (None, Needs.NOTHING, Needs.TO_READ)
# Who may see what is written, why, and by whom: what says another of these is another write.
SAID_BESIDE = ("Provenance-Visibility", "Provenance-Reason", "Provenance-Author", "If-Match")
OF_THE_ANSWER = ("content-type", "location", "etag")
REPLAYED = "Idempotent-Replayed"


def named(request: Request, body: Iterable[bytes]) -> Name | None:
    """What its sender calls a write, and what they sent; None if it has no name, or writes nothing.

    :raises InvalidInput: if the name cannot be one.
    """
    if request.method in SAFE or request.scope.get(NEEDS) in WRITE_NOTHING:
        return None
    header = request.headers.get(HEADER)
    if header is None:
        return _of_form(request, b"".join(body))
    text = header.strip()
    if not 0 < len(text) <= LONGEST or not text.isascii() or not text.isprintable():
        raise InvalidInput(
            f"{HEADER}: it has 1 to {LONGEST} printable characters of ASCII. Send something random, such as a UUID.",
            field=HEADER,
        )
    return Name(who_asks().key, text, _fingerprint(request, body))


def _of_form(request: Request, body: bytes) -> Name | None:
    """The name of a form of a page that holds one. Other words in it, as after going back, are another write."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return None
    found = TOKEN.search(body)
    if found is None:
        return None
    made = _fingerprint(request, [body])
    return Name(who_asks().key, f"form {found[1].decode()} {made}", made)


FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(rb"(?:^|&)%b=([A-Za-z0-9_-]{16,64})(?:&|$)" % ONCE.encode())


def _fingerprint(request: Request, body: Iterable[bytes]) -> str:
    kind, _, boundary = request.headers.get("content-type", "").partition("boundary=")
    content = b"".join(body)
    if boundary:
        # A form that is sent again has other marks between its parts, and says the same.
        content = content.replace(boundary.strip('" ').encode("latin-1"), b"")
    made = sha256(f"{request.method} {request.scope['path']}\n{kind}\n".encode(errors="replace"))
    made.update(request.scope["query_string"] + b"\n")
    made.update("\n".join(request.headers.get(name, "") for name in SAID_BESIDE).encode(errors="replace") + b"\n")
    made.update(content)
    return made.hexdigest()


def answered_before(engine: Engine, name: Name) -> Answer | None:
    """What the same write was answered when it came before; raises as `answer_again` does."""
    with reading(engine) as session:
        return answer_again(session, name)


def replayed(answer: Answer) -> Response:
    """An answer as it was, marked as sent again."""
    return Response(answer.body, answer.status, {**answer.headers, REPLAYED: "true"})


def keep(engine: Engine, name: Name, answer: Answer) -> None:
    """Keep the answer to a write that is lasting already. If that fails, whoever sends it again is told so."""
    try:
        with writing(engine, derived=True) as session:
            keep_answer(session, name, answer)
    except (ProvenanceError, SQLAlchemyError) as failed:
        LOG.warning("The answer to a write could not be kept: %s", failed)


def kept_of(status: int, headers: Headers, body: bytes) -> Answer:
    """What is kept of an answer: all of it, unless it is too long, or says that nobody may keep it."""
    secret = "no-store" in headers.get("cache-control", "")
    beside = {name: headers[name] for name in OF_THE_ANSWER if name in headers}
    return Answer(status, beside, None if secret or len(body) > MOST_KEPT else body)


@dataclass
class Keeping:
    """Holds an answer back until it is kept; one that is too long to be kept is passed on as it comes."""

    on: Send
    whole: bool = True
    _messages: list[Message] = field(default_factory=list)
    _bytes: int = 0

    async def send(self, message: Message) -> None:
        """Take a part of the answer."""
        self._messages.append(message)
        self._bytes += len(message.get("body", b""))
        if self._bytes > MOST_KEPT:
            self.whole = False
            await self.pass_on()

    def answer(self) -> Answer:
        """What is kept of it."""
        start, *parts = self._messages
        headers = Headers(raw=start["headers"])
        return kept_of(start["status"], headers, b"".join(part.get("body", b"") for part in parts))

    async def pass_on(self) -> None:
        """Send what is held back."""
        for message in self._messages:
            await self.on(message)
        self._messages.clear()
