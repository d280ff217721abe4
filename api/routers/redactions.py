"""Redactions: a person's name is taken out of everything for good, and a tombstone says that it was."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Query, Response

from api import examples_redactions as examples
from api.conditional import JSON, written
from api.dependencies import Reads, Writes
from api.documented import page_of, shows
from provenance.analysis.redacting import redacted_for_good
from provenance.answers import Page
from provenance.answers_redaction import Redacted, RedactionItem
from provenance.storage.reads import redactions as reads
from provenance.storage.reads.redactions import RedactionsAsked
from provenance.storage.redacting import RedactionCreate

router = APIRouter(prefix="/redactions", tags=["history"])

Given = Annotated[
    RedactionCreate, Body(openapi_examples={"redact": {"summary": "A witness", "value": examples.REDACT}})
]


@router.get("", summary="List what was redacted", responses=page_of(examples.ITEM))
def list_redactions(asked: Annotated[RedactionsAsked, Query()], session: Reads) -> Page[RedactionItem]:
    """The tombstones: that a name was taken out of everything, when, by whom and why; never which."""
    return reads.redactions(session, asked)


@router.post(
    "",
    summary="Redact a person",
    response_model=Redacted,
    responses=shows(examples.REDACTED, problems=(400, 404, 409, 413, 415, 422)),
)
def redact(body: Given, write: Writes) -> Response:
    """Take the names of a person, in every script, and whatever `also` names, out of everything that is held: every
    state of every record, full texts, archived copies, the history. Each letter becomes a block, so quotes and spans
    keep fitting. It cannot be undone. `provenance verify` accepts the entries of the history that were rewritten,
    because the tombstone vouches for what they say now. Try it with `dry_run` first: that answer also shows parts of
    the name and words like it, which go only if `also` names them.
    """
    answer = redacted_for_good(write.engine, write.who, body)
    return Response(written(answer), 200, {"Cache-Control": "no-store"}, JSON)
