"""What several commands say of something that was read, in the same words."""

from __future__ import annotations

from math import floor, log10

from provenance.numerals import Number
from provenance.vocabulary import Stance

NOBODY = "nobody named"


def interval_of(low: Number | float | None, high: Number | float | None) -> str:
    """An interval in words.

    >>> interval_of(24, None), interval_of(8, 8), interval_of(None, 50), interval_of(3, 5)
    ('24 or more', '8', '50 or fewer', '3 to 5')
    >>> interval_of(0.2999999999999997, 1234567.5)
    '0.3 to 1,234,567.5'
    """
    match low, high:
        case None, None:
            return "no number"
        case _, None:
            return f"{number_of(low)} or more"
        case None, _:
            return f"{number_of(high)} or fewer"
        case _ if low == high:
            return number_of(low)
        case _:
            return f"{number_of(low)} to {number_of(high)}"


def number_of(number: Number | float | None) -> str:
    """A number for people: of what lies behind the point, six digits that count; of what lies before, all.

    >>> number_of(24), number_of(0.1 + 0.2), number_of(1_500_000.0), number_of(0.00001234)
    ('24', '0.3', '1,500,000', '0.00001234')
    """
    if number is None:
        return "no number"
    value = float(number)
    if value == int(value):
        return f"{int(value):,}"
    behind = 6 if abs(value) >= 1 else 5 - floor(log10(abs(value)))
    return f"{value:,.{behind}f}".rstrip("0").rstrip(".")


def counted_of(count: int, one: str, several: str | None = None) -> str:
    """So many of something.

    >>> counted_of(1, "figure"), counted_of(1200, "figure")
    ('1 figure', '1,200 figures')
    """
    return f"{count:,} {one if count == 1 else several or one + 's'}"


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
