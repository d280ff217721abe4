"""Statements inside statements: "Price said the US urged calm" puts Price behind the US in the inner one's chain.

What lies in what is found in one sweep over the text, so that ten thousand quotations cost no more than their number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from provenance.extraction.article import Proposed
from provenance.extraction.reading import Span


def hull(proposed: Proposed) -> tuple[int, int]:
    """From the first to the last place of a statement: its content, cue and source."""
    spans = [span for span in (proposed.content, proposed.cue, proposed.source) if span is not None]
    return min(span.start for span in spans), max(span.end for span in spans)


def untangled(proposals: Sequence[Proposed]) -> list[Proposed]:
    """Each content without the "according to X" behind it that goes with a statement around it.

    "UNAMA said that many died, according to the Times": what UNAMA said ends before the Times.
    """
    order = sorted(range(len(proposals)), key=lambda place: proposals[place].content.start)
    cut = list(proposals)
    for at, place in enumerate(order):
        outer = proposals[place]
        if outer.cue is None or outer.cue.start < outer.content.end:
            continue
        for other in order[max(0, at - 3) : at + 4]:
            if other != place and _reaches_past(proposals[other], outer):
                cut[other] = _ending(cut[other], outer.content.end)
    return cut


def _reaches_past(inner: Proposed, outer: Proposed) -> bool:
    cue = outer.cue
    begins = hull(inner)[0] >= outer.content.start and (inner.cue is None or inner.cue.end <= outer.content.end)
    return cue is not None and begins and inner.content.start < outer.content.end <= cue.start < inner.content.end


def _ending(proposed: Proposed, end: int) -> Proposed:
    content = proposed.content
    parts = tuple((start, min(last, end)) for start, last in proposed.parts if start < end)
    shorter = Span(content.start, end, content.text[: end - content.start])
    return replace(proposed, content=shorter, parts=parts if len(parts) > 1 else ())


def parents(proposals: Sequence[Proposed]) -> list[int | None]:
    """For each statement the place of the narrowest other one in whose content all of it stands.

    Of two that lie in each other's content only the one that has a cue and lies inside is taken as the inner one.
    """
    hulls = [hull(proposed) for proposed in proposals]
    order = sorted(range(len(proposals)), key=lambda place: (hulls[place][0], -hulls[place][1]))
    outer = sorted(
        range(len(proposals)), key=lambda place: (proposals[place].content.start, -proposals[place].content.end)
    )
    found: list[int | None] = [None] * len(proposals)
    opened: list[int] = []
    coming = 0
    for place in order:
        start, end = hulls[place]
        while coming < len(outer) and proposals[outer[coming]].content.start <= start:
            opened.append(outer[coming])
            coming += 1
        while opened and proposals[opened[-1]].content.end <= start:
            opened.pop()
        found[place] = next(
            (other for other in reversed(opened[-12:]) if _holds(proposals[other], proposals[place], start, end)), None
        )
    return found


def _holds(outer: Proposed, inner: Proposed, start: int, end: int) -> bool:
    if outer is inner or not (outer.content.start <= start and end <= outer.content.end):
        return False
    return (
        outer.cue != inner.cue and inner.cue is not None and (outer.content.end - outer.content.start > end - start - 1)
    )


def wraps(outer: Proposed, inner: Proposed) -> bool:
    """Whether the outer statement only says that the inner one was made: "According to Tass, the police said ..."."""
    start, end = hull(inner)
    spare = (start - outer.content.start) + (outer.content.end - end)
    return spare <= max(6, 0.1 * (outer.content.end - outer.content.start))
