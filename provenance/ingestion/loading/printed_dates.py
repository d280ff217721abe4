"""Reads the dates that pages, feeds and addresses carry, as intervals: a day is a day, and never its midnight."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from provenance.errors import InvalidInput
from provenance.ingestion.loading.loaded import UNDATED, Published
from provenance.ingestion.loading.words import one_line
from provenance.storage.dates import Date, read_date
from provenance.vocabulary import DateBasis, DatePrecision

LONGEST_PRINTED = 200
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAME = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
IN_WORDS = (
    re.compile(rf"\b{MONTH_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{MONTH_NAME},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
)
LOOSE_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ]?(\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(?:(\d{2}))?(Z)?)?")
IN_ADDRESS = re.compile(
    r"(?:^|[/_-])(?P<year>(?:19|20)\d{2})(?P<mark>[/_-])(?P<month>\d{1,2}|[a-z]{3})(?P=mark)(?P<day>\d{1,2})(?=[/_.-]|$)"
    r"|(?:^|[/_-])(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)",
    re.IGNORECASE,
)


def read_printed(printed: str | None, basis: DateBasis) -> Published | None:
    """When words such as those in a date field say that something was published; None if they are no date.

    A time without a zone is read as its day: which instant it means, nobody can tell.

    >>> read_printed("Thu, 06 Jan 2022 12:38:00 +0600", DateBasis.INDEX).earliest.isoformat()
    '2022-01-06T06:38:00+00:00'
    >>> read_printed("6 January 2022", DateBasis.PRINTED).precision.value
    'day'
    >>> read_printed("recently", DateBasis.PRINTED) is None
    True
    """
    words = one_line(printed, LONGEST_PRINTED)
    date = _iso(words) or _compact(words) or _rfc(words) or _in_words(words)
    return None if date is None else Published(words, date.earliest, date.latest, date.precision, basis)


def from_moment(moment: datetime, printed: str, basis: DateBasis) -> Published:
    """A moment known to the second."""
    start = moment.astimezone(UTC).replace(microsecond=0)
    end = start + timedelta(seconds=1, microseconds=-1)
    return Published(printed[:LONGEST_PRINTED], start, end, DatePrecision.SECOND, basis)


def from_address(url: str | None) -> Published:
    """The day that stands in an address; undated if none does.

    >>> from_address("https://tass.com/2022/01/06/world").earliest.isoformat()
    '2022-01-06T00:00:00+00:00'
    """
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return UNDATED
    match = IN_ADDRESS.search(path)
    if match is None:
        return UNDATED
    year, month, day = (match["year"], match["month"], match["day"]) if match["year"] else match.group("y", "m", "d")
    date = _day(year, _month(month) if month.isalpha() else month, day)
    if date is None:
        return UNDATED
    return Published(match[0].strip("/_-"), date.earliest, date.latest, date.precision, DateBasis.IN_URL)


def has_time_without_zone(printed: str) -> bool:
    """Whether words hold a time of day whose zone nobody gives."""
    match = LOOSE_ISO.match(one_line(printed))
    return bool(match and match[2] and not match[3])


def _iso(words: str) -> Date | None:
    match = LOOSE_ISO.match(words)
    if match is None:
        return _read(words)
    day, time, zone = match.groups()
    if time and zone:
        zone = "Z" if zone in ("UTC", "GMT") else f"{zone}:00" if len(zone) == 3 else zone
        return _read(f"{day}T{time.replace(',', '.')[:18]}{zone}") or _read(day)
    return _read(day)


def _compact(words: str) -> Date | None:
    match = COMPACT.fullmatch(words)
    if match is None or not "1900" <= match[1] <= "2100":
        return None
    day = f"{match[1]}-{match[2]}-{match[3]}"
    return _read(f"{day}T{match[4]}:{match[5]}:{match[6] or '00'}Z") if match[7] else _read(day)


def _rfc(words: str) -> Date | None:
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        return _read(moment.date().isoformat())
    return _read(moment.isoformat())


def _in_words(words: str) -> Date | None:
    for shape in IN_WORDS:
        if match := shape.search(words):
            return _day(match["year"], _month(match["month"]), match["day"])
    return None


def _month(name: str) -> str | None:
    return next((f"{at:02}" for at, month in enumerate(MONTHS, 1) if month == name[:3].lower()), None)


def _day(year: str, month: str | None, day: str) -> Date | None:
    return _read(f"{year}-{month.zfill(2)}-{day.zfill(2)}") if month else None


def _read(written: str) -> Date | None:
    try:
        return read_date(written)
    except InvalidInput:
        return None
