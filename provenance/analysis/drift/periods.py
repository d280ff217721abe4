"""When a figure is said to be for: days, or a time of day on some clock.

13:00 in Almaty and 09:00 in Kyiv are one instant, and a time of day contradicts no date. What cannot be read as either
is not compared, because two unknown wordings of a time may mean the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from provenance.analysis.picture import FigureView, ReportView

DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?:/(\d{2}))?\b")
CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})\b\s*(?P<zone>local|UTC|GMT|[A-Z][\w-]+)?")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
AGO = {"the day before": 1, "yesterday": 1, "today": 0}

Said = tuple[str, ReportView, FigureView]


@dataclass(frozen=True, slots=True)
class Days:
    """All days from the first to the last."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in UTC; None where nobody says on which clock."""

    at: time | None


def differ(was: Said, now: Said) -> bool:
    """Whether two wordings certainly mean different times; each comes with its report and figure."""
    one, other = read(*was), read(*now)
    match one, other:
        case Days(), Days():
            return one != other
        case Clock(at=time()), Clock(at=time()):
            return one != other
        case _:
            return False


def dated_by_its_page(figure: FigureView, report: ReportView) -> bool:
    """Whether a figure is given for the very day on which its page came out."""
    span, days = report.published.span, read(figure.printed.as_of or "", report, figure)
    return span is not None and days == Days(span.earliest.date(), span.latest.date())


def read(words: str, report: ReportView, figure: FigureView) -> Days | Clock | None:
    """The days or the time of day that the words mean on that page; None where that is not certain."""
    if words.startswith(("before ", "after ")):
        return None
    days = [day for found in DAY.findall(words) for day in _days(*found)]
    if days:
        return Days(min(days), max(days))
    if found := CLOCK.search(words):
        return Clock(_in_utc(time(int(found[1]) % 24, int(found[2]) % 60), found["zone"], report, figure))
    day = _day(words.casefold(), report)
    return Days(day, day) if day else None


def _days(year: str, month: str, first: str, last: str) -> list[date]:
    try:
        return [date(int(year), int(month), int(day)) for day in (first, last) if day]
    except ValueError:
        return []


def _day(words: str, report: ReportView) -> date | None:
    """A weekday is the latest such day when the page came out; that takes a page whose day is known."""
    span = report.published.span
    if span is None or span.latest - span.earliest > timedelta(days=1):
        return None
    out = span.earliest.date()
    for phrase, ago in AGO.items():
        if phrase in words:
            return out - timedelta(days=ago)
    named = [number for number, name in enumerate(WEEKDAYS) if re.search(rf"\b{name}\b", words)]
    return out - timedelta(days=(out.weekday() - named[0]) % 7) if len(named) == 1 else None


def _in_utc(at: time, zone: str | None, report: ReportView, figure: FigureView) -> time | None:
    span = report.published.span
    place = figure.printed.place if zone == "local" else zone
    known = _zones().get((place or "").partition(",")[0].casefold())
    if span is None or known is None:
        return None
    local = datetime.combine(span.earliest.date(), at, ZoneInfo(known))
    return local.astimezone(ZoneInfo("UTC")).time()


@cache
def _zones() -> dict[str, str]:
    return {name.rpartition("/")[2].replace("_", " ").casefold(): name for name in sorted(available_timezones())}
