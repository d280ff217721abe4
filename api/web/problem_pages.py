"""What a page says when something is wrong: the same problem as the API's, for people, with the same status."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import Response

from api.web.rendering import page
from api.web.words import plain, plainly, sentence, when
from provenance.analysis.rules import RULES

# Everything else is a page's address, or a file of one.
PROGRAMS = ("/v1", "/v1alpha1", "/reconcile", "/feeds", "/openapi.json", "/healthz", "/readyz", "/metrics")
FOR_PROGRAMS = (*PROGRAMS, "/static")


def is_for_people(request: Request) -> bool:
    """Whether whoever asked expects a page."""
    path = request.url.path
    return not any(path == start or path.startswith(f"{start}/") for start in FOR_PROGRAMS)


class Fault(Protocol):
    """What is wrong with a field, as programs are told."""

    field: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one field: what pages call it, what was given, and what may stand there, if that is little."""

    field: str
    called: str
    told: str
    given: str | None
    words: tuple[tuple[str, str], ...] = ()


def problem_page(
    request: Request,
    status: HTTPStatus,
    title: str,
    detail: str,
    errors: Sequence[Fault],
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem as a page: what is wrong, which field with a chance to put it right, and where to go on."""
    told, lists = _for_people(detail)
    wrong = [_wrong(request, each) for each in errors]
    response = page(
        request,
        "problem.html",
        status,
        title=HEADINGS.get(status, title),
        code=status.value,
        # What is wrong with fields is told field by field.
        detail=None if errors else INSTEAD.get(status, told) if _is_of_http(detail) else told,
        wrong=wrong,
        mending=[each for each in wrong if each.given is not None],
        others=_others(request, {each.field for each in wrong}),
        lists=lists,
        again=_again(request) if status in PASSING else None,
        back=_back(request),
    )
    response.headers.update(headers or {})
    return response


def said_to_people(message: str) -> str:
    """A message as a page says it: without the name of a field before it, and what only a program would do about it.

    >>> said_to_people("as_of: 'soon' is no date; write 2022 or 2022-01-06.")
    '‘soon’ is no date; write 2022 or 2022-01-06.'
    >>> said_to_people("There is no document 'doc_x'. List what there is with GET /v1/documents.")
    'There is no document ‘doc_x’.'
    """
    bare = re.sub(r"^[a-z_.0-9]+: ", "", LIST.sub("", message))
    for pattern, said in REPHRASED:
        bare = re.sub(pattern, said, bare)
    return sentence(bare)


# What forms call a field.
CALLED: Mapping[str, str] = {
    "as_of": "As published by",
    "known_at": "As held here on",
    "from": "The earlier date",
    "to": "The later date",
    "since": "From",
    "until": "Until",
    "record": "Record",
    "q": "Words",
    "sort": "Sort",
    "limit": "How many",
    "cursor": "Place in the list",
    "status": "Record of corrections",
    "verdict": "Independence",
}


def _called(found: re.Match[str]) -> str:
    return f"“{CALLED.get(found[1], found[1])}”"


def _instant(found: re.Match[str]) -> str:
    return when(datetime.fromisoformat(found[0]))


# How a program is told, and how a person is.
REPHRASED: Sequence[tuple[str, str | Callable[[re.Match[str]], str]]] = (
    (r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+00:00", _instant),
    (r"'([^']*)'", r"‘\1’"),
    (r"`(\w+)`", _called),
    (r"Give the public id of a record", "Give its id, as it stands in the address of its page"),
    (r"[Pp]ublic id", "id"),
    (r"Send (something else|what)[;,]? ?/openapi\.json describes[^.]*\.", "Give something else."),
    (r"\bSend\b", "Give"),
)
USE_ONE_OF = re.compile(r" *Use one of: ([^.]+)\.")
ALIKE = re.compile(r", | or ")


def _wrong(request: Request, fault: Fault) -> Wrong:
    called = CALLED.get(fault.field, sentence(fault.field.replace("_", " ")).rstrip("."))
    listed = USE_ONE_OF.search(fault.remedy)
    told = said_to_people(fault.message) + ("" if listed else f" {said_to_people(fault.remedy)}")
    given = request.query_params.get(fault.field) if request.method in ("GET", "HEAD") else None
    words = tuple((word, _worded(fault.field, word)) for word in ALIKE.split(listed[1])) if listed else ()
    return Wrong(fault.field, called, told, given, words)


def _worded(field: str, word: str) -> str:
    """A word of a list as a person chooses it; a minus sign turns an order round."""
    if word.startswith("-"):
        return f"{_worded(field, word[1:])}, the other way round"
    titles = {rule.key: plainly(rule.title) for rule in RULES} if field in ("flag", "rule") else {}
    return titles.get(word) or sentence(plain(word, VOCABULARY.get(field)))


# Fields of forms whose words need a vocabulary to be said plainly.
VOCABULARY = {"status": "ClaimStatus", "verdict": "Verdict", "kind": "SourceKind"}


def _others(request: Request, wrong: Container[str]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.query_params.multi_items() if value and name not in wrong]


def _is_of_http(detail: str) -> bool:
    return (
        "/openapi.json" in detail
        or "Allow header" in detail
        or "JSON object" in detail
        or "The body is larger" in detail
    )


HEADINGS = {
    HTTPStatus.NOT_FOUND: "There is nothing here",
    HTTPStatus.UNPROCESSABLE_ENTITY: "This cannot be answered as it was asked",
    HTTPStatus.BAD_REQUEST: "This could not be read",
    HTTPStatus.UNAUTHORIZED: "A key is needed",
    HTTPStatus.FORBIDDEN: "That is not allowed",
    HTTPStatus.TOO_MANY_REQUESTS: "Too much at once",
    HTTPStatus.METHOD_NOT_ALLOWED: "Nothing can be sent to this page",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "This is too long",
    HTTPStatus.CONFLICT: "It contradicts what is held",
    HTTPStatus.PRECONDITION_FAILED: "Somebody else was faster",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something failed on our side",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not just now",
}
# What may be over when one asks again.
PASSING = frozenset({HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE})
# What is told where HTTP itself, and no record, is at fault.
INSTEAD = {
    HTTPStatus.NOT_FOUND: "No record has this address. It may be mistyped; addresses that were once given out stay.",
    HTTPStatus.METHOD_NOT_ALLOWED: "A form was sent to an address that only shows something. Nothing was written.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The text is too long to be sent. Go back in your browser, where your words "
    "are still, and send a part of it.",
    HTTPStatus.BAD_REQUEST: "What was sent is broken or cut off. Nothing was written.",
}
LIST = re.compile(r" List what there is with GET /v1/([a-z-]+)\.")
# The lists that have a page.
LISTS = frozenset({"claims", "sources", "documents", "events", "tallies", "flags", "history"})


def _for_people(detail: str) -> tuple[str, str | None]:
    """What is told without what only a program would do about it, and the noun whose list helps further.

    >>> _for_people("There is no claim 'clm_x'. List what there is with GET /v1/claims.")
    ("There is no claim 'clm_x'.", 'claims')
    """
    found = LIST.search(detail)
    return LIST.sub("", detail), found.group(1) if found and found.group(1) in LISTS else None


def _again(request: Request) -> str | None:
    query = f"?{request.url.query}" if request.url.query else ""
    return request.url.path + query if request.method in ("GET", "HEAD") else None


def _back(request: Request) -> str | None:
    came_from = urlsplit(request.headers.get("referer", ""))
    same = came_from.netloc == request.url.netloc and came_from.path != request.url.path
    return came_from.path + (f"?{came_from.query}" if came_from.query else "") if same and came_from.path else None
