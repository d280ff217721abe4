"""What a headline claims, and which statement of the body it repeats.

A headline drops who said it, and often what qualified the number; so what it repeats has to be found by its words.
Such a statement is the desk's, not the speaker's: it is tied to the body's, and it is never very sure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provenance.extraction.article import Article
from provenance.extraction.reading import Span
from provenance.extraction.resolving.appearances import Stretches
from provenance.extraction.resolving.words import Page, Word
from provenance.vocabulary import ZoneKind

RULE = "headline"
_CUT = re.compile(r"\s+[–—|-]+\s+|:\s+|;\s+|\.\s+")
_COUNTED = frozenset(["dozens", "scores", "hundreds", "thousands", "several", "numerous", "many"])
# What headlines and bodies commonly say by another word.
_ALIKE = {
    "dead": "death", "die": "death", "kill": "death", "killing": "death", "slay": "death", "fatality": "death",
    "eliminate": "death", "injure": "injury", "injured": "injury", "wound": "injury", "wounded": "injury",
    "hurt": "injury", "arrest": "arrest", "detain": "arrest", "riot": "unrest", "rioting": "unrest",
    "protest": "unrest", "protester": "unrest", "demonstrator": "unrest", "strike": "attack",
    "raid": "attack", "shelling": "attack",
}  # fmt: skip
# How alike a headline and a statement have to be to be one claim: the share of the headline's words, numbers double.
_ENOUGH = 0.34


@dataclass(frozen=True, slots=True)
class Headlined:
    """A claim of the headline, and the place of the statement that it repeats, if any, with how alike they are."""

    content: Span
    restates: int | None
    likeness: float


def headline_claims(article: Article, page: Page, contents: Sequence[Span]) -> Iterator[Headlined]:
    """The pieces of headlines that give a number or repeat a statement, where no statement was found already."""
    bodies = _bodies(article, page, contents)
    for piece in _pieces(article):
        if any(content.start < piece.end and piece.start < content.end for content in bodies.inside):
            continue
        restates, likeness = bodies.likest(piece)
        if restates is not None or _figure(page, piece):
            yield Headlined(piece, restates, likeness)


def restated(article: Article, page: Page, contents: Sequence[Span]) -> dict[int, int]:
    """For statements that stand in a headline themselves, the place of the body's statement that each repeats."""
    bodies = _bodies(article, page, contents)
    headed = _headlines(article)
    found = ((place, bodies.likest(content)[0]) for place, content in enumerate(contents) if headed.hold(content.start))
    return {place: other for place, other in found if other is not None}


@dataclass(frozen=True, slots=True)
class _Bodies:
    """The words of the body's statements, looked up by word; and the contents that stand in headlines."""

    page: Page
    inside: tuple[Span, ...]
    sets: dict[int, frozenset[str]]
    by_word: dict[str, list[int]]

    def likest(self, piece: Span) -> tuple[int | None, float]:
        """The statement that shares most with a piece of a headline, the earliest of several."""
        sought = _words(self.page, piece)
        shared: dict[int, float] = defaultdict(float)
        for word in sought:
            for place in self.by_word.get(word, ()):
                shared[place] += _weight(word)
        whole = sum(map(_weight, sought)) or 1.0
        best = max(shared, key=lambda place: (round(shared[place], 6), -len(self.sets[place]), -place), default=None)
        if best is None or len(sought & self.sets[best]) < 2 or shared[best] / whole < _ENOUGH:
            return None, 0.0
        return best, shared[best] / whole


def _bodies(article: Article, page: Page, contents: Sequence[Span]) -> _Bodies:
    if not any(zone.kind is ZoneKind.HEADLINE for zone in article.zones):
        return _Bodies(page, (), {}, {})
    headed = _headlines(article)
    sets = {place: _words(page, one) for place, one in enumerate(contents) if not headed.hold(one.start)}
    by_word: dict[str, list[int]] = defaultdict(list)
    for place, words in sets.items():
        for word in words:
            by_word[word].append(place)
    return _Bodies(page, tuple(one for one in contents if headed.hold(one.start)), sets, dict(by_word))


def _headlines(article: Article) -> Stretches:
    return Stretches(sorted((zone.start, zone.end) for zone in article.zones if zone.kind is ZoneKind.HEADLINE))


def _pieces(article: Article) -> Iterator[Span]:
    """Headlines cut where a dash or colon joins two claims."""
    for zone in article.zones:
        if zone.kind is not ZoneKind.HEADLINE:
            continue
        start = zone.start
        for cut in [*_CUT.finditer(article.text, zone.start, zone.end), None]:
            end = cut.start() if cut else zone.end
            words = article.text[start:end]
            lead, tail = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
            if len(words.split()) >= 3:
                yield Span.of(article.text, start + lead, end - tail)
            start = cut.end() if cut else end


def _words(page: Page, span: Span) -> frozenset[str]:
    first, last = page.within(span.start, span.end)
    return frozenset(_ALIKE.get(word.lemma, word.lemma) for word in page.words[first:last][:80] if _tells(word))


def _tells(word: Word) -> bool:
    """Whether a word is about what happened: no small word, no name of a day."""
    if word.tag == "CD":
        return True
    return (
        word.tag[:2] in ("NN", "VB", "JJ")
        and len(word.text) > 2
        and word.lemma not in ("be", "have", "say", "do", "more")
    )


def _weight(word: str) -> float:
    return 2.0 if word[0].isdigit() or word in _ALIKE.values() or word in _COUNTED else 1.0


def _figure(page: Page, piece: Span) -> bool:
    first, last = page.within(piece.start, piece.end)
    words = page.words[first:last]
    return any((word.tag == "CD" and word.entity not in ("DATE", "TIME")) or word.low in _COUNTED for word in words)
