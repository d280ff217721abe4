"""A figure as the scanner finds it: its words, its number and interval, before anybody asks what it counts."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.number_words import Bound
from provenance.quantity import Quantity
from provenance.vocabulary import FigureKind, Qualifier


@dataclass(frozen=True, slots=True)
class Found:
    """``first`` and ``end`` are pieces of the page, the pairs are code points; ``number`` is the bare number.

    ``bound`` is what qualifies it, ``out_of``: the next figure found is the whole of which this is a rank or part.
    """

    first: int
    end: int
    span: tuple[int, int]
    number: tuple[int, int]
    kind: FigureKind
    quantity: Quantity
    rule: str
    confidence: float = 0.9
    second: tuple[int, int] | None = None
    currency: str | None = None
    bound: Bound | None = None
    low_open: bool = False
    high_open: bool = False
    out_of: bool = False

    @property
    def below(self) -> bool:
        """Whether it bounds from above only."""
        return self.quantity.qualifier in (Qualifier.UP_TO, Qualifier.FEWER_THAN)

    @property
    def above(self) -> bool:
        """Whether it bounds from below only."""
        return self.quantity.qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN)
