"""Turns everything that can go wrong into a problem document (RFC 9457) or a page that says the same; the only place
that knows status codes.

Each document names what is wrong and the remedy. What happens inside the server is logged and never sent.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.exceptions import HTTPException

from api.faults import Explained, explained, sentence
from api.operating.readiness import CannotAnswer
from api.strangers.errors import google_error
from api.web.problem_pages import is_for_people, problem_page
from provenance.answers_merge import MergedInto
from provenance.answers_server import FieldProblem, Problem
from provenance.errors import (
    Busy,
    Conflict,
    DatabaseNotReady,
    GivenUp,
    InvalidInput,
    KeyNeeded,
    KeyOpensNothing,
    Moved,
    NotAllowed,
    NotFound,
    NotFromHere,
    NotInstalled,
    OutcomeUnknown,
    ProvenanceError,
    StaleWrite,
    TakenAlready,
    TooCostly,
    TooMany,
    UnderWay,
    Unfetchable,
    UnreadableStory,
    VersionNeeded,
)
from provenance.storage.failing import OF_DRIVERS
from provenance.storage.trouble import Trouble, trouble_of
from provenance.storage.undertaking import undertaken

MEDIA_TYPE = "application/problem+json"
LOG = logging.getLogger("provenance.api")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its key in ``type``, its title, and its status."""

    key: str
    title: str
    status: HTTPStatus


KINDS: Mapping[type[ProvenanceError], Kind] = {
    ProvenanceError: Kind("failed", "The request failed", HTTPStatus.INTERNAL_SERVER_ERROR),
    InvalidInput: Kind("invalid-input", "Something given is not valid", HTTPStatus.UNPROCESSABLE_ENTITY),
    UnreadableStory: Kind("unreadable-story", "The story cannot be read", HTTPStatus.UNPROCESSABLE_ENTITY),
    # Not 502: that is what a broken server answers, and ours is whole. Pasting the text is the remedy.
    Unfetchable: Kind("unfetchable", "The page cannot be fetched", HTTPStatus.UNPROCESSABLE_ENTITY),
    NotFound: Kind("not-found", "There is no such record", HTTPStatus.NOT_FOUND),
    Moved: Kind("moved", "The record was merged into another", HTTPStatus.PERMANENT_REDIRECT),
    Conflict: Kind("conflict", "It contradicts what is held", HTTPStatus.CONFLICT),
    StaleWrite: Kind("stale-write", "The record changed meanwhile", HTTPStatus.PRECONDITION_FAILED),
    UnderWay: Kind("under-way", "It was sent already and is not answered yet", HTTPStatus.CONFLICT),
    TakenAlready: Kind("taken-already", "It was sent and written already", HTTPStatus.CONFLICT),
    VersionNeeded: Kind("version-needed", "The change names no version", HTTPStatus.PRECONDITION_REQUIRED),
    KeyNeeded: Kind("key-needed", "A key is needed", HTTPStatus.UNAUTHORIZED),
    KeyOpensNothing: Kind("key-opens-nothing", "The key opens nothing", HTTPStatus.UNAUTHORIZED),
    NotAllowed: Kind("not-allowed", "The key does not reach so far", HTTPStatus.FORBIDDEN),
    NotFromHere: Kind("not-from-here", "It was not sent from a page of this site", HTTPStatus.FORBIDDEN),
    TooMany: Kind("too-many", "Too much was asked at once", HTTPStatus.TOO_MANY_REQUESTS),
    # Not 503: the server is whole, and the same question would fail again.
    TooCostly: Kind("too-costly", "The question takes too long", HTTPStatus.UNPROCESSABLE_ENTITY),
    Busy: Kind("busy", "Somebody else is writing", HTTPStatus.SERVICE_UNAVAILABLE),
    GivenUp: Kind("given-up", "The database gave it up", HTTPStatus.SERVICE_UNAVAILABLE),
    OutcomeUnknown: Kind("outcome-unknown", "Whether it was written is not known", HTTPStatus.SERVICE_UNAVAILABLE),
    NotInstalled: Kind("not-installed", "Something that is needed is not installed", HTTPStatus.NOT_IMPLEMENTED),
    DatabaseNotReady: Kind("not-ready", "The database is not ready", HTTPStatus.SERVICE_UNAVAILABLE),
}
MALFORMED = Kind("malformed-body", "The body cannot be read", HTTPStatus.BAD_REQUEST)


