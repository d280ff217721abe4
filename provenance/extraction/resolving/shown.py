"""Whose pictures and recordings a text speaks of: the agency under a caption, the channels that published videos.

A picture reaches the paper through whoever is credited with it, and what a video "is said to show" comes from those
who put it out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from provenance.extraction.article import Article, Mention, Proposed
from provenance.extraction.reading import Span, Zone
from provenance.extraction.resolving.carriers import relay_words
from provenance.extraction.resolving.kinds import Being, described
from provenance.extraction.resolving.lookup import Lookup
from provenance.extraction.resolving.words import Page
from provenance.vocabulary import Manner, ZoneKind

_NAME = re.compile(r"[^\s/():,|][^/():,|\n]*[^\s/():,|.]")
# How far in front of its verb a subject is looked for.
_NEAR = 14


def captioned(article: Article, proposals: Sequence[Proposed], registry: Lookup) -> list[Proposed]:
    """The proposals, those in a caption with the agency credited under it as their last carrier."""
    under = [
        (caption, credit)
        for caption, credit in zip(article.zones, article.zones[1:], strict=False)
        if caption.kind is ZoneKind.CAPTION and credit.kind is ZoneKind.CREDIT
    ]
    return [_credited(article, one, under, registry) for one in proposals] if under else list(proposals)


def _credited(article: Article, proposed: Proposed, under: Sequence[tuple[Zone, Zone]], registry: Lookup) -> Proposed:
    at = proposed.content.start
    credit = next((credit for caption, credit in under if caption.start <= at < caption.end), None)
    if credit is None or not proposed.sources:
        return proposed
    step = tuple(Mention(span, Manner.PUBLISHED) for span in _agencies(article.text, credit, registry))
    return replace(proposed, sources=(*proposed.sources, step)) if step else proposed


def _agencies(text: str, credit: Zone, registry: Lookup) -> list[Span]:
    """Those of a credit line that are known to carry, else the only name behind its colon."""
    colon = text.find(":", credit.start, credit.end)
    found = _NAME.finditer(text, colon + 1 if colon >= 0 else credit.start, credit.end)
    parts = [Span.of(text, *name.span()) for name in found]
    known = [part for part in parts if (who := registry.find(part.text)) is not None and who.kind.carries]
    return known or (parts if len(parts) == 1 and colon >= 0 else [])


def published(page: Page, proposed: Proposed) -> Proposed:
    """What "videos that are said to show" it show, with whoever published them as the source."""
    if proposed.sources or proposed.continues is not None or proposed.cue is None:
        return proposed
    who = _publisher(page, proposed.content.start)
    return replace(proposed, source=who, sources=((Mention(who, Manner.PUBLISHED),),)) if who else proposed


def _publisher(page: Page, start: int) -> Span | None:
    words = page.words
    place, _ = page.within(start, start + 1)
    if place >= len(words) or words[place].low not in ("that", "which"):
        return None
    verb = words[place].head
    while words[verb].dep in ("conj", "xcomp", "ccomp") and words[verb].head != verb:
        verb = words[verb].head
    thing = words[verb].head
    found, act = described(words[thing].low), words[thing].head
    if found is None or found.being is not Being.THING or words[act].lemma not in relay_words()["publishing"]:
        return None
    subjects = (at for at in range(max(0, act - _NEAR), act) if words[at].head == act and words[at].dep == "nsubj")
    last = next(subjects, None)
    if last is None:
        return None
    first = last
    while first > 0 and words[first - 1].head in range(first, last + 1):
        first -= 1
    return Span.of(page.text, words[first].start, words[last].end)
