"""What was measured, in the few numbers that tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Times:
    """How long answers took, in milliseconds."""

    answers: int
    p50: float
    p99: float
    longest: float


def spread(seconds: Sequence[float]) -> Times:
    """The median, what 99 of 100 kept within, and the longest.

    >>> spread([0.001, 0.002, 0.003, 1.0])
    Times(answers=4, p50=2.0, p99=1000.0, longest=1000.0)
    """
    ordered = sorted(seconds)
    return Times(len(ordered), _at(ordered, 50), _at(ordered, 99), round(ordered[-1] * 1000, 1))


def _at(ordered: Sequence[float], percent: int) -> float:
    # The nearest rank: the least time within which so many of a hundred answers came.
    rank = -(-len(ordered) * percent // 100)
    return round(ordered[rank - 1] * 1000, 1)
