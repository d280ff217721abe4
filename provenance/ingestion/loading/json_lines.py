"""Reads one line of JSON as a document: its text or its page, and what the giver knows of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from provenance.errors import InvalidInput
from provenance.ingestion.loading.html import read_html
from provenance.ingestion.loading.loaded import UNDATED, LoadedDocument, Piece, Published
from provenance.ingestion.loading.origins import found_at, is_web_address
from provenance.ingestion.loading.plain import first_line
from provenance.ingestion.loading.printed_dates import has_time_without_zone, read_printed
from provenance.ingestion.loading.words import language_tag, one_line
from provenance.ingestion.sniff import Media
from provenance.storage.texts import check_text
from provenance.vocabulary import DateBasis

FIELDS = ("id", "text", "html", "url", "title", "publisher", "author", "published_at", "language")


def read_json_line(piece: Piece) -> LoadedDocument:
    """The document that one line holds.

    :raises InvalidInput: if the line is no JSON object, or holds neither a text nor a page.
    """
    line = _object(piece.content)
    notes = list(_unknown(line))
    text, page = _string(line, "text"), _string(line, "html")
    if (text is None) == (page is None):
        which = "both 'text' and 'html'" if text else "neither 'text' nor 'html'"
        raise InvalidInput(f"the line has {which}; give one of the two.")
    beside = replace(
        piece,
        url=_address(line, notes),
        title=one_line(_string(line, "title")) or None,
        author=one_line(_string(line, "author")) or None,
        publisher_name=one_line(_string(line, "publisher")) or None,
        language=_language(line, notes),
        published=_published(line, notes),
        notes=(*piece.notes, *notes),
    )
    document = _of_text(beside, text) if text is not None else _of_page(beside, page or "")
    return replace(document, id=_id(line), media_type=Media.JSON_LINES, raw=piece.content)


def _of_text(piece: Piece, text: str) -> LoadedDocument:
    return LoadedDocument(
        key=piece.key,
        text=text.replace("\r\n", "\n").replace("\r", "\n"),
        media_type=Media.JSON_LINES,
        title=piece.title or first_line(text),
        author=piece.author,
        publisher_name=piece.publisher_name,
        language=piece.language,
        published=piece.published,
        notes=piece.notes,
        **found_at(piece.url),
    )


def _of_page(piece: Piece, page: str) -> LoadedDocument:
    document = read_html(replace(piece, content=page.encode(), charset="utf-8"))
    # Whoever gave the line knows more than the page: what it says goes first.
    return replace(
        document,
        title=piece.title or document.title,
        author=piece.author or document.author,
        publisher_name=piece.publisher_name or document.publisher_name,
        language=piece.language or document.language,
        published=piece.published if piece.published.earliest else document.published,
    )


def _object(content: bytes) -> Mapping[str, Any]:
    try:
        line = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise InvalidInput(f"the line is not UTF-8 (byte {wrong.start + 1}); write the file in UTF-8.") from wrong
    except json.JSONDecodeError as wrong:
        raise InvalidInput(f"the line is no JSON ({wrong.msg}, column {wrong.colno}); one object a line.") from wrong
    except (RecursionError, ValueError) as wrong:
        raise InvalidInput("the line nests too deeply or holds a number too long to read; write it flat.") from wrong
    if not isinstance(line, dict):
        raise InvalidInput('the line is no JSON object; write one such as {"id": "1", "text": "..."}.')
    return line


def _unknown(line: Mapping[str, Any]) -> Iterator[str]:
    names = ", ".join(one_line(name, 40) for name in sorted(set(line) - set(FIELDS))[:10])
    if names:
        yield f"Passed over what is not known here: {names}; what is known: {', '.join(FIELDS)}."


def _string(line: Mapping[str, Any], name: str) -> str | None:
    value = line.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise InvalidInput(f"'{name}' is no string; write it in quotes.")
    try:
        check_text(value)
    except ValueError as wrong:
        raise InvalidInput(f"'{name}': {wrong}.") from wrong
    return value


def _id(line: Mapping[str, Any]) -> str | None:
    value = line.get("id")
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return None if value is None else str(value)
    return _string(line, "id")


def _address(line: Mapping[str, Any], notes: list[str]) -> str | None:
    url = _string(line, "url")
    if url is None or is_web_address(url.strip()):
        return url and url.strip()
    notes.append(
        f"Passed over the url '{one_line(url, 80)}': it is no web address that begins with https:// or http://."
    )
    return None


def _language(line: Mapping[str, Any], notes: list[str]) -> str | None:
    said = _string(line, "language")
    tag = language_tag(said)
    if said and tag is None:
        notes.append(f"Passed over the language '{one_line(said, 40)}': it is no tag such as en or pt-BR.")
    return tag


def _published(line: Mapping[str, Any], notes: list[str]) -> Published:
    said = line.get("published_at")
    if said is None or said == "":
        return UNDATED
    date = read_printed(str(said), DateBasis.INDEX)
    if date is None:
        notes.append(
            f"The date '{one_line(str(said), 60)}' could not be read; write one such as 2022-01-06T12:38+06:00."
        )
        return Published(printed=one_line(str(said), 200))
    if has_time_without_zone(str(said)):
        notes.append(f"The time '{date.printed}' has no zone, so only its day is known; add one, such as +06:00 or Z.")
    return date
