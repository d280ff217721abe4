"""What a frame found, in tokens, before overlaps are resolved and places become code points."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.extraction.attribution.cues import Family
from provenance.vocabulary import Manner, Stance

# Tokens, end exclusive.
Stretch = tuple[int, int]

# Those who stand on one step of a chain, and how the next one relays them.
Step = tuple[tuple[Stretch, ...], Manner]


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution. ``anchor`` is the cue's head; ``origins`` stand before its source
    in the chain and ``carriers`` behind it. ``continues`` is the anchor of the attribution
    whose source goes on speaking, ``stands_for`` whom a relative "who" as the source means.

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
    origins: tuple[Step, ...] = ()
    carriers: tuple[Step, ...] = ()
    continues: int | None = None
    stands_for: Stretch | None = None

    @property
    def hull(self) -> Stretch:
        """From where the content begins to where it ends, whatever interrupts it."""
        return self.content[0][0], self.content[-1][1]
