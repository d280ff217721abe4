"""Quotations that nobody introduces: they go on in the voice of the statement before them.

"…," he said. "…" is one quotation that its cue interrupts. A sentence of quoted words right behind a statement, and a
paragraph that opens with a quotation mark behind a quoted one, continue it as statements of their own.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from provenance.extraction.attribution.cues import Family
from provenance.extraction.attribution.found import Found
from provenance.extraction.attribution.page import Page
from provenance.extraction.attribution.quotes import Quotation
from provenance.extraction.attribution.relays import extent

_SPEAKING = frozenset({Family.SPEECH, Family.DIRECTIVE, Family.JUDGEMENT})

# Words in a quotation that is more than a word held at arm's length: "so-called" quotes continue nothing.
_SPOKEN_WORDS = 4

# How a sentence begins that only those understand who know what was quoted.
_ABOUT_THEM = frozenset({"their", "they", "these", "those"})

# How many statements back the one is looked for that ends right before a quotation; a sentence seldom holds more.
_LOOKED_BACK = 12


def continued(page: Page, found: list[Found]) -> list[Found]:
    """The attributions with the quotations that continue them, in the order of the text."""
    ordered = sorted(found, key=lambda one: extent(one)[0])
    starts = [extent(one)[0] for one in ordered]
    taken = _taken(page, ordered)
    added: list[Found] = []
    for quote in page.quotations.all:
        if quote.end - quote.start < _SPOKEN_WORDS + 2 or any(taken[quote.start : quote.end]):
            continue
        low, high = page.sentence(quote.start)
        place = _speaker_before(page, ordered, bisect_left(starts, low), low)
        if place is not None:
            before = ordered[place]
            if quote.start == low and _interrupted(page, before, low):
                ordered[place] = replace(before, content=(*before.content, page.trimmed(quote.start, quote.end)))
            else:
                added.append(_goes_on(page, before, quote, low, high))
                added += _told_of(page, added[-1], taken)
        elif quote.start == page.bounds(quote.start)[0]:
            near = [*ordered[max(0, bisect_left(starts, low) - _LOOKED_BACK) : bisect_left(starts, low)], *added[-1:]]
            above = _paragraph_before(page, near, quote)
            added += [_goes_on(page, above, quote, low, high)] if above else []
    return [*ordered, *added]


def _told_of(page: Page, quoted: Found, taken: bytearray) -> list[Found]:
    """The sentence right behind a quotation that only goes on about those in it: "Their identities are checked"."""
    low = page.sentence_end(quoted.content[-1][1] - 1)
    if page.paragraph(low) is None or page.paragraph(low) != page.paragraph(quoted.anchor):
        return []
    high = page.sentence_end(low)
    if page.doc[low].lower_ not in _ABOUT_THEM or any(taken[low:high]) or page.quotations.between(low, high):
        return []
    content = page.trimmed(low, high)
    rule, root = "speech.continues.sentence", quoted.continues
    return [Found(rule, Family.SPEECH, 0.4, low, None, None, (content,), quoted.manner, continues=root)]


def _taken(page: Page, found: list[Found]) -> bytearray:
    """For each token whether a statement reaches over it, from its speaker to the end of its content."""
    taken = bytearray(len(page.doc))
    for one in found:
        start, end = extent(one)
        taken[start:end] = b"\x01" * (end - start)
    return taken


def _speaker_before(page: Page, ordered: list[Found], until: int, low: int) -> int | None:
    """The statement that ends right before a sentence, in the same paragraph."""
    paragraph, best = page.paragraph(low), None
    for place in range(until - 1, max(-1, until - 1 - _LOOKED_BACK), -1):
        one = ordered[place]
        start, end = extent(one)
        if one.family not in _SPEAKING or one.source is None:
            continue
        if page.paragraph(start) != paragraph:
            return best
        if page.sentence_end(end - 1) >= low:
            best = place if best is None or _interrupted(page, one, low) else best
    return best


def _interrupted(page: Page, before: Found, low: int) -> bool:
    """Whether quoted words, then their cue, then this: one quotation around its cue."""
    if before.cue is None or len(before.content) > 1:
        return False
    last = before.content[-1]
    quoted = page.quotations.at(last[1] - 1)
    return quoted is not None and quoted.start >= last[0] and before.cue[0] >= last[1]


def _paragraph_before(page: Page, found: list[Found], quote: Quotation) -> Found | None:
    """The statement that ends the paragraph before this one in quoted words."""
    here = page.paragraph(quote.start)
    if not here:
        return None
    start, end = page.paragraphs[here - 1]
    last = max((one for one in found if start <= extent(one)[0] < end), key=lambda one: extent(one)[1], default=None)
    if last is None or last.family not in _SPEAKING:
        return None
    quoted = page.quotations.at(last.content[-1][1] - 1)
    return last if quoted is not None and end - extent(last)[1] <= 12 else None


def _goes_on(page: Page, before: Found, quote: Quotation, low: int, high: int) -> Found:
    bare = quote.start == low
    content = page.trimmed(quote.start, quote.end) if bare else page.trimmed(*page.around_quotes(low, high))
    rule, confidence = ("continues.quote", 0.75) if bare else ("continues.part_quoted", 0.55)
    root = before.anchor if before.continues is None else before.continues
    return Found(
        f"speech.{rule}", Family.SPEECH, confidence, content[0], None, None, (content,), before.manner, continues=root
    )
