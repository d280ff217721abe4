"""Finds the dates of an article: each rule's words in their order, narrowed by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from functools import lru_cache

from provenance.extraction.article import Article
from provenance.extraction.dates.clocks import Clock, clock_of
from provenance.extraction.dates.hours import at_clock, hours, narrowed
from provenance.extraction.dates.named_days import named_days
from provenance.extraction.dates.page import Page
from provenance.extraction.dates.relative_days import relative_days
from provenance.extraction.dates.rule import Rule
from provenance.extraction.dates.stretches import Grain, Stretch
from provenance.extraction.reading import DateFound
from provenance.vocabulary import TimeBasis

# What may stand between a day and its hour, in either order, and between a weekday and its date.
_BETWEEN = re.compile(r"(?:,|\s\(|\s?[-–])?\s?(?:(?:at|on|of|around|about|um|by|the|from)\s)*")
LONGEST_BETWEEN = 12


def find_dates(article: Article) -> tuple[DateFound, ...]:
    """The dates and times that an article names, in the order of its text, as intervals of UTC instants.

    Words that are relative are read from the day of publication on the clock of the article's town or country. An
    instant of publication that is exactly midnight is taken for a day without an hour.

    >>> from datetime import UTC, datetime
    >>> morning = datetime(2022, 1, 6, 5, tzinfo=UTC)
    >>> [found] = find_dates(Article("Police stations were stormed on Thursday night.", (), "en", morning, "KZ"))
    >>> print(found.text, found.earliest.isoformat(), found.basis)
    Thursday night 2022-01-05T12:00:00+00:00 relative
    """
    clock = clock_of(article.place, article.text, article.zones)
    dates = (_in_utc(article.text, *found, clock) for found in _joined(article, clock))
    return tuple(date for date in dates if date is not None)


Found = tuple[int, int, Stretch]


def _joined(article: Article, clock: Clock) -> Iterator[Found]:
    """What the rules found; a day and an hour beside each other are one."""
    last: Found | None = None
    for found in _found(_page(article, clock)):
        if last is not None and (one := _together(article.text, last, found)):
            last = one
            continue
        if last is not None:
            yield last
        last = found
    if last is not None:
        yield last


def _page(article: Article, clock: Clock) -> Page:
    if article.published_at is None:
        return Page(article.text, None, None, article.language)
    if article.published_at.timetz().replace(tzinfo=None) == time():
        return Page(article.text, article.published_at.date(), None, article.language)
    try:
        now = clock.here(article.published_at)
    except OverflowError:
        return Page(article.text, None, None, article.language)
    return Page(article.text, now.date(), now, article.language)


def _found(page: Page) -> Iterator[Found]:
    """Each rule's finds with the part of the day that stands beside them."""
    at = last = 0
    while found := _any().search(page.text, at):
        start, end, at = found.start(), found.end(), found.end()
        here = replace(page, start=start, end=end)
        stretch = _read(found, here)
        if stretch is None:
            at = _next_word(page.text, start)
            continue
        if part := narrowed(stretch, replace(here, floor=last), behind=True):
            stretch, start, end = part
            at = max(at, end)
        if stretch.first is not None and stretch.basis is not TimeBasis.AMBIGUOUS:
            page = replace(page, before=stretch)
        last = at
        yield start, end, stretch


def _read(found: re.Match[str], page: Page) -> Stretch | None:
    rule = _rules()[found.lastgroup or ""]
    exact = _patterns()[rule.name].match(page.text, page.start)
    try:
        return rule.read(exact, page) if exact and exact.end() == page.end else None
    except (OverflowError, ValueError):
        return None  # The words name a time beyond the calendar, such as 9,999 years ago.


def _next_word(text: str, at: int) -> int:
    while at < len(text) and text[at].isalnum():
        at += 1
    return at + 1


def _together(text: str, one: Found, other: Found) -> Found | None:
    """A day and its hour, or a weekday and its date, as one date; None where they are two."""
    between = text[one[1] : other[0]]
    if len(between) > LONGEST_BETWEEN or not _BETWEEN.fullmatch(between):
        return None
    for day, clock in ((one[2], other[2]), (other[2], one[2])):
        if clock.rule == "clock" and (joined := at_clock(day, clock)):
            return one[0], other[1], joined
    if one[2].rule.startswith("weekday") and other[2].rule == "day_of_month" and other[2].grain is Grain.DAY:
        return one[0], other[1], other[2]
    return None


def _in_utc(text: str, start: int, end: int, stretch: Stretch, clock: Clock) -> DateFound | None:
    try:
        earliest, latest, basis = clock.in_utc(stretch)
    except (OverflowError, ValueError):
        return None
    return DateFound(start, end, text[start:end], earliest, latest, basis, stretch.rule)


@lru_cache(maxsize=1)
def _rules() -> dict[str, Rule]:
    return {rule.name: rule for rule in (*hours(), *named_days(), *relative_days())}


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rule.pattern) for name, rule in _rules().items()}


@lru_cache(maxsize=1)
def _any() -> re.Pattern[str]:
    """All rules as one pattern, their own groups without names; the first that matches at the leftmost place wins."""
    order = ("iso", "slashed", "dotted", "day_month", "month_day", "month_year", "clock")
    names = [*order, *(name for name in _rules() if name not in order)]
    return re.compile(
        r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{_nameless(_rules()[name].pattern)})" for name in names) + ")"
    )


def _nameless(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern).replace("(?P=by)", "[/-]")
