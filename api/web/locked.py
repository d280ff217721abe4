"""Where a page needs a key and the browser has none, or has one no more: to the log-in, and no typed word is lost."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qsl, quote, unquote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.access.sessions import LOG_IN, is_from_our_page
from api.limits import MOST_BYTES
from api.web.problem_pages import is_for_people
from api.web.rendering import page
from provenance.settings import Settings

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 1000


async def to_log_in(request: Request) -> Response | None:
    """What people are answered who need a key and sent none; None for programs, and for a key that opens nothing.

    A page leads to the log-in and back. A form is shown as something that can be sent again after logging in, with all
    that was typed; only where a page of ours sent it, for else another site could lay words into that form.
    """
    if not is_for_people(request) or "authorization" in request.headers:
        return None
    if request.method in ("GET", "HEAD"):
        query = request.url.query
        wanted = request.url.path + (f"?{query}" if query else "")
        headers = {"Cache-Control": "no-store"}
        return RedirectResponse(f"{LOG_IN}?next={quote(wanted, safe='/')}", HTTPStatus.SEE_OTHER, headers)
    return page(
        request,
        "locked.html",
        HTTPStatus.UNAUTHORIZED,
        title="Log in to send this",
        typed=await _typed(request),
    )


async def _typed(request: Request) -> list[tuple[str, str]] | None:
    """The fields of a form of ours; None for anything else, and for what is too long to be sent back."""
    settings: Settings = request.app.state.settings
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM or not is_from_our_page(request, settings):
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    try:
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return None


def own_path(wanted: str) -> str:
    r"""An address of ours that somebody may be led to; the first page in the place of any other.

    Browsers read a backslash as a slash and drop line ends, so none of these may stand there, percent-coded or not.

    >>> own_path("/claims?q=dozens"), own_path("//evil.example"), own_path("/\\evil.example"), own_path("https:evil")
    ('/claims?q=dozens', '/', '/', '/')
    """
    told = unquote(wanted)
    leads_away = told.startswith(("//", "/\\")) or "\\" in told.partition("?")[0]
    broken = any(sign < " " or sign == "\x7f" for sign in told)
    return wanted if wanted.startswith("/") and not leads_away and not broken and len(wanted) <= LONGEST else FIRST_PAGE


FIRST_PAGE = "/"
LONGEST = 2000
