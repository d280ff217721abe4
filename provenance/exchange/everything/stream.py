"""Reads the lines of a whole copy one after the other, and proves that they are all there and as they were written."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from provenance.exchange.everything.lines import End, Head, RowLine, read, shown, wrong
from provenance.storage.kept import KEPT, LEFT_OUT

PACKED = b"\x1f\x8b"
BEGIN_AGAIN = "take the file as `provenance export` wrote it, or export again"


@dataclass
class Lines:
    """The lines of one file; ``number`` and ``size`` are those of the line that was read last, ``end`` the last of all.

    ``longest`` is the most bytes that a line may have, so that a file of one line does not fill the memory.
    """

    stream: IO[bytes]
    longest: int
    number: int = 0
    size: int = 0
    end: End | None = None
    _digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def begin(self) -> Head:
        """The head; raises :class:`InvalidInput` if the file does not begin with one that can be read here."""
        self.stream = unpacked(self.stream)
        line = self._next()
        if not line:
            raise wrong(1, f"the file is empty; {BEGIN_AGAIN}")
        head = read(line, self.number)
        if not isinstance(head, Head):
            raise wrong(self.number, f"the file does not begin with its head; {BEGIN_AGAIN}")
        for table in head.rows.keys() ^ KEPT.keys():
            what = "the head counts no rows of it" if table in KEPT else _unknown(table)
            raise wrong(self.number, what, f"rows.{shown(table)}")
        self._digest.update(line)
        return head

    def rows(self, head: Head) -> Iterator[RowLine]:
        """All rows; raises :class:`InvalidInput`, naming the line, where they are not those that were written."""
        found: Counter[str] = Counter()
        while line := self._next():
            said = read(line, self.number)
            if isinstance(said, End):
                self._finish(said, head, found)
                return
            if isinstance(said, Head):
                raise wrong(self.number, f"a second head; these are two files in one: {BEGIN_AGAIN}")
            if said.table not in KEPT:
                raise wrong(self.number, _unknown(said.table), "table")
            found[said.table] += 1
            self._digest.update(line)
            yield said
        raise wrong(self.number + 1, f"the file ends without its last line, so it was cut off; {BEGIN_AGAIN}")

    def _finish(self, end: End, head: Head, found: Counter[str]) -> None:
        before = self.number - 1
        if end.lines != before:
            raise wrong(self.number, f"{before:,} lines stand before it, and {end.lines:,} were written; {BEGIN_AGAIN}")
        for table, count in head.rows.items():
            if found[table] != count:
                what = f"of {table} there are {found[table]:,} rows, and the head counts {count:,}; {BEGIN_AGAIN}"
                raise wrong(self.number, what)
        if end.sha256 != self._digest.hexdigest():
            what = f"the lines before are not those that were written, by their SHA-256; {BEGIN_AGAIN}"
            raise wrong(self.number, what, "sha256")
        if self._next():
            raise wrong(self.number, f"something follows the last line; {BEGIN_AGAIN}")
        self.end = end

    def _next(self) -> bytes:
        try:
            line = self.stream.readline(self.longest + 1)
        except (EOFError, gzip.BadGzipFile, zlib.error) as damaged:
            what = f"here the packed file is damaged or cut off ({damaged}); {BEGIN_AGAIN}"
            raise wrong(self.number + 1, what) from damaged
        self.number += bool(line)
        self.size = len(line)
        if len(line) > self.longest:
            what = f"it has more than {self.longest:,} bytes; if such a record is meant, set PROVENANCE_DOCUMENT_BYTES"
            raise wrong(self.number, f"{what} larger")
        return line


def unpacked(stream: IO[bytes]) -> IO[bytes]:
    """The stream, unpacked if it is packed with gzip, whatever the file is called."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    if buffered.peek(2)[:2] == PACKED:
        return gzip.GzipFile(fileobj=buffered, mode="rb")  # type: ignore[return-value]
    return buffered


def _unknown(table: str) -> str:
    if table in LEFT_OUT:
        return f"the table {table} is made anew and never imported; {BEGIN_AGAIN}"
    return f"there is no table '{shown(table)}'; {BEGIN_AGAIN}"
