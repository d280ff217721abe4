"""What a headline claims, and which statement of the body it repeats.

A headline drops who said it, and often what qualified the number; so what it repeats has to be found by its words.
Such a statement is the desk's, not the speaker's: it is tied to the body's, and it is never very sure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from provenance.extraction.article import Article, Proposed
from provenance.extraction.reading import Link, Span, Statement
from provenance.extraction.resolving.appearances import Stretches
from provenance.extraction.resolving.words import Page, Word
from provenance.numerals import Number, read_phrase
from provenance.vocabulary import ClaimKind, LinkStatus, ZoneKind

RULE = "headline"
_CUT = re.compile(r"\s+[–—|-]+\s+|:\s+|;\s+|\.\s+")
# "Fire at a depot: “nobody warned us”, say residents": what it is about, then what somebody said.
_TOPIC = re.compile(r"(?:[^“”\"\n:]++:[^\S\n]++)+(?=[“‘\"'])")
_COUNTED = frozenset(["dozens", "scores", "hundreds", "thousands", "several", "numerous", "many"])
# What headlines and bodies commonly say by another word.
_ALIKE = {
    "dead": "death", "die": "death", "kill": "death", "killing": "death", "slay": "death", "fatality": "death",
    "eliminate": "death", "injure": "injury", "injured": "injury", "wound": "injury", "wounded": "injury",
    "hurt": "injury", "arrest": "arrest", "detain": "arrest", "riot": "unrest", "rioting": "unrest",
    "protest": "unrest", "protester": "unrest", "demonstrator": "unrest", "strike": "attack",
    "raid": "attack", "shelling": "attack",
}  # fmt: skip
_ARTICLES = frozenset(["a", "an", "the"])
# How alike a headline and a statement have to be to be one claim: the share of the headline's words, numbers double.
_ENOUGH = 0.34
# How many of the most alike statements are looked at more closely; a page of headlines would else take minutes.
_TRIED = 10


@dataclass(frozen=True, slots=True)
class Headlined:
    """A claim of the headline, and the place of the statement that it repeats, if any, with how alike they are."""

    content: Span
    restates: int | None
    likeness: float


def headline_claims(article: Article, page: Page, said: Sequence[Statement]) -> Iterator[Headlined]:
    """The pieces of headlines that give a number or repeat a statement, where no statement was found already."""
    bodies = _bodies(article, page, said)
    for piece in _pieces(article):
        if any(content.start < piece.end and piece.start < content.end for content in bodies.inside):
            continue
        if _is_topic(article, piece) and not _figure(page, piece):
            continue
        restates, likeness = bodies.likest(piece)
        if restates is not None or _figure(page, piece):
            yield Headlined(piece, restates, likeness)


def restated(article: Article, page: Page, said: Sequence[Statement]) -> dict[int, int]:
    """For statements that stand in a headline themselves, the place of the body's statement that each repeats.

    What somebody else says is another statement, however alike the words are.
    """
    bodies = _bodies(article, page, said)
    headed = _headlines(article)
    found = (
        (place, bodies.likest(one.content, one.chain)[0])
        for place, one in enumerate(said)
        if headed.hold(one.content.start)
    )
    return {place: other for place, other in found if other is not None}


def without_topic(article: Article, proposals: Sequence[Proposed]) -> list[Proposed]:
    """The proposals; those in a headline without what the quotation is about, which nobody is quoted with."""
    headed = _headlines(article)
    return [_quoted(article.text, one) if headed.hold(one.content.start) else one for one in proposals]


def _quoted(text: str, one: Proposed) -> Proposed:
    topic = None if one.parts else _TOPIC.match(text, one.content.start, one.content.end)
    return one if topic is None else replace(one, content=Span.of(text, topic.end(), one.content.end))


def _is_topic(article: Article, piece: Span) -> bool:
    topic = _TOPIC.match(article.text, piece.start)
    return topic is not None and article.text[piece.end : topic.end()].strip() == ":"


@dataclass(frozen=True, slots=True)
class _Bodies:
    """The words of the body's statements, looked up by word; and the contents that stand in headlines."""

    page: Page
    said: Sequence[Statement]
    inside: tuple[Span, ...]
    sets: dict[int, frozenset[str]]
    by_word: dict[str, list[int]]

    def likest(self, piece: Span, chain: Sequence[Link] = ()) -> tuple[int | None, float]:
        """The statement that shares most with a piece of a headline, the earliest of several.

        :param chain: whose words the headline says that they are; empty where it names nobody.
        """
        sought = _words(self.page, piece)
        shared: dict[int, float] = defaultdict(float)
        for word in sought:
            for place in self.by_word.get(word, ()):
                shared[place] += _weight(word)
        whole = sum(map(_weight, sought)) or 1.0
        ranked = sorted(shared, key=lambda place: (-round(shared[place], 6), len(self.sets[place]), place))
        for place in ranked[:_TRIED]:
            if shared[place] / whole < _ENOUGH:
                break
            if len(sought & self.sets[place]) >= 2 and self._may_be(piece, chain, self.said[place]):
                return place, shared[place] / whole
        return None, 0.0

    def _may_be(self, piece: Span, chain: Sequence[Link], body: Statement) -> bool:
        """Whether a headline may repeat a statement: the same speaker, as far as both name one, and its figure."""
        return _one_voice(chain, body.chain) and (
            not _rests_on_figure(self.page, body) or _same_figure(self.page, piece, body.content)
        )


def _one_voice(chain: Sequence[Link], other: Sequence[Link]) -> bool:
    first, second = list(_voices(chain)), list(_voices(other))
    return not first or not second or any(one <= two or two <= one for one in first for two in second)


def _voices(chain: Sequence[Link]) -> Iterator[frozenset[str]]:
    """The words by which each link of a chain is called, short ones as they stand in a headline."""
    for link in chain:
        if link.status is not LinkStatus.UNSPECIFIED:
            for name in (link.source, link.as_named):
                if name and (words := frozenset(re.findall(r"\w+", name.lower())) - _ARTICLES):
                    yield words


def _rests_on_figure(page: Page, body: Statement) -> bool:
    if body.kind is ClaimKind.FIGURE:
        return True
    return body.kind is ClaimKind.RESPONSIBILITY and _figure(page, body.content)


def _same_figure(page: Page, piece: Span, content: Span) -> bool:
    """Whether a headline prints the figure, or a word that may stand for it: "dozens", of 26 of whom the text tells."""
    numbers, others = _numbers(page, piece), _numbers(page, content)
    return bool(numbers & others) if numbers and others else _figure(page, piece)


def _numbers(page: Page, span: Span) -> frozenset[Number]:
    first, last = page.within(span.start, span.end)
    words = (word for word in page.words[first:last][:80] if word.tag == "CD" and word.entity not in ("DATE", "TIME"))
    read = (read_phrase(word.text, "en") for word in words)
    return frozenset(one.number for one in read if one is not None and one.number is not None)


def _bodies(article: Article, page: Page, said: Sequence[Statement]) -> _Bodies:
    if not any(zone.kind is ZoneKind.HEADLINE for zone in article.zones):
        return _Bodies(page, said, (), {}, {})
    headed = _headlines(article)
    sets = {place: _words(page, one.content) for place, one in enumerate(said) if not headed.hold(one.content.start)}
    by_word: dict[str, list[int]] = defaultdict(list)
    for place, words in sets.items():
        for word in words:
            by_word[word].append(place)
    inside = tuple(one.content for one in said if headed.hold(one.content.start))
    return _Bodies(page, said, inside, sets, dict(by_word))


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
