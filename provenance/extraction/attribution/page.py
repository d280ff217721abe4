"""A parsed text as the frames look at it: paragraphs, sentences, quotations, and the words that hang on a word.

The small model cuts sentences inside quotations and phrases before their appositions; what is asked here makes up
for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from provenance.extraction.article import Article
from provenance.extraction.attribution.found import Stretch
from provenance.extraction.attribution.quotes import Quotations, quotations
from provenance.vocabulary import ZoneKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

READ = frozenset({ZoneKind.HEADLINE, ZoneKind.SUBHEADING, ZoneKind.BODY, ZoneKind.CAPTION})

CLOSING_MARKS = frozenset({'"', "”", "’", "''", "»", "“"})
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_TRAILING = frozenset({",", ".", ";", ":", "—", "–", "-", "--", "...", "…", "?", "!"})
_SENTENCE_END = frozenset({".", "?", "!", "…", "..."})


@dataclass(frozen=True, slots=True)
class Page:
    """The grammar of a text with its paragraphs (tokens), quotations and sentence beginnings."""

    doc: Doc
    paragraphs: tuple[Stretch, ...]
    kinds: tuple[ZoneKind, ...]
    sentences: tuple[int, ...]
    quotations: Quotations

    def paragraph(self, token: int) -> int | None:
        """The place of the paragraph in which a token stands; None outside what is read."""
        place = bisect_right(self.paragraphs, (token, len(self.doc) + 1)) - 1
        return place if place >= 0 and token < self.paragraphs[place][1] else None

    def bounds(self, token: int) -> Stretch:
        """Where the paragraph of a token begins and ends."""
        place = self.paragraph(token)
        return self.paragraphs[place] if place is not None else (token, token + 1)

    def sentence(self, token: int) -> Stretch:
        """The sentence of a token: not cut within a quotation, nor where nothing ends it."""
        return self.sentence_start(token), self.sentence_end(token)

    def sentence_start(self, token: int) -> int:
        """Where the sentence of a token begins, which is never inside a quotation that begins before it."""
        low = self.bounds(token)[0]
        place = bisect_right(self.sentences, token) - 1
        return max(low, self.sentences[place]) if place >= 0 else low

    def sentence_end(self, token: int) -> int:
        """Where the sentence of a token ends, marks included."""
        high = self.bounds(token)[1]
        place = bisect_right(self.sentences, token)
        return min(high, self.sentences[place]) if place < len(self.sentences) else high

    def trimmed(self, start: int, end: int) -> Stretch:
        """Without blanks and punctuation at its edges; quotation marks stay, with what they enclose."""
        while start < end and (self.doc[start].is_space or self.doc[start].text in _TRAILING):
            start += 1
        while start < end and (self.doc[end - 1].is_space or self._loose(end - 1, start)):
            end -= 1
        return start, end

    def _loose(self, token: int, start: int) -> bool:
        """Punctuation at an end that belongs to the sentence around it."""
        if self.doc[token].text not in _TRAILING:
            return False
        quote = self.quotations.at(token)
        return not (quote and quote.start >= start and not quote.closed)

    def around_quotes(self, start: int, end: int) -> Stretch:
        """The same stretch, and to its end a quotation that begins in it and goes on beyond it."""
        for quote in self.quotations.between(start, end):
            if quote.end > end and quote.closed:
                end = quote.end
        return start, end


def page_of(article: Article, doc: Doc) -> Page:
    """The page of an article: one paragraph for each line of each zone that carries its claims."""
    paragraphs = list(_paragraphs(article, doc))
    stretches = [(start, end) for start, end, _ in paragraphs]
    quotes = quotations(doc, stretches)
    sentences = tuple(sorted({start for start, _ in stretches} | set(_sentences(doc, quotes))))
    return Page(doc, tuple(stretches), tuple(kind for *_, kind in paragraphs), sentences, quotes)


def _sentences(doc: Doc, quotes: Quotations) -> Iterator[int]:
    """Where sentences begin: where the parser says so, never within a quotation, and where one opens after an end."""
    for sentence in doc.sents:
        start = sentence.start
        quote = quotes.at(start)
        if quote is not None and quote.start == start - 1:
            start, quote = quote.start, None
        if (quote is None or quote.start == start) and _ended(doc, start - 1):
            yield start
    for quote in quotes.all:
        if _ended(doc, quote.start - 1):
            yield quote.start


def _ended(doc: Doc, token: int) -> bool:
    """Whether a sentence can end with a token."""
    while token >= 0 and doc[token].is_space:
        token -= 1
    if token <= 0:
        return True
    word = doc[token]
    if word.text in CLOSING_MARKS or word.text == ")":
        return doc[token - 1].text in _SENTENCE_END or doc[token - 1].text in CLOSING_MARKS
    return word.text in _SENTENCE_END or (word.text[-1] in ".?!" and len(word.text) > 4)


def _paragraphs(article: Article, doc: Doc) -> Iterator[tuple[int, int, ZoneKind]]:
    starts = [token.idx for token in doc]
    zones = [(zone.start, zone.end, zone.kind) for zone in article.zones if zone.kind in READ]
    for low, high, kind in sorted(zones if article.zones else [(0, len(article.text), ZoneKind.BODY)]):
        blanks = [(low, low), *(gap.span() for gap in _BLANK_LINE.finditer(article.text, low, high)), (high, high)]
        for (_, begin), (end, _) in pairwise(blanks):
            start, last = bisect_left(starts, begin), bisect_left(starts, end)
            while start < last and doc[start].is_space:
                start += 1
            if start < last:
                yield start, last, kind


def subtree(token: Token) -> Stretch:
    """All words that hang on a word."""
    return token.left_edge.i, token.right_edge.i + 1
