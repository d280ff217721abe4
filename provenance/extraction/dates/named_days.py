"""Days that are named by their number, month and year, in any usual order and several languages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from provenance.extraction.dates.page import Page
from provenance.extraction.dates.rule import Rule
from provenance.extraction.dates.stretches import (
    Grain,
    Stretch,
    day_of,
    days,
    hull,
    midnight,
    month,
    unanchored,
    years,
)
from provenance.extraction.dates.words import lexicon, months, one_of, weekdays
from provenance.vocabulary import TimeBasis

FAR, NEAR = timedelta(days=270), timedelta(days=95)

ABSOLUTE, RELATIVE = TimeBasis.ABSOLUTE, TimeBasis.RELATIVE

_SHORT = {str(form) for entry in lexicon()["months"].values() for form in entry["short"]}
_SHORTENED = {form for form in months() if form.capitalize() in _SHORT or form.casefold() in _SHORT}
# Only what is shortened has a full stop of its own: "in July. 5 people" is no fifth of July.
_STOP = "(?:(?:" + "|".join(rf"(?<=\b{form})" for form in sorted(_SHORTENED)) + r")\.)?"
_MONTH = rf"(?P<month>{one_of(months())})(?![^\W\d_]){_STOP}"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_LAST = r"(?:\s?(?:[-–—]|to|through|bis)\s?(?P<last>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|\.)?)?"
_YEAR = r"(?P<year>(?:1[0-9]|2[01])\d\d)(?![\d%]|[.,:]\d)"
_WEEKDAY = rf"(?:(?:{one_of(weekdays())}|{one_of(lexicon()['short_weekdays'])}\.?)(?:\s?,)?\s(?:the\s|den\s|le\s)?)?"

# Without one of these, March is a protest, May a minister and April a reporter.
_MONTH_LEAD = re.compile(
    rf"\b(?:(?i:in|since|until|till|by|of|from|during|before|after|through|every)|{one_of(months())}\s(?:to|and|or))\s\Z"
)


def named_days() -> tuple[Rule, ...]:
    """The rules for days, months and years by their names and numbers."""
    return (
        Rule(
            "iso",
            r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ](?P<h>\d\d):(?P<min>\d\d)(?::\d\d(?:\.\d+)?)?"
            r"(?:\s?(?P<zone>Z|[+-]\d\d:?\d\d)(?!\d))?)?(?![\d-])",
            _iso,
        ),
        Rule("dotted", r"(?<![\d.])(?P<one>\d\d?)\.(?P<other>\d\d?)\.(?P<y>\d{4})(?!\d|\.\d)", _dotted),
        Rule(
            "slashed",
            r"(?<![\d/.-])(?P<one>\d\d?)(?P<by>[/-])(?P<other>\d\d?)(?P=by)(?P<y>(?:1[89]|20)\d\d)(?![\d/-])",
            _slashed,
        ),
        Rule(
            "month_day",
            rf"{_WEEKDAY}(?<![\w-]){_MONTH}\s{_DAY}(?:st|nd|rd|th)?(?!\w|[.,:/]\d|\s?%){_LAST}(?:(?:\s?,)?\s{_YEAR})?",
            _named,
        ),
        Rule(
            "day_month",
            rf"{_WEEKDAY}(?<![\w.,:$€£/-]){_DAY}(?:st|nd|rd|th|er|\.)?{_LAST}\s(?:of\s|de\s)?{_MONTH}(?!\s\d{{1,2}}\b)"
            rf"(?:,?\s(?:de\s)?{_YEAR})?",
            _named,
        ),
        Rule(
            "month_year", rf"(?:(?P<part>[Ee]arly|[Ll]ate|[Mm]id)[ -])?(?<!\w){_MONTH}(?:\sof|,)?\s{_YEAR}", _month_year
        ),
        Rule(
            "turn_of_the_year",
            r"(?i:the turn of the year|(?:the )?new year[’']s (?P<which>eve|day)|(?:at|over|around|since) new year\b)",
            _new_year,
        ),
        Rule(
            "month",
            rf"(?P<lead>(?i:last|next|this|early|late|mid)[ -])?"
            rf"(?<!\w){_MONTH}(?!\s[A-Z][a-z]|[-\w])",
            _month,
        ),
        Rule("decade", r"(?:the\s)?(?:(?P<part>early|late|mid)[ -])?(?P<y>1[89]\d0|20\d0)s\b", _decade),
        Rule(
            "year",
            rf"(?<![\w.,:$€£#№/+–-])(?:(?P<part>[Ee]arly|[Ll]ate|[Mm]id)[ -])?{_YEAR}(?!\w|-\w|\s?[%€$£])",
            _year,
        ),
    )


def _iso(found: re.Match[str], page: Page) -> Stretch | None:
    day = day_of(int(found["y"]), int(found["m"]), int(found["d"]))
    if day is None or (found["h"] and (int(found["h"]) > 23 or int(found["min"]) > 59)):
        return None
    if not found["h"]:
        return days(day, day, ABSOLUTE, "iso")
    at = midnight(day) + timedelta(hours=int(found["h"]), minutes=int(found["min"]))
    return Stretch(at, at + timedelta(minutes=1), ABSOLUTE, "iso", Grain.MOMENT, _offset(found["zone"]))


def _offset(words: str | None) -> timezone | None:
    if not words:
        return None
    digits = words.replace(":", "").replace("Z", "+0000")
    by = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return timezone(-by if digits[0] == "-" else by) if by < timedelta(hours=24) else None


def _dotted(found: re.Match[str], page: Page) -> Stretch | None:
    day = day_of(int(found["y"]), int(found["other"]), int(found["one"]))
    return days(day, day, ABSOLUTE, "dotted") if day else None


def _slashed(found: re.Match[str], page: Page) -> Stretch | None:
    """Americans put the month first, nearly everybody else the day: both are right where both are possible."""
    one, other, year = int(found["one"]), int(found["other"]), int(found["y"])
    readings = [
        days(day, day, ABSOLUTE, "slashed") for day in (day_of(year, other, one), day_of(year, one, other)) if day
    ]
    return hull(readings[0], readings[-1], "slashed") if readings else None


def _named(found: re.Match[str], page: Page) -> Stretch | None:
    number, day, last = months()[found["month"]], int(found["day"]), int(found["last"] or found["day"])
    if found["year"]:
        return _days(int(found["year"]), number, day, last, ABSOLUTE)
    if page.today is None:
        return unanchored("day_of_month", Grain.DAY) if _days(2020, number, day, last, RELATIVE) else None
    near = [_days(page.today.year + by, number, day, last, RELATIVE) for by in (-4, -3, -2, -1, 0, 1, 2, 3, 4)]
    now = midnight(page.today)
    back = [one for one in near if one and one.first and one.first <= now]
    ahead = [one for one in near if one and one.end and one.end > now]
    return _nearest(back[-1], ahead[0], page, "day_of_month") if back and ahead else None


def _nearest(back: Stretch, ahead: Stretch, page: Page, rule: str) -> Stretch:
    """A day or month without its year: where the sentence looks, unless that is far away and the other way near.

    Papers print the year of what is most of a year away; so a primary "on April 19" is next week's.
    """
    now = midnight(page.today) if page.today else None
    if now is None or back.end is None or ahead.first is None:
        return page.towards(back, ahead, rule)
    since, until = now - back.end, ahead.first - now
    if since >= FAR and until <= NEAR:
        return ahead
    return back if until >= FAR and since <= NEAR else page.towards(back, ahead, rule)


def _days(year: int, number: int, day: int, last: int, basis: TimeBasis) -> Stretch | None:
    first, end = day_of(year, number, day), day_of(year, number, last)
    return days(first, end, basis, "day_of_month") if first and end and first <= end else None


def _month_year(found: re.Match[str], page: Page) -> Stretch | None:
    whole = month(int(found["year"]), months()[found["month"]], ABSOLUTE, "month_year")
    return _part(whole, found["part"])


def _month(found: re.Match[str], page: Page) -> Stretch | None:
    name, lead = found["month"], (found["lead"] or "").strip(" -").casefold()
    led = lead or _MONTH_LEAD.search(page.text, max(0, page.start - 20), page.start)
    if not led and name.capitalize() not in lexicon()["plain_months"]:
        return None
    if name in _SHORTENED or _is_foreign(name, page):
        return None
    if page.today is None:
        return unanchored("month")
    number, this = months()[name], page.today
    back = month(this.year - (number > this.month), number, RELATIVE, "month")
    ahead = month(this.year + (number < this.month), number, RELATIVE, "month_ahead")
    if lead in ("last", "next"):
        same = number == this.month
        chosen = month(this.year - (number >= this.month), number, RELATIVE, "month") if lead == "last" else None
        return chosen or (month(this.year + 1, number, RELATIVE, "month_ahead") if same else ahead)
    return _part(_nearest(back, ahead, page, "month"), lead)


def _is_foreign(name: str, page: Page) -> bool:
    """Whether a bare name is a month in other languages only; a lone "mai" or "mars" in an English text is not one."""
    names = (entry["names"][0] for entry in lexicon()["months"].values())
    return name.capitalize() not in names and page.language in (None, "en")


def _new_year(found: re.Match[str], page: Page) -> Stretch | None:
    if page.today is None:
        return unanchored("turn_of_the_year")
    which = (found["which"] or "").casefold()
    back, ahead = (_turn(year, which) for year in _turns(page, which))
    return page.towards(back, ahead, "turn_of_the_year")


def _turns(page: Page, which: str) -> tuple[int, int]:
    assert page.today is not None
    this = page.today.year + (which != "day" and (page.today.month, page.today.day) == (12, 31))
    return this, this if page.today == page.today.replace(month=1, day=1) and which != "eve" else this + 1


def _turn(year: int, which: str) -> Stretch:
    eve, day = day_of(year - 1, 12, 31), day_of(year, 1, 1)
    if eve is None or day is None:
        raise OverflowError("The calendar ends there.")
    return days(day if which == "day" else eve, eve if which == "eve" else day, RELATIVE, "turn_of_the_year")


def _decade(found: re.Match[str], page: Page) -> Stretch | None:
    first = int(found["y"])
    return _part(years(first, first + 9, ABSOLUTE, "decade"), found["part"])


def _year(found: re.Match[str], page: Page) -> Stretch | None:
    """Four digits are a year where a preposition or the end of a phrase says so, and nothing is counted by them."""
    year = int(found["year"])
    if not 1800 <= year <= 2100 or _counts(page.text, found.end()):
        return None
    before = re.search(r"(\w[\w.’'-]*)?([^\w\s]*)\s*\Z", page.text[max(0, found.start() - 24) : found.start()])
    word, sign = (before[1] or "", before[2]) if before else ("", "")
    led = word.casefold() in lexicon()["before_year"] or bool(found["part"])
    bracketed = sign.endswith(("(", "[")) and page.text[found.end() : found.end() + 1] in (")", "]", "-", "–", ",")
    owned = word.endswith(("’s", "'s", "s’", "s'"))
    told = not word and bool(_TELLS_OF_A_YEAR.match(page.text, found.end()))
    if led or bracketed or owned or told:
        return _part(years(year, year, ABSOLUTE, "year"), found["part"])
    return None


_TELLS_OF_A_YEAR = re.compile(r"\s(?:was|saw|has been|will be|began|brought|ended)\b|[’']s\s")


def _counts(text: str, end: int) -> bool:
    following = re.match(r"\s([\w-]+)", text[end : end + 24])
    return following is not None and following[1].casefold() in lexicon()["counted_after_year"]


def _part(whole: Stretch, part: str | None) -> Stretch:
    """The beginning, middle or end of a month, year or decade; where they part is nobody's rule: by halves."""
    if not part or whole.first is None or whole.end is None:
        return whole
    length = (whole.end - whole.first).days
    match part.casefold():
        case "early":
            first, last = 0, length // 2
        case "late":
            first, last = length // 2, length
        case "mid":
            first, last = length // 4, length - length // 4
        case _:
            return whole
    start = whole.first + timedelta(days=first)
    return Stretch(start, datetime.fromordinal(whole.first.toordinal() + last), whole.basis, f"{whole.rule}_part")
