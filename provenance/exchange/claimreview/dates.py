"""Dates as markup has them: ISO or another form that means one date, coarse or exact, and often without a time zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

from provenance.errors import InvalidInput
from provenance.exchange.claimreview.plain import wrong
from provenance.storage.dates import read_date

WITHOUT_ZONE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?", re.ASCII)
WITHOUT_DASHES = re.compile(r"\d{8}|\d{4}-W\d{2}-\d|\d{4}W\d{3}", re.ASCII)
OF_MAIL = re.compile(
    r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}(?::\d{2})? (?:GMT|UTC?|Z|[+-]\d{4})", re.ASCII
)
MONTH_FIRST = re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})", re.ASCII)
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[A-Za-z]{3,9})\.?,? (?P<year>\d{4})", re.ASCII)
YEAR_FIRST = re.compile(r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})", re.ASCII)
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
# Of ten digits, more may be a day and its hour: 2022010612 is no instant of the year 2034.
SECONDS, MILLISECONDS = re.compile(r"1[0-8]\d{8}", re.ASCII), re.compile(r"1[0-8]\d{11}", re.ASCII)
LONGEST = 40


def instant(written: str, place: str) -> datetime:
    """The earliest instant that a date may mean; without a zone it is read in UTC.

    :raises InvalidInput: naming the place, if it is no date, or may be one of several.

    >>> instant("2022-01", "datePublished").isoformat()
    '2022-01-01T00:00:00+00:00'
    >>> [instant(each, "").date().isoformat() for each in ("Jan 6, 2022", "6 January 2022", "1641427200000")]
    ['2022-01-06', '2022-01-06', '2022-01-06']
    """
    remedy = "Send one such as 2022, 2022-01-06 or 2022-01-06T12:38:00Z."
    try:
        return iso_instant(written) or _otherwise(written)
    except OverflowError as beyond:
        raise wrong(place, f"'{written[:60]}' is out of range: in UTC it lies beyond what a date may be", remedy) from (
            beyond
        )
    except ValueError as unreadable:
        raise wrong(place, f"'{written[:60]}' is no date that means one day alone", remedy) from unreadable


def iso_instant(written: str) -> datetime | None:
    """The same of an ISO date alone; None for what is none. Raises :class:`OverflowError`."""
    zoned = f"{written}Z" if WITHOUT_ZONE.fullmatch(written) else written
    try:
        return _moment(zoned)
    except (InvalidInput, ValueError):
        return None


def date_text(moment: datetime) -> str:
    """An instant as markup has it; the first of a day stands for the day.

    >>> date_text(datetime(2022, 1, 6, tzinfo=UTC)), date_text(datetime(2022, 1, 6, 6, 38, tzinfo=UTC))
    ('2022-01-06', '2022-01-06T06:38:00Z')
    """
    utc = moment.astimezone(UTC)
    if (utc.hour, utc.minute, utc.second, utc.microsecond) == (0, 0, 0, 0):
        return utc.date().isoformat()
    return utc.isoformat().replace("+00:00", "Z")


def _otherwise(written: str) -> datetime:
    if OF_MAIL.fullmatch(written):
        moment = parsedate_to_datetime(written)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    for digits, unit in ((SECONDS, 1), (MILLISECONDS, 1000)):
        if digits.fullmatch(written):
            return datetime.fromtimestamp(int(written) / unit, UTC)
    for form in (MONTH_FIRST, DAY_FIRST, YEAR_FIRST):
        found = form.fullmatch(written)
        if found is not None:
            day = date(int(found["year"]), _month(found["month"]), int(found["day"]))
            return datetime.combine(day, time(), UTC)
    raise ValueError("it has none of the known forms")


def _month(name: str) -> int:
    if name.isdigit():
        return int(name)
    return next(number for number, month in enumerate((*MONTHS, ""), 1) if month.startswith(name.lower()) or not month)


def _moment(written: str) -> datetime:
    if "T" in written:
        return _exact(written)
    try:
        return read_date(written).earliest
    except InvalidInput:
        # Also 20220106 and 2022-W01-4 are ISO dates; Python would overlook what stands behind them.
        if not WITHOUT_DASHES.fullmatch(written):
            raise
        return datetime.combine(date.fromisoformat(written), time(), UTC)


def _exact(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError("it has no time zone")
    return moment.astimezone(UTC)
