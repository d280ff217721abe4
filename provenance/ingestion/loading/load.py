"""Loads documents from wherever they are: a file, a folder, an address, or standard input; one at a time.

Each comes under a key that is the same on each run, so that a bulk ingest can resume, and what cannot be read comes
as a failure with its reason, never as an exception: one bad file must not cost the thousand behind it.
"""

from __future__ import annotations

import gzip
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from provenance.errors import InvalidInput
from provenance.ingestion.fetching import Fetcher
from provenance.ingestion.loading.folders import files_in
from provenance.ingestion.loading.loaded import LoadedDocument, LoadFailure, Piece
from provenance.ingestion.loading.reading import read
from provenance.ingestion.loading.warc import warc_pieces
from provenance.ingestion.loading.web import feed_pieces, web_pieces
from provenance.ingestion.loading.words import one_line
from provenance.ingestion.sniff import HEAD, Media, is_known_name, sniff
from provenance.settings import settings

Skip = Callable[[str], bool]
STDIN = "-"
MOST_PACKINGS = 3  # gzip within gzip; a mistake makes two
OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def load(
    origin: str | Path,
    *,
    stdin: BinaryIO | None = None,
    skip: Skip | None = None,
    fetcher: Fetcher | None = None,
    max_bytes: int | None = None,
) -> Iterator[LoadedDocument | LoadFailure]:
    """The documents at an origin, one after another; memory stays flat however many there are.

    :param origin: a file, a folder, an address of the Web, or ``-`` for standard input.
    :param stdin: what to read for ``-``.
    :param skip: says of a key that its document is already held; it is then neither read nor fetched.
    :param fetcher: fetches pages; an address gets one of its own, but a feed in a file is followed only with one given.
    :param max_bytes: the longest document that is read; by default as set.
    """
    for piece in pieces(origin, stdin=stdin, skip=skip, fetcher=fetcher, max_bytes=max_bytes):
        yield piece if isinstance(piece, LoadFailure) else read(piece)


def pieces(
    origin: str | Path,
    *,
    stdin: BinaryIO | None = None,
    skip: Skip | None = None,
    fetcher: Fetcher | None = None,
    max_bytes: int | None = None,
) -> Iterator[Piece | LoadFailure]:
    """As `load`, but each document still as its bytes, for whoever gives them to `read` on several cores."""
    wanted = _Wanted(skip or _nothing, settings().document_bytes if max_bytes is None else max_bytes, fetcher)
    if isinstance(origin, str) and ADDRESS.match(origin):
        yield from web_pieces(origin, fetcher or Fetcher(settings()), wanted.skip)
    elif isinstance(origin, str) and OTHER_SCHEME.match(origin):
        yield LoadFailure(
            origin, f"{origin[:200]} is not fetched: only http:// and https:// are. A file is named by its path."
        )
    elif origin == STDIN:
        yield from _guarded(STDIN, _from_stream(stdin or sys.stdin.buffer, STDIN, None, wanted))
    elif Path(origin).is_dir():
        for path in files_in(Path(origin)):
            yield from [path] if isinstance(path, LoadFailure) else _from_listed(path, wanted)
    else:
        yield from _from_file(Path(origin), wanted)


@dataclass(frozen=True, slots=True)
class _Wanted:
    skip: Skip
    most: int
    fetcher: Fetcher | None


def _nothing(_: str) -> bool:
    return False


def _from_listed(path: Path, wanted: _Wanted) -> Iterator[Piece | LoadFailure]:
    """A file that nobody named: found in a folder, it is read only if its name or first bytes say what it is."""
    if is_known_name(path.name):
        yield from _from_file(path, wanted)
    elif not wanted.skip(str(path)):
        reason = "it is of no kind that is read; give HTML, text, Markdown, PDF, a feed, WARC or JSON Lines."
        yield LoadFailure(str(path), reason)


