"""A stretch of time on some calendar, before it is known on whose clock, and arithmetic with days and years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import IntEnum

from provenance.vocabulary import TimeBasis

DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1000, 2999


class Grain(IntEnum):
    """How finely words name a time; a day can be narrowed by an hour, a month cannot."""

    MOMENT = 0
    DAY = 1
    WIDER = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``first`` up to, not including, ``end`` on the clock of ``zone``, or on that of the article.

    Both are None where the words are relative and nobody knows to what.
    """

    first: datetime | None
    end: datetime | None
    basis: TimeBasis
    rule: str
    grain: Grain = Grain.WIDER
    zone: tzinfo | None = None
    weekday: int | None = None

    def shifted(self, by: timedelta) -> Stretch:
        """The same stretch earlier or later."""
        if self.first is None or self.end is None:
            return self
        return replace(self, first=self.first + by, end=self.end + by)


def days(first: date, last: date, basis: TimeBasis, rule: str, grain: Grain | None = None) -> Stretch:
    """All of the days from the first to the last."""
    grain = grain if grain is not None else Grain.DAY if first == last else Grain.WIDER
    return Stretch(midnight(first), midnight(last + DAY), basis, rule, grain)


def unanchored(rule: str, grain: Grain = Grain.WIDER) -> Stretch:
    """Words that are relative to a day that is not known."""
    return Stretch(None, None, TimeBasis.UNANCHORED, rule, grain)


def hull(one: Stretch, other: Stretch, rule: str) -> Stretch:
    """From the earlier beginning to the later end: either reading is possible."""
    if one.first is None or one.end is None or other.first is None or other.end is None:
        return unanchored(rule)
    if (one.first, one.end) == (other.first, other.end):
        return one
    return Stretch(min(one.first, other.first), max(one.end, other.end), TimeBasis.AMBIGUOUS, rule)


def month(year: int, number: int, basis: TimeBasis, rule: str) -> Stretch:
    """A whole month; its number may run over into other years.

    >>> month(2022, 0, TimeBasis.ABSOLUTE, "month").first
    datetime.datetime(2021, 12, 1, 0, 0)
    """
    first = date(year + (number - 1) // 12, (number - 1) % 12 + 1, 1)
    following = date(year + number // 12, number % 12 + 1, 1)
    return Stretch(midnight(first), midnight(following), basis, rule)


def years(first: int, last: int, basis: TimeBasis, rule: str) -> Stretch:
    """All of the years from the first to the last."""
    return Stretch(datetime(first, 1, 1), datetime(last + 1, 1, 1), basis, rule)


def midnight(day: date) -> datetime:
    """The beginning of a day."""
    return datetime.combine(day, time())


def day_of(year: int, number: int, day: int) -> date | None:
    """A day of the calendar; None where there is no such day."""
    try:
        return date(year, number, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
