"""Reads an article that somebody pastes or points at, shows what it would propose, and takes it in when asked to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.exceptions import HTTPException

from api.dependencies import Held, turn_to_read
from api.faults import explained
from api.limits import MOST_BYTES
from api.web.document_marks import marks_of_reading
from api.web.document_notices import EXCERPT
from api.web.links import link
from api.web.marking import blocks
from api.web.rendering import page
from api.web.signing import back_to, by_page
from provenance.analysis.recording import recording
from provenance.answers_reading import FigureShown, ReadingAnswer
from provenance.errors import Conflict, InvalidInput
from provenance.extraction.reading import Zone
from provenance.ingestion.reading_one import ReadAsked, reading_of
from provenance.ingestion.taking_one import IngestAsked, look_at, take
from provenance.storage.document import DocumentChange
from provenance.storage.writes.documents import change_document
from provenance.vocabulary import FigureKind, TakenIn


class LongForm(APIRoute):
    """Takes forms as long as bodies may be: one field is the whole article, and letters are sent as several signs."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, which finds the form parsed."""
        handle = super().get_route_handler()

        async def parsed(request: Request) -> Response:
            if request.method == "POST":
                await request.form(max_part_size=MOST_BYTES)
            return await handle(request)

        return parsed


router = APIRouter(route_class=LongForm)

MOST_READ = 400_000  # characters, which take about a minute
MOST_DRAWN = 100_000  # characters of a text that are shown with their marks
taking_a_turn = contextmanager(turn_to_read)


class Article(BaseModel):
    """What was typed, or what the bookmarklet sends; all of it may be empty.

    ``fetched`` is the hash of the text as it came from the address: where nobody changed it, the page itself is saved.
    ``excerpt``: the words are only a part of the page; ``asked``: whoever saves it was asked who published it.
    """

    model_config = ConfigDict(frozen=True)

    url: str = ""
    text: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""
    language: str = ""
    fetched: str = ""
    excerpt: str = ""
    asked: str = ""

    @property
    def words(self) -> str:
        """The text with plain line ends, which forms change."""
        return self.text.replace("\r\n", "\n")


@router.get("/read")
def begin(request: Request, article: Annotated[Article, Query()]) -> Response:
    """An empty form, or one that the bookmarklet filled."""
    return _shown(request, article.model_copy(update={"date": article.date.strip()[:40]}))


@router.post("/read")
def read(request: Request, article: Annotated[Article, Form()]) -> Response:
    """Read it; what is wrong is told beside what was typed."""
    try:
        with taking_a_turn():
            article = _fetched(article)
            reading = _read(article)
        return _shown(request, article, reading)
    except REFUSED as refused:
        return _shown(request, article, None, refused)


@router.post("/read/save")
def save(request: Request, article: Annotated[Article, Form()], engine: Held) -> Response:
    """Take it in and go on to its page; what is wrong is told beside what was typed."""
    try:
        given, who = _to_take(article), by_page()
        article = _asked_for_publisher(article, given)
        with taking_a_turn():
            taken = take(engine, given, who)
        if article.excerpt and given.text is not None and taken.outcome is not TakenIn.KNOWN:
            with recording(engine, who) as writer:
                change_document(writer, taken.document.id, DocumentChange.model_validate({"note": EXCERPT}))
    except Unpublished as refused:
        return _shown(request, article.model_copy(update={"asked": "publisher"}), None, refused)
    except REFUSED as refused:
        return _shown(request, article, None, refused)
    done = "known" if taken.outcome is TakenIn.KNOWN else "taken" if taken.reports else "kept"
    return back_to(link(taken.document.id), done)


@router.post("/read/proposals")
def propose(request: Request, article: Annotated[Article, Form()]) -> Response:
    """What is read in a text, as a part of the page, for a script that asks while somebody types."""
    try:
        with taking_a_turn():
            reading = _read(article)
        return _part(request, reading, None)
    except REFUSED as refused:
        return _part(request, None, refused)


class Unpublished(InvalidInput):
    """Nobody is named who published the article; it can be left open, by sending the form again."""


REFUSED = (InvalidInput, Conflict, ValidationError, HTTPException)


def _asked_for_publisher(article: Article, given: IngestAsked) -> Article:
    """The article, where its publisher is named or found on its page, or was asked for before."""
    if given.text is not None and given.publisher is None and not article.asked:
        raise Unpublished(
            "publisher: nobody is named who published it. Fill in “Published by”, or save again to leave it open.",
            field="publisher",
        )
    return article


