"""Whether what lies beside an SQLite file is its own: SQLite cannot tell, and lays whatever log it finds over the file.

A log (``-wal``) holds writes that were acknowledged and are not yet in the file. Where one of the two was moved alone,
making a new file would destroy the log, and opening another file would mix two databases. So each database has a number
in its first page, of which the log holds a copy whenever that page was written.
"""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from provenance.errors import DatabaseNotReady

BESIDE = ("-wal", "-shm", "-journal")
NUMBER = 60  # where the first page says which database it is (`PRAGMA user_version`)
HEADER = 100  # bytes before anything else in the first page
LOG_HEADER, FRAME_HEADER = 32, 24
MAGIC = (0x377F0682, 0x377F0683)


def beside(file: Path) -> list[Path]:
    """Files of SQLite's own that lie beside one that may itself be gone."""
    return [one for one in (Path(f"{file}{ending}") for ending in BESIDE) if one.exists()]


def missing(file: Path, otherwise: str) -> str:
    """What is said of a database that is not there: ``otherwise``, unless what was written to it lies there still."""
    left = beside(file)
    if not left:
        return f"There is no database {file}. {otherwise}"
    named = ", ".join(one.name for one in left)
    return (
        f"There is no database {file}, but {named} beside it: the file was moved away alone, and what was written last "
        f"is in there. Put the file back where {left[0]} lies; or, if another one is to be made here, first move "
        f"{named} to wherever the file is, each named like it."
    )


def require_none_left(file: Path) -> None:
    """Refuse to make a file in a place where a log of another one lies, which making it would destroy.

    :raises DatabaseNotReady: saying what to move.
    """
    if beside(file):
        raise DatabaseNotReady(missing(file, ""))


def require_own(file: Path) -> None:
    """Refuse a file beside which the log of another database lies.

    :raises DatabaseNotReady: saying what to move.
    """
    if is_foreign(file, Path(f"{file}-wal")):
        raise DatabaseNotReady(
            f"{file}-wal is not of the database {file}: another file was put in the place of the one that it belongs "
            f"to, and it holds what was written to that one last. Stop whatever has it open, and move {file.name}-wal "
            "and -shm to where that one is now, each named like it."
        )


def is_foreign(file: Path, log: Path) -> bool:
    """Whether a log was certainly written for another file; False where nothing can be told.

    A file that has a number differs from a log with another one. One that has none yet never shrank, as long as nobody
    ran VACUUM, so a log after which it would be smaller is not its own.
    """
    try:
        if not file.stat().st_size:
            # SQLite takes an empty file for a new one, and deletes the log.
            return log.exists() and log.stat().st_size > 0
        # The file first: whatever others write meanwhile, the log is no older than what was read of the file.
        number, pages = _number_and_pages(file)
        with log.open("rb") as stream:
            written = [frame for frame in _frames(stream) if frame[0] is not None or frame[1]]
    except (OSError, sqlite3.DatabaseError):
        # Whoever opens it says what is wrong.
        return False
    numbers = [one for one, _ in written if one is not None]
    if number:
        return bool(numbers) and numbers[-1] != number
    lengths = [length for _, length in written if length]
    return bool(lengths) and lengths[-1] < pages


def _number_and_pages(file: Path) -> tuple[int, int]:
    """What the file itself says, whatever its log holds.

    SQLite reads it, for as soon as a program closes a file that it had opened by itself, the system takes away all
    locks that its connections hold on that file. Whoever closes it next then deletes the log, under those who still
    write to it. (SQLite, "How To Corrupt An SQLite Database File", 2.2.)
    """
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)) as connection:
        (number,) = connection.execute("PRAGMA user_version").fetchone()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    return number, pages


def _frames(stream: BinaryIO) -> Iterator[tuple[int | None, int]]:
    """Of each page in a log: the database's number, if it is the first page, and where it ends a transaction, how many
    pages there were then, else 0.
    """
    begun = stream.read(LOG_HEADER)
    if len(begun) < LOG_HEADER or _at(begun, 0) not in MAGIC:
        return
    size, salts = _at(begun, 8), begun[16:24]
    if not size:
        return
    while len(head := stream.read(FRAME_HEADER)) == FRAME_HEADER and head[8:16] == salts:
        first = stream.read(HEADER) if _at(head, 0) == 1 else b""
        stream.seek(size - len(first), os.SEEK_CUR)
        yield (_at(first, NUMBER) if len(first) == HEADER else None), _at(head, 4)


def _at(data: bytes, place: int) -> int:
    number: int = struct.unpack_from(">I", data, place)[0]
    return number
