"""Leads the names of a sheet to sources: those that are held, those that the registry knows, or new ones."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from provenance.extraction.reading import Link
from provenance.extraction.resolving.kinds import described
from provenance.ingestion.sheets.faults import Unfit
from provenance.ingestion.sheets.fields import SheetField
from provenance.ingestion.sheets.wanted import Named, WantedRow
from provenance.ingestion.speakers import Speakers
from provenance.storage.source import Source
from provenance.storage.writes.finding import referred
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import LinkStatus, SourceKind

OF = frozenset({"of", "for", "de", "du", "des", "di", "del"})


def source_named(writer: Writer, speakers: Speakers, one: Named, *, carries: bool) -> Source:
    """The source of a name or id; one that nobody knows is new, of the kind that its words tell.

    ``carries``: it stands where an outlet would, so that words which tell nothing are taken for one.
    """
    if one.name.startswith("src_"):
        return referred(writer.session, Source, one.name, "source")
    kind = one.kind or (None if speakers.known.find(one.name) else kind_of(one.name))
    nobody = kind is not None and kind.placeholder
    kind = kind or (SourceKind.WEBSITE if carries else SourceKind.PERSON)
    status = LinkStatus.UNRESOLVED if nobody else LinkStatus.RESOLVED
    found = speakers.of_link(writer, Link(one.name, None if nobody else one.name, status, kind=kind))
    if found is None:
        raise Unfit(SheetField.CHAIN, f"'{one.name}' is no name.", "Write a name, or ? where nobody is named.")
    return found


def publisher_of(writer: Writer, speakers: Speakers, row: WantedRow) -> Source:
    """Who published the document of a row: as named, else where its chain ends, else by the host of its address."""
    document = row.document
    if document is not None and document.publisher is not None:
        return source_named(writer, speakers, document.publisher, carries=True)
    host = _host(document.url if document else None)
    if row.whole and row.steps and len(row.steps[-1]) == 1 and not (host and speakers.known.by_domain(host)):
        return source_named(writer, speakers, row.steps[-1][0], carries=True)
    if host is None:
        raise Unfit(SheetField.PUBLISHER, "Nobody is named who published it.", "Fill a publisher or an address.")
    return speakers.publisher(writer, given=None, host=host, site=None, title=None, mark="")


def kind_of(name: str) -> SourceKind | None:
    """What a name says by itself; None where it does not.

    >>> kind_of("Interior Ministry").value, kind_of("Ministry of Health").value, kind_of("the authorities").value
    ('government_body', 'government_body', 'unnamed')
    >>> kind_of("Saltanat Azirbek") is None
    True
    """
    return next((told.kind for words in _heads(name) if (told := described(words)) and told.kind), None)


def _host(url: str | None) -> str | None:
    host = urlsplit(url or "").hostname
    return host.removeprefix("www.") if host else None


def _heads(name: str) -> Iterator[str]:
    """The words of a name that may say what it is, the fullest first."""
    words = name.split()
    stop = next((place for place, word in enumerate(words) if place and word.lower() in OF), None)
    for part in (words[:stop], words):
        for length in range(min(len(part), 3), 0, -1):
            yield " ".join(part[-length:])
