"""Reads columns as they are stored, whatever somebody wrote there: a proof must not fail on reading."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from provenance.storage.record import Instant, Word


class StoredInstant(Instant):
    """An instant, or the text that stands where one should."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """The instant; what cannot be read as one comes back as it is."""
        try:
            return super().process_result_value(value, dialect)
        except ValueError:
            return value


class StoredJson(sa.types.TypeDecorator[Any]):
    """A list or mapping, or the text that stands where one should."""

    impl = sa.Text
    cache_ok = True

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """The list or mapping; PostgreSQL's driver has read it already."""
        if dialect.name != "sqlite" or not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            return value


def stored(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """A column as it is stored."""
    match column.type:
        case Instant():
            return sa.type_coerce(column, StoredInstant())
        case Word():
            return sa.type_coerce(column, sa.String())
        case sa.JSON():
            return sa.type_coerce(column, StoredJson())
        case _:
            return column


def same(kind: sa.types.TypeEngine[Any], one: Any, other: Any) -> bool:
    """Whether two values of a column are the same; either may be plain JSON, as the history has it.

    >>> from datetime import UTC
    >>> same(Instant(), "2022-01-06T12:38:00+06:00", datetime(2022, 1, 6, 6, 38, tzinfo=UTC))
    True
    >>> same(sa.Float(), 26, 26.0), same(sa.String(), "dozens", "several")
    (True, False)
    """
    if isinstance(kind, Instant):
        one, other = _instant(one), _instant(other)
    return bool(one == other)


def _instant(value: Any) -> Any:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value
