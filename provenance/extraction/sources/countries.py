"""Words that name a country: "Kazakhstan", "Kazakhstani", "казахстанский", "kasachische", "哈萨克斯坦".

A ministry is named by its country more often than by its own name, so these words decide which one is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from provenance.extraction.sources.data import read_data
from provenance.extraction.sources.folding import Word, words

# What may stand behind the stem of an adjective, so that the data names each but once.
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "de": ("", "e", "er", "es", "en", "em"),
    "ru": ("ий", "ая", "ое", "ие", "ого", "ой", "ому", "им", "их", "ими", "ую", "ом"),
    "uk": ("ий", "а", "е", "і", "ого", "ої", "ому", "им", "их", "ими", "у"),
    "fr": ("", "e", "s", "es"),
    "es": ("o", "a", "os", "as"),
    "pl": ("i", "a", "ie", "iego", "iej", "iemu", "im", "ich"),
}

# Languages in which a country's adjective has no capital, or a script none at all; in English "polish" is no country.
_CAPITAL = "en"


@dataclass(frozen=True, slots=True)
class CountryWords:
    """Where a name of a country stands in a run of words, end exclusive, and the codes that it may mean."""

    start: int
    end: int
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Country:
    """A country's code and its English name, with the article that it takes in a sentence."""

    code: str
    name: str


class Countries:
    """All countries with the words for them."""

    def __init__(self, table: Mapping[str, Mapping[str, str]]) -> None:
        self._table = table

    def __getitem__(self, code: str) -> Country:
        return Country(code, self._table[code]["name"])

    def __contains__(self, code: object) -> bool:
        return code in self._table

    def codes_of(self, text: str) -> frozenset[str]:
        """The countries that a word or phrase may mean, none if it is not wholly the name of one.

        >>> sorted(countries().codes_of("Korean"))
        ['KP', 'KR']
        """
        found = [word for word in words(text) if word.fold != "s"]
        match = self.at(found, 0)
        return match.codes if match and match.end == len(found) else frozenset()

    def at(self, found: Sequence[Word], start: int) -> CountryWords | None:
        """The longest name of a country that begins at this word."""
        best: CountryWords | None = None
        for phrase, spelt, codes in self._by_first.get(found[start].fold, ()) if start < len(found) else ():
            end = start + len(phrase)
            same = tuple(word.fold for word in found[start:end]) == phrase
            if same and _spelt(found[start].text, spelt) and (best is None or end > best.end):
                best = CountryWords(start, end, codes)
        return best

    def within(self, found: Sequence[Word]) -> list[CountryWords]:
        """The names of countries among these words, in order, not overlapping."""
        matches, place = [], 0
        while place < len(found):
            match = self.at(found, place)
            if match:
                matches.append(match)
            place = match.end if match else place + 1
        return matches

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[tuple[str, ...], str, frozenset[str]]]]:
        meant: dict[tuple[tuple[str, ...], str], set[str]] = {}
        for code, row in self._table.items():
            for name, spelt in _names(row):
                phrase = tuple(word.fold for word in words(name))
                meant.setdefault((phrase, spelt), set()).add(code)
        table: dict[str, list[tuple[tuple[str, ...], str, frozenset[str]]]] = {}
        for (phrase, spelt), codes in meant.items():
            table.setdefault(phrase[0], []).append((phrase, spelt, frozenset(codes)))
        return table


@lru_cache(maxsize=1)
def countries() -> Countries:
    """The countries of the packaged data."""
    return Countries(read_data("countries.yaml"))


def country_of(word: str) -> str | None:
    """The ISO 3166 code of the country that a name, adjective or possessive means; None where it is none or not sure.

    >>> country_of("Kazakh"), country_of("Kazakhstan's"), country_of("казахстанский"), country_of("Korean")
    ('KZ', 'KZ', 'KZ', None)
    """
    codes = countries().codes_of(word)
    return next(iter(codes)) if len(codes) == 1 else None


def _names(row: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Each word with how it has to be spelt: "exact", "capital" or "any"."""
    for language, listed in row.items():
        for name in listed.split(" | "):
            stem = name.removesuffix("*").removeprefix("=").removeprefix("the ")
            endings = _ENDINGS[language] if name.endswith("*") else ("",)
            exact = stem if name.startswith("=") else ("capital" if language in (_CAPITAL, "name") else "any")
            yield from ((stem + ending, exact) for ending in endings)


def _spelt(printed: str, spelt: str) -> bool:
    match spelt:
        case "any":
            return True
        case "capital":
            return printed[:1].isupper()
        case _:
            return printed.replace(".", "") == spelt
