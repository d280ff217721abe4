"""Whose name stands under what is written from a page, and where a form that was taken leads."""

from __future__ import annotations

from urllib.parse import quote

from fastapi.responses import RedirectResponse, Response

from provenance.access import who_asks


def by_page() -> str:
    """How the history names whoever writes from a page: by the owner of the key that they logged in with."""
    return f"page: {who_asks().name}"


def back_to(address: str, done: str) -> Response:
    """After a form was taken: to the page that shows it, which says what was done (`done` names a sentence there)."""
    path, mark, fragment = address.partition("#")
    joint = "&" if "?" in path else "?"
    return RedirectResponse(f"{path}{joint}done={quote(done)}{mark}{fragment}", 303)
