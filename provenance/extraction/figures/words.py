"""The words of figures in one language, as `provenance.number_words` and the data of this folder have them.

Where a text's language is not one of ours, English is read: figures in digits and its marks are the most widespread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from provenance.extraction.figures.page import Phrases
from provenance.number_words import LEXICONS, Bound, Lexicon, VagueWord
from provenance.numerals import Number, share


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number is a number of, by the name under which figures compare, and whose money it is."""

    name: str
    currency: str | None = None
    duration: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words as phrases that can be asked for at a place of a page."""

    language: str
    lexicon: Lexicon
    small: Phrases[int]
    hundreds: Phrases[int]
    scales: Phrases[int]
    before: Phrases[Bound]
    after: Phrases[Bound]
    vague: Phrases[VagueWord]
    rounded: Phrases[int]
    between: Mapping[str, str]
    ordinals: Mapping[str, int]
    tens: Mapping[str, int]
    powers: Mapping[str, int]
    shares: Phrases[Number]
    denominators: Mapping[str, int]
    ratios: Phrases[Number]
    times: Phrases[int]
    percent: Phrases[str]
    units: Phrases[Unit]
    symbols: Mapping[str, Unit]
    lists: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Phrases[int]]
    bare_scales: bool
    starters: frozenset[str]

    def has(self, name: str, word: str) -> bool:
        """Whether a word stands in one of the lists."""
        return word in self.lists.get(name, frozenset())


@lru_cache(maxsize=16)
def words_of(language: str | None) -> Words:
    """The words of a language; English where it has none."""
    code = (language or "en").lower().partition("-")[0]
    return _words(code if code in LEXICONS else "en")


@lru_cache(maxsize=1)
def data() -> Mapping[str, Any]:
    """The words of this folder's data, everything as text, so that "no" and "on" stay words."""
    source = resources.files("provenance.extraction") / "data" / "figures.yaml"
    loaded: Mapping[str, Any] = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return loaded


# What a number may be followed by without a blank, or stand for thousands in tables: capitals matter.
SUFFIXES: Mapping[str, int] = {
    **dict.fromkeys(("k", "K"), 10**3),
    **dict.fromkeys(("M", "MM", "mn", "Mn", "mln", "mil", "mio", "Mio"), 10**6),
    **dict.fromkeys(("b", "B", "bn", "Bn", "bln", "G", "mrd", "Mrd"), 10**9),
    **dict.fromkeys(("T", "tn", "trn", "tln"), 10**12),
}

_PHRASES = ("percentage_points", "old", "times", "durations_before", "out_of")


@lru_cache(maxsize=8)
def _words(language: str) -> Words:
    own, lexicon = data()[language], LEXICONS[language]
    small = {**lexicon.small, **dict.fromkeys(own.get("zeros", ()), 0)}
    for article in lexicon.articles if language == "de" else ():
        small.pop(article, None)
    # What is a share, or means a number only with its scale, is read as such, so that its span begins with it.
    for phrase in ("a couple", "half a dozen", "half a million"):
        small.pop(phrase, None)
    scales = {**lexicon.scales, **{word: int(n) for word, n in own.get("scales", {}).items()}}
    shares = {phrase: _share(text) for phrase, text in own["shares"].items()}
    ratios = {phrase: _share(text) for phrase, text in own["ratios"].items()}
    lists = {name: frozenset(found) for name, found in own.items() if isinstance(found, list)}
    percent = {**dict.fromkeys(own["percent"], "percent"), "%": "percent"}
    before = {**lexicon.before, **_SIGNS}
    phrases = {name: Phrases(dict.fromkeys(own.get(name, ()), 1)) for name in _PHRASES}
    numbers = (small, lexicon.hundreds, lexicon.rounded, shares, scales if own.get("bare_scales") else {})
    ordinals = _numbered(own["ordinals"], 1, 1)
    tens = _numbered(own["tens"], 20, 10)
    powers = {word: int(n) for word, n in own["powers"].items()}
    starting = [before, lexicon.vague, lexicon.between, ratios, percent, ordinals, tens, powers, *numbers]
    starters = {phrase.split()[0] for table in starting for phrase in table}
    starters |= set(own["articles"]) | set(own["minus"]) | {"no", "nos", "from", "both", "equal", "equals", "equaling"}
    starters |= {phrase.split()[0] for phrase in own["both"]} | set(data()["vague_durations"])
    starters |= {sign.rstrip("$") for sign in data()["signed"]}  # the US in front of US$
    starters |= {word for money in data()["money"].values() for word in money["words"] if len(word) == 3}
    starters |= {word for word in scales if word in ("hundred", "thousand")}
    return Words(
        language,
        lexicon,
        Phrases({_plain(phrase): n for phrase, n in small.items()}),
        Phrases(lexicon.hundreds),
        Phrases(scales),
        Phrases(before),
        Phrases({phrase: bound for phrase, bound in lexicon.after.items() if phrase != "- plus"}),
        Phrases(lexicon.vague),
        Phrases(lexicon.rounded),
        lexicon.between,
        ordinals,
        tens,
        powers,
        Phrases(shares),
        {word: int(n) for word, n in own["denominators"].items()},
        Phrases(ratios),
        phrases["times"],
        Phrases(percent),
        Phrases({word: unit for word, unit in _units().items() if word not in _FRENCH_ONLY or language == "fr"}),
        _symbols(),
        lists,
        phrases,
        bool(own.get("bare_scales")),
        frozenset(starters),
    )


_SIGNS = {
    ">": Bound.MORE,
    "> =": Bound.AT_LEAST,
    "≥": Bound.AT_LEAST,
    "<": Bound.FEWER,
    "< =": Bound.UP_TO,
    "≤": Bound.UP_TO,
    "~": Bound.ABOUT,
    "≈": Bound.ABOUT,
}


# "half an hour" holds no year.
_FRENCH_ONLY = frozenset({"an"})


def _plain(phrase: str) -> str:
    return phrase.replace("-", " ")


def _share(text: str) -> Number:
    numerator, _, denominator = text.partition("/")
    return share(int(numerator), int(denominator or 1))


def _numbered(text: str, first: int, step: int) -> dict[str, int]:
    return {word: first + step * n for n, words in enumerate(text.split(",")) for word in words.strip().split("/")}


def _units() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for name, forms in data()["measures"].items():
        found.update(dict.fromkeys(forms, Unit(name)))
    for name, forms in data()["durations"].items():
        found.update(dict.fromkeys(forms, Unit(name, duration=True)))
    for money in data()["money"].values():
        found.update(dict.fromkeys(_tokens(money["words"]), Unit(money["unit"], money["currency"])))
    return found


def _symbols() -> dict[str, Unit]:
    signs = {sign: Unit(money["unit"], money["currency"]) for sign, money in data()["money"].items() if len(sign) == 1}
    return {**{symbol: Unit(symbol) for symbol in data()["symbols"]}, **signs}


def _tokens(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in phrases)
