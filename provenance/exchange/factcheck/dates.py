"""Dates as the Fact Check Tools API writes them: instants, so a day stands for its midnight and a month for none."""

from __future__ import annotations

from datetime import UTC, datetime

from provenance.errors import InvalidInput
from provenance.storage.dates import read_date
from provenance.vocabulary import DatePrecision

TOO_COARSE = frozenset({DatePrecision.MONTH, DatePrecision.YEAR, DatePrecision.UNKNOWN})


def instant_of(written: str | None) -> datetime | None:
    """The instant, or midnight of the day, that an ISO date means; None for what is coarser or no such date.

    >>> instant_of("2022-01-06T12:38+06:00").isoformat(), instant_of("2022-01"), instant_of("last winter")
    ('2022-01-06T06:38:00+00:00', None, None)
    """
    if written is None:
        return None
    try:
        date = read_date(written)
    except InvalidInput:
        return None
    return None if date.precision in TOO_COARSE else date.earliest


def rfc3339(instant: datetime | None) -> str | None:
    """An instant as the wire has it.

    >>> rfc3339(instant_of("2022-01-06"))
    '2022-01-06T00:00:00Z'
    """
    if instant is None:
        return None
    return instant.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"
