"""The first page: what is held, what is flagged and why, what came in lately."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.dependencies import Reads
from api.web.rendering import page
from provenance.storage.reads import claims
from provenance.storage.reads.asked import ClaimsAsked

router = APIRouter()


@router.get("/")
def home(request: Request, session: Reads) -> Response:
    """The first page."""
    held = claims.claims(session, ClaimsAsked(limit=20))
    return page(request, "home.html", title="Who is this really from?", json="/v1", claims=held.items)
