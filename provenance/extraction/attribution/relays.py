"""Attributions inside attributions become one chain: "According to Interfax, the police said that ...".

The police spoke and Interfax relays them: one statement whose steps go from the innermost speaker outwards. What is
said to be urged, believed or planned stays inside the words of who said so, and its holder is the first step.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from provenance.extraction.attribution.cues import Family
from provenance.extraction.attribution.found import Found, Stretch
from provenance.extraction.attribution.page import Page
from provenance.vocabulary import Manner, Stance

_UTTERED = frozenset({Family.SPEECH, Family.REPORT})

# How somebody passes on what others said, so that what they say is no claim of its own.
_RELAYING = frozenset({Manner.ACCORDING_TO, Manner.REPORTED, Manner.QUOTED})

# How many attributions around one are asked whether they hold it; no sentence nests deeper.
_NESTED = 12

# Words at the edges of an outer content that the inner attribution need not cover: "that", a comma, an adverb.
_SLACK = 3


def chained(page: Page, found: list[Found]) -> list[Found]:
    """The attributions with each nested one taken into a chain, and without what stands inside quoted words."""
    kept = [one for one in found if not _quoted(page, one)]
    kept.sort(key=lambda one: (one.hull[0] - one.hull[1], one.anchor))
    around = _around(kept)
    merged: list[Found] = []
    for place in range(len(kept) - 1, -1, -1):
        inner = kept[place]
        outer = next((other for other in around[place][:_NESTED] if _inside(inner, kept[other])), None)
        if outer is None or kept[outer].stance is Stance.MENTIONS:
            merged.append(inner)
        elif _whole(page, inner, kept[outer]):
            kept[outer] = _joined(page, inner, kept[outer])
        elif inner.family in _UTTERED and inner.source is not None:
            merged.append(_relayed(inner, kept[outer]))
    return merged


def _around(kept: list[Found]) -> list[list[int]]:
    """For each attribution the places of those in whose content its cue may stand, the nearest first."""
    anchors = sorted((one.anchor, place) for place, one in enumerate(kept))
    around: list[list[int]] = [[] for _ in kept]
    for outer in range(len(kept) - 1, -1, -1):
        for start, end in kept[outer].content:
            for _, place in anchors[bisect_left(anchors, (start, -1)) : bisect_left(anchors, (end, -1))]:
                if outer < place:
                    around[place].append(outer)
    return around


def extent(one: Found) -> Stretch:
    """From the first to the last token of an attribution, speaker and cue included."""
    stretches = [*one.content, *(stretch for stretch in (one.cue, one.source) if stretch)]
    return min(start for start, _ in stretches), max(end for _, end in stretches)


def _quoted(page: Page, one: Found) -> bool:
    """Whether the cue stands in a quotation, so that somebody else's words attribute."""
    quote = page.quotations.at(one.anchor)
    return quote is not None and quote.closed and quote.end - quote.start > 4


def _inside(inner: Found, outer: Found) -> bool:
    if inner.anchor == outer.anchor:
        return False
    return any(start <= inner.anchor < end for start, end in outer.content) and not _inside_cue(inner, outer)


def _inside_cue(inner: Found, outer: Found) -> bool:
    low, high = extent(inner)
    return (
        outer.cue is not None
        and low <= outer.cue[0] < high
        and any(low <= outer.cue[0] < end for _, end in inner.content)
    )


def _whole(page: Page, inner: Found, outer: Found) -> bool:
    """Whether the outer content is the inner attribution, and hardly anything else."""
    low, high = extent(inner)
    start, end = outer.hull
    head = page.doc[inner.anchor].head.i
    leads = head == inner.anchor or not start <= head < end or any(low <= head < high for low, high in inner.content)
    return leads and low - start <= _SLACK and end - high <= _SLACK


def _joined(page: Page, inner: Found, outer: Found) -> Found:
    if inner.family in _UTTERED and outer.manner in _RELAYING:
        return replace(_relayed(inner, outer), confidence=min(inner.confidence, outer.confidence))
    if inner.source is None or inner.family is Family.PLAN or _pronoun(page, inner.source):
        return outer
    return replace(outer, origins=(*inner.origins, ((inner.source,), inner.manner), *outer.origins))


def _pronoun(page: Page, source: Stretch) -> bool:
    """A "he said that he would" speaks of the same one: no second step."""
    return source[1] - source[0] == 1 and page.doc[source[0]].pos_ == "PRON"


def _relayed(inner: Found, outer: Found) -> Found:
    """The inner attribution with whoever relays it behind its speaker."""
    if outer.source is None:
        return replace(inner, hedge=inner.hedge or outer.hedge)
    steps = (*outer.origins, ((outer.source,), outer.manner), *outer.carriers)
    return replace(inner, carriers=(*inner.carriers, *steps))
