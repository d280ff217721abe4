"""Hours of the clock, and the parts of a day that narrow it: "at 4 pm", "10:30 GMT", "on Thursday night"."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, tzinfo
from functools import lru_cache

from provenance.extraction.dates.clocks import on_clock, zone_named
from provenance.extraction.dates.outlook import Outlook
from provenance.extraction.dates.page import Page
from provenance.extraction.dates.rule import Rule
from provenance.extraction.dates.stretches import DAY, Grain, Stretch, hull, midnight, unanchored
from provenance.extraction.dates.words import lexicon, one_of
from provenance.vocabulary import TimeBasis

MINUTE = timedelta(minutes=1)
# A paper that came out before this hour of its own clock means the night that is over by "Thursday night".
EVENING = 18

_ZONE = (
    rf"(?:\s?\(?(?P<zone>{one_of(lexicon()['offsets'])}|{one_of(lexicon()['zones'])}(?:\s[Tt]ime)?"
    r"|local time|[A-Z][\w-]+(?:\s[A-Z][\w-]+)?\stime)(?!\w)\)?)"
)
_HALVES = rf"(?P<h12>1[0-2]|0?[1-9])(?:[:.](?P<m12>[0-5]\d))?\s?(?P<half>[apAP])\.?\s?[mM](?:\.(?!\w)|(?!\w)){_ZONE}?"
_NUMERALS = (
    rf"(?P<h24>[01]?\d|2[0-4])[:.](?P<m24>[0-5]\d)(?::[0-5]\d)?(?![\d%])(?:\s?(?:Uhr|hours|hrs|h)(?!\w))?{_ZONE}"
)
_LEADS = ("at", "around", "about", "by", "until", "till", "since", "from", "before", "after", "um", "gegen", "à", "в")
_LED = "|".join(rf"(?<=\b(?i:{lead})\s)" for lead in _LEADS)
_AFTER_AT = (
    rf"(?:{_LED})(?P<hat>[01]?\d|2[0-4])[:.](?P<mat>[0-5]\d)"
    r"(?![\d%]|\.\d|\s(?:percent|per cent|million|billion|points|[ap]\.?m))"
)
_MILITARY = rf"(?P<hmil>[01]\d|2[0-3])(?P<mmil>[0-5]\d)\s?(?:hours|hrs)?{_ZONE}"
_WORDS = (
    r"(?i:at|around|about|by|until|since|before|after|shortly before|shortly after)\s(?P<word>noon|midday|midnight)"
)


def hours() -> tuple[Rule, ...]:
    """The rule for an hour of the clock in each of its forms."""
    form = "|".join((_HALVES, _numbered(_NUMERALS, 1), _AFTER_AT, _numbered(_MILITARY, 3), _WORDS))
    return (Rule("clock", rf"(?<![\w.,:$€£#/-])(?:{form})(?!\w)", _clock),)


def narrowed(day: Stretch, page: Page, behind: bool) -> tuple[Stretch, int, int] | None:
    """A day with the part of it or the hour that stands beside it, and where these words begin and end.

    ``behind``: whether the words may still go on after the day.
    """
    if day.grain is not Grain.DAY:
        return None
    before = page.text[max(page.floor, page.start - 40) : page.start]
    if found := _part_before().search(before):
        words = (found["part"] or found["loose"] or "").casefold()
        return _in_part(day, words, page, found["of"] or ""), page.start - len(found[0].lstrip()), page.end
    if behind and (found := _part_after().match(page.text, page.end, page.end + 30)):
        return _in_part(day, " ".join(found["part"].casefold().split()), page, ""), page.start, found.end()
    return None


def at_clock(day: Stretch, clock: Stretch) -> Stretch | None:
    """The hour of a clock on a day; None where either is not known."""
    if day.first is None or clock.first is None or clock.end is None or day.grain is not Grain.DAY:
        return None
    start = midnight(day.first.date()) + (clock.first - midnight(clock.first.date()))
    return Stretch(
        start, start + (clock.end - clock.first), day.basis, "clock_on_day", Grain.MOMENT, clock.zone or day.zone
    )


def _in_part(day: Stretch, words: str, page: Page, of: str) -> Stretch:
    """A part of a day. A night belongs to two days: which of its two evenings is meant, the hour of printing tells."""
    if day.first is None:
        return unanchored(day.rule, Grain.MOMENT)
    first, last = _PARTS[words]
    part = Stretch(
        day.first + timedelta(hours=first),
        day.first + max(timedelta(hours=last), timedelta(hours=first) + MINUTE),
        day.basis,
        f"{day.rule}_{words.replace(' ', '_')}",
        Grain.MOMENT,
        day.zone,
    )
    if words != "night" or page.today is None:
        return part
    the_night_before = part.shifted(-DAY)
    if of in ("to", "zum", "auf", "на"):
        return the_night_before
    if day.basis is TimeBasis.RELATIVE and day.first.date() == page.today and page.outlook() is not Outlook.AHEAD:
        printed_before_it = page.now is None or page.now.hour < EVENING
        return the_night_before if printed_before_it else hull(the_night_before, part, part.rule)
    return hull(the_night_before, part, part.rule) if of == "of" and day.basis is TimeBasis.RELATIVE else part


def _clock(found: re.Match[str], page: Page) -> Stretch | None:
    at, zone = _time(found), _zone(found)
    if at is None:
        return None
    if page.today is None:
        return unanchored("clock", Grain.MOMENT)
    start = datetime.combine(page.today, at)
    if page.now is not None and start > page.now + DAY / 24 and page.outlook() is Outlook.BACK and zone is None:
        start -= DAY
    return on_clock(Stretch(start, start + MINUTE, TimeBasis.RELATIVE, "clock", Grain.MOMENT), zone)


def _time(found: re.Match[str]) -> time | None:
    if found["word"]:
        return time(0 if found["word"].casefold() == "midnight" else 12)
    if found["h12"]:
        return time(int(found["h12"]) % 12 + 12 * (found["half"] in "pP"), int(found["m12"] or 0))
    for hour, minute in (("h24", "m24"), ("hat", "mat"), ("hmil", "mmil")):
        if found[hour]:
            return time(int(found[hour]) % 24, int(found[minute]))
    return None


def _zone(found: re.Match[str]) -> tzinfo | None:
    words = next((found[name] for name in ("zone", "zone1", "zone3") if found[name]), None)
    return zone_named(words) if words else None


def _numbered(pattern: str, number: int) -> str:
    return pattern.replace("(?P<zone>", f"(?P<zone{number}>")


_PARTS: dict[str, tuple[int, int]] = {words: (span[0], span[1]) for words, span in lexicon()["parts"].items()}
_PARTS |= {"early": (0, 9), "late": (18, 24), "nacht": (18, 30), "ночь": (18, 30)}


@lru_cache(maxsize=1)
def _part_before() -> re.Pattern[str]:
    # Noon and midnight are hours of the clock.
    parts = one_of(part for part, (first, last) in lexicon()["parts"].items() if first < last)
    return re.compile(
        rf"(?:(?i:(?:(?:in|on|during|by|since|until)\s)?the\s(?P<part>{parts})\s(?P<of>of|to|before)\s(?:the\s)?)"
        rf"|(?i:(?P<loose>early|late|(?!night){parts}))\s(?:on\s)?)\Z"
    )


@lru_cache(maxsize=1)
def _part_after() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[’']s)?\s(?:in\sthe\s)?(?P<part>(?:{one_of(lexicon()['parts'])}))(?!\w|\s(?:Live|Times|Football))",
        re.IGNORECASE,
    )
