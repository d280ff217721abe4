"""W3C PROV: how a claim, a document or an event came about, for the programs that others wrote for provenance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import Field
from sqlmodel import Session

from api.addresses import base_of
from api.conditional import JSON, tagged, tagged_file, written
from api.dependencies import PublicId, Reads, Writes
from api.documented import READ_ONE, shows
from api.examples_prov import RECEIVED, SENT, TERMS, notations
from api.negotiating import negotiated
from provenance.answers_prov import ProvAnswer, ProvTerm, ProvTerms
from provenance.exchange.prov.asking import of_claim, of_document, of_event
from provenance.exchange.prov.model import Document
from provenance.exchange.prov.names import OURS
from provenance.exchange.prov.notations import JSON_TOO, NOTATIONS, Notation
from provenance.exchange.prov.taking.take import take
from provenance.exchange.prov.words import ATTRIBUTES, TYPES
from provenance.storage.reads.asked import MomentAsked, Question

router = APIRouter()
MEDIA = {notation: one.media for notation, one in NOTATIONS.items()}
ALSO = {Notation.JSON: JSON_TOO}


class ProvenanceAsked(MomentAsked):
    """In which notation of PROV, and of which moment."""

    format: Notation | None = Field(
        default=None,
        description="The notation; without it the Accept header decides, and PROV-JSON is sent to whom it may.",
    )


@router.get(
    "/claims/{claim_id}/provenance",
    summary="Tell of a claim in W3C PROV",
    response_class=Response,
    responses=notations((308, *READ_ONE, 406)),
    tags=["claims"],
)
def read_provenance_of_claim(
    claim_id: PublicId, asked: Annotated[ProvenanceAsked, Query()], request: Request, session: Reads
) -> Response:
    """Each accepted report of the claim with every path that it declares: the statement, what each source on the way
    is said to have said, the document; who they are attributed to, and on whose behalf those act. A cut hop stays, and
    says so. What PROV has no word for stands in a namespace that `GET /v1/provenance` explains.
    """
    return _told(request, session, of_claim, claim_id, asked.format)


@router.get(
    "/documents/{document_id}/provenance",
    summary="Tell of a document in W3C PROV",
    response_class=Response,
    responses=notations((*READ_ONE, 406)),
    tags=["documents"],
)
def read_provenance_of_document(
    document_id: PublicId, asked: Annotated[ProvenanceAsked, Query()], request: Request, session: Reads
) -> Response:
    """What the document states and from whom it has it, as with a claim; of the claims nothing that other documents
    decide.
    """
    return _told(request, session, of_document, document_id, asked.format)


@router.get(
    "/events/{event_id}/provenance",
    summary="Tell of an event in W3C PROV",
    response_class=Response,
    responses=notations((*READ_ONE, 406)),
    tags=["events"],
)
def read_provenance_of_event(
    event_id: PublicId, asked: Annotated[ProvenanceAsked, Query()], request: Request, session: Reads
) -> Response:
    """All claims about the event in one document, as with one claim; up to 500 of them."""
    return _told(request, session, of_event, event_id, asked.format)


@router.get(
    "/provenance",
    summary="Read our words in PROV documents",
    response_model=ProvTerms,
    responses=shows(TERMS, problems=(304,)),
    tags=["vocabulary"],
)
def read_terms(request: Request) -> Response:
    """The namespace for what PROV has no word for: figures, stances, hedges, the marks of hops, verdicts."""
    terms = [ProvTerm(term=term, of="type", meaning=meaning) for term, meaning in TYPES.items()]
    terms += [ProvTerm(term=term, of="attribute", meaning=meaning) for term, meaning in ATTRIBUTES.items()]
    return tagged(request, ProvTerms(namespace=base_of(request) + OURS, terms=terms))


class TakeAsked(Question):
    """What taking a document in asks beside it."""

    event: str | None = Field(
        default=None, description="Public id of the event that new claims are about, where the document tells none."
    )


@router.post(
    "/provenance",
    summary="Take in a PROV document",
    response_model=ProvAnswer,
    responses=shows(RECEIVED, problems=(400, 409, 413, 415, 422)),
    tags=["intake"],
)
def take_provenance(
    body: Annotated[dict[str, Any], Body(openapi_examples=SENT)], asked: Annotated[TakeAsked, Query()], write: Writes
) -> Response:
    """Take in PROV-JSON. What a server like this one wrote is known again by its ids. Of what others wrote, an entity
    with a `prov:value` that is derived from nothing is a claim, and an entity derived from it that is attributed to
    somebody is a document with a report, whose hops are the derivations on the way. Reports, claims and new sources
    are proposed; nothing that is held is changed, and what has no place here is listed with the reason.
    """
    return Response(written(take(write.engine, body, asked.event, write.who, write.why)), media_type=JSON)


def _told(
    request: Request,
    session: Session,
    tell: Callable[[Session, str, str], Document],
    public_id: str,
    asked: Notation | None,
) -> Response:
    notation = negotiated(request, asked, MEDIA, ALSO)
    body = NOTATIONS[notation].body(tell(session, public_id, base_of(request)))
    media = MEDIA[notation]
    if notation is Notation.JSON and asked is None and JSON_TOO in request.headers.get("accept", ""):
        media = JSON_TOO
    return tagged_file(request, body, media, {"Vary": "Accept"})
