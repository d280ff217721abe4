"""Cuts a list into pages by the keys of the last row seen, so that rows that are added meanwhile move nothing.

A cursor holds those keys, the order and a fingerprint of the filters. It is sealed with a checksum: a cursor that
was shortened, edited or used with other filters is refused, because it would silently answer another question.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from math import isfinite
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.errors import InvalidInput
from provenance.storage.reads.asked import Paged
from provenance.storage.reads.rows import Found, rows
from provenance.storage.record import Instant

Keys = tuple[sa.ColumnElement[Any], ...]

# What stands in for a missing value so that it comes last in either direction.
LAST_UP: Mapping[type, Any] = {
    datetime: datetime(9999, 12, 31, tzinfo=UTC),
    float: 1e308,
    int: 2**31 - 1,
    str: "\U0010ffff",
}
LAST_DOWN: Mapping[type, Any] = {datetime: datetime(1000, 1, 1, tzinfo=UTC), float: -1e308, int: -(2**31), str: ""}


def turn(
    session: Session, statement: sa.Select[Any], asked: Paged, orders: Mapping[str, Keys]
) -> tuple[list[Found], str | None]:
    """The rows of the page that is asked for, and the cursor of the next page if there is one.

    ``orders`` holds the sorting keys by their words; the last key of each tells any two rows apart. A word with a
    leading ``-`` turns the order around. One query, whatever the depth.
    """
    down = asked.sort.startswith("-")
    keys = tuple(_nulls_last(key, down) for key in orders[asked.sort.lstrip("-")])
    labelled = [key.label(f"key_{number}") for number, key in enumerate(keys)]
    page = statement.add_columns(*labelled).order_by(*(key.desc() if down else key.asc() for key in keys))
    if asked.cursor is not None:
        last = sa.tuple_(*_bound(asked, keys))
        page = page.where(sa.tuple_(*keys) < last if down else sa.tuple_(*keys) > last)
    found = rows(session, page.limit(asked.limit + 1))
    seen = [[row[label.name] for label in labelled] for row in found]
    more = len(found) > asked.limit
    return found[: asked.limit], written(asked, seen[asked.limit - 1]) if more else None


def written(asked: Paged, keys: Sequence[Any]) -> str:
    """The cursor that continues after the row with these keys."""
    plain = [key.isoformat() if isinstance(key, datetime) else key for key in keys]
    body = json.dumps({"sort": asked.sort, "of": _fingerprint(asked), "after": plain}, separators=(",", ":"))
    return _sealed(body)


def _sealed(body: str) -> str:
    return urlsafe_b64encode(f"{_checksum(body)}{body}".encode()).decode().rstrip("=")


def read(asked: Paged) -> list[Any]:
    """The keys in the cursor; raises :class:`InvalidInput` if it is broken or belongs to another question."""
    cursor = asked.cursor or ""
    try:
        body = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()[CHECKSUM_LENGTH:]
    except ValueError as broken:
        raise _refused(FOREIGN) from broken
    # Decoding passes over letters that are none of its own.
    if cursor != _sealed(body):
        raise _refused(FOREIGN)
    said = _said(body)
    if (said.get("sort"), said.get("of")) != (asked.sort, _fingerprint(asked)):
        raise _refused("it belongs to another sort or other filters")
    after = said.get("after")
    if not isinstance(after, list):
        raise _refused(FOREIGN)
    return after


def _said(body: str) -> dict[str, Any]:
    # The checksum finds mistakes. Whoever read this file can make one, too, and have anything stand behind it.
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as broken:
        raise _refused(FOREIGN) from broken
    if not isinstance(said, dict):
        raise _refused(FOREIGN)
    return said


CHECKSUM_LENGTH = 12
FOREIGN = "it is not one that this server wrote"


def _refused(why: str) -> InvalidInput:
    return InvalidInput(
        f"cursor: {why}. Take `next` of the page before unchanged, with the same parameters; or leave it out to "
        "start at the first page.",
        field="cursor",
    )


def _checksum(body: str) -> str:
    return hashlib.sha256(f"provenance cursor {body}".encode()).hexdigest()[:CHECKSUM_LENGTH]


def _fingerprint(asked: Paged) -> str:
    filters = asked.model_dump(mode="json", exclude={"limit", "cursor", "sort"})
    said = json.dumps([type(asked).__name__, filters], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _nulls_last(key: sa.ColumnElement[Any], down: bool) -> sa.ColumnElement[Any]:
    if isinstance(key, sa.Column) and not key.nullable:
        return key
    stand_in = (LAST_DOWN if down else LAST_UP)[_python_type(key)]
    return sa.func.coalesce(key, sa.literal(stand_in, key.type))


def _bound(asked: Paged, keys: Keys) -> list[sa.ColumnElement[Any]]:
    after = read(asked)
    if len(after) != len(keys):
        raise _refused(FOREIGN)
    try:
        return [sa.literal(_typed(value, key), key.type) for value, key in zip(after, keys, strict=True)]
    except (ValueError, TypeError, OverflowError) as none_of_ours:
        raise _refused(FOREIGN) from none_of_ours


def _typed(value: Any, key: sa.ColumnElement[Any]) -> Any:
    """A value of the kind that the key has, such as a database can compare; ValueError or its like for any other."""
    kind = _python_type(key)
    if kind is datetime:
        return datetime.fromisoformat(value).astimezone(UTC)
    if not isinstance(value, int | float if kind is float else int if kind is int else str):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    if not _can_be_held(value):
        raise ValueError(f"no database holds {value!r}")
    return value


def _can_be_held(value: float | str) -> bool:
    match value:
        case str():
            return "\0" not in value and not HALF.search(value)
        case int():
            return -LARGEST <= value < LARGEST
        case float():
            return isfinite(value)


LARGEST = 2**31
HALF = re.compile(r"[\ud800-\udfff]")


def _python_type(key: sa.ColumnElement[Any]) -> type:
    return datetime if isinstance(key.type, Instant) else key.type.python_type
