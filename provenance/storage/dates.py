"""Reads a date as it is written and keeps how much of it is known: a day is an interval, never its midnight."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from provenance.errors import InvalidInput
from provenance.vocabulary import DatePrecision

SHAPE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:[T ](?P<time>\d{2}:\d{2})(?P<second>:\d{2}(?:\.\d{1,9})?)?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?)?)?",
    re.ASCII,
)
ISO = (
    r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])"
    r"([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9]))?)?)?$"
)
"""The same for those who read a description: that a day exists, and which times have zones, is checked where it is
read."""
LAST_MOMENT = timedelta(microseconds=1)
PARTS = ("printed", "earliest", "latest", "precision", "basis")

FORMS = "2022, 2022-01, 2022-01-06 or 2022-01-06T12:38+06:00"


@dataclass(frozen=True, slots=True)
class Date:
    """An interval of instants in UTC, both ends included, and how exactly it is known."""

    earliest: datetime
    latest: datetime
    precision: DatePrecision


def takes_a_date(description: str) -> bool:
    """Whether a field is described, in its first sentence, as one that takes a date; that has the form `ISO`."""
    return "ISO date" in description.partition(". ")[0]


def read_date(written: str, field: str = "date") -> Date:
    """The interval that an ISO 8601 date or time means; days, months and years are read in UTC.

    :raises InvalidInput: if it is no date, or a time without a zone.

    >>> read_date("2022-01-06").latest.isoformat()
    '2022-01-06T23:59:59.999999+00:00'
    >>> read_date("2022-01-06T12:38+06:00").earliest.isoformat()
    '2022-01-06T06:38:00+00:00'
    """
    match = SHAPE.fullmatch(written.strip())
    if match is None:
        raise InvalidInput(f"{field}: '{written}' is no date; write {FORMS}.", field=field)
    try:
        return _moment(match, field) if match["time"] else _calendar(match)
    except (ValueError, OverflowError) as impossible:
        raise InvalidInput(
            f"{field}: '{written}' does not exist: {impossible}; write {FORMS}.", field=field
        ) from impossible


def columns(name: str) -> tuple[str, ...]:
    """The columns that hold a date: as printed, not before, not after, how exactly it is known, where it was read.

    >>> columns("said")
    ('said_printed', 'said_earliest', 'said_latest', 'said_precision', 'said_basis')
    """
    return tuple(f"{name}_{part}" for part in PARTS)


def _calendar(match: re.Match[str]) -> Date:
    year = int(match["year"])
    if match["day"]:
        start = datetime(year, int(match["month"]), int(match["day"]), tzinfo=UTC)
        return Date(start, start + (timedelta(days=1) - LAST_MOMENT), DatePrecision.DAY)
    if match["month"]:
        month = int(match["month"])
        start = datetime(year, month, 1, tzinfo=UTC)
        return Date(start, start + (timedelta(days=monthrange(year, month)[1]) - LAST_MOMENT), DatePrecision.MONTH)
    return Date(
        datetime(year, 1, 1, tzinfo=UTC),
        datetime(year, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        DatePrecision.YEAR,
    )


def _moment(match: re.Match[str], field: str) -> Date:
    if not match["zone"]:
        raise InvalidInput(f"{field}: '{match[0]}' has no time zone; add one, such as +06:00 or Z.", field=field)
    second = (match["second"] or "")[:3]
    moment = datetime.fromisoformat(
        f"{match['year']}-{match['month']}-{match['day']}T{match['time']}{second or ':00'}{match['zone']}"
    ).astimezone(UTC)
    if second:
        return Date(moment, moment + (timedelta(seconds=1) - LAST_MOMENT), DatePrecision.SECOND)
    return Date(moment, moment + (timedelta(minutes=1) - LAST_MOMENT), DatePrecision.MINUTE)
