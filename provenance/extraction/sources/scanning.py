"""Finds all names of the registry in a text in one pass: a trie of folded words, the longest name at each place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from provenance.extraction.sources.countries import countries
from provenance.extraction.sources.entry import Entry
from provenance.extraction.sources.folding import Word, is_unspaced, words, words_like
from provenance.extraction.sources.named import Named, only, printed_as_a_name
from provenance.vocabulary import SourceKind

# A body of one state is not meant where another country stands right beside its name.
_OF_A_STATE = frozenset({SourceKind.GOVERNMENT_BODY, SourceKind.POLICE, SourceKind.MILITARY})

# How many words may stand between the name of a body and its country: "of the Islamic Republic of".
_MOST_OF = 5

_CAPITALISED = re.compile(r" [A-ZÀ-ÖØ-ÞА-ЯЁ]")

_SENTENCE_ENDS = frozenset(".!?:\n\"“”„«»'‘’—–")


@dataclass(slots=True)
class _Node:
    after: dict[str, _Node] = field(default_factory=dict)
    named: list[Named] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """A country that stands beside a name, and where the two together begin and end, in words."""

    codes: frozenset[str]
    start: int
    end: int


class Scanner:
    """Names in a trie. An article before a single word is part of the name ("The Hill"), before more it is left out."""

    def __init__(self, names: Iterable[Named]) -> None:
        self._root = _Node()
        for named in names:
            node = self._root
            for fold in _as_scanned(named):
                node = node.after.setdefault(fold, _Node())
            node.named.append(named)

    def mentions(self, text: str, near: Collection[str]) -> Iterator[tuple[int, int, Entry]]:
        """Where the text names sources: first code point, end, entry."""
        found = words(text)
        place, before = 0, None
        while place < len(found):
            hit = self._longest(text, found, place, before, near)
            if hit:
                start, end, entry = hit
                yield found[start].start, found[end - 1].end, entry
                place, before = end, None
                continue
            country = countries().at(found, place)
            if country:
                end = country.end + 1 if country.end < len(found) and found[country.end].fold == "s" else country.end
                place, before = end, _Place(country.codes, country.start, end)
            else:
                place += 1

    def _longest(
        self, text: str, found: list[Word], start: int, before: _Place | None, near: Collection[str]
    ) -> tuple[int, int, Entry] | None:
        node: _Node | None = self._root
        ends: list[tuple[int, list[Named]]] = []
        end = start
        while end < len(found) and node is not None:
            node = node.after.get(found[end].fold)
            end += 1
            if node and node.named:
                ends.append((end, node.named))
        for end, named in reversed(ends):
            hit = _meant(text, found, start, end, named, before, near)
            if hit:
                return hit
        return None


def _meant(
    text: str, found: list[Word], start: int, end: int, named: list[Named], before: _Place | None, near: Collection[str]
) -> tuple[int, int, Entry] | None:
    """The source that these words mean at this place, with the words of its country; None if that is not sure."""
    here = found[start:end]
    if not _stands_alone(text, here[0].start, here[-1].end):
        return None
    named = [one for one in named if _spelt(text, here, one)]
    beside = _left(text, found, start, before) or _right(text, found, end, named)
    if any(one.bare for one in named):
        entry = only(named, beside.codes if beside else near)
        return _with_its_country(start, end, beside, entry)
    entry = only(named) or only(named, beside.codes if beside else near)
    foreign = entry and beside and entry.kind in _OF_A_STATE and not entry.placed_in(beside.codes)
    return None if entry is None or foreign else (start, end, entry)


def _with_its_country(
    start: int, end: int, beside: _Place | None, entry: Entry | None
) -> tuple[int, int, Entry] | None:
    if entry is None or beside is None:
        return (start, end, entry) if entry else None
    return min(start, beside.start), max(end, beside.end), entry


def _left(text: str, found: list[Word], start: int, before: _Place | None) -> _Place | None:
    """The country right before the name: "Kazakh", "Kazakhstan's"."""
    return before if before and before.end == start and _blank(text, found, start) else None


def _right(text: str, found: list[Word], end: int, named: list[Named]) -> _Place | None:
    """The country behind the name: "of Kazakhstan"; in other languages without a word between."""
    place, joining = end, words_like("joining")
    while place < min(end + _MOST_OF, len(found)) and found[place].fold in joining and _blank(text, found, place):
        place += 1
    if place >= len(found) or not _blank(text, found, place):
        return None
    if place == end and all(one.language == "en" for one in named):
        return None
    country = countries().at(found, place)
    return _Place(country.codes, end, country.end) if country else None


def _blank(text: str, found: list[Word], place: int) -> bool:
    """Whether nothing but blanks stands before this word."""
    return not text[found[place - 1].end : found[place].start].strip()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the words are not a part of a longer one, such as the letters of "AP2"."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not any(side.isalnum() and not is_unspaced(side) for side in (before, after))


def _spelt(text: str, here: list[Word], named: Named) -> bool:
    """Whether a name is spelt as one. An ordinary word counts only as the registry spells it, within a sentence, and
    not as a piece of a longer name: "Time Warner", "the National Guard".
    """
    if named.exact is None:
        return printed_as_a_name(here, named)
    if [word.text.replace(".", "") for word in here] != [word.text.replace(".", "") for word in words(named.text)]:
        return False
    before = text[max(0, here[0].start - 3) : here[0].start].rstrip(" ")[-1:]
    opens = len(here) == 1 and (not before or before in _SENTENCE_ENDS)
    goes_on = bool(_CAPITALISED.match(text, here[-1].end)) and not named.text.isupper()
    return not opens and not goes_on


def _as_scanned(named: Named) -> list[str]:
    folds = [word.fold for word in words(named.text)]
    return folds[1:] if len(folds) > 2 and folds[0] in words_like("articles") and named.exact is None else folds
