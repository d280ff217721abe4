"""A parsed text as plain words with their places: read once, then looked at without asking the parser again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Word(NamedTuple):
    """One token that is no blank. ``head`` is the place of its head among the words, ``line`` the line it stands on,
    ``first`` whether its sentence begins with it.
    """

    text: str
    low: str
    lemma: str
    tag: str
    dep: str
    entity: str
    start: int
    end: int
    head: int
    line: int
    first: bool
    sentence: int

    @property
    def capital(self) -> bool:
        """Whether it is written like a name: Tass, AFP, al-Arabiya, iPhone."""
        return self.text[0].isupper() or (len(self.text) > 2 and any(sign.isupper() for sign in self.text))

    @property
    def proper(self) -> bool:
        """Whether the parser takes it for a name, or it is written like one inside a sentence."""
        return self.capital and (self.tag in ("NNP", "NNPS") or not self.first)

    @property
    def noun(self) -> bool:
        return self.tag in ("NN", "NNS", "NNP", "NNPS")


@dataclass(frozen=True)
class Page:
    """All words of a text, in their order."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The places of the words that a stretch of code points touches, end exclusive."""
        return bisect_right(self._ends, start), bisect_left(self._starts, end)

    def at(self, start: int) -> Word | None:
        """The word that stands at a code point or, where there is a blank, the next one."""
        place = bisect_right(self._ends, start)
        return self.words[place] if place < len(self.words) else None


def page_of(text: str, doc: Doc) -> Page:
    """The words of a parsed text.

    >>> from provenance.extraction.parsing import parse
    >>> page = page_of("Tass reported it.", parse("Tass reported it."))
    >>> [word.text for word in page.words], page.within(0, 4)
    (['Tass', 'reported', 'it', '.'], (0, 1))
    """
    places, count = [], 0
    for token in doc:
        places.append(count)
        count += not token.is_space
    words, line, sentence, first = [], 0, -1, False
    for token in doc:
        if token.is_sent_start:
            sentence, first = sentence + 1, True
        if token.is_space:
            line += "\n" in token.text
            continue
        first, opens = False if token.text.isalnum() else first, first
        words.append(
            Word(
                token.text,
                token.lower_,
                token.lemma_.lower(),
                token.tag_,
                token.dep_,
                token.ent_type_,
                token.idx,
                token.idx + len(token.text),
                min(places[token.head.i], count - 1),
                line,
                opens,
                sentence,
            )
        )
    return Page(text, tuple(words))
