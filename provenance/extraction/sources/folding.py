"""What two spellings of one name have in common: words without case, accents and punctuation, in any script.

Scripts that are written without blanks give one word for each sign, so that a name is found inside a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from provenance.extraction.sources.data import read_data

_LETTER = r"[^\W\d_]"
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
# Marks that stand inside a word, vowels among them, and are no letters to Python.
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0981-\u09e3\u0a01-\u0dff"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u102b-\u103e"
)
_WORD = re.compile(
    rf"(?<!{_LETTER}){_LETTER}(?:\.{_LETTER}(?!{_LETTER}))+\.?"  # U.S., A.P.
    rf"|[{_UNSPACED}]"
    rf"|(?:(?![{_UNSPACED}]){_LETTER}[{_MARKS}]*)+"
    r"|\d+"
)

_UNSPACED_SIGN = re.compile(f"[{_UNSPACED}]")

# Letters that are another letter with a mark, although Unicode does not take them apart.
_MARKED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ә": "а", "ə": "a", "ґ": "г"}
    | {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ـ": "", "’": "", "ʼ": "", "\u200c": ""}
)


class Word(NamedTuple):
    """A word of a text: as printed, folded, and where (code points, end exclusive)."""

    fold: str
    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text in order, folded; letters and digits are words apart, so that "Khabar24" is "Khabar 24".

    >>> [word.fold for word in words("U.S. Khabar-24, ТАСС, 塔斯社")]
    ['us', 'khabar', '24', 'тасс', '塔', '斯', '社']
    """
    return [Word(fold_word(found.group()), found.group(), *found.span()) for found in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """One word without case, accents and marks.

    >>> fold_word("Müller"), fold_word("İnterfaks"), fold_word("U.S.")
    ('muller', 'interfaks', 'us')
    """
    if word.isascii():
        return word.replace(".", "").lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign) and sign != ".")
    return unicodedata.normalize("NFC", plain).translate(_MARKED)


@cache
def words_like(kind: str) -> frozenset[str]:
    """The folded words of one list in `words.yaml`."""
    return frozenset(fold_word(word) for word in read_data("words.yaml")[kind].split())


def without_article(found: Sequence[Word]) -> Sequence[Word]:
    """The words without an article in front, unless nothing else is there; the initials in "LA Times" are none."""
    if len(found) < 2 or found[0].fold not in words_like("articles"):
        return found
    initials = found[0].text.isupper() and len(found[0].text) > 1 and not found[1].text.isupper()
    return found if initials else found[1:]


def is_unspaced(sign: str) -> bool:
    """Whether a sign belongs to a script that is written without blanks, so that a word may begin beside it."""
    return bool(_UNSPACED_SIGN.match(sign))


def key_of(found: Sequence[Word]) -> str:
    """What a name is looked up by.

    >>> key_of(words("The Washington Post")) == key_of(words("washington post"))
    True
    """
    return " ".join(word.fold for word in without_article(found))


def as_printed(found: Sequence[Word]) -> str:
    """The words as they are spelt, without an article in front, for names that count in one spelling only."""
    return " ".join(word.text.replace(".", "") for word in without_article(found))
