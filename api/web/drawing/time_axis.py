"""The axis of time: which days a date may mean, and where an axis says which day it is."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The time that a date may mean."""

    first: datetime
    last: datetime

    @property
    def fine(self) -> bool:
        """Whether it is known to the day, or nearly so."""
        return self.last - self.first <= 3 * DAY

    @property
    def middle(self) -> datetime:
        """Where its mark stands."""
        return self.first + (self.last - self.first) / 2


def span_of(text: str | None) -> Span | None:
    """The time that the date of an answer may mean; None where it is not known.

    >>> span_of("2022-01").last.day, span_of("2022-01-09T15:33Z").first.hour, span_of(None)
    (31, 15, None)
    >>> span_of("2022-01-09/2022-01-10").last.day
    10
    """
    if not text:
        return None
    first, _, last = text.partition("/")
    return Span(_begins(first), _ends(last or first))


def _begins(text: str) -> datetime:
    if len(text) > 10:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    year, month, day = [*(int(part) for part in text.split("-")), 1, 1][:3]
    return datetime(year, month, day, tzinfo=UTC)


def _ends(text: str) -> datetime:
    begins = _begins(text)
    match len(text):
        case 4:
            return begins.replace(month=12, day=31, hour=23)
        case 7:
            return begins.replace(day=monthrange(begins.year, begins.month)[1], hour=23)
        case 10:
            return begins.replace(hour=23)
        case _:
            return begins


def domain(spans: Iterable[Span]) -> Span:
    """From when to when an axis runs: as exact dates need it; a date that is a month or a year does not.

    >>> axis = domain(map(span_of, ["2022", "2022-01-08", "2022-08-16"]))
    >>> axis.first.year, axis.last.month
    (2021, 8)
    """
    every = list(spans)
    needed = [span for span in every if span.fine] or every
    if not needed:
        return Span(datetime(2000, 1, 1, tzinfo=UTC), datetime(2000, 1, 2, tzinfo=UTC))
    first, last = min(span.first for span in needed), max(span.last for span in needed)
    around = max((last - first) * 0.04, DAY * 0.75)
    return Span(first - around, last + around)


def ticks(axis: Span, most: int) -> list[datetime]:
    """Days at which the axis says which day it is, at most so many.

    >>> [tick.strftime("%d %b") for tick in ticks(domain([span_of("2022-01-08"), span_of("2022-08-16")]), 6)]
    ['01 Jan', '01 Mar', '01 May', '01 Jul']
    """
    return next(found for found in _steps(axis) if len(found) <= most)


def _steps(axis: Span) -> Iterator[list[datetime]]:
    """Days or months in ever longer steps."""
    if axis.last - axis.first < 100 * DAY:
        for step in (1, 2, 5, 10):
            yield [day for day in _days(axis) if (day.day - 1) % step == 0 and (step == 1 or day.day < 30)]
    months = _months(axis)
    for step in (1, 2, 3, 6, *YEARS):
        yield [month for month in months if _index(month) % step == 0]


YEARS = tuple(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 1000, 10000))


def _index(month: datetime) -> int:
    return month.year * 12 + month.month - 1


def _days(axis: Span) -> Sequence[datetime]:
    midnight = axis.first.replace(hour=0, minute=0, second=0, microsecond=0)
    return [day for day in (midnight + DAY * number for number in range(102)) if axis.first <= day <= axis.last]


def _months(axis: Span) -> Sequence[datetime]:
    first, last = _index(axis.first), _index(axis.last)
    found = (datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC) for number in range(first, last + 1))
    return [month for month in found if axis.first <= month <= axis.last]
