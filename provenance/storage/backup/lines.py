"""The lines of a backup: a manifest that says what follows, one line for each row, and an end that proves it whole."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

FORMAT = "claim-provenance-backup"
VERSION = 1

HALF = re.compile(r"[\ud800-\udfff]")
LARGEST = 2**63

Value = None | int | float | str | bytes


class Unreadable(ValueError):
    """A line is not what it should be; the message says why."""


@dataclass(frozen=True, slots=True)
class TableHeld:
    """A table of the backup: its columns in their order, and how many rows of it follow."""

    name: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: by which program, of which schema and kind of database, when, and how much.

    ``entries`` counts the history, ``newest`` is the hash of its newest entry, and ``up_to`` when that was written.
    """

    program: str
    schema: str
    database: str
    taken_at: datetime
    entries: int
    newest: str
    up_to: datetime | None
    tables: tuple[TableHeld, ...]

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(table.rows for table in self.tables)


@dataclass(frozen=True, slots=True)
class End:
    """What the last line says: how many lines stand before it, and the SHA-256 of all their bytes."""

    lines: int
    sha256: str


def manifest_line(manifest: Manifest) -> bytes:
    """The first line."""
    said = asdict(manifest) | {
        "taken_at": manifest.taken_at.isoformat(),
        "up_to": manifest.up_to and manifest.up_to.isoformat(),
    }
    return _line({"format": FORMAT, "version": VERSION, **said})


def row_line(row: Sequence[Value]) -> bytes:
    r"""The line of a row.

    >>> row_line([1, "Tass", None, b"hi"])
    b'[1,"Tass",null,{"bytes":"aGk="}]\n'
    """
    return _line([{"bytes": b64encode(one).decode()} if isinstance(one, bytes) else one for one in row])


def end_line(end: End) -> bytes:
    """The last line."""
    return _line({"end": asdict(end)})


def read_manifest(line: bytes) -> Manifest:
    """The manifest; raises :class:`Unreadable` if it is none."""
    said = _read(line)
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise Unreadable("it does not begin as a backup does")
    if said.get("version") != VERSION:
        raise Unreadable(f"it has version {said.get('version')} of the format, which this program does not read")
    try:
        return _manifest(said)
    except (KeyError, TypeError, ValueError, OverflowError) as wrong:
        raise Unreadable(f"its manifest is not as it was written: {wrong}") from wrong


def read_row(line: bytes) -> list[Value] | End:
    """The values of a row, or the end; raises :class:`Unreadable` if it is neither."""
    match _read(line):
        case list(values):
            return [_value(one) for one in values]
        case {"end": {"lines": int(lines), "sha256": str(sha256)}}:
            return End(lines, sha256)
        case _:
            raise Unreadable("a line is neither a row nor the end")


def _manifest(said: Mapping[str, Any]) -> Manifest:
    tables = tuple(
        TableHeld(str(one["name"]), tuple(map(str, one["columns"])), int(one["rows"])) for one in said["tables"]
    )
    up_to = said["up_to"]
    return Manifest(
        program=str(said["program"]),
        schema=str(said["schema"]),
        database=str(said["database"]),
        taken_at=datetime.fromisoformat(said["taken_at"]),
        entries=int(said["entries"]),
        newest=str(said["newest"]),
        up_to=None if up_to is None else datetime.fromisoformat(up_to),
        tables=tables,
    )


def _value(one: Any) -> Value:
    match one:
        case {"bytes": str(packed)}:
            return _unpacked(packed)
        case str() if HALF.search(one):
            raise Unreadable("a text holds half a character")
        case int() if not -LARGEST <= one < LARGEST:
            raise Unreadable("a number is larger than any column holds")
        case None | int() | float() | str():
            return one
        case _:
            raise Unreadable("a value is of a kind that no column holds")


def _unpacked(packed: str) -> bytes:
    try:
        return b64decode(packed, validate=True)
    except ValueError as damaged:
        raise Unreadable("a value is not bytes in base64") from damaged


def _line(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _read(line: bytes) -> Any:
    if not line.endswith(b"\n"):
        raise Unreadable("it ends in the middle of a line")
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as unreadable:
        raise Unreadable("a line is not JSON") from unreadable
