"""Reads a PDF: its text with wrapped lines joined to paragraphs, and what its metadata say.

A locked file and one that is only pictures of pages are common in this trade; each is told apart, with what to do.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from pypdf import PasswordType, PdfReader, apply_configuration

from provenance.errors import InvalidInput
from provenance.ingestion.loading.loaded import UNDATED, LoadedDocument, Piece, Published
from provenance.ingestion.loading.origins import found_at
from provenance.ingestion.loading.plain import first_line
from provenance.ingestion.loading.printed_dates import from_address, from_moment
from provenance.ingestion.loading.words import language_tag, one_line
from provenance.ingestion.sniff import Media
from provenance.vocabulary import DateBasis

# It reports each oddity of a file that it then reads all the same.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

MOST_PAGES = 500
MOST_SECONDS = 60.0  # for all pages of one file
# A dense page of text has some ten thousand operators; a page made to be slow, or a map, has a million.
LIMITS = {"stream_parsing_work_maximum_count": 200_000, "zlib_maximum_output_length": 20_000_000}
MOST_CHARACTERS = 5_000_000
FULL = 0.8  # of the widest line: a line at least so wide was broken by the margin, not by the writer
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def read_pdf(piece: Piece) -> LoadedDocument:
    """The document that a PDF holds.

    :raises InvalidInput: if it is damaged, locked by a password, or holds no text but pictures of it.
    """
    reader = _opened(piece.content)
    notes: list[str] = list(piece.notes)
    text = "\n\n".join(_pages(reader, notes))
    if not text.strip():
        raise InvalidInput(
            f"the PDF has {len(reader.pages)} pages and no text that can be read: it seems to be scanned. "
            f"Run it through character recognition (such as ocrmypdf), or paste its text. {' '.join(notes[:2])}"
        )
    title, author, published = _metadata(reader, notes)
    return LoadedDocument(
        key=piece.key,
        text=text,
        media_type=Media.PDF,
        title=piece.title or title or first_line(text),
        author=piece.author or author,
        publisher_name=piece.publisher_name,
        language=_language(reader) or piece.language,
        published=_dated(published, piece),
        retrieved_at=piece.retrieved_at,
        raw=piece.content,
        notes=tuple(notes),
        **found_at(piece.url),
    )


def paragraphs(lines: list[str]) -> list[str]:
    """Lines as a page wraps them, joined to the paragraphs that they were.

    >>> paragraphs(["Eight officers were killed, the Interior Min-", "istry told Khabar 24.", "", "Tass cited it."])
    ['Eight officers were killed, the Interior Ministry told Khabar 24.', 'Tass cited it.']
    """
    widest = max(map(len, lines), default=0)
    done: list[str] = []
    ended = True
    for line in lines:
        words = line.strip()
        if words and not ended:
            joint = re.search(r"[a-zа-яё]-$", done[-1]) and words[0].islower()
            done[-1] = done[-1][:-1] + words if joint else f"{done[-1]} {words}"
        elif words:
            done.append(words)
        ended = not words or (len(line.rstrip()) < FULL * widest and bool(SENTENCE_END.search(words)))
    return done


def _opened(content: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED
        pages = len(reader.pages) if not locked else 0
    except Exception as broken:  # a parser of files that anybody may have made fails in any way there is
        raise InvalidInput(
            f"the PDF is damaged or cut off ({one_line(str(broken), 100) or type(broken).__name__}); "
            "save it again from its source, or paste its text."
        ) from broken
    if locked:
        raise InvalidInput("the PDF is locked with a password; save a copy without one, or paste its text.")
    if pages == 0:
        raise InvalidInput("the PDF has no pages; give one that has.")
    return reader


def _pages(reader: PdfReader, notes: list[str]) -> Iterator[str]:
    held, start = 0, time.monotonic()
    for number, page in enumerate(reader.pages, 1):
        if number > MOST_PAGES or held > MOST_CHARACTERS or time.monotonic() - start > MOST_SECONDS:
            notes.append(f"Only the first {number - 1} of {len(reader.pages)} pages were read; split the PDF for more.")
            return
        try:
            with apply_configuration(None, **LIMITS):
                words = UNWRITABLE.sub("", page.extract_text())
        except Exception as broken:  # as above: one bad page must not cost the others
            notes.append(f"Page {number} could not be read ({type(broken).__name__}).")
            continue
        if not words.strip():
            notes.append(f"Page {number} holds no text; it may be a picture.")
            continue
        held += len(words)
        yield "\n\n".join(paragraphs(words.split("\n")))


def _metadata(reader: PdfReader, notes: list[str]) -> tuple[str | None, str | None, Published]:
    try:
        said = reader.metadata
        if said is None:
            return None, None, UNDATED
        title, author, created = said.title, said.author, said.creation_date
    except Exception as broken:  # as above: metadata are worth less than the text
        notes.append(f"The PDF's metadata could not be read ({type(broken).__name__}).")
        return None, None, UNDATED
    return one_line(title) or None, one_line(author, 300) or None, _created(created)


def _created(created: datetime | None) -> Published:
    if created is None:
        return UNDATED
    moment = created if created.tzinfo else created.replace(tzinfo=UTC)
    return from_moment(moment, created.isoformat(), DateBasis.INFERRED)


def _dated(created: Published, piece: Piece) -> Published:
    # When a file was made is a conclusion about its publication; an index or an address says more.
    if piece.published.earliest:
        return piece.published
    in_address = from_address(piece.url)
    return in_address if in_address.earliest else created


def _language(reader: PdfReader) -> str | None:
    said = reader.root_object.get("/Lang")
    return language_tag(str(said)) if said is not None else None
