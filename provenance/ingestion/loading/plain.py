"""Reads plain text and Markdown: the text is kept as it stands, and its first line may be its headline."""

from __future__ import annotations

from provenance.errors import InvalidInput
from provenance.ingestion.loading.charsets import decode
from provenance.ingestion.loading.loaded import LoadedDocument, Piece
from provenance.ingestion.loading.origins import found_at
from provenance.ingestion.loading.words import one_line
from provenance.ingestion.sniff import Media

LONGEST_TITLE = 200  # characters; a longer first line is a paragraph


def read_plain(piece: Piece) -> LoadedDocument:
    """The document that a text file is.

    :raises InvalidInput: if it is not text, or empty.
    """
    decoded = decode(piece.content, piece.charset)
    if not decoded.text.strip():
        raise InvalidInput("it holds nothing but white space; give a document that has content.")
    return LoadedDocument(
        key=piece.key,
        text=decoded.text,
        media_type=Media.PLAIN,
        title=piece.title or first_line(decoded.text),
        author=piece.author,
        publisher_name=piece.publisher_name,
        language=piece.language,
        published=piece.published,
        retrieved_at=piece.retrieved_at,
        raw=piece.content,
        notes=(*piece.notes, *decoded.notes),
        **found_at(piece.url),
    )


def first_line(text: str) -> str | None:
    r"""The first line, where it stands alone above the text and is short enough for a headline.

    >>> first_line("# Eight officers killed\n\nThe Interior Ministry told Khabar 24 so.")
    'Eight officers killed'
    >>> first_line("The Interior Ministry told Khabar 24 so.") is None
    True
    """
    first, parted, rest = text.lstrip().partition("\n")
    title = one_line(first.lstrip("#"))
    alone = bool(parted and rest.strip()) and (first.startswith("#") or not title.endswith((".", ";", ",")))
    return title if title and alone and len(title) <= LONGEST_TITLE else None
