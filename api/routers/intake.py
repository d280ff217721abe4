"""One form for a page behind a paywall, and the copies that are kept of documents."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api.conditional import JSON, written
from api.dependencies import PublicId, Reads, TurnToRead, Writes
from api.documented import READ_ONE, page_of, shows
from api.examples_sheets import COPY, INTAKE
from api.forms import FLAG, Form, described, form_of, valid
from provenance.answers import Page
from provenance.answers_copies import CopyItem, IntakeAnswer
from provenance.errors import InvalidInput
from provenance.ingestion.taking_form import FormGiven, take_form
from provenance.ingestion.taking_one import IngestAsked
from provenance.storage.document import DocumentChange
from provenance.storage.reads import copies as reads

router = APIRouter(tags=["intake"])

TEXTS = {
    "url": "Where the page is; it is fetched only if no text is given.",
    "text": "The words of the article, its headline first.",
    "title": "Its title as printed; else it is found.",
    "publisher": "Id or name of the source that published it; else it is found.",
    "author": "Who signed it, as printed.",
    "published_at": "ISO date or time with zone.",
    "language": "BCP 47 tag; else the language is found out.",
    "event": "Public id of the event that it is about; else it is found, or proposed.",
    "note": "What a reader must know about this copy.",
    "dry_run": "true: write nothing, and answer what would be proposed.",
}
FILES = {"screenshot": "A picture of the page: PNG, JPEG, WebP or PDF of at most 10 MB. It is kept as a copy."}
OF_THE_ARTICLE = ("url", "text", "title", "publisher", "published_at", "language", "event")
# Whatever is kept may be anything that a page sent: it is handed out to be saved, and never runs or shows here.
HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ENDINGS = {
    "text/html": "html",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "application/pdf": "pdf",
}


@router.post(
    "/intake",
    summary="Take in an article with a picture of its page",
    response_model=IntakeAnswer,
    responses=shows(INTAKE, problems=(409, 413, 415, 422, 503)),
    dependencies=[TurnToRead],
    openapi_extra=described(
        "An article, and what is known of it.",
        TEXTS,
        FILES,
        choices={"dry_run": FLAG},
        read_as=(DocumentChange, IngestAsked),
    ),
)
def take_in_form(form: Annotated[Form, Depends(form_of(TEXTS, FILES))], write: Writes) -> Response:
    """Hold an article as a person has it in front of them, which a paywall hides from programs: its address, its
    words, and a picture that proves them. What it states is proposed, as with `POST /v1/ingest`.
    """
    if form.text("text") is None and form.text("url") is None:
        raise InvalidInput("text: give `text` or `url`, so that there is something to read.", field="text")
    asked = valid(IngestAsked, {name: form.text(name) for name in OF_THE_ARTICLE} | {"dry_run": form.flag("dry_run")})
    beside = valid(DocumentChange, {name: form.text(name) for name in ("author", "note")})
    picture = form.files.get("screenshot")
    given = FormGiven(asked, beside, None if picture is None else picture.content)
    return Response(written(take_form(write.engine, given, write.who, write.why)), media_type=JSON)


@router.get("/documents/{document_id}/copies", summary="List the copies of a document", responses=page_of(COPY))
def list_copies(document_id: PublicId, asked: Annotated[reads.CopiesAsked, Query()], session: Reads) -> Page[CopyItem]:
    """The bytes that are kept of a document: the page as it was retrieved, pictures of it."""
    return reads.copies(session, document_id, asked)


@router.get(
    "/documents/{document_id}/copies/{copy_id}",
    summary="Read the bytes of a copy",
    response_class=Response,
    responses={
        200: {
            "description": "The bytes, of the media type that the copy has, to be saved as a file.",
            "content": {"application/octet-stream": {"schema": {"type": "string", "contentMediaType": "*/*"}}},
        },
        **{code: said for code, said in shows(COPY, problems=READ_ONE).items() if code not in (200, 304)},
    },
)
def read_copy(
    document_id: PublicId, copy_id: Annotated[str, Path(description="Public id of the copy.")], session: Reads
) -> Response:
    """The bytes of a copy as they were retrieved; check them by its SHA-256."""
    found = reads.copy_of(session, document_id, copy_id)
    ending = ENDINGS.get(found.media_type, "bin")
    headers = {
        **HARMLESS,
        "Content-Disposition": f'attachment; filename="{copy_id}.{ending}"',
        "ETag": f'"{found.sha256}"',
    }
    return Response(found.content, headers=headers, media_type=found.media_type)
