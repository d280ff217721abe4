"""What sort of claim a statement makes, at a guess from its words: a figure, an event, who did it, what will be.

A reviewer decides; the guess sorts the queue. In doubt the more checkable sort is taken, for a figure that is filed
under opinions is never found again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from provenance.extraction.resolving.absences import is_absence
from provenance.extraction.resolving.words import Word
from provenance.vocabulary import ClaimKind

_TIMES = frozenset({"DATE", "TIME", "ORDINAL"})
_VAGUE = frozenset(
    [
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "millions",
        "several",
        "many",
        "numerous",
        "tens",
        "multiple",
        "countless",
        "half",
        "both",
    ]
)
_CULPRIT = re.compile(
    r"\b(?:blam(?:e|ed|es|ing)|accus(?:e|ed|es|ing)|responsib\w+|carried out by|"
    r"perpetrat\w+|(?:was|were|is|are) behind|masterminded|ordered by|committed by|"
    r"(?:shot|killed|attacked|bombed|shelled|fired) by)\b",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"\b(?:will|shall|won['’]t|going to|expected to|plans? to|intends? to|about to|set to|would)\b|['’]ll\b",
    re.IGNORECASE,
)
# How far into a content its sort shows; contents that hold one another would else be read over and over.
_TOLD_BY = 1_000
_MARKS = "“”\"«»„‘’'"


def kind_of(content: str, cue: str, words: Sequence[Word]) -> ClaimKind:
    """The sort of claim that a content makes. ``words`` are those of the content."""
    last, content, words = content[-1:], content[:_TOLD_BY], words[:_TOLD_BY]
    if is_absence(content) or is_absence(f"{cue} {content}"):
        return ClaimKind.ABSENCE
    if _CULPRIT.search(cue) or _CULPRIT.search(content):
        return ClaimKind.RESPONSIBILITY
    if any(_counts(words, place) for place in range(len(words))):
        return ClaimKind.FIGURE
    if _COMING.search(content):
        return ClaimKind.PREDICTION
    if content[:1] in _MARKS and last in _MARKS:
        return ClaimKind.QUOTATION
    return ClaimKind.EVENT if any(_happened(word) for word in words) else ClaimKind.OTHER


def _counts(words: Sequence[Word], place: int) -> bool:
    """Whether a word gives how many there are: no date, no part of a name, no "one of"."""
    word = words[place]
    if word.low in _VAGUE:
        return True
    if word.tag != "CD" or word.entity in _TIMES or word.low == "one":
        return False
    return not (place and words[place - 1].tag in ("NNP", "NNPS"))


def _happened(word: Word) -> bool:
    return word.tag in ("VBD", "VBN") and word.lemma not in ("be", "have", "do", "say", "get") and word.dep != "amod"
