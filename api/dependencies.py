"""What endpoints ask for in their signatures: a session to read with, a recorder to write with, checked parameters."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl

from fastapi import Depends, Header, Path, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.exceptions import HTTPException

from api.conditional import require_base, require_version, tag, tagged, written
from api.forms import READ_THERE
from api.once import kept_of
from provenance.access import who_asks
from provenance.analysis.moments import looking
from provenance.analysis.recording import recording, settled
from provenance.analysis.rules import RULES
from provenance.errors import InvalidInput
from provenance.storage.reads.asked import MomentAsked, Question, moment_of
from provenance.storage.reads.rows import lock
from provenance.storage.reads.taken import HEADER
from provenance.storage.record import Record, Writable
from provenance.storage.undertaking import undertaken
from provenance.storage.writes.taken import keep_answer
from provenance.storage.writes.writer import Writer

C = TypeVar("C", bound=Writable)

PublicId = Annotated[str, Path(description="Public id of the record.")]


def engine_of(request: Request) -> Engine:
    """The engine that the app was started with."""
    engine: Engine = request.app.state.engine
    return engine


def _session(engine: Annotated[Engine, Depends(engine_of)], request: Request) -> Iterator[Session]:
    # Whether an address takes these two is checked beforehand, with all other parameters; a form sends an empty date.
    as_of, known_at = (request.query_params.get(name, "").strip() or None for name in ("as_of", "known_at"))
    moment = moment_of(as_of, known_at)
    with looking(engine, moment) as session:
        yield session


Reads = Annotated[Session, Depends(_session)]
# What a detail takes: `Reads` looks from that moment, and the signature says that the address takes it.
At = Annotated[MomentAsked, Query()]
Held = Annotated[Engine, Depends(engine_of)]


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes for whoever sent the request, and answers with the record as it is afterwards."""

    engine: Engine
    request: Request
    who: str
    why: str | None

    def add(
        self, create: Callable[[Writer, C], Record], given: C, read: Callable[[Session, str], BaseModel], where: str
    ) -> Response:
        """Create a record: 201, where it is, and what it says."""
        with recording(self.engine, self.who, self.why) as writer:
            row = create(writer, given)
            return self._created(writer, row.public_id, read, where)

    def add_to(
        self,
        public_id: str,
        create: Callable[[Writer, str, C], Record],
        given: C,
        read: Callable[[Session, str], BaseModel],
        where: str,
    ) -> Response:
        """Create a part of a record: 201, where the whole is, and what it says now."""
        with recording(self.engine, self.who, self.why) as writer:
            create(writer, public_id, given)
            return self._created(writer, public_id, read, where)

    def change(
        self,
        public_id: str,
        alter: Callable[[Writer, str, C], Record],
        given: C,
        read: Callable[[Session, str], BaseModel],
    ) -> Response:
        """Change a record, if it still is what If-Match says: 200 and what it says now."""
        with recording(self.engine, self.who, self.why) as writer:
            self.hold(writer, public_id, read)
            alter(writer, public_id, given)
            return self.answered(writer, lambda session: tagged(self.request, read(session, public_id)))

    def retire(
        self, public_id: str, let_go: Callable[[Writer, str], object], read: Callable[[Session, str], BaseModel]
    ) -> Response:
        """Let a record hold no longer, if it still is what If-Match says: 204; it stays in the history."""
        with recording(self.engine, self.who, self.why) as writer:
            self.hold(writer, public_id, read)
            let_go(writer, public_id)
            return self.answered(writer, lambda _: Response(status_code=204))

    @property
    def if_match(self) -> str | None:
        """Which versions the change is based on, as the request says."""
        return self.request.headers.get("if-match")

    def hold(self, writer: Writer, public_id: str, read: Callable[[Session, str], BaseModel]) -> None:
        """Let nobody else change a record until the end; refuse to, if it is no longer what If-Match says.

        :raises StaleWrite: if it is not.
        """
        lock(writer.session, public_id)
        require_version(self.if_match, read(writer.session, public_id))

    def answered(self, writer: Writer, answer: Callable[[Session], Response]) -> Response:
        """The answer, made from what is written before anybody can write more, and kept with it where it has a name."""
        settled(writer)
        # What the writing session holds in its hands may be older than what it wrote.
        with Session(writer.session.connection()) as session:
            made = answer(session)
        work = undertaken()
        if work is not None and work.name is not None and not work.lasting:
            keep_answer(writer.session, work.name, kept_of(made.status_code, made.headers, bytes(made.body)))
            work.kept = True
        return made

    def _created(
        self, writer: Writer, public_id: str, read: Callable[[Session, str], BaseModel], where: str
    ) -> Response:
        def answer(session: Session) -> Response:
            body = written(read(session, public_id))
            return Response(body, 201, {"Location": f"{where}/{public_id}", "ETag": tag(body)}, "application/json")

        return self.answered(writer, answer)


def _recorder(
    request: Request,
    engine: Annotated[Engine, Depends(engine_of)],
    author: Annotated[
        str | None,
        Header(
            alias="Provenance-Author",
            max_length=150,
            description="Who writes. The key says so already: left out, or its owner's name.",
        ),
    ] = None,
    reason: Annotated[
        str | None,
        Header(alias="Provenance-Reason", max_length=2000, description="Why; kept in the history."),
    ] = None,
    if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            description="For changes: the ETag of the version that the change is based on, or * for whatever is there.",
        ),
    ] = None,
    _visibility: Annotated[
        Literal["desk", "named"] | None,
        Header(
            alias="Provenance-Visibility",
            description="Who may see what this adds, from the first moment on. desk: those who work here; named: you "
            "alone, until you say who else; left out: as such records are otherwise.",
        ),
    ] = None,
    once: Annotated[
        str | None,
        Header(
            alias=HEADER,
            max_length=255,
            description="Something random, such as a UUID: sent again under it within a day, the same is written once "
            "and answered the same.",
        ),
    ] = None,
) -> Recorder:
    if request.method in CHANGES and request.scope["path"].startswith(OURS):
        require_base(if_match)
    owner = who_asks().name
    if author is not None and _decoded(author) not in ("", owner):
        raise InvalidInput(
            f"Provenance-Author: the key that was sent is that of {owner}, who is named in the history. Leave the "
            "header out.",
            field="Provenance-Author",
        )
    return Recorder(engine, request, f"api: {owner}", None if reason is None else _decoded(reason))


