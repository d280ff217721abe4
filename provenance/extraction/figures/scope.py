"""For where and for when a figure is given, as far as its own sentence says so, and whether it is a total."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from provenance.extraction.figures.page import Page
from provenance.extraction.reading import Span

# No sentence that a person reads is longer; beyond it, what is said has little to do with the number.
_WINDOW = 300
_IN = frozenset(["in", "at", "near", "around", "across", "outside", "throughout", "over", "inside", "from", "within"])
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_AS_OF = re.compile(
    r"\b(?:as of [^,.;()\n]{3,30}?(?=[,.;()\n]|\s+(?:the|at|there|more|and|police)\b)|"
    r"so far|to date|until now|thus far|"
    r"by (?:early |late |mid)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|noon|midnight|now|then|yesterday|today)"
    r"(?: (?:morning|afternoon|evening|night))?|since (?:\w+day|yesterday|then)|at (?:that|the) time|"
    r"bisher|bislang|bis jetzt|à ce jour|jusqu['’]à présent|на данный момент|к настоящему времени|"
    r"по состоянию на [^,.;\n]{3,20})\b",
    re.IGNORECASE,
)
_TOTAL_BEFORE = re.compile(
    r"(?:\ba total of|\btotal(?:l?ed|l?ing|s)?(?: of| at| to)?|\bin total,?|"
    r"\b(?:bring|brings|bringing|brought|raising|raised|raises|taking|took|takes|rose|risen|rises|rising|climbed|climbs|"
    r"stands|stood|standing|pushing|pushed)\b"
    r"[^.;\n]{0,40}\b(?:toll|total|tally|number)?[^.;\n]{0,25}\b(?:to|at)|"
    r"\b(?:death )?toll (?:of|to|at|was|is|stood at)|"
    r"\binsgesamt|\bau total|\bвсего)\s*(?:at least|more than|about|nearly|over|around|some|almost)?\s*\Z",
    re.IGNORECASE,
)
_TOLL = re.compile(r"\b(?:toll|total|tally|number)\b|\btotal|insgesamt|au total|всего", re.IGNORECASE)
_TOTAL_AFTER = re.compile(
    r"\A[^.;,\n]{0,40}\b(?:in total|in all|altogether|overall|insgesamt|au total)\b", re.IGNORECASE
)


class Scope:
    """Asks a page about the surroundings of its figures; places and sentences are looked up once."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def as_of(self, start: int, end: int) -> Span | None:
        """The moment for which the sentence gives its figure: 'so far', 'as of Friday'; the nearest to it."""
        if not self._moments:
            return None
        low, high = self.sentence(start, end)
        first, last = bisect_left(self._moments, (low, 0)), bisect_left(self._moments, (high, 0))
        near = bisect_left(self._moments, (start, 0))
        beside = [self._moments[place] for place in (near - 1, near) if first <= place < last]
        if not beside:
            return None
        return Span.of(self.page.text, *min(beside, key=lambda moment: max(moment[0] - end, start - moment[1])))

    def total(self, start: int, end: int) -> bool:
        """Whether the words around a figure call it a total."""
        text = self.page.text
        before = _TOTAL_BEFORE.search(text[max(0, start - 90) : start])
        if before is not None and _TOLL.search(before.group()):
            return True
        return _TOTAL_AFTER.search(text[end : end + 60]) is not None

    def place(self, start: int, end: int) -> Span | None:
        """Where: the nearest place that the sentence names behind the figure, else in front of it."""
        if not self._places:
            return None
        low, high = self.sentence(start, end)
        first, last = bisect_left(self._places, (low, 0)), bisect_left(self._places, (high, 0))
        near = bisect_left(self._places, (end, 0))
        chosen = self._places[near] if near < last else self._places[near - 1] if near > first else None
        return None if chosen is None else Span.of(self.page.text, *chosen)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a figure, at most a window wide on either side."""
        token = self.page.token_at(start)
        low, high = max(0, start - _WINDOW), min(len(self.page.text), end + _WINDOW)
        if token is not None:
            place = bisect_left(self._sentences, token.idx + 1) - 1
            following = self._sentences[place + 1] if place + 1 < len(self._sentences) else high
            return max(low, self._sentences[place]), min(high, following)
        text = self.page.text
        before = max((text.rfind(mark, low, start) for mark in (". ", "! ", "? ", "\n")), default=-1)
        after = [place for mark in (". ", "! ", "? ", "\n") if (place := text.find(mark, end, high)) >= 0]
        return max(low, before + 1), min(after, default=high)

    @cached_property
    def _moments(self) -> list[tuple[int, int]]:
        return [match.span() for match in _AS_OF.finditer(self.page.text)]

    @cached_property
    def _sentences(self) -> list[int]:
        doc = self.page.doc
        return [] if doc is None else [sentence.start_char for sentence in doc.sents]

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        doc = self.page.doc
        if doc is None:
            return []
        return [
            (entity.start_char, entity.end_char)
            for entity in doc.ents
            if entity.label_ in _PLACES and entity.start and _leads(doc[entity.start - 1].lower_, entity.start, doc)
        ]


def _leads(word: str, start: int, doc: object) -> bool:
    if word in _IN:
        return True
    return word == "the" and start > 1 and doc[start - 2].lower_ in _IN  # type: ignore[index]
