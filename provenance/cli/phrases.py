"""What several commands say of something that was read, in the same words."""

from __future__ import annotations

from provenance.vocabulary import Stance

NOBODY = "nobody named"


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
