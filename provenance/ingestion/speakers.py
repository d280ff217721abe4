"""Leads whoever a page names to a source: one that is held under any name, one that the registry knows, or a new one.

Whatever is added here is proposed. Words that identify nobody ("the authorities") share one row for each form of
words: the analysis takes such a row for another node in each report.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache

from provenance.extraction.reading import Link
from provenance.extraction.resolving.kinds import described
from provenance.extraction.sources import Entry, Registry, registry
from provenance.ingestion.offices import Office, office_of
from provenance.ingestion.pointing import countries_in, of_any_state, pointed_at
from provenance.storage.document import Document
from provenance.storage.reads.named import sources_named, tied
from provenance.storage.source import Source, SourceBase, SourceNameBase, TieCreate
from provenance.storage.words import fold
from provenance.storage.writes.finding import referred
from provenance.storage.writes.proposals import propose_source
from provenance.storage.writes.ties import state_tie
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Basis, LinkStatus, NameKind, SourceKind, TieKind

REMEMBERED = 20_000  # names
LONGEST_NAME = 300
COLLECTIVE = frozenset(
    {"media", "reports", "report", "outlets", "newspapers", "agencies", "press", "accounts", "posts"}
)
DETERMINERS = frozenset({"the", "a", "an", "some", "several", "many", "other", "others", "two", "three"})
UNRECORDED = "nobody recorded who published it; name the publisher when you review what was read from it"

# The countries one of which must be that of whoever is meant; None where the name alone says who it is.
Places = frozenset[str] | None
# A name with its country, whether it identifies nobody, and where it may be: what leads to one source.
Called = tuple[str, str | None, bool, Places]


@dataclass
class Speakers:
    """Finds sources for one document after another, and remembers where names led.

    What it remembers is looked at again in each transaction, for a source may be merged or refused meanwhile.
    """

    known: Registry = field(default_factory=registry)
    _remembered: OrderedDict[Called, tuple[int, str]] = field(default_factory=OrderedDict)
    _pointed: tuple[str, frozenset[str]] | None = None

    def of_link(self, writer: Writer, link: Link, document: Document | None = None) -> Source | None:
        """The source that a link of a document's chain names; None where the page points at nobody."""
        # Of somebody unnamed, too, the words before say more than the pronoun: "a doctor" and not "he".
        called = (link.source or link.as_named or "").strip()[:LONGEST_NAME]
        if link.status is LinkStatus.UNSPECIFIED or not fold(called):
            return None
        if link.status is LinkStatus.UNRESOLVED or (link.kind is not None and link.kind.placeholder):
            return self._nobody(writer, called, link.kind, self._places(writer, link.country, document))
        return self.named(writer, called, link.kind, link.country, document)

    def named(
        self,
        writer: Writer,
        name: str,
        kind: SourceKind | None = None,
        country: str | None = None,
        document: Document | None = None,
    ) -> Source:
        """The source of this name: held already, known to the registry, or new, of this kind as far as is known.

        Whoever the document calls the spokesman of a body speaks for it: the document says so itself. A name that a
        body of any state bears leads to that of a country only where the document points at it.
        """
        places = self._places(writer, country, document) if of_any_state(self.known, name) else None
        called = (fold(name), country, False, places)
        held = self._recall(writer, called)
        if held is None:
            office = office_of(name)
            at = _seat(writer, office, country, places) if office else None
            names = [name, *(office.spellings() if office else ())]
            held = _held(writer, names, kind, country, countries_in(at) or places, anywhere=at is None)
            entry = None if held else self.known.find(name, near=[country] if country else [])
            if entry is not None:
                held = self._registered(writer, entry)
            if held is None:
                given = SourceBase(name=name, kind=kind or SourceKind.PERSON, country=country or at)
                held = propose_source(writer, given)
                if office is not None and document is not None:
                    self._speak_for(writer, held, office, country, document)
            self._remember(called, held)
        return held

    def _places(self, writer: Writer, country: str | None, document: Document | None) -> Places:
        """Where somebody may be whose name does not tell; whom a person names without a document, anywhere."""
        if document is None:
            return None
        if country:
            return countries_in(country)
        if self._pointed is None or self._pointed[0] != document.public_id:
            self._pointed = (document.public_id, pointed_at(writer.session, document, self.known))
        return self._pointed[1]

    def _speak_for(
        self, writer: Writer, speaker: Source, office: Office, country: str | None, document: Document
    ) -> None:
        found = [one for word in office.body.split()[::-1] if (one := described(word.lower())) is not None]
        kind = found[0].kind if found else None
        known = self.known.find(office.body, near=[country] if country else [])
        if known is None and (kind is None or kind.placeholder):
            return
        body = self.named(writer, office.body, kind, country, document)
        if body.key != speaker.key and not body.kind.placeholder and not tied(writer.session, speaker.key, body.key):
            said = TieCreate(
                kind=TieKind.SPEAKS_FOR, basis=Basis.CITED, document=document.public_id, other=body.public_id
            )
            state_tie(writer, speaker.public_id, said)

    def publisher(
        self,
        writer: Writer,
        *,
        given: str | None,
        host: str | None,
        site: str | None,
        title: str | None,
        mark: str,
        wire: Entry | None = None,
    ) -> Source:
        """Who published a document: as given (an id or a name), by the host of its address, by what the page calls its
        site, by the host itself, by its dateline; else a source of its own, for two publishers that nobody recorded
        are not one.
        """
        if given is not None and given.startswith("src_"):
            return referred(writer.session, Source, given, "publisher")
        if given is not None:
            return self.named(writer, given, SourceKind.WEBSITE)
        entry = self.known.by_domain(host) if host else None
        if entry is not None:
            return self._registered(writer, entry)
        if site or host:
            return self.named(writer, (site or host or "")[:LONGEST_NAME], SourceKind.WEBSITE)
        if wire is not None:
            return self._registered(writer, wire)
        of = f"Unrecorded publisher {mark}"
        return propose_source(
            writer,
            SourceBase(name=of, kind=SourceKind.WEBSITE, note=f"Of “{title or 'an untitled text'}”; {UNRECORDED}."),
        )

    def _nobody(self, writer: Writer, words: str, kind: SourceKind | None, places: Places) -> Source:
        first, _, rest = words.partition(" ")
        words = words if rest and first.lower() not in DETERMINERS else first.lower() + words[len(first) :]
        called = (fold(words), None, True, places)
        held = self._recall(writer, called)
        if held is None:
            same = [source for source in sources_named(writer.session, words) if source.kind.placeholder]
            same = same if places is None else _in_one_place(same, places) or _in_none(same)
            collective = not COLLECTIVE.isdisjoint(fold(words).split())
            guessed = SourceKind.COLLECTIVE if collective else SourceKind.UNNAMED
            given = SourceBase(name=words, kind=kind if kind and kind.placeholder else guessed)
            held = same[0] if same else propose_source(writer, given)
            self._remember(called, held)
        return held

    def _registered(self, writer: Writer, entry: Entry) -> Source:
        called = (f"registry {entry.key}", entry.country, False, None)
        held = self._recall(writer, called)
        if held is None:
            held = _held(writer, [name for name, _ in entry.names], entry.kind, entry.country)
            held = held or self._from_registry(writer, entry)
            self._remember(called, held)
        return held

    def _from_registry(self, writer: Writer, entry: Entry) -> Source:
        names = [
            SourceNameBase(name=name, kind=NameKind.ALIAS, language=language or None)
            for name, language in entry.names[1:]
        ]
        given = SourceBase(name=entry.name, kind=entry.kind, country=entry.country or None, note=entry.basis or None)
        source = propose_source(writer, given, names)
        for tie in entry.ties:
            other = self.known.by_key(tie.other)
            end = _held(writer, [name for name, _ in other.names], other.kind, other.country) if other else None
            if end is not None and end.key != source.key and not tied(writer.session, source.key, end.key):
                said = TieCreate(kind=tie.kind, basis=tie.basis, reference=tie.reference, other=end.public_id)
                state_tie(writer, source.public_id, said)
        self._tie_those_who_wait(writer, entry, source)
        return source

    def _tie_those_who_wait(self, writer: Writer, entry: Entry, source: Source) -> None:
        """Ties to the new source from those who were held before it."""
        for member in _members(self.known).get(entry.key, ()):
            waiting = self._recall(writer, (f"registry {member.key}", member.country, False, None))
            for tie in member.ties if waiting is not None else ():
                if waiting and tie.other == entry.key and not tied(writer.session, waiting.key, source.key):
                    said = TieCreate(kind=tie.kind, basis=tie.basis, reference=tie.reference, other=source.public_id)
                    state_tie(writer, waiting.public_id, said)

    def _recall(self, writer: Writer, called: Called) -> Source | None:
        remembered = self._remembered.get(called)
        if remembered is None:
            return None
        self._remembered.move_to_end(called)
        key, public_id = remembered
        source = writer.session.get(Source, key)
        # A transaction that was given up may have left the key to another source.
        same = source is not None and source.recorded_to is None and source.public_id == public_id
        return source if same else None

    def _remember(self, called: Called, source: Source) -> None:
        self._remembered[called] = (source.key, source.public_id)
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)


