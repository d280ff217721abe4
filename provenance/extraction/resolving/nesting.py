"""Statements inside statements: "Price said the US urged calm" puts Price behind the US in the inner one's chain.

What lies in what is found in one sweep over the text, so that ten thousand quotations cost no more than their number.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.extraction.article import Proposed


def hull(proposed: Proposed) -> tuple[int, int]:
    """From the first to the last place of a statement: its content, cue and source."""
    spans = [span for span in (proposed.content, proposed.cue, proposed.source) if span is not None]
    return min(span.start for span in spans), max(span.end for span in spans)


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
