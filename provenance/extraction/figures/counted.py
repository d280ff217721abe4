"""What a number counts: the words that name it, by the grammar, or by their place where no grammar is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.extraction.figures.page import Page
from provenance.extraction.figures.roles import role_word
from provenance.extraction.figures.words import Words
from provenance.extraction.reading import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE_NOUN = frozenset(
    {"nummod", "amod", "det", "quantmod", "predet", "compound", "nmod", "advmod", "npadvmod", "poss"}
)
_NO_NOUNS = ("months", "determiners", "openers", "after_pronoun_one")
_LINKS = frozenset({"and", "or", "und", "et", "и"})
_SHARES = frozenset({"percent", "%", "percentage", "per", "cent"})
# Words that may stand between a number and its noun and name nothing.
_EMPTY = frozenset({"of", "the", "more", "other", "others", "further", "additional", "de", "d", "des", "weitere"})
_LONGEST = 8
_MANY = frozenset({"hundreds", "thousands", "millions"})
_NAMING = frozenset({"VBN", "VBD", "VBG", "JJ", "NN", "NNS"})


def counter(page: Page, number: tuple[int, int]) -> Token | None:
    """The word of the grammar that stands for the whole number: the one whose head is outside it."""
    token = page.token_at(number[0])
    last = page.token_at(number[1] - 1)
    if token is None or last is None:
        return None
    for place in range(last.i, token.i - 1, -1):
        candidate = token.doc[place]
        if not token.i <= candidate.head.i <= last.i or candidate.head is candidate:
            return candidate
    return last


def counted_noun(counting: Token) -> Token | None:
    """The noun that the number counts: its head, or what it is a number 'of'."""
    if counting.head.lower_ in _SHARES and counting.head.i > counting.i:
        counting = counting.head
    for child in counting.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i - counting.i <= 3:
            below = next((one for one in child.children if one.dep_ == "pobj"), None)
            if below is not None and below.lower_ in _MANY:
                return counted_noun(below)
            if below is not None and below.pos_ != "PRON":
                return below
    head = counting.head
    if counting.lower_ in _SHARES or _parted(counting, head):
        return None
    if counting.dep_ in _BEFORE_NOUN and head.i > counting.i and head.pos_ in ("NOUN", "PROPN", "ADJ", "VERB", "NUM"):
        if head.pos_ == "VERB" and role_word(head.lower_) is None:
            return None
        # A model takes "18 million inhabitants borders" for a compound; a plural that says a role is a noun itself.
        for token in head.doc[counting.i + 1 : head.i] if head.i - counting.i < _LONGEST else ():
            if token.tag_ == "NNS" and role_word(token.lower_) is not None:
                return token
        return head if head.pos_ != "NUM" or head.like_num is False else None
    if counting.i + 1 < len(counting.doc):
        following = counting.nbor(1)
        if role_word(following.lower_) is not None and following.tag_ in _NAMING:
            return following
        if following.tag_ == "NNS" or (following.tag_ == "NN" and following.dep_ == "compound"):
            return following if following.tag_ == "NNS" else following.head
    return None


def _parted(counting: Token, head: Token) -> bool:
    """Whether a line ends between the number and the noun, or an 'and' begins there."""
    following = counting.doc[counting.i + 1] if counting.i + 1 < len(counting.doc) else None
    if following is not None and (following.pos_ == "CCONJ" or following.text in (")", ".", ":")):
        return True
    return "\n" in counting.doc[counting.i : head.i].text if counting.i < head.i < counting.i + 30 else False


def counted_span(page: Page, counting: Token, noun: Token) -> Span | None:
    """The words of the noun without what says the role and without what follows: 'police officers and soldiers'."""
    doc = noun.doc
    first = noun
    begin = max(counting.i + 1, noun.left_edge.i)
    for place in range(begin, noun.i):
        token = doc[place]
        leading = token.lower_ in _EMPTY or token.is_punct or token.like_num or _says_role(token)
        if token.dep_ in ("det", "case", "prep") or leading:
            continue
        first = token
        break
    last = _joined(noun) if counting.lower_ != "both" else noun
    if last.i - first.i > _LONGEST:
        last = noun
    end = last.idx + len(last)
    return Span.of(page.text, first.idx, end) if first.idx < end else None


def _says_role(token: Token) -> bool:
    """Whether a word in front of the noun is there for its role: 'eight | killed | officers'."""
    return role_word(token.lower_) is not None and token.tag_ in ("VBN", "VBD", "JJ")


def _joined(noun: Token) -> Token:
    """The last noun that is counted together with this one: 'officers and soldiers', with no number of its own."""
    last = noun
    for child in noun.rights:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN") and child.i - noun.i <= 4:
            if any(word.like_num or word.dep_ in ("nummod", "det") for word in child.lefts):
                break
            last = child
    return last


def counted_near(page: Page, end: int, words: Words) -> Span | None:
    """Without a grammar: the words behind the number up to the noun, where the language shows it, or just the next."""
    here = end
    while here < end + 2 and page.low(here) in _EMPTY:
        here += 1
    word = page.low(here)
    if page.kind(here) != "word" or word in _LINKS or any(words.has(name, word) for name in _NO_NOUNS):
        return None
    last = here
    if words.language == "de":
        while last < here + 3 and page.kind(last) == "word" and not page.pieces[last].text[0].isupper():
            last += 1
        if page.kind(last) != "word" or not page.pieces[last].text[0].isupper():
            last = here
    return Span.of(page.text, page.pieces[here].start, page.pieces[last].end)
