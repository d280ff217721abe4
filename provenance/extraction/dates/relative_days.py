"""Days that are named from the day of publication, or from what the text named before."""

from __future__ import annotations

import re
from datetime import timedelta

from provenance.extraction.dates.page import Page
from provenance.extraction.dates.rule import Rule
from provenance.extraction.dates.stretches import (
    DAY,
    Grain,
    Stretch,
    days,
    hull,
    midnight,
    month,
    unanchored,
    years,
)
from provenance.extraction.dates.words import days_from_today, lexicon, number, one_of, weekdays
from provenance.vocabulary import TimeBasis

RELATIVE = TimeBasis.RELATIVE

_NUMBER = rf"(?P<number>\d{{1,4}}|(?i:{one_of(lexicon()['number_words'])}))"
_UNIT = r"(?P<unit>minute|hour|day|week|month|year|decade)s?"
_WEEKDAY = rf"(?P<weekday>{one_of(weekdays())})(?![^\W_])"
_NO_NAME = rf"(?!\s{one_of(lexicon()['names_after_weekday'])})"
_BEFORE_NAME = "".join(rf"(?<!{re.escape(word)}\s)" for word in lexicon()["names_before_weekday"])

# Days in a unit, and by how many days one is out who speaks of so many of them.
_LENGTHS = {"day": (1, 0), "week": (7, 3), "month": (30, 16), "year": (365, 183), "decade": (3652, 1826)}


def relative_days() -> tuple[Rule, ...]:
    """The rules for days, weeks and years that are counted from the day of publication."""
    every = one_of(sorted({word for language in lexicon()["days_from_today"] for word in days_from_today(language)}))
    return (
        Rule("from_today", rf"(?i:(?P<word>{every}))(?!\w)", _from_today),
        Rule(
            "own_night",
            r"(?i:(?P<own>last night|overnight|tonight|this (?:morning|afternoon|evening)|(?:earlier|later) today))"
            r"(?!\w)",
            _own_part,
        ),
        Rule(
            "period",
            # "Over the next year" is any time from now on, and no year of the calendar.
            r"(?<!\b[Tt]he\s)"
            r"(?i:(?P<which>last|this past|past|previous|this|next|coming|earlier this|later this|early this|late last)"
            r"\s(?P<unit>week|weekend|month|year))(?!\w|-)",
            _period,
        ),
        Rule("weekend", r"(?i:(?:at|on|over|during|since) the weekend)(?!\w)", _weekend),
        Rule("ago", rf"(?:{_NUMBER}|(?P<half>half an))\s{_UNIT}\s(?P<way>ago|earlier|later)(?!\w)", _ago),
        Rule(
            "past_units",
            rf"(?i:(?:in|over|during|for|within)\sthe\s(?:past|last|previous))\s(?:{_NUMBER}\s)?{_UNIT}(?!\w)",
            _past,
        ),
        Rule(
            "neighbour_day",
            r"(?i:the (?P<which>previous|next|following) day(?!s)"
            r"|the day before(?! (?:yesterday|the|he|she|it|they|a)))(?!\w)",
            _neighbour,
        ),
        Rule(
            "weekday",
            rf"(?i:(?P<which>last|this past|this coming|this|next|past|coming)\s)?(?<!\w){_BEFORE_NAME}{_WEEKDAY}"
            rf"{_NO_NAME}"
            r"(?:\s(?P<week>last week|this week|next week))?",
            _weekday,
        ),
    )


def _from_today(found: re.Match[str], page: Page) -> Stretch | None:
    offset = days_from_today(page.language).get(found["word"].casefold())
    return page.day(offset, "from_today") if offset is not None else None


def _own_part(found: re.Match[str], page: Page) -> Stretch | None:
    words = found["own"].casefold()
    today = page.day(0, words.replace(" ", "_"))
    match words:
        case "last night":
            return _hours(page.day(-1, "last_night"), 18, 30)
        case "overnight":
            return _hours(page.day(-1, "overnight"), 18, 32)
        case "tonight":
            return _hours(today, 18, 30)
        case "earlier today" | "later today":
            return today
        case _:
            return _hours(today, *lexicon()["parts"][words.removeprefix("this ")])


def _hours(day: Stretch, first: int, last: int) -> Stretch:
    if day.first is None:
        return unanchored(day.rule, Grain.MOMENT)
    start, end = day.first + timedelta(hours=first), day.first + timedelta(hours=last)
    return Stretch(start, max(end, start + timedelta(minutes=1)), day.basis, day.rule, Grain.MOMENT, day.zone)


