"""One spelling for names that are written in several ways: in Cyrillic and in Latin letters, with and without accents.

What is compared here is never shown. It serves to find a source whose name nobody has recorded in that script.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from provenance.storage.words import fold


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name in three spellings, the first the most exact: folded, romanised, and by its sound."""

    folded: str
    romanised: str
    sounded: str


def spelled(name: str) -> Spelled:
    """A name as it is compared."""
    return Spelled(fold(name), romanised(name), sounded(name))


@lru_cache(maxsize=200_000)
def spelled_once(name: str) -> Spelled:
    """The same for a name that is held, which is spelled again after each write of anybody; as many as a large register
    has are kept, since spelling all of them takes seconds. What somebody asks for is not kept.
    """
    return spelled(name)


def romanised(name: str) -> str:
    """A name in lower case without accents or punctuation, Cyrillic letters as English-language media write them.

    >>> romanised("ТАСС"), romanised("ITAR-TASS"), romanised("Хабар 24")
    ('tass', 'itar tass', 'khabar 24')
    """
    return fold(name).translate(CYRILLIC)


def sounded(name: str) -> str:
    """A name with one spelling for sounds that are romanised in several ways.

    >>> sounded("Интерфакс") == sounded("Interfax")
    True
    >>> sounded("Сатжанов") == sounded("Satzhanov"), sounded("Азаттык") == sounded("Azattyq")
    (True, True)
    """
    spelled = romanised(name)
    for variants, one in SOUNDS:
        spelled = variants.sub(one, spelled)
    return spelled


# Accents are gone by then, so й stands as и and ё as е.
# The last eight are letters that Kazakh has beside those of Russian.
ONE_LETTER = dict(zip("абвгдезийклмнопрстуфыэіґўәғқңөұүһ", "abvgdeziiklmnoprstufyeiguagknouuh", strict=True))
MORE_LETTERS = {
    "є": "ye",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}
CYRILLIC = str.maketrans(ONE_LETTER | MORE_LETTERS)
SOUNDS = tuple(
    (re.compile(variants), one)
    for variants, one in (
        ("x", "ks"),
        ("shch|sch", "sh"),
        ("kh", "h"),
        ("zh|dj|dzh", "j"),
        ("tz|ts", "c"),
        ("w", "v"),
        ("q", "k"),
        ("[iy]+(?=[aeou])", "i"),
        ("[iy]+", "i"),
        (r"([a-z])\1", r"\1"),
    )
)
