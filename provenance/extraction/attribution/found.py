"""What a frame found, in tokens, before overlaps are resolved and places become code points."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.extraction.attribution.cues import Family
from provenance.vocabulary import Manner, Stance

# Tokens, end exclusive.
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution. ``anchor`` is the cue's head; ``carriers`` are those who relay the source, nearest first.

    ``content`` has several stretches where the cue interrupts it.
    """

    rule: str
    family: Family
    confidence: float
    anchor: int
    cue: Stretch | None
    source: Stretch | None
    content: tuple[Stretch, ...]
    manner: Manner = Manner.SAID
    stance: Stance = Stance.ASSERTS
    hedge: str | None = None
    carriers: tuple[tuple[tuple[Stretch, ...], Manner], ...] = ()

    @property
    def hull(self) -> Stretch:
        """From where the content begins to where it ends, whatever interrupts it."""
        return self.content[0][0], self.content[-1][1]
