"""What a page says when something is wrong: the same problem as the API's, for people, with the same status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import Response

from api.web.rendering import page

# Everything else is a page's address, or a file of one.
PROGRAMS = ("/v1", "/openapi.json", "/healthz", "/readyz")
FOR_PROGRAMS = (*PROGRAMS, "/static")


def is_for_people(request: Request) -> bool:
    """Whether whoever asked expects a page."""
    path = request.url.path
    return not any(path == start or path.startswith(f"{start}/") for start in FOR_PROGRAMS)


def problem_page(
    request: Request,
    status: HTTPStatus,
    title: str,
    detail: str,
    errors: object,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem as a page: what is wrong, which field, and where to go on."""
    told, lists = _for_people(detail)
    if status is HTTPStatus.NOT_FOUND and "/openapi.json" in detail:
        told = NO_SUCH_ADDRESS
    response = page(
        request,
        "problem.html",
        status,
        title=HEADINGS.get(status, title),
        code=status.value,
        kind=title,
        # What is wrong with fields is told field by field.
        detail=None if errors else told,
        errors=errors,
        lists=lists,
        again=_again(request) if status in PASSING else None,
        back=_back(request),
    )
    response.headers.update(headers or {})
    return response


HEADINGS = {
    HTTPStatus.NOT_FOUND: "There is nothing here",
    HTTPStatus.UNPROCESSABLE_ENTITY: "This cannot be answered as it was asked",
    HTTPStatus.CONFLICT: "It contradicts what is held",
    HTTPStatus.PRECONDITION_FAILED: "Somebody else was faster",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something failed on our side",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not just now",
}
# What may be over when one asks again.
PASSING = frozenset({HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE})
NO_SUCH_ADDRESS = "No record has this address. It may be mistyped; addresses that were once given out stay."
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