def install(app: FastAPI) -> None:
    """Let the app answer every error with a problem document."""
    app.add_exception_handler(ProvenanceError, _ours)
    app.add_exception_handler(RequestValidationError, _not_as_described)
    app.add_exception_handler(HTTPException, from_http)
    app.add_exception_handler(StatementError, _from_the_database)
    app.add_exception_handler(PoolExhausted, _no_connection_free)
    for raised in OF_DRIVERS:
        app.add_exception_handler(raised, _no_connection)
    app.add_exception_handler(Exception, unforeseen)


def kind_of(error: ProvenanceError) -> Kind:
    """The kind of problem that an error is: that of its class, or of the nearest class above."""
    return next(KINDS[meaning] for meaning in type(error).__mro__ if meaning in KINDS)


async def _ours(request: Request, error: Exception) -> Response:
    if not isinstance(error, ProvenanceError):
        raise error
    if isinstance(error, Moved):
        return _elsewhere(request, error)
    if isinstance(error, GivenUp):
        LOG.warning("%s", error.message)
        work = undertaken()
        if work is not None:
            # Whoever took the request may do it again from the start, and then this answer is not sent.
            work.given_up = True
    return refusal(request, error)


def _away(request: Request, text: str) -> Response:
    return _answer(request, KINDS[DatabaseNotReady], text, headers={"Retry-After": "5"})


def refusal(request: Request, error: ProvenanceError) -> Response:
    """The answer to a request that is refused, at the door as well as inside."""
    if isinstance(error, DatabaseNotReady) and not isinstance(error, CannotAnswer):
        # What it says is for the keeper: it names files and servers.
        LOG.error("%s: %s", kind_of(error).title, error.message)
        return _away(request, "The server cannot use its database now; its log says why. Try again later.")
    fields = [] if error.field is None else [FieldProblem(field=error.field, **_parted(error.message))]
    return _answer(request, kind_of(error), error.message, fields, _beside(error))


def _beside(error: ProvenanceError) -> dict[str, str]:
    match error:
        case KeyNeeded():
            return {"WWW-Authenticate": 'Bearer realm="provenance"'}
        case TooMany(again_in=seconds) | UnderWay(again_in=seconds) | Busy(again_in=seconds):
            return {"Retry-After": str(seconds)}
        case TakenAlready(change=str(change)):
            return {"Location": f"/v1/history/{change}"}
        case _:
            return {}


def _elsewhere(request: Request, moved: Moved) -> Response:
    """A redirect that says so; nobody may keep it, for a split lets the old id answer itself again."""
    path = "/".join(moved.kept if part == moved.gone else part for part in request.url.path.split("/"))
    location = quote(path, safe="/") + (f"?{request.url.query}" if request.url.query else "")
    told = MergedInto(merged_into=moved.kept, location=location, at=moved.at, why=moved.why)
    headers = {"Location": location, "Cache-Control": "no-store"}
    return JSONResponse(told.model_dump(mode="json"), HTTPStatus.PERMANENT_REDIRECT, headers)


