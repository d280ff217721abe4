"""Writes everything that is held as lines, from one moment, with little in memory however much there is."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING

from provenance.errors import Conflict
from provenance.exchange.everything.lines import End, Head, end_line, head_line, row_line
from provenance.exchange.everything.values import to_line
from provenance.files import written_whole
from provenance.storage.kept import KEPT, KeptTable
from provenance.storage.reads.exporting import all_rows, counts, newest_hash, one_moment, schema_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

PORTION = 64 * 1024  # bytes that are handed on together: a line at a time would cost more than making it
OFTEN = 1_000  # rows after which progress is told

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: its head, how many lines with head and end, and the SHA-256 that the end says."""

    head: Head
    lines: int
    sha256: str


def export(engine: Engine, progress: Progress | None = None) -> Generator[bytes, None, Exported]:
    """All lines, in portions of many; the same record always gives the same bytes. Returns what was written.

    It holds desk notes, proposals and full texts: all that there is, whoever may see it. ``progress`` hears how many
    rows of how many.

    :raises Conflict: if a record cannot be written as JSON, which somebody did past this program.
    """
    digest, lines, portion = hashlib.sha256(), 0, bytearray()
    with one_moment(engine) as connection:
        head = _head(connection)
        for line in _lines(connection, head, progress):
            portion += line
            lines += 1
            if len(portion) >= PORTION:
                digest.update(portion)
                yield bytes(portion)
                portion.clear()
    digest.update(portion)
    exported = Exported(head, lines + 1, digest.hexdigest())
    yield bytes(portion) + end_line(End(lines, exported.sha256))
    return exported


def export_to(engine: Engine, stream: IO[bytes], progress: Progress | None = None) -> Exported:
    """Write all lines to a stream; raises as :func:`export` does."""
    portions = export(engine, progress)
    while True:
        try:
            stream.write(next(portions))
        except StopIteration as over:
            exported: Exported = over.value
            return exported


def export_to_file(engine: Engine, file: Path, progress: Progress | None = None) -> Exported:
    """Write a file that only its owner may read, packed with gzip if it is called ``.gz``; what stood there stays until
    all is written.
    """
    with written_whole(file, private=True) as stream, _packing(stream, packed=file.suffix == ".gz") as lines:
        return export_to(engine, lines, progress)


@contextmanager
def _packing(stream: IO[bytes], packed: bool) -> Iterator[IO[bytes]]:
    if not packed:
        yield stream
        return
    # Without name and time in it, the same lines give the same file.
    with gzip.GzipFile("", "wb", compresslevel=6, fileobj=stream, mtime=0) as packing:
        yield packing  # type: ignore[misc]


def _head(connection: Connection) -> Head:
    return Head(
        schema=schema_of(connection) or "",
        program=version("claim-provenance"),
        history=newest_hash(connection),
        rows=counts(connection),
    )


def _lines(connection: Connection, head: Head, progress: Progress | None) -> Iterator[bytes]:
    yield head_line(head)
    done, total = 0, sum(head.rows.values())
    for kept in KEPT.values():
        for line in _lines_of(connection, kept):
            yield line
            done += 1
            if progress is not None and (done % OFTEN == 0 or done == total):
                progress(done, total)


def _lines_of(connection: Connection, kept: KeptTable) -> Iterator[bytes]:
    told = to_line(kept)
    for values in all_rows(connection, kept):
        row: Mapping[str, object] = told(tuple(values))
        try:
            yield row_line(kept.name, row)
        except ValueError as unwritable:
            named = ", ".join(f"{key.name} {row[key.name]}" for key in kept.table.primary_key)
            raise Conflict(
                f"The row of {kept.name} with {named} cannot be written as JSON ({unwritable}). Correct that record, "
                "then export again."
            ) from unwritable