# PUT makes what is not there, too; whether it needs a version is seen in the transaction. Interfaces of others have
# their own rules, which their clients follow.
CHANGES = frozenset({"PATCH", "DELETE"})
OURS = "/v1/"

Writes = Annotated[Recorder, Depends(_recorder)]


# Reading a long text takes seconds; these many wait their turn, so that the other threads stay free for other answers.
MOST_READING = 8
_reading = BoundedSemaphore(MOST_READING)


def turn_to_read() -> Iterator[None]:
    """Refuse a text while many others are being read.

    :raises HTTPException: 503, with when to come again.
    """
    if not _reading.acquire(blocking=False):
        raise HTTPException(
            HTTPStatus.SERVICE_UNAVAILABLE,
            f"{MOST_READING} texts are being read already. Send this one again in some seconds.",
            headers={"Retry-After": "10"},
        )
    try:
        yield
    finally:
        _reading.release()


TurnToRead = Depends(turn_to_read)


def known_parameters_only(request: Request) -> None:
    """Refuse a parameter that the route does not know, one that is given twice where it counts once, and one that is
    empty.

    An ignored filter would silently answer another question.
    """
    if request.scope["query_string"]:
        check_parameters(request.scope["query_string"], request.scope["route"].endpoint)


def readable_parameters_only(request: Request) -> None:
    """Refuse parameters that are not in UTF-8: with marks in place of what they say, they would ask something else.

    Words to search for are taken as they come: what nobody can read is found nowhere, and is never an error.
    """
    in_utf8(request.scope["query_string"])


def in_utf8(query: bytes) -> list[tuple[str, str]]:
    """The names and values of a query.

    :raises InvalidInput: if one of them, other than words to search for, is not in UTF-8, naming it.
    """
    found = parse_qsl(query.decode("latin-1"), keep_blank_values=True, errors="surrogateescape")
    for name, value in found:
        if name not in SEARCHED and HALF.search(name + value):
            shown = name[:100].encode(errors="replace").decode()
            raise InvalidInput(f"{shown}: it is not in UTF-8. Send the bytes of its UTF-8, each as %D0.", field=shown)
    return found


SEARCHED = ("q",)
HALF = re.compile("[\ud800-\udfff]")


def check_parameters(query: bytes, endpoint: Callable[..., Any]) -> None:
    """As `known_parameters_only`, for an endpoint."""
    known = parameters_of(endpoint)
    seen: set[str] = set()
    for name, value in in_utf8(query):
        if name not in known:
            listed = f"Known here: {', '.join(sorted(known))}" if known else "This address takes no parameters"
            raise InvalidInput(f"{name[:100]}: there is no such parameter. {listed}.", field=name[:100])
        if name in seen and not known[name]:
            raise InvalidInput(f"{name}: it is given twice and counts once. Keep one of them.", field=name)
        if not value and name not in SEARCHED:
            # Nothing has an empty id or date: left out, all would be found; taken at its word, nothing.
            raise InvalidInput(f"{name}: it is empty. Give it a value, or leave it out.", field=name)
        seen.add(name)


async def one_json_object(request: Request) -> None:
    """Refuse a body of another content type, and a JSON object with a key that stands in it twice.

    Of two values for one key, a reader of JSON takes either; neither may be dropped silently. An address that takes a
    form or a page reads it itself.
    """
    if request.scope["path"] in READ_THERE:
        return
    body = await request.body() if request.method in WITH_BODY else b""
    if not body:
        return
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        named = f"The body is sent as {kind[:100]}" if kind else "The body is sent without a content type"
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"{named}. Send JSON, with the header Content-Type: application/json."
        )
    try:
        json.loads(body, object_pairs_hook=_each_key_once)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as broken:
        # Where an endpoint takes no body, nobody else would look at it.
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"The body is no JSON: {broken}. Correct it.") from broken


WITH_BODY = frozenset({"POST", "PATCH", "PUT"})


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            shown = key[:100].encode(errors="replace").decode()
            raise InvalidInput(f"{shown}: it stands twice in one object of the body. Keep one of them.", field=shown)
        seen[key] = value
    return seen


@lru_cache
def parameters_of(endpoint: Callable[..., Any]) -> Mapping[str, bool]:
    """The query parameters of an endpoint, each with whether it may be repeated."""
    questions = [hint for hint in get_type_hints(endpoint).values() if isinstance(hint, type)]
    return {
        name: get_origin(field.annotation) is list or list in get_args(field.annotation)
        for question in questions
        if issubclass(question, Question)
        for name, field in question.model_fields.items()
    }


def check_rules(keys: list[str], parameter: str) -> None:
    """Refuse the key of a rule that there is not."""
    known = [rule.key for rule in RULES]
    for key in keys:
        if key not in known:
            raise InvalidInput(
                f"{parameter}: there is no rule '{key}'. Use one of: {', '.join(known)}.", field=parameter
            )


def _decoded(value: str) -> str:
    # Headers arrive as Latin-1; names in other scripts are sent as UTF-8.
    try:
        return value.strip().encode("latin-1").decode()
    except UnicodeError:
        return value.strip()