async def _not_as_described(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = error.errors()
    if any(fault["type"] == "json_invalid" for fault in faults):
        reason = faults[0].get("ctx", {}).get("error", "it is not JSON")
        return _answer(request, MALFORMED, f"The body is not valid JSON ({reason}). Send one JSON object in UTF-8.")
    endpoint = getattr(request.scope.get("route"), "endpoint", None)
    fields = [_field(explained(fault, endpoint)) for fault in faults]
    return _answer(request, KINDS[InvalidInput], _told(fields), fields)


async def from_http(request: Request, error: Exception) -> Response:
    """The answer to a request that HTTP itself refuses."""
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    if status is HTTPStatus.NOT_FOUND and (elsewhere := _with_or_without_slash(request)):
        return RedirectResponse(elsewhere, HTTPStatus.TEMPORARY_REDIRECT)
    # Only words of ours are a pattern: what somebody sent may stand in the others.
    ours = NESTED if isinstance(error.__cause__, RecursionError) else HTTP_DETAILS.get(status)
    detail = ours.format(method=request.method, path=request.url.path) if ours else str(error.detail)
    kind = Kind(f"http-{status.value}", status.phrase, status)
    headers = dict(error.headers or {})
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = request.app.state.allowed.at(request.url.path) or headers.get("Allow", "GET, HEAD")
    return _answer(request, kind, detail, headers=headers)


def _with_or_without_slash(request: Request) -> str | None:
    """The address of ours that differs from the one asked in a slash at its end alone; None if there is none."""
    path = request.scope["path"]
    other = path[:-1] if path.endswith("/") else f"{path}/"
    if other.startswith("//") or request.app.state.allowed.at(other) is None:
        return None
    return quote(other) + (f"?{request.url.query}" if request.url.query else "")


NESTED = "The body is nested too deeply: lists and objects stand in each other hundreds of times. Make it flatter."
HTTP_DETAILS = {
    HTTPStatus.NOT_FOUND: "There is nothing at {path}. What there is stands in /openapi.json.",
    HTTPStatus.METHOD_NOT_ALLOWED: "{path} does not take {method}; the Allow header says what it takes.",
    HTTPStatus.BAD_REQUEST: "The body cannot be read. Send one JSON object in UTF-8.",
}


async def _from_the_database(request: Request, error: Exception) -> Response:
    if isinstance(error, StatementError) and isinstance(error.orig, ProvenanceError):
        return await _ours(request, error.orig)
    trouble = trouble_of(error)
    if trouble is not None:
        _log_trouble(trouble, error)
        return _troubled(request, trouble)
    LOG.error("The database refused a statement", exc_info=error)
    match error:
        case IntegrityError():
            text = "The database refuses it because it contradicts what is held. Read the record again, then retry."
            return _answer(request, KINDS[Conflict], text)
        case OperationalError():
            return _away(request, "The database does not answer now. Try again later.")
        case _:
            return await unforeseen(request, error)


def _troubled(request: Request, trouble: Trouble) -> Response:
    kind, text, again = TROUBLES.get(trouble, AWAY)
    return _answer(request, kind, text, headers={"Retry-After": str(again)} if again else None)


AWAY = (KINDS[DatabaseNotReady], "The database does not answer now. Try again later.", 5)
# What is told to those who ask; what its keeper has to do stands in the log. No time to come again where none helps.
TROUBLES: Mapping[Trouble, tuple[Kind, str, int | None]] = {
    Trouble.FULL: (
        Kind("disk-full", "The server has no room left", HTTPStatus.INSUFFICIENT_STORAGE),
        "The disk of the server is full, so nothing of this was written. Reading goes on; send it again when its "
        "keeper has made room.",
        60,
    ),
    Trouble.READ_ONLY: (
        Kind("read-only", "The server may not write", HTTPStatus.SERVICE_UNAVAILABLE),
        "The server may not write to its database, so nothing of this was written. Reading goes on; tell its keeper.",
        None,
    ),
    Trouble.DAMAGED: (
        Kind("damaged", "The database is damaged", HTTPStatus.SERVICE_UNAVAILABLE),
        "What was asked for cannot be read, because the file of the database is damaged. Its keeper has to restore a "
        "backup.",
        None,
    ),
    Trouble.BUSY: (
        KINDS[Busy],
        "The database has too much to do now, so nothing of this was written. Send it again.",
        5,
    ),
}


async def failure(request: Request, error: Exception) -> Response:
    """The answer to a request that failed outside the routes: at the door, or on the way there."""
    handlers = request.app.exception_handlers
    handler = next(handlers[kind] for kind in type(error).__mro__ if kind in handlers)
    answer: Response = await handler(request, error)
    return answer


async def _no_connection(request: Request, error: Exception) -> Response:
    trouble = trouble_of(error) or Trouble.GONE
    _log_trouble(trouble, error)
    return _troubled(request, trouble)


async def _no_connection_free(request: Request, _: Exception) -> Response:
    LOG.warning("All connections to the database were in use for too long")
    crowded = TooMany("The database has more to do than it can now. Come again when Retry-After says.", again_in=2)
    return refusal(request, crowded)


def _log_trouble(trouble: Trouble, error: BaseException) -> None:
    # One line: what ails a database is foreseen, and where in the program it was asked says nothing about it.
    said = getattr(error, "orig", None) or error
    line = next((one for one in str(said).splitlines() if one.strip()), type(said).__name__)
    LOG.error("The database does not do what it is asked: %s. %s", line.rstrip("."), trouble.meaning)


async def unforeseen(request: Request, error: Exception) -> Response:
    """The answer to a request that the server fails to answer; its log says why, by the name of the request."""
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        LOG.error("A disk is full", exc_info=error)
        return _troubled(request, Trouble.FULL)
    LOG.error("Unforeseen failure", exc_info=error)
    text = "The server failed; its log says why. Nothing was written."
    try:
        return _answer(request, KINDS[ProvenanceError], text)
    except Exception as again:
        # The page that would say so may be what fails.
        LOG.error("The failure could not be shown as a page", exc_info=again)
        return JSONResponse(Problem.model_validate(BARE).model_dump(), 500, media_type=MEDIA_TYPE)


def _answer(
    request: Request,
    kind: Kind,
    detail: str,
    fields: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    if request.url.path.startswith(GOOGLES):
        return google_error(kind.status, _sendable(detail), headers)
    problem = Problem(
        type=f"urn:provenance:problem:{kind.key}",
        title=kind.title,
        status=kind.status,
        detail=_sendable(detail),
        instance=_sendable(request.url.path),
        errors=list(fields),
    )
    if is_for_people(request):
        return problem_page(request, kind.status, problem.title, problem.detail, problem.errors, headers)
    return JSONResponse(problem.model_dump(), kind.status, headers, MEDIA_TYPE)


NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
BARE = {
    "type": "urn:provenance:problem:failed",
    "title": "The request failed",
    "status": 500,
    "detail": "The server failed; its log says why. Nothing was written.",
    "instance": "",
}

# Where clients of others expect an error in another shape.
GOOGLES = "/v1alpha1/"


def _field(said: Explained) -> FieldProblem:
    return FieldProblem(
        field=_sendable(said.field), message=_sendable(said.message), remedy=_sendable(sentence(said.remedy))
    )


def _told(fields: Sequence[FieldProblem]) -> str:
    told = " ".join(f"{each.field}: {each.message} {each.remedy}" for each in fields[:TOLD])
    more = len(fields) - TOLD
    return f"{told} `errors` holds {more} more." if more > 0 else told


TOLD = 3  # faults in `detail`; `errors` holds all of them


def _sendable(text: str) -> str:
    # JSON may hold half a character (a lone surrogate), which nobody can send back as UTF-8.
    return text.encode(errors="replace").decode()


def _parted(message: str) -> dict[str, str]:
    # Our messages say what is wrong first and what to do next, parted by a full stop or a semicolon.
    for stop in (". ", "; "):
        wrong, parted, remedy = message.partition(stop)
        if parted and remedy.strip():
            return {"message": wrong.rstrip(".") + ".", "remedy": sentence(remedy)}
    return {"message": message, "remedy": "Send something else; /openapi.json describes what belongs here."}
