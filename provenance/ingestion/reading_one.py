"""Reads one text or page that somebody sends, and saves nothing."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from provenance.errors import InvalidInput
from provenance.extraction.reader import read
from provenance.extraction.showing import as_json
from provenance.ingestion.loading import LoadedDocument, LoadFailure, Piece
from provenance.ingestion.loading import read as read_piece
from provenance.ingestion.reading_lines import published
from provenance.ingestion.sniff import Media
from provenance.storage.record import Writable


class ReadAsked(Writable):
    """A text to be read: its words, or a page's HTML."""

    verbatim = frozenset({"text", "html"})
    id: str | None = Field(default=None, max_length=500, description="What you call it; the answer repeats it.")
    text: str | None = Field(default=None, description="The article's words, its headline first.")
    html: str | None = Field(default=None, description="A page as it was retrieved, where the words are not at hand.")
    published_at: str | None = Field(
        default=None, description="ISO date or time with zone; 'yesterday' and 'on Thursday' are read from there."
    )
    language: str | None = Field(default=None, max_length=35, description="BCP 47 tag; else the language is found out.")

    @model_validator(mode="after")
    def _is_one(self) -> ReadAsked:
        if self.text is None and self.html is None:
            raise InvalidInput("text: there is nothing to read; give `text` or `html`.", field="text")
        if self.text is not None and self.html is not None:
            raise InvalidInput("text: give either `text` or `html`, and not both.", field="text")
        return self


def reading_of(asked: ReadAsked) -> dict[str, Any]:
    """The reading as it is sent.

    :raises InvalidInput: where a page has no text, or a date is none.
    """
    page = None if asked.html is None else _page(asked.html)
    text = asked.text if page is None else page.text
    at = published(asked.published_at) or (None if page is None else page.published.earliest)
    zones = None if page is None else page.zones or None
    language = asked.language or (None if page is None else page.language)
    answer = as_json(read(text or "", published_at=at, language=language, zones=zones), asked.id)
    return answer if page is None else {**answer, "notes": [*page.notes, *answer["notes"]]}


def _page(html: str) -> LoadedDocument:
    found = read_piece(Piece("html", html.encode(), Media.HTML, charset="utf-8"))
    if isinstance(found, LoadFailure):
        raise InvalidInput(f"html: {found.reason}", field="html")
    return found
