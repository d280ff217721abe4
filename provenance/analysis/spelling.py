"""What somebody may have meant who wrote a word that no record has: the word most alike among those that are held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process
from sqlmodel import Session

from provenance.storage.reads.search import words_held, words_of

# Of 100; "dozns" and "dozens" have 91, "tass" and "mass" 75.
ALIKE = 80
# A shorter word is alike to too many.
SHORTEST = 4


def meant(session: Session, q: str) -> str | None:
    """The same question with words that are held; None where nothing better can be offered."""
    held = words_held(session)
    asked = words_of(q)
    offered = respelled(asked, held)
    return " ".join(offered) if offered != asked else None


def respelled(words: Iterable[str], held: Mapping[str, int]) -> list[str]:
    """Words, each that is not held replaced by the one most alike; of two, by the one that more records have.

    >>> respelled(["dozns", "of", "atackers"], {"dozens": 9, "attackers": 4, "of": 30, "dozen": 2})
    ['dozens', 'of', 'attackers']
    >>> respelled(["zeppelin"], {"dozens": 9})
    ['zeppelin']
    """
    return [_respelled(word, held) for word in words]


def _respelled(word: str, held: Mapping[str, int]) -> str:
    if len(word) < SHORTEST or word in held or word.isdigit():
        return word
    alike = process.extract(word, held.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5)
    return max(alike, key=lambda found: (found[1], held[found[0]]))[0] if alike else word