def _seat(writer: Writer, office: Office, country: str | None, places: Places) -> str | None:
    """The country of the held body for which an office speaks, where its name tells none but the document does."""
    body = _held(writer, [office.body], None, country, places) if places is not None else None
    return body.country if body is not None else None


def _held(
    writer: Writer,
    names: list[str],
    kind: SourceKind | None,
    country: str | None,
    places: Places = None,
    *,
    anywhere: bool = True,
) -> Source | None:
    """The one source that is held under one of these names and may be of this country; None where several could be.

    Where a name does not tell the country, it is one of these places or, ``anywhere``, one of no country on record.
    """
    called = [[one for one in sources_named(writer.session, name) if not one.kind.placeholder] for name in names]
    if places is not None:
        chosen = [_in_one_place(found, places) for found in called]
        chosen += [_in_none(found) for found in called if anywhere]
    else:
        chosen = [_in_the_country(found, country) for found in called]
    for found in filter(None, chosen):
        return min(found, key=lambda source: (source.kind is not kind, found.index(source)))
    return None


def _in_the_country(found: list[Source], country: str | None) -> list[Source]:
    near = [source for source in found if _may_be_in(source.country, country)]
    return near if country or len({source.country for source in near}) == 1 else []


def _in_one_place(found: list[Source], places: frozenset[str]) -> list[Source]:
    """Those in these places; none if they are of several countries, for nothing tells which one is meant."""
    there = [source for source in found if not countries_in(source.country).isdisjoint(places)]
    return there if len({source.country for source in there}) == 1 else []


def _in_none(found: list[Source]) -> list[Source]:
    return [source for source in found if not source.country]


def _may_be_in(held: str | None, named: str | None) -> bool:
    if not held or not named:
        return True
    return not countries_in(held).isdisjoint(countries_in(named))


@lru_cache(maxsize=4)
def _members(known: Registry) -> dict[str, list[Entry]]:
    """Whom the registry ties to each of its entries."""
    members: dict[str, list[Entry]] = {}
    for entry in known.entries:
        for tie in entry.ties:
            members.setdefault(tie.other, []).append(entry)
    return members
