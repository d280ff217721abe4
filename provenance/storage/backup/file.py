"""Reads a backup file from its manifest to its end, and proves on the way that it is what was written."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from provenance.errors import InvalidInput
from provenance.storage.backup.lines import End, Manifest, TableHeld, Unreadable, Value, read_manifest, read_row

REMEDY = "Restore another one; `provenance backups FOLDER` says which are whole"


@dataclass
class Reading:
    """A backup that is being read: its manifest, then the rows of its tables in their order, then its end."""

    manifest: Manifest
    stream: IO[bytes] | gzip.GzipFile = field(repr=False)
    lines: int = 1
    _hash: hashlib._Hash = field(default_factory=hashlib.sha256, repr=False)

    def tables(self) -> Iterator[tuple[TableHeld, Iterator[Sequence[Value]]]]:
        """Each table with its rows, which are to be read before the next; raises :class:`Unreadable`.

        Behind the last one the end is read, and the checksum compared.
        """
        for held in self.manifest.tables:
            yield held, self._rows(held)
        self._finish()

    def _rows(self, held: TableHeld) -> Iterator[Sequence[Value]]:
        for _ in range(held.rows):
            row = self._next()
            if isinstance(row, End) or len(row) != len(held.columns):
                raise Unreadable(f"line {self.lines:,} is no row of {held.name}")
            yield row

    def _next(self) -> list[Value] | End:
        line = self.stream.readline()
        if not line:
            raise Unreadable("it was cut off")
        found = read_row(line)
        if isinstance(found, list):
            self.lines += 1
            self._hash.update(line)
        return found

    def _finish(self) -> None:
        end = self._next()
        if not isinstance(end, End) or self.stream.read(1):
            raise Unreadable("it holds more than its manifest says")
        if (end.lines, end.sha256) != (self.lines, self._hash.hexdigest()):
            raise Unreadable("its checksum does not fit what it holds")


@contextmanager
def read_backup(file: Path) -> Iterator[Reading]:
    """A backup to read.

    :raises InvalidInput: naming the file and what to do, if it is damaged, cut off or none of ours.
    """
    try:
        with gzip.open(file) as stream:
            first = stream.readline()
            reading = Reading(read_manifest(first), stream)
            reading._hash.update(first)
            yield reading
    except EOFError as cut:
        raise _refused(file, "it was cut off") from cut
    except (gzip.BadGzipFile, zlib.error) as foreign:
        raise _refused(file, "it is not packed as a backup is, or was damaged") from foreign
    except Unreadable as unreadable:
        raise _refused(file, str(unreadable)) from unreadable


def checked(file: Path) -> Manifest:
    """Read a backup to its end; its manifest. Raises as :func:`read_backup` does."""
    with read_backup(file) as reading:
        for _, rows in reading.tables():
            for _ in rows:
                continue
    return reading.manifest


def _refused(file: Path, why: str) -> InvalidInput:
    return InvalidInput(f"{file} cannot be restored: {why}. {REMEDY}.", field="file")
