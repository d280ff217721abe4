"""All pages, one router per kind, and the files that they need."""

from __future__ import annotations

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.web import (
    bookmarklet,
    claim_desk,
    claims,
    comparing,
    decisions,
    desk,
    document_lists,
    documents,
    events,
    explorer,
    flagged,
    glossary,
    history,
    home,
    logging_in,
    own_corrections,
    publishing,
    reading_articles,
    reviews,
    searching,
    sources,
    stating,
    tallies,
    what_if,
)
from api.web.rendering import STATIC, static
from api.web.withheld import note_who_sees

KINDS = (
    home,
    logging_in,
    flagged,
    glossary,
    claims,
    explorer,
    tallies,
    sources,
    documents,
    decisions,
    events,
    stating,
    comparing,
    what_if,
    reviews,
    searching,
    document_lists,
    history,
    reading_articles,
    bookmarklet,
    desk,
    claim_desk,
    publishing,
    own_corrections,
)


def routers() -> list[APIRouter]:
    """The routers of all pages."""
    return [kind.router for kind in KINDS]


def addresses() -> list[tuple[str, APIRoute]]:
    """The addresses of all pages, each with its route."""
    return [(route.path, route) for router in routers() for route in router.routes if isinstance(route, APIRoute)]


def install(app: FastAPI) -> None:
    """Let the app serve pages at `/` and their files at `/static`."""
    for router in routers():
        app.include_router(router, include_in_schema=False, dependencies=[Depends(note_who_sees)])
    app.add_route("/robots.txt", _robots, include_in_schema=False)
    app.add_route("/favicon.ico", _mark, include_in_schema=False)
    app.mount("/static", KeptFiles(directory=STATIC), name="static")


# What a search engine would only read again and again: work of the desk, forms, and lists that never end.
NOT_FOR_ENGINES = ("/desk", "/read", "/history", "/explorer/go", "/login")


async def _robots(request: Request) -> Response:
    return PlainTextResponse("User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in NOT_FOR_ENGINES))


async def _mark(request: Request) -> Response:
    return RedirectResponse(static("mark.svg"))


class KeptFiles(StaticFiles):
    """Files that browsers may keep for a year where the address holds a hash of their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if scope["query_string"].startswith(b"v="):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
