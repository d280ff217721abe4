"""Reads web archives (WARC): each page, text or PDF in them, with the address and the moment of its capture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import Message
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from provenance.errors import InvalidInput
from provenance.ingestion.loading.loaded import LoadFailure, Piece
from provenance.ingestion.loading.words import one_line
from provenance.ingestion.sniff import HEAD, Media, sniff

PAGES = frozenset({Media.HTML, Media.PLAIN, Media.PDF})
DECLARED = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf", "")


def warc_pieces(stream: BinaryIO, key: str, skip: Callable[[str], bool], most: int) -> Iterator[Piece | LoadFailure]:
    """The pages in an archive, by the number of their record; what else a page needed (images, scripts) is passed over.

    :param skip: says of a key that it is not wanted.
    :param most: bytes that a page may have, unpacked.
    """
    number, pages = 0, 0
    records = iter(ArchiveIterator(stream))
    try:
        for number, record in enumerate(records, 1):
            here = f"{key}#{number}"
            if _may_be_a_page(record):
                pages += 1
                yield from () if skip(here) else _piece(record, here, most)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, IndexError) as broken:
        # Whatever a damaged archive makes its reader stumble over, the records before it were given.
        reason = one_line(str(broken), 120) or type(broken).__name__
        yield LoadFailure(key, f"it is damaged after record {number} ({reason}); fetch or unpack it again.")
    else:
        if pages == 0:
            yield LoadFailure(key, f"it holds {number} records and no page among them; give an archive of pages.")


def _may_be_a_page(record: Any) -> bool:
    if record.rec_type == "resource":
        return _media_type(record) in DECLARED
    if record.rec_type != "response" or record.http_headers is None:
        return False
    return str(record.http_headers.get_statuscode()) == "200" and _media_type(record) in DECLARED


def _piece(record: Any, here: str, most: int) -> Iterator[Piece | LoadFailure]:
    content = _content(record, most + 1)
    url = one_line(record.rec_headers.get_header("WARC-Target-URI")).strip("<>") or None
    if len(content) > most:
        yield LoadFailure(here, f"{url} is longer than {most:,} bytes; set PROVENANCE_DOCUMENT_BYTES higher.")
        return
    try:
        name = PurePosixPath(urlsplit(url or "").path).name or None
        media = sniff(content[:HEAD], name, _media_type(record) or None)
    except InvalidInput as wrong:
        yield LoadFailure(here, f"{url}: {wrong.message}")
        return
    if media in PAGES:
        retrieved = _captured(record.rec_headers.get_header("WARC-Date"))
        charset = _message(record).get_content_charset()
        yield Piece(here, content, media, name=name, charset=charset, url=url, retrieved_at=retrieved)


def _content(record: Any, most: int) -> bytes:
    stream, parts = record.content_stream(), []
    while most > 0 and (part := stream.read(min(most, 1 << 16))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _media_type(record: Any) -> str:
    declared = _message(record)["content-type"]
    return str(declared or "").partition(";")[0].strip().lower()


def _message(record: Any) -> Message:
    headers = record.http_headers or record.rec_headers
    message = Message()
    message["content-type"] = one_line(headers.get_header("Content-Type"))
    return message


def _captured(said: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat((said or "").strip())
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
