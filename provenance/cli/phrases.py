"""What several commands say of something that was read, in the same words."""

from __future__ import annotations

from provenance.numerals import Number
from provenance.vocabulary import Stance

NOBODY = "nobody named"


def interval_of(low: Number | float | None, high: Number | float | None) -> str:
    """An interval in words.

    >>> interval_of(24, None), interval_of(8, 8), interval_of(None, 50), interval_of(3, 5)
    ('24 or more', '8', '50 or fewer', '3 to 5')
    """
    match low, high:
        case None, None:
            return "no number"
        case _, None:
            return f"{low:,} or more"
        case None, _:
            return f"{high:,} or fewer"
        case _ if low == high:
            return f"{low:,}"
        case _:
            return f"{low:,} to {high:,}"


def marks_of(rule: str, confidence: float, stance: Stance, hedge: str | None) -> str:
    """By which rule something was read, how sure that rule is, and what the source does with it.

    >>> marks_of("rules.speech.clause", 0.92, Stance.DENIES, "reportedly")
    'rules.speech.clause, 92%; denies; hedged: reportedly'
    """
    marks = [f"{rule}, {confidence:.0%}"]
    if stance is not Stance.ASSERTS:
        marks.append(stance.value)
    if hedge:
        marks.append(f"hedged: {hedge}")
    return "; ".join(marks)
