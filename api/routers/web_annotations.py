"""Web Annotations: reports as annotations of documents, and annotations of others as proposals."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import Field

from api.addresses import base_of
from api.conditional import JSON, tagged_file, written
from api.dependencies import PublicId, Reads, Writes
from api.documented import READ_ONE, shows, shows_files
from api.examples_annotations import ANNOTATION, COLLECTION, SENT, TAKEN
from provenance.answers_annotations import AnnotationsTaken
from provenance.exchange.annotation.collecting import annotation, collection, collection_page
from provenance.exchange.annotation.format import MEDIA_TYPE
from provenance.exchange.annotation.importing import AnnotationsGiven, take_annotations
from provenance.storage.reads.asked import Included, Question

router = APIRouter(tags=["reports"])

LD = "application/ld+json"
INCLUDE = "`proposed`: also what nobody has accepted yet; what was rejected is never given."
# What the W3C's protocol asks of whoever serves an annotation.
HEADERS = {
    "Link": '<http://www.w3.org/ns/ldp#Resource>; rel="type"',
    "Allow": "GET, HEAD",
    "Vary": "Accept",
}


class AnnotationAsked(Question):
    """Which states of a report give an annotation."""

    include: Included = Field(default=Included.ACCEPTED, description=INCLUDE)


class AnnotationsAsked(AnnotationAsked):
    """Which part of a collection."""

    page: int | None = Field(
        default=None, ge=0, le=1_000_000, description="A page, from 0; without it, the collection says where they lie."
    )


class AnnotationsSent(Question):
    """What is said beside annotations that are taken in."""

    event: str | None = Field(default=None, description="Public id of the event in which claims that are new belong.")
    publisher: str | None = Field(
        default=None,
        description="Public id of the source that published documents that are not held; without it, what is about "
        "such a document is refused.",
    )
    dry_run: bool = Field(default=False, description="Write nothing, and answer what would be proposed.")


@router.get(
    "/reports/{report_id}/annotation",
    summary="Read a report as a Web Annotation",
    response_class=Response,
    responses=shows_files({LD: ANNOTATION}, problems=READ_ONE),
)
def read_annotation(
    report_id: PublicId, asked: Annotated[AnnotationAsked, Query()], request: Request, session: Reads
) -> Response:
    """The report as the W3C's model writes it: the words in the document as the target, the claim as the body.
    Positions count code points of the text that is held.
    """
    return _sent(request, annotation(session, report_id, asked.include, base_of(request)))


@router.get(
    "/documents/{document_id}/annotations",
    summary="List what a document reports as Web Annotations",
    response_class=Response,
    responses=shows_files({LD: COLLECTION}, problems=READ_ONE),
)
def list_annotations(
    document_id: PublicId, asked: Annotated[AnnotationsAsked, Query()], request: Request, session: Reads
) -> Response:
    """An AnnotationCollection with the number of annotations and where its first and last page lie; with `page`, one
    AnnotationPage of up to 50 annotations, which says where the next one lies.
    """
    base = base_of(request)
    if asked.page is None:
        return _sent(request, collection(session, document_id, asked.include, base))
    return _sent(request, collection_page(session, document_id, asked.include, asked.page, base))


@router.post(
    "/annotations",
    summary="Take annotations in",
    response_model=AnnotationsTaken,
    responses=shows(TAKEN, problems=(400, 413, 415, 422)),
)
def take(
    asked: Annotated[AnnotationsSent, Query()],
    body: Annotated[dict[str, Any] | list[Any], Body(openapi_examples=SENT)],
    request: Request,
    write: Writes,
) -> Response:
    """Propose what annotations say: Web Annotations, alone, in a list, a page or a collection, or what Hypothesis
    exports. The document is found by its address, the quote in the text that is held, the claim by its page, its id or
    its words. Nothing is accepted by it; what is held already changes nothing; what cannot be settled is refused with
    the reason, and the rest is proposed all the same.
    """
    given = AnnotationsGiven(asked.event, asked.publisher, asked.dry_run)
    taken = take_annotations(write.engine, body, given, base_of(request), who=write.who, why=write.why)
    return Response(written(taken), media_type=JSON)


def _sent(request: Request, found: dict[str, Any]) -> Response:
    return tagged_file(request, json.dumps(found, ensure_ascii=False).encode(), MEDIA_TYPE, HEADERS)