def _to_take(article: Article) -> IngestAsked:
    """What is taken in: the page at the address where nobody changed its words, else the words."""
    whole = bool(article.url.strip()) and (not article.words.strip() or _hash(article.words) == article.fetched)
    given = {
        "text": None if whole else article.words,
        "url": article.url.strip() or None,
        "title": article.title.strip() or None,
        "publisher": article.publisher.strip() or None,
        "published_at": article.date.strip() or None,
        "language": article.language.strip() or None,
    }
    if given["text"] is not None and not article.words.strip():
        raise InvalidInput("text: there is nothing to read. Paste the article, or give its address.", field="text")
    _check_length(article)
    return IngestAsked.model_validate(given)


def _fetched(article: Article) -> Article:
    """The article with what its page says, where only its address was given."""
    if article.words.strip() or not article.url.strip():
        return article
    found = look_at(article.url.strip())
    day = found.published.earliest
    return article.model_copy(
        update={
            "text": found.text,
            "fetched": _hash(found.text),
            "title": article.title or found.title or "",
            "publisher": article.publisher or found.publisher_name or "",
            "date": article.date or ("" if day is None else day.date().isoformat()),
            "language": article.language or found.language or "",
        }
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.replace("\r\n", "\n").strip().encode(errors="replace")).hexdigest()


def _read(article: Article) -> ReadingAnswer:
    if not article.words.strip():
        raise InvalidInput("text: there is nothing to read. Paste the article, or give its address.", field="text")
    _check_length(article)
    given = {"text": article.words, "published_at": article.date.strip() or None}
    given |= {"language": article.language.strip() or None}
    return ReadingAnswer.model_validate(reading_of(ReadAsked.model_validate(given)))


def _check_length(article: Article) -> None:
    if len(article.words) > MOST_READ:
        raise HTTPException(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"The text is too long: it has {len(article.words):,} characters. Paste a part of it, of at most "
            f"{MOST_READ:,}.",
        )


def _shown(
    request: Request, article: Article, reading: ReadingAnswer | None = None, refused: Exception | None = None
) -> Response:
    status, told = _told(refused)
    shown = page(
        request,
        "read.html",
        status,
        title="Read an article",
        description="Paste an article: who is said to have said what in it, through whom, and with which figures.",
        json=None,
        here="read",
        article=article,
        most=MOST_READ,
        fault=told,
        **_found(reading),
    )
    return _with_headers(shown, refused)


def _part(request: Request, reading: ReadingAnswer | None, refused: Exception | None) -> Response:
    status, told = _told(refused)
    return _with_headers(page(request, "read_found.html", status, fault=told, **_found(reading)), refused)


def _with_headers(response: Response, refused: Exception | None) -> Response:
    """Whoever is sent away for now is told when to come again, as by the API."""
    if isinstance(refused, HTTPException):
        response.headers.update(refused.headers or {})
    return response


def _found(reading: ReadingAnswer | None) -> dict[str, Any]:
    if reading is None:
        return {"reading": None, "blocks": [], "loose": [], "drawn": None}
    zones = [Zone(zone.kind, zone.start, zone.end) for zone in reading.zones]
    return {
        "reading": reading,
        "blocks": [one for one in blocks(reading.text, zones, marks_of_reading(reading)) if one.start < MOST_DRAWN],
        "drawn": MOST_DRAWN if len(reading.text) > MOST_DRAWN else None,
        "loose": [one for one in reading.figures if one.statement is None and one.kind is FigureKind.COUNT],
        "figures_of": _by_statement(reading),
    }


def _by_statement(reading: ReadingAnswer) -> dict[int, list[FigureShown]]:
    found: dict[int, list[FigureShown]] = {}
    for figure in reading.figures:
        if figure.statement is not None:
            found.setdefault(figure.statement, []).append(figure)
    return found


def _told(refused: Exception | None) -> tuple[int, str | None]:
    """The status of the answer, and what is wrong in a sentence."""
    match refused:
        case None:
            return HTTPStatus.OK, None
        case HTTPException():
            return refused.status_code, str(refused.detail)
        case ValidationError():
            first = refused.errors()[0]
            said = explained({**first, "loc": ("body", *first["loc"])}, None)
            return HTTPStatus.UNPROCESSABLE_ENTITY, f"{said.field}: {said.message} {said.remedy}"
        case InvalidInput() | Conflict():
            bare = refused.message.removeprefix(f"{refused.field}: ") if refused.field else refused.message
            return HTTPStatus.UNPROCESSABLE_ENTITY, bare
        case _:
            raise refused
