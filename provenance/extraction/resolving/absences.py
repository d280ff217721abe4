"""Where a text says that there is none of something, or nothing known of it: "no information on civilian deaths".

Such a statement is often the article's own. It is kept as what it is: silence about a number is never the number 0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

import yaml

from provenance.extraction.article import Article, Mention, Proposed
from provenance.extraction.reading import Span
from provenance.extraction.resolving.appearances import Stretches
from provenance.extraction.resolving.nesting import hull
from provenance.extraction.resolving.words import Page, Word
from provenance.vocabulary import Manner, ZoneKind

RULE = "absence"
_READ = frozenset({ZoneKind.BODY, ZoneKind.SUBHEADING, ZoneKind.CAPTION})
# A second clause that a pronoun begins, and how much of content and clause is looked through.
_SECOND = re.compile(r"\s*;\s+(?=(?:but |and )?(?:it|he|she|they)\b)")
# What was left out altogether is no statement of its own.
_UNSAID = re.compile(r"\b(?:did|does|do) ?(?:not|n['’]t) mention\b", re.IGNORECASE)
_LONGEST = 2_000
_CLAUSE = 120
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def is_absence(words: str) -> bool:
    """Whether words say that there is none, or nothing known.

    >>> is_absence("nothing is known of dead civilians"), is_absence("eight officers were killed")
    (True, False)
    """
    return any(pattern.search(words) for pattern, _ in _patterns())


def absences(article: Article, page: Page, proposals: Sequence[Proposed]) -> list[Proposed]:
    """The absence statements of an article that no proposal covers, with the speaker where one gives no information."""
    taken, read = _merged(proposals), _read_zones(article)
    found: dict[int, Proposed] = {}
    for pattern, by in _patterns():
        for match in pattern.finditer(article.text):
            first, last = page.within(*match.span())
            if first >= last or taken.hold(match.start()) or not read.hold(match.start()):
                continue
            sentence = page.words[first].sentence
            if sentence not in found:
                found[sentence] = _proposed(page, match.span(), first, by)
    return [found[sentence] for sentence in sorted(found)]


def before_silence(one: Proposed) -> Proposed:
    """A proposal without the second clause that says that nothing was said: "...; | it gave no details".

    That clause is the writer's own, and no part of what was said.
    """
    for mark in _SECOND.finditer(one.content.text[:_LONGEST]):
        tail = one.content.text[mark.end() : mark.end() + _CLAUSE]
        tail = tail.partition(";")[0]
        if _UNSAID.search(tail) or any(by and pattern.search(tail) for pattern, by in _patterns()):
            end = one.content.start + mark.start()
            parts = tuple((start, min(last, end)) for start, last in one.parts if start < end)
            content = Span(one.content.start, end, one.content.text[: mark.start()])
            return replace(one, content=content, parts=parts if len(parts) > 1 else ())
    return one


def _proposed(page: Page, cue: tuple[int, int], first: int, by: bool) -> Proposed:
    start, end = _sentence(page.words, first)
    content = Span.of(page.text, page.words[start].start, page.words[end - 1].end)
    subject = _subject(page, first, start) if by else None
    sources = ((Mention(subject, Manner.SAID),),) if subject else ()
    return Proposed(content, Span.of(page.text, *cue), subject, sources, RULE, 0.7)


def _sentence(words: Sequence[Word], place: int) -> tuple[int, int]:
    """The sentence of a word, or what a semicolon parts off from it, without the marks at its edges."""
    start = end = place

    def beside(other: int) -> bool:
        word = words[other]
        return (word.sentence, word.line) == (words[place].sentence, words[place].line) and word.text != ";"

    while start > 0 and beside(start - 1):
        start -= 1
    while end < len(words) and beside(end):
        end += 1
    while end - 1 > start and words[end - 1].text in (".", ",", ";", ":", "!", "?"):
        end -= 1
    return start, end


def _subject(page: Page, verb: int, start: int) -> Span | None:
    """Who gives no information: the subject in front of the verb."""
    for place in range(verb - 1, start - 1, -1):
        if page.words[place].dep in _SUBJECTS:
            left = place
            while left > start and page.words[left - 1].head == place:
                left -= 1
            return Span.of(
                page.text,
                page.words[left].start,
                page.words[verb - 1].end if verb - place < 12 else page.words[place].end,
            )
    return None


def _merged(proposals: Sequence[Proposed]) -> Stretches:
    """Where proposals stand already, as stretches that do not overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(hull(one) for one in proposals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return Stretches(merged)


def _read_zones(article: Article) -> Stretches:
    if not article.zones:
        return Stretches([(0, len(article.text))])
    return Stretches(sorted((zone.start, zone.end) for zone in article.zones if zone.kind in _READ))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    path = files("provenance.extraction").joinpath("data/absences.yaml")
    table: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), name == "by")
        for name in ("by", "silent")
        for words in table[name]
    )
