"""The lines of a whole copy: a head that says what follows, one line for each row, and an end that proves it whole."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from provenance.errors import InvalidInput

NAME = "claim-provenance"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Head:
    """What the first line says: which schema the rows have, which program wrote them, and how many there are.

    ``history`` is the hash of the newest entry of the history. When it was written is left out, so that the same
    record always gives the same bytes.
    """

    schema: str
    program: str
    history: str
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class End:
    """What the last line says: how many lines stand before it, and the SHA-256 of all their bytes."""

    lines: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """What every other line says: a row, and the table that it belongs to."""

    table: str
    row: dict[str, Any]


def head_line(head: Head) -> bytes:
    """The first line.

    >>> head_line(Head("20261122_create_the_record", "0.1.0", "0" * 64, {"claim": 2}))[:58]
    b'{"head":{"format":"claim-provenance","version":1,"schema":'
    """
    said = {"schema": head.schema, "program": head.program, "history": head.history, "rows": dict(head.rows)}
    return written({"head": {"format": NAME, "version": VERSION, **said}})


def row_line(table: str, row: Mapping[str, Any]) -> bytes:
    r"""The line of a row.

    >>> row_line("source_name", {"id": 7, "name": "Хабар 24"}).decode()
    '{"table":"source_name","row":{"id":7,"name":"Хабар 24"}}\n'
    """
    return written({"table": table, "row": row})


def end_line(end: End) -> bytes:
    """The last line."""
    return written({"end": {"lines": end.lines, "sha256": end.sha256}})


def written(value: Mapping[str, Any]) -> bytes:
    """One line of JSON; the same value always gives the same bytes.

    :raises ValueError: for a number that JSON does not have.
    """
    line = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        return line.encode() + b"\n"
    except UnicodeEncodeError:
        # Half a character can be written as an escape alone.
        return json.dumps(value, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def read(line: bytes, number: int) -> Head | RowLine | End:
    """What a line says.

    :raises InvalidInput: naming the line, where it is no line of a whole copy.
    """
    said = _object(line, number)
    match said:
        case {"table": str(table), "row": dict(row), **rest} if not rest:
            return RowLine(table, row)
        case {"head": dict(head), **rest} if not rest:
            return _head(head, number)
        case {"end": {"lines": int(lines), "sha256": str(sha256), **more}, **rest} if not more and not rest:
            return End(lines, sha256)
        case _:
            raise wrong(
                number, 'it is neither {"head": …} nor {"table": …, "row": …} nor {"end": …}; take the file as it was'
            )


def wrong(number: int, what: str, place: str = "") -> InvalidInput:
    """An error that names the line, and in it the place."""
    where = f"line {number}" + (f", {place}" if place else "")
    return InvalidInput(f"{where}: {what}.", field=where)


def _head(head: dict[str, Any], number: int) -> Head:
    match head:
        case {
            "format": str(name),
            "version": int(version),
            "schema": str(schema),
            "program": str(program),
            "history": str(history),
            "rows": dict(rows),
            **rest,
        } if not rest:
            if name != NAME:
                raise wrong(number, f"it is a file of '{name[:50]}'; give one that `provenance export` wrote", "format")
            if version != VERSION:
                what = f"the form is version {version}, and this program reads {VERSION}; use the newer program"
                raise wrong(number, what, "version")
            return Head(schema, program, history, {table: _count(rows, table, number) for table in rows})
        case _:
            what = (
                "it needs format, version, schema, program, history and rows, and nothing else; take the file as it was"
            )
            raise wrong(number, what, "head")


def _count(rows: Mapping[str, Any], table: str, number: int) -> int:
    count = rows[table]
    if isinstance(count, bool) or not isinstance(count, int) or count < 0:
        raise wrong(number, "it is no number of rows; take the file as it was written", f"rows.{shown(table)}")
    return count


def shown(given: str) -> str:
    """Text of others as an error may repeat it."""
    return given[:100].encode(errors="replace").decode()


def _object(line: bytes, number: int) -> Any:
    try:
        return json.loads(line.decode(), object_pairs_hook=_each_once, parse_constant=_no_number, parse_float=_finite)
    except UnicodeDecodeError as other:
        what = f"byte {other.start + 1} is not UTF-8; export again, and let nothing convert the file"
        raise wrong(number, what) from other
    except json.JSONDecodeError as broken:
        what = f"it is no JSON ({broken.msg}); the file was changed or cut off, so take the one that was written"
        raise wrong(number, what, f"column {broken.colno}") from broken
    except RecursionError as deep:
        raise wrong(number, "it is nested too deeply; no record is") from deep
    except ValueError as unfit:
        raise wrong(number, f"{unfit}; take the file as it was written") from unfit


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        [(twice, _), *_] = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"'{shown(twice)}' stands twice in one object")
    return found


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:40]} is larger than any number that is held")
    return number
