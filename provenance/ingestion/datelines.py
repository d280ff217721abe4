"""Reads what stands in front of an article's first sentence: the agency that wrote it, and the day it was written on.

Pages that print an agency's copy name the agency there alone; without it the agency would be missing from each chain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from provenance.extraction.dates import publication_date
from provenance.extraction.reading import Link, Reading, Span, Statement, Zone
from provenance.extraction.sources import Entry, Registry
from provenance.extraction.zones import find_zones
from provenance.ingestion.loading import LoadedDocument, Published
from provenance.ingestion.loading.printed_dates import read_printed
from provenance.ingestion.loading.words import one_line
from provenance.storage.dates import read_date
from provenance.vocabulary import DateBasis, DatePrecision, LinkStatus, Manner, ZoneKind


@dataclass(frozen=True, slots=True)
class Wire:
    """The agency or outlet whose copy a document is: what the registry knows of it, and its words in the dateline."""

    entry: Entry
    words: Span

    def link(self, step: int) -> Link:
        """The link of a chain that it is."""
        return Link(
            self.words.text,
            self.entry.name,
            LinkStatus.RESOLVED,
            self.words.start,
            self.words.end,
            step=step,
            kind=self.entry.kind,
            country=self.entry.country or None,
            manner=Manner.VIA,
        )


def wire_of(text: str, zones: Iterable[Zone], known: Registry) -> Wire | None:
    """Whose copy an article is by its dateline; None where none stands there whom the registry knows as a carrier.

    >>> from provenance.extraction.sources import registry
    >>> text = "MOSCOW, January 6. /TASS/. Dozens of attackers were eliminated."
    >>> wire_of(text, find_zones(text), registry()).words
    Span(start=20, end=24, text='TASS')
    """
    for zone in zones:
        if zone.kind is ZoneKind.DATELINE:
            for start, end, entry in known.mentions(text[zone.start : zone.end]):
                if entry.kind.carries:
                    return Wire(entry, Span.of(text, zone.start + start, zone.start + end))
    return None


def carried_by(reading: Reading, wire: Wire) -> Reading:
    """A reading whose statements all came through an agency: the last carrier of each chain that does not name it."""
    return replace(reading, statements=tuple(_carried(statement, wire) for statement in reading.statements))


def dated(loaded: LoadedDocument) -> LoadedDocument:
    """A document with the day that its dateline prints, where nothing else says when it was published."""
    if loaded.published.precision is not DatePrecision.UNKNOWN:
        return loaded
    published = _printed_day(loaded.text, loaded.zones or find_zones(loaded.text))
    return loaded if published is None else replace(loaded, published=published)


def _carried(statement: Statement, wire: Wire) -> Statement:
    chain = statement.chain
    if any(link.source == wire.entry.name for link in chain):
        return statement
    return replace(statement, chain=(*chain, wire.link(max((link.step for link in chain), default=-1) + 1)))


def _printed_day(text: str, zones: Iterable[Zone]) -> Published | None:
    found = publication_date(text, zones)
    if found is None or found.earliest is None or found.latest is None:
        return None
    words = one_line(found.text, 200)
    said = read_printed(words, DateBasis.PRINTED)
    if said is not None:
        return said
    # What was found allows for every clock on Earth; its middle lies within the day that is printed.
    day = read_date((found.earliest + (found.latest - found.earliest) / 2).date().isoformat())
    return Published(words, day.earliest, day.latest, day.precision, DateBasis.PRINTED)
