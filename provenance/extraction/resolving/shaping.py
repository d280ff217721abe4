"""From spans that were proposed to what counts as one statement each.

A demand that is made in two breaths is one: "called for calm and called for talks". That somebody said nothing is none;
where the text tells that, it is an absence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from provenance.extraction.article import Proposed
from provenance.extraction.reading import Span
from provenance.vocabulary import Stance

_BETWEEN = re.compile(r"[\s,]*(?:and|or|but)?(?: also| again| then)?\s*\Z")
_QUESTION = re.compile(r"(?:who|whom|whose|what|which|when|where|why|how|whether|if)\b", re.IGNORECASE)
_COMMENTING = re.compile(r"to (?:be )?(?:comment|elaborate|discuss|answer|respond|speak|say|give|provide|confirm)\b")
_NOTHING = re.compile(r"(?:no|nothing|none|neither|nobody)\b", re.IGNORECASE)
_NOBODY = re.compile(r"(?:nobody|no one|neither|none)\b", re.IGNORECASE)
_SMALL = frozenset({"for", "on", "upon", "has", "have", "had", "also", "again", "to"})


def shaped(text: str, proposals: Sequence[Proposed]) -> list[Proposed]:
    """The proposals as statements; what continues one that was joined to another continues that other one.

    >>> text = "He called for calm and called for talks."
    >>> spans = [Span.of(text, *place) for place in ((3, 13), (14, 18), (23, 33), (34, 39))]
    >>> calls = [Proposed(spans[at + 1], spans[at], None, (), "rules.directive.preposition", 0.9) for at in (0, 2)]
    >>> [said.content.text for said in shaped(text, calls)]
    ['called for calm and called for talks']
    """
    joined, instead = _joined(text, proposals)
    silent = {place for place, one in enumerate(joined) if _silent(one)}
    kept = [place for place in range(len(joined)) if place not in silent and place not in instead]
    moved = {place: at for at, place in enumerate(kept)}
    found = []
    for place in kept:
        one = joined[place]
        goes_on = instead.get(one.continues, one.continues) if one.continues is not None else None
        found.append(replace(one, continues=moved.get(goes_on)) if goes_on is not None else one)
    return found


def _joined(text: str, proposals: Sequence[Proposed]) -> tuple[list[Proposed], dict[int, int]]:
    """With coordinated demands as one, and for the place of each that was taken in, that of the one that took it."""
    order = sorted(range(len(proposals)), key=lambda place: proposals[place].content.start)
    found, instead = list(proposals), dict[int, int]()
    for at, place in enumerate(order[:-1]):
        first = found[place]
        other = order[at + 1]
        second = found[other]
        if place in instead or first.cue is None or second.cue is None or not _same_demand(first, second):
            continue
        if _BETWEEN.match(text[first.content.end : second.cue.start]) or second.cue.start < first.content.end:
            end = max(first.content.end, second.content.end)
            found[place] = replace(first, content=Span.of(text, first.cue.start, end), parts=())
            instead[other] = place
    return found, instead


def _same_demand(first: Proposed, second: Proposed) -> bool:
    if ".directive." not in first.rule or ".directive." not in second.rule or first.cue is None or second.cue is None:
        return False
    verbs = (set(cue.text.lower().split()) - _SMALL for cue in (first.cue, second.cue))
    return bool(set.intersection(*verbs)) and first.cue.end <= second.cue.start


def _silent(one: Proposed) -> bool:
    """Whether it is said that somebody did not say, confirm or comment on something."""
    words = one.content.text
    if one.source is not None and _NOBODY.match(one.source.text):
        return True
    if one.stance is not Stance.MENTIONS:
        return one.rule.endswith("passive.subject") and _NOTHING.match(words) is not None
    if one.rule.endswith((".object", ".gerund", ".preposition")):
        return True
    return _QUESTION.match(words) is not None or _COMMENTING.match(words) is not None