def _from_file(path: Path, wanted: _Wanted) -> Iterator[Piece | LoadFailure]:
    key = str(path)
    if wanted.skip(key):
        return
    if path.exists() and not path.is_file():
        yield LoadFailure(key, f"{key} is no regular file; give a file or folder, or - for standard input.")
        return
    if not path.is_file():
        yield LoadFailure(key, f"There is no file or folder {key}; check the path.")
        return
    try:
        with path.open("rb") as stream:
            yield from _guarded(key, _from_stream(stream, key, path.name, wanted))
    except OSError as refused:
        yield LoadFailure(key, f"it cannot be read ({refused.strerror or refused}); allow it to be read.")


def _guarded(key: str, found: Iterator[Piece | LoadFailure]) -> Iterator[Piece | LoadFailure]:
    try:
        yield from found
    except InvalidInput as wrong:
        yield LoadFailure(key, one_line(wrong.message))
    except (EOFError, zlib.error, gzip.BadGzipFile) as broken:
        yield LoadFailure(key, f"it is a damaged gzip file ({one_line(str(broken), 80)}); compress it again.")


def _from_stream(
    stream: BinaryIO, key: str, name: str | None, wanted: _Wanted, packings: int = 0
) -> Iterator[Piece | LoadFailure]:
    head = _read_up_to(stream, HEAD)
    joined = cast(BinaryIO, _Rejoined(head, stream))
    media = sniff(head, name)
    if media is Media.GZIP and packings == MOST_PACKINGS:
        raise InvalidInput(f"it is packed more than {MOST_PACKINGS} times over; unpack it first.")
    if media is Media.GZIP:
        inner = name.removesuffix(".gz").removesuffix(".GZ") if name else None
        with gzip.GzipFile(fileobj=joined) as unpacked:
            yield from _from_stream(cast(BinaryIO, unpacked), key, inner, wanted, packings + 1)
    elif media is Media.JSON_LINES:
        yield from _lines(joined, key, wanted)
    elif media is Media.WARC:
        yield from warc_pieces(joined, key, wanted.skip, wanted.most)
    elif media is Media.FEED:
        yield from feed_pieces(_whole(joined, wanted.most), key, wanted.fetcher, wanted.skip)
    else:
        yield Piece(key, _whole(joined, wanted.most), media, name=name)


def _lines(stream: BinaryIO, key: str, wanted: _Wanted) -> Iterator[Piece | LoadFailure]:
    number = 0
    while line := stream.readline(wanted.most + 1):
        number += 1
        here = f"{key}#{number}"
        if len(line) > wanted.most:
            while line and not line.endswith(b"\n"):
                line = stream.readline(wanted.most)
            yield LoadFailure(here, _too_long(wanted.most))
        elif line.strip() and not wanted.skip(here):
            yield Piece(here, line.strip(), Media.JSON_LINES)


def _whole(stream: BinaryIO, most: int) -> bytes:
    content = _read_up_to(stream, most + 1)
    if len(content) > most:
        raise InvalidInput(_too_long(most))
    return content


def _too_long(most: int) -> str:
    return f"it is longer than {most:,} bytes; split it, or set PROVENANCE_DOCUMENT_BYTES higher."


def _read_up_to(stream: BinaryIO, most: int) -> bytes:
    parts: list[bytes] = []
    while most > 0 and (part := stream.read(min(most, 1 << 20))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


class _Rejoined:
    """A stream whose first bytes were already read, put back in front; a pipe cannot be rewound."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head = head
        self.rest = rest

    def read(self, size: int = -1) -> bytes:
        if not self.head:
            return self.rest.read(size)
        size = len(self.head) if size < 0 else size
        part, self.head = self.head[:size], self.head[size:]
        return part

    def readline(self, size: int) -> bytes:
        end = self.head.find(b"\n") + 1
        if not self.head:
            return self.rest.readline(size)
        if 0 < end <= size or len(self.head) >= size:
            return self.read(min(end or size, size))
        start = self.read(len(self.head))
        return start + self.rest.readline(size - len(start))
