"""Dates as markup has them: ISO, as coarse as their publisher likes, and often without a time zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from provenance.errors import InvalidInput
from provenance.exchange.claimreview.plain import wrong
from provenance.storage.dates import read_date

WITHOUT_ZONE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?", re.ASCII)
LONGEST = 40


def instant(written: str, place: str) -> datetime:
    """The earliest instant that a date may mean; without a zone it is read in UTC.

    :raises InvalidInput: naming the place, if it is no ISO date.

    >>> instant("2022-01", "datePublished").isoformat()
    '2022-01-01T00:00:00+00:00'
    >>> instant("2022-01-06T12:38:00", "datePublished").isoformat()
    '2022-01-06T12:38:00+00:00'
    """
    zoned = f"{written}Z" if WITHOUT_ZONE.fullmatch(written) else written
    try:
        return _moment(zoned)
    except (InvalidInput, ValueError, OverflowError) as unreadable:
        raise wrong(
            place, f"'{written[:60]}' is no ISO date", "Send one such as 2022, 2022-01-06 or 2022-01-06T12:38:00Z."
        ) from unreadable


def date_text(moment: datetime) -> str:
    """An instant as markup has it; the first of a day stands for the day.

    >>> date_text(datetime(2022, 1, 6, tzinfo=UTC)), date_text(datetime(2022, 1, 6, 6, 38, tzinfo=UTC))
    ('2022-01-06', '2022-01-06T06:38:00Z')
    """
    utc = moment.astimezone(UTC)
    if (utc.hour, utc.minute, utc.second, utc.microsecond) == (0, 0, 0, 0):
        return utc.date().isoformat()
    return utc.isoformat().replace("+00:00", "Z")


def _moment(written: str) -> datetime:
    if "T" in written:
        return _exact(written)
    try:
        return read_date(written).earliest
    except InvalidInput:
        # Also 20220106 and 2022-W01-4 are ISO dates.
        return datetime.combine(date.fromisoformat(written), time(), UTC)


def _exact(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError("it has no time zone")
    return moment.astimezone(UTC)
