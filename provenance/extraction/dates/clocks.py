"""On whose clock an article tells the time, and what its days and hours are in UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from provenance.extraction.dates.stretches import Grain, Stretch
from provenance.extraction.dates.words import lexicon, one_of
from provenance.extraction.reading import Zone
from provenance.vocabulary import TimeBasis, ZoneKind

# A day begins first on the Line Islands and ends last on Baker Island.
ALL_OVER_THE_WORLD = (timezone(timedelta(hours=14)), timezone(timedelta(hours=-12)))
LAST_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """The zones on one of whose clocks an article may tell the time; ``known`` if they are those of a place."""

    zones: tuple[tzinfo, ...]
    known: bool

    def here(self, moment: datetime) -> datetime:
        """What the article's clock shows at an instant; where it is not known, the clock of the instant itself."""
        zone = self.zones[0] if self.known else moment.tzinfo
        return moment.astimezone(zone).replace(tzinfo=None)

    def in_utc(self, stretch: Stretch) -> tuple[datetime | None, datetime | None, TimeBasis]:
        """The instants of a stretch, as wide as the article's clock is uncertain, and how they were read.

        A day that is named fully stays so wherever the article was written; "yesterday" and "at noon" do not.

        :raises OverflowError: where the calendar ends.
        """
        if stretch.first is None or stretch.end is None:
            return None, None, TimeBasis.UNANCHORED
        zones = (stretch.zone,) if stretch.zone else self.zones
        earliest = min(stretch.first.replace(tzinfo=zone).astimezone(UTC) for zone in zones)
        latest = max(stretch.end.replace(tzinfo=zone).astimezone(UTC) for zone in zones) - LAST_MOMENT
        open_clock = not self.known and stretch.zone is None
        whole_days = stretch.basis is TimeBasis.ABSOLUTE and stretch.grain is not Grain.MOMENT
        return earliest, latest, TimeBasis.AMBIGUOUS if open_clock and not whole_days else stretch.basis


def clock_of(place: str | None, text: str, zones: Iterable[Zone]) -> Clock:
    """The clock of a country, or of the town in the dateline; all clocks of the world where neither is known.

    >>> clock_of("KZ", "", ()).zones
    (zoneinfo.ZoneInfo(key='Asia/Almaty'),)
    """
    for zone in zones:
        if zone.kind is ZoneKind.DATELINE and (town := _a_town().match(text, zone.start, zone.end)):
            return Clock((ZoneInfo(_towns()[town[0].casefold()]),), known=True)
    named = lexicon()["countries"].get((place or "").upper())
    if named is None:
        return Clock(ALL_OVER_THE_WORLD, known=False)
    return Clock(tuple(map(ZoneInfo, [named] if isinstance(named, str) else named)), known=True)


def zone_named(words: str) -> tzinfo | None:
    """The zone of "GMT", "MSK" or "Moscow time"; None for "local time" and for what is no zone.

    >>> zone_named("Moscow time"), zone_named("local time")
    (zoneinfo.ZoneInfo(key='Europe/Moscow'), None)
    """
    name = words.strip("() .")
    if name in lexicon()["offsets"]:
        return timezone(timedelta(hours=lexicon()["offsets"][name]))
    place = name.removesuffix(" time").removesuffix(" Time")
    zone = lexicon()["zones"].get(place) or _towns().get(place.casefold())
    return ZoneInfo(zone) if zone else None


def on_clock(stretch: Stretch, zone: tzinfo | None) -> Stretch:
    """The same hours on the clock that the words name, if they name one."""
    return replace(stretch, zone=zone) if zone else stretch


@lru_cache(maxsize=1)
def _towns() -> Mapping[str, str]:
    """The zone of a town by its name: those that zones are named after, and what the lexicon adds."""
    named = {
        name.rpartition("/")[2].replace("_", " ").casefold(): name
        for name in sorted(available_timezones())
        if "/" in name
    }
    return {**named, **{str(town).casefold(): str(zone) for town, zone in lexicon()["towns"].items()}}


@lru_cache(maxsize=1)
def _a_town() -> re.Pattern[str]:
    return re.compile(one_of(_towns()) + r"(?!\w)", re.IGNORECASE)
