"""The values of a row as JSON has them, and back: what a column holds decides, alike for both databases.

Instants are texts in UTC with microseconds, bytes are base64, everything else is what JSON calls it.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from provenance.exchange.everything.lines import shown
from provenance.storage.kept import Holds, KeptColumn, KeptTable
from provenance.storage.texts import DEEPEST, check_text

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


class Unfit(Exception):
    """A value cannot stand in its column; ``column`` is None where the row as a whole is wrong."""

    def __init__(self, column: str | None, why: str) -> None:
        super().__init__(why)
        self.column = column
        self.why = why


def to_line(kept: KeptTable) -> Callable[[tuple[Any, ...]], dict[str, Any]]:
    """Makes rows of a table into what their lines say."""
    names = [column.name for column in kept.columns]
    packed = [position for position, column in enumerate(kept.columns) if column.holds is Holds.BYTES]

    def told(values: tuple[Any, ...]) -> dict[str, Any]:
        row = dict(zip(names, values, strict=True))
        for position in packed:
            row[names[position]] = b64encode(values[position]).decode()
        return row

    return told


def from_line(kept: KeptTable, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as it is stored.

    :raises Unfit: naming the column, where a value is missing, unknown or not what the column holds.
    """
    if len(row) != len(kept.columns) or any(column.name not in row for column in kept.columns):
        raise _misshapen(kept, row)
    return {column.name: _value(column, row[column.name]) for column in kept.columns}


def _misshapen(kept: KeptTable, row: Mapping[str, Any]) -> Unfit:
    known = {column.name for column in kept.columns}
    unknown = next((name for name in row if name not in known), None)
    if unknown is not None:
        return Unfit(shown(unknown), f"the table {kept.name} has no such column; leave it out")
    missing = next(column.name for column in kept.columns if column.name not in row)
    return Unfit(missing, "it is missing; each line holds every column of its table")


def _value(column: KeptColumn, value: Any) -> Any:
    if value is None:
        if not column.optional:
            raise Unfit(column.name, f"it is null, and must be {SAID[column.holds]}")
        return None
    try:
        return READ[column.holds](column, value)
    except ValueError as unfit:
        raise Unfit(column.name, str(unfit)) from unfit


def _integer(column: KeptColumn, value: Any) -> int:
    if type(value) is not int:
        raise _other(column, value)
    if abs(value) > (column.most or 0):
        raise ValueError(f"{str(value)[:40]} is larger than the {column.most} that fit")
    return value


def _number(column: KeptColumn, value: Any) -> float:
    if type(value) not in (int, float):
        raise _other(column, value)
    try:
        return float(value)
    except OverflowError as large:
        raise ValueError("it is larger than any number that is held") from large


def _truth(column: KeptColumn, value: Any) -> bool:
    if type(value) is not bool:
        raise _other(column, value)
    return value


def _text(column: KeptColumn, value: Any) -> str:
    if type(value) is not str:
        raise _other(column, value)
    check_text(value)
    if column.longest is not None and len(value) > column.longest:
        raise ValueError(f"it has {len(value):,} characters, and {column.longest:,} fit")
    return value


def _word(column: KeptColumn, value: Any) -> str:
    if type(value) is not str:
        raise _other(column, value)
    if value not in column.words:
        raise ValueError(f"'{shown(value)}' is no word for it; use one of: {', '.join(sorted(column.words))}")
    return value


def _instant(column: KeptColumn, value: Any) -> datetime:
    if type(value) is not str or not INSTANT.fullmatch(value):
        raise _other(column, value)
    return datetime.fromisoformat(value)


def _json(column: KeptColumn, value: Any) -> Any:
    _check_within(value, DEEPEST)
    try:
        return column.fits.validate_python(value, strict=True)
    except ValidationError as other:
        first = other.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{shown(where) + ': ' if where else ''}{first['msg'].lower()}") from other


def _check_within(value: Any, room: int) -> None:
    """Refuse what is nested too deeply, and half characters: neither can be written as it is."""
    if room == 0:
        raise ValueError(f"it is nested more than {DEEPEST} deep")
    if isinstance(value, str):
        # A NUL may stand in JSON, where it is an escape; half a character cannot be sealed.
        check_text(value.replace("\x00", ""))
    elif isinstance(value, dict):
        for name, one in value.items():
            check_text(name.replace("\x00", ""))
            _check_within(one, room - 1)
    elif isinstance(value, list):
        for one in value:
            _check_within(one, room - 1)


def _bytes(column: KeptColumn, value: Any) -> bytes:
    if type(value) is not str:
        raise _other(column, value)
    try:
        return b64decode(value, validate=True)
    except (NotBase64, ValueError) as other:
        raise _other(column, value) from other


def _other(column: KeptColumn, value: Any) -> ValueError:
    given = f"'{shown(value)}'" if isinstance(value, str) else shown(str(value))
    return ValueError(f"{given} is not {SAID[column.holds]}")


READ: Mapping[Holds, Callable[[KeptColumn, Any], Any]] = {
    Holds.INTEGER: _integer,
    Holds.NUMBER: _number,
    Holds.TRUTH: _truth,
    Holds.TEXT: _text,
    Holds.WORD: _word,
    Holds.INSTANT: _instant,
    Holds.JSON: _json,
    Holds.BYTES: _bytes,
}
SAID: Mapping[Holds, str] = {
    Holds.INTEGER: "an integer",
    Holds.NUMBER: "a number",
    Holds.TRUTH: "true or false",
    Holds.TEXT: "a text",
    Holds.WORD: "a word",
    Holds.INSTANT: "an instant in UTC such as 2022-01-06T12:38:00.000000Z",
    Holds.JSON: "a list or an object",
    Holds.BYTES: "bytes in base64",
}
