"""Documents: published artefacts as they were retrieved."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import At, PublicId, Reads, Writes
from api.documented import READ_ONE, WRITE_CHANGE, WRITE_NEW, given, page_of, shows
from provenance.answers import DocumentItem, Page
from provenance.answers_detail import DocumentDetail
from provenance.storage.document import DocumentChange, DocumentCreate
from provenance.storage.reads import documents as reads
from provenance.storage.reads.asked import DocumentsAsked
from provenance.storage.writes.documents import change_document, create_document

router = APIRouter(prefix="/documents", tags=["documents"])


@router.get("", summary="List documents", responses=page_of(examples.DOCUMENT))
def list_documents(asked: Annotated[DocumentsAsked, Query()], session: Reads) -> Page[DocumentItem]:
    """Documents; a date or language filter leaves out those whose date or language is not known."""
    return reads.documents(session, asked)


@router.post(
    "",
    status_code=201,
    summary="Add a document",
    response_model=DocumentDetail,
    responses=shows(examples.DOCUMENT_DETAIL, status=201, problems=WRITE_NEW),
)
def add_document(body: Annotated[DocumentCreate, given("document")], write: Writes) -> Response:
    """Add a document as it was retrieved; its length and hash are computed from its text."""
    return write.add(create_document, body, reads.document_detail, "/v1/documents")


@router.get(
    "/{document_id}",
    summary="Read a document",
    response_model=DocumentDetail,
    responses=shows(examples.DOCUMENT_DETAIL, problems=READ_ONE),
)
def read_document(document_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """One document with its text, what its text depends on, and its accepted reports."""
    return tagged(request, reads.document_detail(session, document_id))


@router.patch(
    "/{document_id}",
    summary="Change a document",
    response_model=DocumentDetail,
    responses=shows(examples.DOCUMENT_DETAIL, problems=WRITE_CHANGE),
)
def alter_document(
    document_id: PublicId, body: Annotated[DocumentChange, given("change_document")], write: Writes
) -> Response:
    """Change the fields that are given; null means null. A text that is held is never replaced."""
    return write.change(document_id, change_document, body, reads.document_detail)
