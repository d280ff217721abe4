"""Draws a page from a template and the answers that it shows; the only place that knows the template engine.

A page module collects answers from the reads that the API uses and hands them to ``page`` under names. Templates see
them, the words of ``api.web.words`` as filters, the addresses of ``api.web.links`` as ``link`` and ``json_link``, and
files of our own as ``static('base.css')``, whose address changes with their content so that browsers may keep them.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.addresses import base_of
from api.conditional import names
from api.forms import ONCE
from api.web import links, words
from provenance.access import who_asks
from provenance.vocabulary import Role

HERE = Path(__file__).parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"


def page(request: Request, template: str, status: int = 200, *, framed: bool = False, **shown: Any) -> Response:
    """A page as a response; 304 where the browser holds the same one. ``framed``: other sites may show it in a frame.

    ``shown`` are the names that the template sees. Of these, ``base.html`` looks at `title`, `description` (a sentence
    for shared links), `crumbs` (pairs of name and address), `json` (address of the same answer for programs),
    `alternates` (the same in other formats: triples of media type, title and address), `feed` (the Atom feed that
    follows it) and `here` (the entry of the navigation that the page belongs to). All see who asks: `asker`, with
    `works` (may propose, and see the desk) and `edits` (may decide), and `seen_by`: a sentence on who sees the record
    that the page is about, where that is not everybody.
    """
    caller = who_asks()
    text = (
        environment()
        .get_template(template)
        .render(
            request=request,
            path=request.url.path,
            canonical=canonical(request),
            asker=caller,
            works=caller.at_the_desk,
            edits=caller.may(Role.EDITOR),
            seen_by=getattr(request.state, "seen_by", ""),
            **shown,
        )
    )
    body = text.encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Cookie, Authorization", **guarded(framed)}
    if status == 200 and names(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(body, status, headers)


def guarded(framed: bool) -> dict[str, str]:
    """What browsers are told never to do with a page: run, load or send anything that is not ours, or frame it.

    In a frame of another site, a reader could be led to press a button here without seeing it.
    """
    whose = "*" if framed else "'self'"
    policy = f"{POLICY}; frame-ancestors {whose}"
    return {"Content-Security-Policy": policy, **({} if framed else {"X-Frame-Options": "SAMEORIGIN"})}


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'"
)


def canonical(request: Request) -> str:
    """The permanent address of the page: without parameters, save those that choose what is answered."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name in CHOOSING and value]
    query = urlencode(kept)
    return f"{base_of(request)}{quote(request.url.path)}{f'?{query}' if query else ''}"


CHOOSING = (
    *("q", "as_of", "known_at", "claim", "from", "to", "source", "rule", "event", "policy", "cursor"),
    *("linked", "document", "report", "upstream", "downstream", "role", "kind", "publisher", "language"),
)


@lru_cache
def environment() -> Environment:
    """The template engine: escapes everything, and refuses a name that a page did not hand over."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(words.FILTERS)
    made.globals.update(
        static=static,
        link=links.link,
        json_link=links.json_link,
        csv_link=links.csv_link,
        sent_once=sent_once,
        product=version("claim-provenance"),
        **DEFAULTS,
    )
    return made


DEFAULTS: dict[str, Any] = {
    "description": None,
    "crumbs": (),
    "json": None,
    "alternates": (),
    "feed": None,
    "here": None,
    "done": None,
}


def sent_once() -> Markup:
    """What a form that adds something holds, so that it adds it once: however often it is sent, as after a double click
    or a line that broke, `api.once` takes the same words under it for the same write.
    """
    return Markup('<input type="hidden" name="{}" value="{}">').format(ONCE, token_urlsafe(16))


@lru_cache
def static(name: str) -> str:
    """The address of a file of ours.

    >>> static("base.css").startswith("/static/base.css?v=")
    True
    """
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"