def _period(found: re.Match[str], page: Page) -> Stretch | None:
    which, unit = found["which"].casefold(), found["unit"].casefold()
    rule = f"{which.replace(' ', '_')}_{unit}"
    if page.today is None:
        return unanchored(rule)
    offset = _offset(which)
    if unit == "weekend":
        return _that_weekend(which, page, rule)
    whole = _unit(unit, offset, page, rule)
    if whole.first is None or whole.end is None:
        return whole
    tonight = midnight(page.today + DAY)
    match which:
        case "earlier this" | "early this":
            return Stretch(whole.first, tonight, RELATIVE, rule)
        case "later this":
            return Stretch(midnight(page.today), whole.end, RELATIVE, rule)
        case "late last":
            return Stretch(whole.first + (whole.end - whole.first) // 2, whole.end, RELATIVE, rule)
        case "past" | "this past":
            return hull(whole, Stretch(whole.first, tonight, RELATIVE, rule), rule)
        case _:
            return whole


def _offset(which: str) -> int:
    if which in ("next", "coming"):
        return 1
    return -1 if which in ("last", "past", "this past", "previous", "late last") else 0


def _unit(unit: str, offset: int, page: Page, rule: str) -> Stretch:
    """The week, month or year that is so many from this one."""
    assert page.today is not None
    match unit:
        case "week":
            return page.week(offset, rule)
        case "month":
            return month(page.today.year, page.today.month + offset, RELATIVE, rule)
        case _:
            return years(page.today.year + offset, page.today.year + offset, RELATIVE, rule)


def _that_weekend(which: str, page: Page, rule: str) -> Stretch:
    """What is last is over; "this weekend" on a Monday may be the one before or the one to come."""
    assert page.today is not None
    this, before, after = (page.week(by, rule, 5, 6) for by in (0, -1, 1))
    match which:
        case "last" | "past" | "this past" | "previous":
            return before
        case "next" | "coming":
            return hull(this, after, rule) if page.today.weekday() < 5 else after
        case _:
            return hull(before, this, rule) if page.today.weekday() < 3 else this


def _weekend(found: re.Match[str], page: Page) -> Stretch | None:
    if page.today is None:
        return unanchored("weekend")
    this, before = page.week(0, "weekend", 5, 6), page.week(-1, "weekend", 5, 6)
    return this if page.today.weekday() >= 5 else page.towards(before, this, "weekend")


def _ago(found: re.Match[str], page: Page) -> Stretch | None:
    count = number(found["number"] or "a") or 0
    length = timedelta(minutes=30) if found["half"] else None
    if found["way"] == "ago":
        return _at_distance(found["unit"], -count, page, "ago", length)
    sign = 1 if found["way"] == "later" else -1
    return _from_before(found["unit"], sign * count, page, found["way"], length)


def _at_distance(unit: str, count: int, page: Page, rule: str, half: timedelta | None) -> Stretch:
    """So far from publication, as roughly as one speaks: two weeks ago is not to the day."""
    if page.today is None:
        return unanchored(rule)
    if unit in ("minute", "hour"):
        return _of_the_clock(unit, count, page, rule, half)
    length, spread = _LENGTHS[unit]
    day = page.today + count * length * DAY
    return days(day - spread * DAY, day + spread * DAY, RELATIVE, rule)


def _of_the_clock(unit: str, count: int, page: Page, rule: str, half: timedelta | None) -> Stretch:
    """Hours from the minute of publication; from some minute of that day where only the day is known."""
    assert page.today is not None
    one = timedelta(minutes=1) if unit == "minute" else timedelta(hours=1)
    by = -half if half else count * one
    if page.now is None:
        return Stretch(midnight(page.today) + by, midnight(page.today + DAY), TimeBasis.AMBIGUOUS, rule, Grain.MOMENT)
    return Stretch(page.now + by - one / 2, page.now + by + one / 2, RELATIVE, rule, Grain.MOMENT)


def _from_before(unit: str, count: int, page: Page, rule: str, half: timedelta | None) -> Stretch:
    """So much earlier or later than what the text named last; it may have meant something else."""
    if page.before is None or page.before.first is None:
        near = _at_distance(unit, count, page, rule, half)
        return Stretch(near.first, near.end, TimeBasis.AMBIGUOUS, rule) if near.first else near
    moved = page.before.shifted(-half if half else count * _lengths(unit))
    return Stretch(moved.first, moved.end, TimeBasis.AMBIGUOUS, rule, moved.grain, moved.zone)


def _lengths(unit: str) -> timedelta:
    match unit:
        case "minute":
            return timedelta(minutes=1)
        case "hour":
            return timedelta(hours=1)
        case _:
            return _LENGTHS[unit][0] * DAY


def _past(found: re.Match[str], page: Page) -> Stretch | None:
    """From then up to the day of publication."""
    then = _at_distance(found["unit"], -(number(found["number"] or "a") or 0), page, "past_units", None)
    if then.first is None or page.today is None:
        return then
    return Stretch(then.first, midnight(page.today + DAY), then.basis, "past_units")


def _neighbour(found: re.Match[str], page: Page) -> Stretch | None:
    """The day before or after one that the text named; where it named none, nobody knows which is meant."""
    if page.before is None or page.before.grain is Grain.WIDER or page.before.first is None:
        return None
    day = page.before.first.date() + (-DAY if found["which"] in ("previous", "Previous", None) else DAY)
    return days(day, day, TimeBasis.AMBIGUOUS, "neighbour_day")


def _weekday(found: re.Match[str], page: Page) -> Stretch | None:
    weekday, which, week = weekdays()[found["weekday"]], (found["which"] or "").casefold(), found["week"]
    if page.today is None:
        return unanchored("weekday", Grain.DAY)
    if week:
        return page.week({"last week": -1, "this week": 0, "next week": 1}[week], "weekday_of_week", weekday, weekday)
    before = page.day(-((page.today.weekday() - weekday - 1) % 7 + 1), "weekday")
    after = page.day((weekday - page.today.weekday() - 1) % 7 + 1, "weekday_ahead")
    match which:
        case "":
            return page.weekday(weekday, "weekday")
        case "last":
            # On a Friday "last Tuesday" may be three days ago, or ten.
            return hull(before.shifted(-7 * DAY), before, "last_weekday") if weekday < page.today.weekday() else before
        case "next":
            return hull(after, after.shifted(7 * DAY), "next_weekday") if weekday > page.today.weekday() else after
        case "past" | "this past":
            return before
        case "coming" | "this coming":
            return after
        case _:
            return page.week(0, "this_weekday", weekday, weekday)
