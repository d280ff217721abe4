"""The cookie of a browser in which somebody logged in, and the proof that a page of ours sent what comes with it.

A browser sends its cookies with whatever any page makes it send, so a cookie alone says who, and never that they meant
it. Browsers say where a request was made (Origin, Sec-Fetch-Site), and no script can make them lie.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from fastapi import Request, Response

from api.access.behind import scheme_of
from provenance.errors import NotFromHere
from provenance.settings import Settings

COOKIE = "provenance-session"
# Browsers take a cookie of such a name only over https, for this host alone and all of it.
SECURE_COOKIE = f"__Host-{COOKIE}"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
LOG_IN = "/login"
CHANGING_NOTHING = frozenset({"GET", "HEAD", "OPTIONS"})


def token_of(request: Request, settings: Settings) -> str | None:
    """What the cookie holds; None if there is none, or what no cookie of ours could hold."""
    token = request.cookies.get(_name(request, settings), "")
    return token if TOKEN.fullmatch(token) else None


def remember(response: Response, request: Request, settings: Settings, token: str) -> None:
    """Let the browser keep a session until it ends, out of reach of scripts and of other sites' forms."""
    _set(response, request, settings, token, settings.session_hours * 3600)


def forget(response: Response, request: Request, settings: Settings) -> None:
    """Let the browser drop the cookie."""
    _set(response, request, settings, "", 0)


def _set(response: Response, request: Request, settings: Settings, token: str, seconds: int) -> None:
    response.set_cookie(
        _name(request, settings),
        token,
        max_age=seconds,
        path="/",
        secure=is_secure(request, settings),
        httponly=True,
        samesite="lax",
    )


def _name(request: Request, settings: Settings) -> str:
    return SECURE_COOKIE if is_secure(request, settings) else COOKIE


def is_secure(request: Request, settings: Settings) -> bool:
    """Whether readers reach us by https: this one does, or the public address says so."""
    return settings.public_address.startswith("https:") or scheme_of(request, settings) == "https"


def require_our_page(request: Request, settings: Settings) -> None:
    """Refuse what another site sends in the name of whoever logged in in this browser.

    A browser that says neither where it was made is too old to be protected, and a program has a key to send.

    :raises NotFromHere: unless the browser says that a page of ours made the request.
    """
    if not is_from_our_page(request, settings):
        raise NotFromHere(
            "It was not sent from a page of this site, so nothing was done. Open the page here, and send it again. (If "
            "this is such a page, the server does not know its own address: PROVENANCE_PUBLIC_ADDRESS states it.)"
        )


def is_from_our_page(request: Request, settings: Settings) -> bool:
    """Whether the browser says so; all that it says must agree."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    return site is not None if origin is None else origin.lower() in _ours(request, settings)


def _ours(request: Request, settings: Settings) -> frozenset[str]:
    """Our own origins: as readers reach us, and as this request did."""
    public = urlsplit(settings.public_address)
    stated = [(public.scheme, public.netloc)] if public.netloc else []
    asked = (scheme_of(request, settings), request.headers.get("host", ""))
    return frozenset(_origin(scheme, host) for scheme, host in [*stated, asked] if host)


def _origin(scheme: str, host: str) -> str:
    # Browsers leave out the port that a scheme has anyway.
    usual = {"http": ":80", "https": ":443"}[scheme]
    return f"{scheme}://{host.lower().removesuffix(usual)}"
