"""To whom something was said, as far as it came through them: "told the portal Orda", "in an interview with Tass".

An outlet that was told stands behind the speaker in the chain. A news conference passes nothing on, nor do reporters in
general; and the paper that one reads is no carrier of what was told to itself.
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
from provenance.extraction.resolving.kinds import Being
from provenance.extraction.resolving.lookup import Lookup
from provenance.extraction.resolving.mentions import read_mention
from provenance.extraction.resolving.wording import Form, Wording
from provenance.extraction.resolving.words import Page, Word
from provenance.vocabulary import Manner

_PHRASE = frozenset({"DT", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "POS", "HYPH"})
_TIMES = frozenset({"DATE", "TIME"})
_NOBODY = frozenset({Being.THING, Being.PEOPLE, Being.PERSON})
_HOUSE = re.compile(r"^[^\n(/]{0,60}(?:\(([^()\n]{2,40})\)\s*[-–—]|/([^/\n]{2,40})/)", re.MULTILINE)
_CITING = re.compile(r"\s*,\s*(?:citing|quoting|which cited|which quoted)\s+([^,“”\n]{2,90}?)\s*,?\s*")
_CITING_INSIDE = re.compile(r"([^,]{2,90}),\s+(?:which|who) (?:cite[sd]?|quote[sd]?)\s+([^,“”\n]{2,90})")
_CITING_FIRST = re.compile(r"(?:citing|quoting)\s+([^,“”\n]{2,90}),\s+")
# A beginning is far enough to look for the agency of a dateline.
_HEAD = 1_000
# An interview is mentioned within so many characters of the verb.
_NEAR = 160


def with_told(article: Article, page: Page, proposals: Sequence[Proposed], registry: Lookup) -> list[Proposed]:
    """The proposals with the outlet that was told behind whoever told it, and without who carries nothing.

    >>> from provenance.extraction.parsing import parse
    >>> from provenance.extraction.resolving.words import page_of
    >>> from provenance.extraction.sources import registry
    >>> text = "Dozens fell, a spokesman told the portal Orda."
    >>> doc, who = parse(text), Span.of(text, 13, 24)
    >>> said = Proposed(Span.of(text, 0, 11), Span.of(text, 25, 29), who, ((Mention(who),),), "before", 0.9)
    >>> [found] = with_told(Article(text, (), "en", doc=doc), page_of(text, doc), [said], registry())
    >>> [[mention.span.text for mention in step] for step in found.sources]
    [['a spokesman'], ['the portal Orda']]
    """
    listening = _Listening(page, registry, _house(article.text))
    return [listening.heard(one, one.cue) if one.cue and one.sources else one for one in proposals]


def with_cited(page: Page, proposed: Proposed) -> Proposed:
    """A proposal with whoever its speaker cites as the origin: "Tass, citing the police, said"; "citing X, the Y said"
    is no part of what is said, and a source that holds its own cue is none.
    """
    cue, source = proposed.cue, proposed.source
    if cue is None or source is None or not proposed.sources:
        return proposed
    if source.start <= cue.start and cue.end <= source.end:
        return replace(proposed, source=None, sources=())
    inside = None if proposed.parts else _CITING_FIRST.match(proposed.content.text)
    if inside is not None:
        start = proposed.content.start
        named = Span.of(page.text, start + inside.start(1), start + inside.end(1))
        content = Span.of(page.text, start + inside.end(), proposed.content.end)
        return _before_speaker(replace(proposed, content=content), named)
    within = _CITING_INSIDE.fullmatch(source.text)
    if within is not None:
        named = Span.of(page.text, source.start + within.start(2), source.start + within.end(2))
        return _before_speaker(_narrowed(proposed, source, source.start + within.end(1), page.text), named)
    between = _CITING.fullmatch(page.text, source.end, cue.start) if source.end <= cue.start else None
    return _before_speaker(proposed, Span.of(page.text, *between.span(1))) if between else proposed


def _narrowed(proposed: Proposed, source: Span, end: int, text: str) -> Proposed:
    """The proposal with its speaker named by fewer words, wherever they are named."""
    fewer = Span.of(text, source.start, end)
    steps = tuple(
        tuple(replace(one, span=fewer) if one.span == source else one for one in step) for step in proposed.sources
    )
    return replace(proposed, source=fewer, sources=steps)


def only_cites(proposed: Proposed) -> bool:
    """Whether it is nothing that was said, but whom somebody cites: "citing | two officials"."""
    cue = proposed.cue
    return cue is not None and cue.text.lower() in ("citing", "quoting") and 0 <= proposed.content.start - cue.end <= 1


def _before_speaker(proposed: Proposed, cited: Span) -> Proposed:
    steps = proposed.sources
    if any(_touches(step, cited.start, cited.end) for step in steps):
        return proposed
    own = (place for place, step in enumerate(steps) if any(one.span == proposed.source for one in step))
    at = next(own, 0)
    return replace(proposed, sources=(*steps[:at], (Mention(cited, Manner.CITED),), *steps[at:]))


def told(page: Page, cue: Span) -> int | None:
    """The word at which begins whom a cue was told to: "told | Interfax", "confirmed to | Nordpress"."""
    words = page.words
    first, after = page.within(cue.start, cue.end)
    if first >= after or after >= len(words):
        return None
    if words[after - 1].lemma == "tell":
        return after
    towards = words[after].low in ("to", "towards") and words[after - 1].tag[:2] in ("VB", "RP")
    return after + 1 if towards and after + 1 < len(words) else None


class _Listening:
    """Finds who listened and carries what they heard."""

    def __init__(self, page: Page, registry: Lookup, house: str | None) -> None:
        self._page = page
        self._registry = registry
        self._house = house

    def heard(self, proposed: Proposed, cue: Span) -> Proposed:
        """One proposal with whoever was told, where that is a carrier, and only then."""
        place = told(self._page, cue)
        if place is None:
            place = self._interviewer(cue)
        if place is None:
            return proposed
        outlet = self._outlet(place)
        start = self._page.words[place].start
        end = outlet.end if outlet else start + 1
        steps = proposed.sources
        at = next((step for step, several in enumerate(steps) if _touches(several, start, end)), None)
        if at is None:
            return _behind_speaker(proposed, outlet) if outlet and not self._is_house(outlet) else proposed
        if outlet is None and not self._carries_nothing(steps[at][0].span):
            return proposed
        kept = ((Mention(outlet, steps[at][0].manner),),) if outlet and not self._is_house(outlet) else ()
        return replace(proposed, sources=(*steps[:at], *kept, *steps[at + 1 :]))

    def _outlet(self, place: int) -> Span | None:
        """The name of a paper, station or agency that begins at a word; None if there is none."""
        words, end = self._page.words, place
        while end < len(words) and words[end].sentence == words[place].sentence and _goes_on(words, place, end):
            end += 1
        if end == place:
            return None
        wording = read_mention(self._page, words[place].start, words[end - 1].end)
        return Span.of(self._page.text, wording.start, wording.end) if self._carries(wording) else None

    def _carries(self, wording: Wording) -> bool:
        if wording.form is not Form.NAME or not wording.name:
            return wording.articled and not wording.definite and _outlet_noun(wording)
        if _outlet_noun(wording):
            return True
        known = self._registry.find(wording.name)
        if known is not None:
            return known.kind.carries
        words = wording.name.split()
        return wording.description is None and len(words) > 1 and words[-1].lower() in relay_words()["papers"]

    def _carries_nothing(self, span: Span) -> bool:
        """Whether words name no outlet for sure: a news conference, a government."""
        wording = read_mention(self._page, span.start, span.end)
        known = self._registry.find(wording.name) if wording.name else None
        return wording.being in _NOBODY or (known is not None and not known.kind.carries) or self._is_house(span)

    def _is_house(self, span: Span) -> bool:
        return self._house is not None and span.text.casefold().removeprefix("the ") == self._house.casefold()

    def _interviewer(self, cue: Span) -> int | None:
        """Behind "said in an interview with"; no further than the sentence."""
        first, _ = self._page.within(cue.start, cue.end)
        found = _said_to().search(self._page.text, cue.end, cue.end + _NEAR)
        if found is None or first >= len(self._page.words):
            return None
        place, _ = self._page.within(found.end(), found.end() + 1)
        words = self._page.words
        return place if place < len(words) and words[place].sentence == words[first].sentence else None


def _house(text: str) -> str | None:
    """The agency of the dateline: whose text this is."""
    found = _HOUSE.search(text, 0, _HEAD)
    return (found.group(1) or found.group(2)).strip() if found else None


def _goes_on(words: Sequence[Word], first: int, place: int) -> bool:
    word = words[place]
    # A daily is taken for an adverb or a time where its name follows.
    if place > first and (word.text == "-" or word.low in ("daily", "weekly")):
        return True
    if place > first and (word.tag == "DT" or (word.entity in _TIMES and words[place - 1].entity != word.entity)):
        return False
    return word.tag in _PHRASE


def _outlet_noun(wording: Wording) -> bool:
    found = wording.description
    return found is not None and (found.alike == "outlet" or (found.kind is not None and found.kind.carries))


def _touches(step: tuple[Mention, ...], start: int, end: int) -> bool:
    return any(one.span.start < end and start < one.span.end for one in step)


def _behind_speaker(proposed: Proposed, carrier: Span) -> Proposed:
    steps = proposed.sources
    own = (place for place, step in enumerate(steps) if any(one.span == proposed.source for one in step))
    at = next(own, len(steps) - 1)
    return replace(proposed, sources=(*steps[: at + 1], (Mention(carrier, Manner.REPORTED),), *steps[at + 1 :]))


@lru_cache(maxsize=1)
def _said_to() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(relay_words()['said_to'])})\s+", re.IGNORECASE)


@lru_cache(maxsize=1)
def relay_words() -> dict[str, list[str]]:
    """The words that tell of carriers."""
    path = files("provenance.extraction").joinpath("data/relays.yaml")
    table: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table
