"""Leads names to sources: exactly or not at all, never by likeness.

"The Interior Ministry" is a different body in each country, so a name of that sort counts only with its country: in
the name itself ("Russia's Interior Ministry"), or in `near`, the countries that the text is about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from urllib.parse import urlsplit

from provenance.extraction.sources.countries import countries
from provenance.extraction.sources.entry import Entry
from provenance.extraction.sources.folding import Word, as_printed, key_of, words, words_like
from provenance.extraction.sources.named import Named, names_of, only
from provenance.extraction.sources.packaged import packaged_entries
from provenance.extraction.sources.scanning import Scanner


class Registry:
    """Entries, found by their names and by the hosts of their pages.

    A name that one of those that were ``added`` bears is its alone.
    """

    def __init__(self, entries: Iterable[Entry], added: Iterable[Entry] = ()) -> None:
        self.added = tuple(added)
        self.entries = (*entries, *self.added)

    def find(self, name: str, *, near: Collection[str] = ()) -> Entry | None:
        """The one source that a name means; None where it means none, or more than one that nothing tells apart.

        Case, accents, punctuation and articles do not matter, nor what is commonly said around a name. ``near`` are
        the countries (ISO 3166) to which a name that many share may belong.

        >>> found = registry().find("the Russian state agency Tass")
        >>> found and found.name
        'TASS'
        >>> registry().find("Interior Ministry") is None
        True
        >>> found = registry().find("Interior Ministry", near=["KZ"])
        >>> found and found.name
        'Ministry of Internal Affairs of Kazakhstan'
        """
        found = words(name)
        if not found:
            return None
        based = next((place for place, word in enumerate(found[:4]) if word.fold == "based"), -1)
        found = found[based + 1 :] or found
        return self._called(found, (), near) or self._in_its_country(found) or self._without_around(found, (), near)

    def shared(self, name: str) -> bool:
        """Whether it is a name that its like in every country bears.

        >>> registry().shared("the Interior Ministry"), registry().shared("Innenministerium"), registry().shared("Tass")
        (True, True, False)
        """
        return any(one.bare for one in self._named(words(name)))

    def by_domain(self, host: str) -> Entry | None:
        """Whose pages stand under a host or address: the longest known end of the host decides.

        >>> found = registry().by_domain("www.tass.com")
        >>> found and found.name
        'TASS'
        """
        netloc = urlsplit(host if "//" in host else f"//{host}").hostname or ""
        labels = netloc.lower().strip(".").split(".")
        ends = (".".join(labels[place:]) for place in range(len(labels) - 1))
        return next((self._by_domain[end] for end in ends if end in self._by_domain), None)

    def by_key(self, key: str) -> Entry | None:
        """The entry of this key."""
        return self._by_key.get(key)

    def mentions(self, text: str, *, near: Collection[str] = ()) -> Iterator[tuple[int, int, Entry]]:
        """Where a text names sources, in code points, end exclusive; in one pass, the longest name at each place.

        A name that many share counts only with its country beside it, or in ``near``.

        >>> [(a, b, entry.name) for a, b, entry in registry().mentions("as Khabar 24 told Tass")]
        [(3, 12, 'Khabar 24'), (18, 22, 'TASS')]
        """
        return self._scanner.mentions(text, near)

    def with_entries(self, extra: Iterable[Entry]) -> Registry:
        """A registry that knows these as well. One that has the key or the name of an entry takes its place and keeps
        its names, addresses and ties; where two share any other name, it belongs to the one that was added.
        """
        added: list[Entry] = []
        replaced: set[str] = set()
        for entry in extra:
            known = self._same(entry)
            added.append(_joined(entry, known))
            replaced |= {known.key} if known else set()
        return Registry((entry for entry in self.entries if entry.key not in replaced), added)

    def _same(self, entry: Entry) -> Entry | None:
        """The entry that stands for what is added under one of its names, and is of its kind."""
        places = [*entry.country.split("/"), *entry.near]
        called = self.find(entry.name, near=places)
        if called is None:
            return self._by_key.get(entry.key)
        return called if called.kind is entry.kind or key_of(words(called.name)) == key_of(words(entry.name)) else None

    def _called(self, found: Sequence[Word], inside: Collection[str], near: Collection[str]) -> Entry | None:
        """The only entry of this very name: in these countries if any are given, else by itself or near by."""
        named = self._named(found)
        if inside:
            return only(named, inside)
        alone = only(named) if not any(one.bare for one in named) else None
        return alone or only(named, near)

    def _named(self, found: Sequence[Word]) -> list[Named]:
        return [one for one in self._index.get(key_of(found), ()) if one.exact in (None, as_printed(found))]

    def _in_its_country(self, found: Sequence[Word]) -> Entry | None:
        """A name with its country in it: "Kazakh Ministry of Health", "МВД Казахстана", "Russia's Tass"."""
        matches = countries().within(found)
        if not matches or len({match.codes for match in matches}) > 1:
            return None
        rest = list(found)
        for match in reversed(matches):
            end = match.end + 1 if match.end < len(rest) and rest[match.end].fold == "s" else match.end
            rest[match.start : end] = []
            at_the_end = match.start == len(rest)
            while at_the_end and rest and rest[-1].fold in words_like("joining"):
                rest.pop()
        if not rest:
            return None
        return self._called(rest, matches[0].codes, ()) or self._without_around(rest, matches[0].codes, ())

    def _without_around(self, found: Sequence[Word], inside: Collection[str], near: Collection[str]) -> Entry | None:
        """The longest name inside words that are commonly said around one. If that leaves several sources open, no
        shorter one is tried: "Daily Mirror" is not "the daily" called Mirror.
        """
        around = words_like("around")
        first = next((place for place, word in enumerate(found) if word.fold not in around), len(found))
        last = next((place for place in range(len(found), 0, -1) if found[place - 1].fold not in around), 0)
        cores = ((start, end) for start in range(first + 1) for end in range(max(last, start + 1), len(found) + 1))
        for start, end in sorted(cores, key=lambda core: core[0] - core[1]):
            if self._named(found[start:end]):
                return self._called(found[start:end], inside, near)
        return None

    @cached_property
    def _index(self) -> dict[str, tuple[Named, ...]]:
        index: dict[str, list[Named]] = {}
        for named in names_of(self.entries):
            index.setdefault(named.key, []).append(named)
        return {key: self._ours_first(named) for key, named in index.items()}

    def _ours_first(self, named: list[Named]) -> tuple[Named, ...]:
        """Of a name that stands by itself, only those that were added, if any; a bare one stays everybody's."""
        added = [one for one in named if one.entries[0].key in self._added_keys]
        return tuple(named if not added or any(one.bare for one in named) else added)

    @cached_property
    def _added_keys(self) -> frozenset[str]:
        return frozenset(entry.key for entry in self.added)

    @cached_property
    def _by_domain(self) -> dict[str, Entry]:
        return {domain: entry for entry in self.entries for domain in entry.domains}

    @cached_property
    def _by_key(self) -> dict[str, Entry]:
        return {entry.key: entry for entry in self.entries}

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner(one for named in self._index.values() for one in named if not one.quiet)


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The packaged registry."""
    return Registry(packaged_entries())


def _joined(entry: Entry, known: Entry | None) -> Entry:
    """What was added, together with what the registry knew of the same source."""
    country, *near = entry.country.split("/") if entry.country else [known.country if known else ""]
    if known is None:
        return replace(entry, country=country, near=tuple(dict.fromkeys([*entry.near, *near])))
    return replace(
        entry,
        country=country,
        near=tuple(dict.fromkeys([*entry.near, *near, *known.near])),
        names=tuple(dict.fromkeys([*entry.names, *known.names])),
        domains=tuple(dict.fromkeys([*entry.domains, *known.domains])),
        ties=tuple(dict.fromkeys([*entry.ties, *known.ties])),
        basis=entry.basis or known.basis,
        bare=tuple(dict.fromkeys([*entry.bare, *known.bare])),
        exact=entry.exact | known.exact,
        quiet=entry.quiet | known.quiet,
    )
