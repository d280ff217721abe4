"""What the words of a date are read against: the text, the day on which it came out, and what it named before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from provenance.extraction.dates.outlook import Outlook, outlook
from provenance.extraction.dates.stretches import DAY, Grain, Stretch, days, hull, unanchored
from provenance.vocabulary import TimeBasis

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Page:
    """A text and the day on which it came out on its own clock; ``now`` is None where only the day is known.

    ``before`` is what the text named last, ``floor`` where those words ended; ``start`` and ``end`` is where the words
    stand that are being read.
    """

    text: str
    today: date | None
    now: datetime | None
    language: str | None
    start: int = 0
    end: int = 0
    floor: int = 0
    before: Stretch | None = None

    def outlook(self) -> Outlook:
        """Whether the sentence around the words looks back or ahead."""
        return outlook(self.text, self.start, self.end)

    def day(self, offset: int, rule: str) -> Stretch:
        """So many days from today."""
        if self.today is None:
            return unanchored(rule, Grain.DAY)
        day = self.today + offset * DAY
        return days(day, day, TimeBasis.RELATIVE, rule)

    def weekday(self, weekday: int, rule: str) -> Stretch:
        """The day of that name that the sentence looks at: the latest one up to today, or the first from today on."""
        if self.today is None:
            return unanchored(rule, Grain.DAY)
        back = self.day(-((self.today.weekday() - weekday) % 7), rule)
        ahead = self.day((weekday - self.today.weekday()) % 7, f"{rule}_ahead")
        return self.towards(back, ahead, rule)

    def towards(self, back: Stretch, ahead: Stretch, rule: str) -> Stretch:
        """The one of two readings to which the sentence looks; both where that is open."""
        match self.outlook():
            case Outlook.BACK:
                return back
            case Outlook.AHEAD:
                return ahead
            case Outlook.EITHER:
                return hull(back, ahead, f"{rule}_either")

    def week(self, offset: int, rule: str, first: int = 0, last: int = 6) -> Stretch:
        """Days of the week that is so many weeks from this one, Monday first."""
        if self.today is None:
            return unanchored(rule)
        monday = self.today - self.today.weekday() * DAY + offset * WEEK
        return days(monday + first * DAY, monday + last * DAY, TimeBasis.RELATIVE, rule)
