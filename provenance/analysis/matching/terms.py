"""Cuts a sentence or a post into the terms by which two wordings of one claim are held against each other.

Posts carry addresses, hashtags and signatures that no claim repeats; words carry endings. Every term of letters is a
beginning of the word that it was made from, so that an index of whole words can be asked for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from provenance.number_words import LEXICONS
from provenance.storage.words import fold

ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|\bt\.co/)\S*")
# What stands below an embedded post: a dash, a name, the handle in brackets and the day.
SIGNATURE = re.compile(r"[—–-]\s*(?P<name>[^—–]{0,80}?)\(@\w{1,30}\)(?:\s*\w{3,12} \d{1,2}, \d{4})?\s*$")
TAG = re.compile(r"[#@](\w+)")
INSIDE = re.compile(r"_|(?<=[a-zа-я])(?=[A-ZА-Я])|(?<=[^\W\d_])(?=\d)|(?<=[A-ZА-Я])(?=[A-ZА-Я][a-zа-я])")
ABBREVIATED = re.compile(r"(?<![\w.,])(\d{1,3}(?:\.\d{1,2})?)(bn|mn|M|B|(?<!\.\d)(?<!\.\d\d)[kK])(?!\w)")
ABBREVIATIONS = {"bn": " billion", "b": " billion", "mn": " million", "m": " million", "k": "000"}
POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that stand in half of all sentences and tell nothing about which one it is; as `fold` leaves them.
EMPTY = _listed("""
    a about after all also an and any are as at be because been before being but by can could did do does during each
    for from had has have he her here him his how i if in into is it its just me more most my no nor not of off on
    only or other our out over own re said same say says she should so some such t than that the their them then
    there these they this those through to too under until up very was we were what when where which while who whom
    why will with would you your
""")
NUMERALS = {word: str(number) for word, number in LEXICONS["en"].small.items() if number > 1 and word.isalpha()}
SPELLED = {number: word for word, number in NUMERALS.items()}

# A shorter beginning is shared by too many words.
SHORTEST_BEGINNING = 4
# Inflection alone: what derives one word from another (-ation, -er) changes too often what is meant.
ENDINGS = ("ings", "ing", "ies", "ied", "ed", "es", "s", "y", "e")


@dataclass(frozen=True, slots=True)
class Term:
    """One term, with the whole words that stand for it; ``beginning``: any word that begins so does, too."""

    text: str
    words: tuple[str, ...]
    beginning: bool


def plain(text: str) -> str:
    """A post as running text: without addresses and the day of its signature, tags and handles as their words.

    >>> plain("Dozens eliminated in #AlmatyProtests, @Khabar_24 says https://t.co/x — A Desk (@desk) January 6, 2022")
    'Dozens eliminated in Almaty Protests , Khabar 24 says A Desk'
    """
    addressless = ADDRESS.sub(" ", text)
    unsigned = SIGNATURE.sub(lambda found: f" {found['name']}", addressless)
    worded = TAG.sub(lambda found: f" {INSIDE.sub(' ', found[1])} ", unsigned)
    return spelled_out(" ".join(worded.split()))


def spelled_out(text: str) -> str:
    """A text in which the letters behind a number are what they stand for.

    >>> spelled_out("$80M for 25K people, 4.5bn in all")
    '$80 million for 25000 people, 4.5 billion in all'
    """
    return ABBREVIATED.sub(lambda found: found[1] + ABBREVIATIONS[found[2].lower()], text)


def terms(text: str) -> list[str]:
    """The terms of a text in their order.

    >>> terms("Eight police officers were killed, the Ministry's spokesman said")
    ['8', 'polic', 'officer', 'kill', 'ministr', 'spokesman']
    """
    return folded_terms(fold(POSSESSIVE.sub("", text)))


def folded_terms(folded: str) -> list[str]:
    """The terms of words that are folded already, such as those in the search index."""
    return [stem(word) for word in folded.split() if word not in EMPTY]


def sought(text: str) -> list[Term]:
    """The distinct terms of a text, with what to look for in an index of whole words.

    >>> [(term.text, term.words, term.beginning) for term in sought("eight killed by gas")]
    [('8', ('8', 'eight'), False), ('kill', ('kill', 'killed'), True), ('gas', ('gas',), False)]
    """
    found: dict[str, set[str]] = {}
    for word in fold(POSSESSIVE.sub("", text)).split():
        if word not in EMPTY:
            found.setdefault(stem(word), set()).add(word)
    return [_term(text, words) for text, words in found.items()]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its ending; a numeral in digits.

    >>> [stem(word) for word in ("eliminated", "officers", "countries", "country", "stopped", "eighteen", "gas")]
    ['eliminat', 'officer', 'countr', 'countr', 'stop', '18', 'gas']
    """
    if word in NUMERALS:
        return NUMERALS[word]
    if len(word) < SHORTEST_BEGINNING or not word.isascii() or not word.isalpha():
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] in "bdgmnprt" else word


def _term(text: str, words: set[str]) -> Term:
    spelled = {SPELLED[text]} if text in SPELLED else set()
    beginning = len(text) >= SHORTEST_BEGINNING and text.isalpha()
    return Term(text, tuple(sorted(words | spelled | {text})), beginning)
