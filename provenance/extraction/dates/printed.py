"""The day of publication as the article prints it: in its dateline, or on a line with the date above its text."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.extraction.article import Article
from provenance.extraction.dates.finding import find_dates
from provenance.extraction.reading import DateFound, Zone
from provenance.vocabulary import TimeBasis, ZoneKind


def publication_date(text: str, zones: Iterable[Zone]) -> DateFound | None:
    r"""The first full date in the dateline zones of a text; None where there is none with its year.

    "Updated" and "published" both stand there: the first printed one is taken, which sites put first.

    >>> from provenance.extraction.zones import find_zones
    >>> text = "Riots in Almaty\n\nJanuary 6, 2022\n\nDozens of attackers were killed, Tass reported."
    >>> publication_date(text, find_zones(text)).earliest.date()
    datetime.date(2022, 1, 5)
    """
    zones = tuple(zones)
    for zone in zones:
        if zone.kind is ZoneKind.DATELINE:
            line = Article(text[zone.start : zone.end], (Zone(zone.kind, 0, zone.end - zone.start),), None)
            for found in find_dates(line):
                if found.basis is TimeBasis.ABSOLUTE and _is_a_day(found):
                    return DateFound(
                        found.start + zone.start,
                        found.end + zone.start,
                        found.text,
                        found.earliest,
                        found.latest,
                        found.basis,
                        f"printed_{found.rule}",
                    )
    return None


def _is_a_day(found: DateFound) -> bool:
    return found.earliest is not None and found.latest is not None and (found.latest - found.earliest).days <= 2
