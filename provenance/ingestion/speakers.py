"""Leads whoever a page names to a source: one that is held under any name, one that the registry knows, or a new one.

Whatever is added here is proposed. Words that identify nobody ("the authorities") share one row for each form of
words: the analysis takes such a row for another node in each report.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache

from provenance.extraction.reading import Link
from provenance.extraction.resolving.kinds import described
from provenance.extraction.sources import Entry, Registry, registry
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

# A name with its country and whether it identifies nobody: what leads to one source.
Called = tuple[str, str | None, bool]


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody who is known by the body for which he or she speaks alone."""

    role: str
    body: str

    def spellings(self) -> list[str]:
        """How else pages name the same office."""
        return [f"{self.role} {joining} {self.body}".strip() for joining in ("for the", "for", "of the", "of")] + [
            f"{self.body} {self.role}",
            f"{self.body}’s {self.role}",
        ]


OFFICE = re.compile(
    r"(?:an? |the )?(?P<role>spokes(?:man|woman|person))(?: for| of|,)(?: the)? (?P<body>\S.*)"
    r"|(?:the )?(?P<its>\S.*?)(?:['’]s)? (?P<role_behind>spokes(?:man|woman|person))",
    re.IGNORECASE,
)


def office_of(name: str) -> Office | None:
    """The office that somebody is named by; None for everybody else.

    >>> office_of("spokesman for the Interior Ministry") == office_of("the Interior Ministry's spokesman")
    True
    >>> office_of("Saltanat Azirbek") is None
    True
    """
    found = OFFICE.fullmatch(name.strip())
    if found is None:
        return None
    return Office((found["role"] or found["role_behind"]).lower(), found["body"] or found["its"])


@dataclass
class Speakers:
    """Finds sources for one document after another, and remembers where names led.

    What it remembers is looked at again in each transaction, for a source may be merged or refused meanwhile.
    """

    known: Registry = field(default_factory=registry)
    _remembered: OrderedDict[Called, tuple[int, str]] = field(default_factory=OrderedDict)

    def of_link(self, writer: Writer, link: Link, document: Document | None = None) -> Source | None:
        """The source that a link of a document's chain names; None where the page points at nobody."""
        # Of somebody unnamed, too, the words before say more than the pronoun: "a doctor" and not "he".
        called = (link.source or link.as_named or "").strip()[:LONGEST_NAME]
        if link.status is LinkStatus.UNSPECIFIED or not fold(called):
            return None
        if link.status is LinkStatus.UNRESOLVED or (link.kind is not None and link.kind.placeholder):
            return self._nobody(writer, called, link.kind)
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

        Whoever the document calls the spokesman of a body speaks for it: the document says so itself.
        """
        called = (fold(name), country, False)
        held = self._recall(writer, called)
        if held is None:
            office = office_of(name)
            held = _held(writer, [name, *(office.spellings() if office else ())], kind, country)
            entry = None if held else self.known.find(name, near=[country] if country else [])
            if entry is not None:
                held = self._registered(writer, entry)
            if held is None:
                given = SourceBase(name=name, kind=kind or SourceKind.PERSON, country=country)
                held = propose_source(writer, given)
                if office is not None and document is not None:
                    self._speak_for(writer, held, office, country, document)
            self._remember(called, held)
        return held

    def _speak_for(
        self, writer: Writer, speaker: Source, office: Office, country: str | None, document: Document
    ) -> None:
        found = [one for word in office.body.split()[::-1] if (one := described(word.lower())) is not None]
        kind = found[0].kind if found else None
        known = self.known.find(office.body, near=[country] if country else [])
        if known is None and (kind is None or kind.placeholder):
            return
        body = self.named(writer, office.body, kind, country)
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

    def _nobody(self, writer: Writer, words: str, kind: SourceKind | None) -> Source:
        first, _, rest = words.partition(" ")
        words = words if rest and first.lower() not in DETERMINERS else first.lower() + words[len(first) :]
        called = (fold(words), None, True)
        held = self._recall(writer, called)
        if held is None:
            same = [source for source in sources_named(writer.session, words) if source.kind.placeholder]
            collective = not COLLECTIVE.isdisjoint(fold(words).split())
            guessed = SourceKind.COLLECTIVE if collective else SourceKind.UNNAMED
            given = SourceBase(name=words, kind=kind if kind and kind.placeholder else guessed)
            held = same[0] if same else propose_source(writer, given)
            self._remember(called, held)
        return held

    def _registered(self, writer: Writer, entry: Entry) -> Source:
        called = (f"registry {entry.key}", entry.country, False)
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
            waiting = self._recall(writer, (f"registry {member.key}", member.country, False))
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


def _held(writer: Writer, names: list[str], kind: SourceKind | None, country: str | None) -> Source | None:
    """The one source that is held under one of these names and may be of this country; None where several could be."""
    for name in names:
        found = [
            source
            for source in sources_named(writer.session, name)
            if not source.kind.placeholder and _may_be_in(source.country, country)
        ]
        if len({source.country for source in found}) == 1 or (found and country):
            return min(found, key=lambda source: (source.kind is not kind, found.index(source)))
    return None


def _may_be_in(held: str | None, named: str | None) -> bool:
    if not held or not named:
        return True
    return not {code.strip() for code in held.replace(",", "/").split("/")}.isdisjoint(named.split("/"))


@lru_cache(maxsize=4)
def _members(known: Registry) -> dict[str, list[Entry]]:
    """Whom the registry ties to each of its entries."""
    members: dict[str, list[Entry]] = {}
    for entry in known.entries:
        for tie in entry.ties:
            members.setdefault(tie.other, []).append(entry)
    return members
