"""Turns the bytes of one document into the document, by its kind; pure, so that any process can do it."""

from __future__ import annotations

from dataclasses import replace

from provenance.errors import InvalidInput
from provenance.ingestion.loading.html import read_html
from provenance.ingestion.loading.json_lines import read_json_line
from provenance.ingestion.loading.loaded import LoadedDocument, LoadFailure, Piece
from provenance.ingestion.loading.pdf import read_pdf
from provenance.ingestion.loading.plain import read_plain
from provenance.ingestion.loading.words import one_line
from provenance.ingestion.sniff import Media


def read(piece: Piece) -> LoadedDocument | LoadFailure:
    r"""The document in a piece, or why there is none.

    >>> read(Piece("notes.txt", b"Eight officers killed\n\nKhabar 24 said so.", Media.PLAIN)).title
    'Eight officers killed'
    """
    try:
        return replace(_read(piece), etag=piece.etag, last_modified=piece.last_modified)
    except InvalidInput as wrong:
        return LoadFailure(piece.key, one_line(wrong.message))


def _read(piece: Piece) -> LoadedDocument:
    match piece.media:
        case Media.HTML:
            return read_html(piece)
        case Media.PLAIN:
            return read_plain(piece)
        case Media.PDF:
            return read_pdf(piece)
        case Media.JSON_LINES:
            return read_json_line(piece)
        case Media.FEED | Media.WARC | Media.GZIP:
            raise InvalidInput(f"it is {piece.media.value}, which holds documents but is none; load what it holds.")
