"""Takes a backup while others read and write: from one moment, whole or not at all, and read back before it counts."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext

from provenance.errors import Conflict, DatabaseNotReady, InvalidInput
from provenance.storage.backup.file import checked
from provenance.storage.backup.lines import End, Manifest, end_line, manifest_line, row_line
from provenance.storage.backup.rows import read, tables_of
from provenance.storage.history import FIRST
from provenance.storage.record import Instant, now
from provenance.storage.session import known_versions, of_one_moment, shown

PREFIX, SUFFIX = "provenance-", ".backup"
LEVEL = 3  # of gzip: half as much work as 6, for a tenth more bytes
OFTEN = 1_000  # rows after which progress is told

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was written and read back: where, what it says of itself, its size in bytes, and its SHA-256."""

    file: Path
    manifest: Manifest
    size: int
    sha256: str


def back_up(engine: sa.Engine, to: Path, progress: Progress | None = None) -> Taken:
    """Write a backup into a file that is not there yet, or under a name with the moment into a folder that is.

    Only its owner may read it. ``progress`` hears how many rows of how many.

    :raises InvalidInput: if there is a file already.
    :raises DatabaseNotReady: if there is no schema, so nothing to keep.
    :raises Conflict: if what was read back is not what was written.
    """
    file = to / f"{PREFIX}{now():%Y%m%dT%H%M%S.%fZ}{SUFFIX}" if to.is_dir() else to
    if file.exists():
        raise InvalidInput(f"There is {file} already, and a backup replaces nothing. Name another file.", field="file")
    with _named_when_whole(file) as half:
        with half.open("wb") as stream, gzip.GzipFile("", "wb", LEVEL, stream) as packing:
            manifest = _write(engine, packing, progress)
        if checked(half) != manifest:
            raise Conflict(f"What was written to {file} reads back as something else. Check that disk.")
        return Taken(file, manifest, half.stat().st_size, _sha256(half))


def _write(engine: sa.Engine, stream: gzip.GzipFile, progress: Progress | None) -> Manifest:
    with of_one_moment(engine).begin() as connection:
        manifest = _manifest(connection)
        digest = hashlib.sha256()
        for number, line in enumerate(_lines(connection, manifest)):
            digest.update(line)
            stream.write(line)
            if progress is not None and (number % OFTEN == 0 or number == manifest.rows):
                progress(number, manifest.rows)
    stream.write(end_line(End(manifest.rows + 1, digest.hexdigest())))
    return manifest


def _lines(connection: sa.Connection, manifest: Manifest) -> Iterator[bytes]:
    yield manifest_line(manifest)
    for held in manifest.tables:
        for row in read(connection, held):
            yield row_line(row)


def _manifest(connection: sa.Connection) -> Manifest:
    schema = MigrationContext.configure(connection).get_current_revision()
    if schema is None:
        raise DatabaseNotReady(
            f"The database {shown(connection.engine.url)} has no schema, so there is nothing to keep."
        )
    history = sa.table("history", sa.column("id"), sa.column("hash"), sa.column("at", Instant()))
    newest = connection.execute(sa.select(history.c.hash, history.c.at).order_by(history.c.id.desc()).limit(1)).first()
    tables = tables_of(connection, schema == known_versions()[-1])
    return Manifest(
        program=version("claim-provenance"),
        schema=schema,
        database=connection.dialect.name,
        taken_at=datetime.now(UTC),
        entries=next(table.rows for table in tables if table.name == "history"),
        newest=newest.hash if newest else FIRST,
        up_to=newest.at if newest else None,
        tables=tables,
    )


@contextmanager
def _named_when_whole(file: Path) -> Iterator[Path]:
    """A file beside it that only its owner may read; it gets the name when all is on the disk, else it goes."""
    try:
        descriptor, name = tempfile.mkstemp(".part", f"{file.name}.", file.parent)
    except OSError as failed:
        failed.filename = str(file)
        raise
    os.close(descriptor)
    half = Path(name)
    try:
        yield half
        flushed(half)
        half.rename(file)
        flushed(file.parent)
    except OSError as failed:
        # A full disk does not say where.
        failed.filename = str(file)
        raise
    finally:
        half.unlink(missing_ok=True)


def flushed(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
