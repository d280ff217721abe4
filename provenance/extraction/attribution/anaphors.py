"""Sentences that only say who said the one before: "This was reported by the press service of the ministry."

News from Russian and German is often translated so: the claim first, and who made it in a sentence of its own.
"""

from __future__ import annotations

from provenance.extraction.attribution.cues import Cues, Family
from provenance.extraction.attribution.found import Found, Step, Stretch
from provenance.extraction.attribution.naming import naming
from provenance.extraction.attribution.page import Page
from provenance.extraction.attribution.phrases import nominal
from provenance.vocabulary import Manner

# Words of the longest sentence that says no more than who said so.
_LONGEST = 40
_REPORTED = frozenset({"reported", "announced", "stated", "said", "confirmed", "told", "informed", "communicated"})


def of_anaphor(page: Page, paragraph: Stretch, known: Cues) -> list[Found]:
    """The sentences of a paragraph that the next one credits to somebody."""
    found: list[Found] = []
    before: Stretch | None = None
    low = paragraph[0]
    while low < paragraph[1]:
        high = min(max(page.sentence_end(low), low + 1), paragraph[1])
        start, end = page.trimmed(low, high)
        if before is not None and page.doc[low].lower_ == "this" and 3 < end - start <= _LONGEST:
            found += _credited(page, (start, end), before, known)
        if end - start > 2:
            before = start, end
        low = high
    return found


def _credited(page: Page, sentence: Stretch, content: Stretch, known: Cues) -> list[Found]:
    start, end = sentence
    doc = page.doc
    if doc[start + 1].lower_ in ("was", "is") and doc[start + 2].lower_ in _REPORTED:
        by = next((at for at in range(start + 3, min(start + 6, end)) if doc[at].lower_ == "by"), None)
        who = nominal(page, by + 1, _phrase_end(page, by + 1, end)) if by is not None else None
        steps: tuple[Step, ...] = (((who,), Manner.REPORTED),) if who else ()
        cue = (start + 1, by + 1) if by is not None else (start + 1, start + 3)
    else:
        named = naming(page, start + 1, end, known)
        steps, cue = (named.who, named.cue) if named is not None and not named.cites else ((), (start, start))
    if not steps:
        return []
    (source, *_), manner = steps[0]
    return [
        Found("speech.anaphor", Family.SPEECH, 0.75, cue[0], cue, source, (content,), manner, carriers=tuple(steps[1:]))
    ]


def _phrase_end(page: Page, start: int, end: int) -> int:
    return next((at for at in range(start, end) if page.doc[at].text == ","), end)
