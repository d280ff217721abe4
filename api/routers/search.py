"""Search: for somebody who has some words and no id."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import examples
from api.dependencies import Reads
from api.documented import READ_MANY, shows
from provenance.answers import SearchAnswer
from provenance.storage.reads.asked import SearchAsked
from provenance.storage.reads.everything import search

router = APIRouter(prefix="/search", tags=["search"])


@router.get("", summary="Search everything", responses=shows(examples.FOUND, problems=READ_MANY))
def search_everything(asked: Annotated[SearchAsked, Query()], session: Reads) -> SearchAnswer:
    """The best matches of each kind of record. Words that nobody could look for find nothing; that is no error."""
    return search(session, asked.q, asked.limit)
