"""What a page says when something is wrong: the same problem as the API's, for people, with the same status."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import Response

from api.web.rendering import page

# Everything else is a page's address.
FOR_PROGRAMS = ("/v1", "/openapi.json", "/healthz", "/readyz", "/static")


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
    heading = "There is nothing here" if status is HTTPStatus.NOT_FOUND else title
    told = NOT_FOUND if status is HTTPStatus.NOT_FOUND and "/openapi.json" in detail else detail
    shown = {"title": heading, "heading": heading, "detail": told, "errors": errors, "back": _back(request)}
    response = page(request, "problem.html", status, **shown)
    response.headers.update(headers or {})
    return response


NOT_FOUND = "No record has this address. It may be mistyped; addresses that were once given out stay."


def _back(request: Request) -> str | None:
    came_from = urlsplit(request.headers.get("referer", ""))
    same = came_from.netloc == request.url.netloc and came_from.path != request.url.path
    return came_from.path + (f"?{came_from.query}" if came_from.query else "") if same and came_from.path else None
