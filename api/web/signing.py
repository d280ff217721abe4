"""Who writes from a page, and that it was a page of ours that asked for it.

Nobody checks the name in this version; it is kept in the history as `page: NAME`, and remembered in a cookie so that
it is typed once.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, unquote, urlsplit

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from provenance.errors import InvalidInput

COOKIE = "provenance-name"
LONGEST_NAME = 150


def signed_name(request: Request) -> str:
    """The name that was given last in this browser; empty if none was."""
    return unquote(request.cookies.get(COOKIE, ""))[:LONGEST_NAME]


def written_by(name: str) -> str:
    """How the history names whoever writes from a page.

    >>> written_by(" Aigerim ")
    'page: Aigerim'

    :raises InvalidInput: for no name, and for one that is too long to be kept whole.
    """
    given = name.strip()
    if not given:
        raise InvalidInput("by: it is empty. Say who you are.", field="by")
    if len(given) > LONGEST_NAME:
        raise InvalidInput(
            f"by: the name has {len(given)} letters. Give one of at most {LONGEST_NAME}, so that none is lost.",
            field="by",
        )
    return f"page: {given}"


def back_to(address: str, done: str, name: str | None = None) -> Response:
    """After a form was taken: to the page that shows it, which says what was done (`done` names a sentence there)."""
    path, mark, fragment = address.partition("#")
    joint = "&" if "?" in path else "?"
    response = RedirectResponse(f"{path}{joint}done={quote(done)}{mark}{fragment}", 303)
    if name and name.strip():
        response.set_cookie(COOKIE, quote(name.strip()[:LONGEST_NAME]), max_age=YEAR, samesite="lax", httponly=True)
    return response


YEAR = 365 * 24 * 3600


def from_our_page(request: Request) -> None:
    """Refuse a form that another site sends in the name of whoever reads it.

    Browsers say where a form stood; a program that says nothing is no browser, and nobody is misled in its name.

    :raises HTTPException: 403.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    foreign = site not in (None, "same-origin", "none")
    if origin is not None:
        foreign = foreign or urlsplit(origin).netloc != request.url.netloc
    if foreign:
        raise HTTPException(403, "The form was sent from another site. Open the page here, and send it again.")


OurPage = Annotated[None, Depends(from_our_page)]
