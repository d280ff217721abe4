"""What may be asked of the table of an event's figures; words that nothing of the event has are refused with those that
there are, for an empty table would say that nobody was counted.
"""

from __future__ import annotations

from collections.abc import Collection

from pydantic import Field

from provenance.errors import InvalidInput
from provenance.storage.reads.asked import LedgerAsked

KILLED = "killed"
SIDE = "Whom this side is, in the words of `counted`: {example}. May be given several times."


class GedAsked(LedgerAsked):
    """What the table of an event's figures takes."""

    measure: str = Field(default=KILLED, max_length=100, description="What is counted: killed, injured, detained …")
    side_a: list[str] = Field(default_factory=list, description=SIDE.format(example="security forces"))
    side_b: list[str] = Field(default_factory=list, description=SIDE.format(example="attackers"))


def check_measure(asked: GedAsked, counts: Collection[str | None]) -> None:
    """Raise :class:`InvalidInput` unless something of the event has the measure; the usual one is nobody's mistake."""
    if asked.measure not in {KILLED, *counts}:
        known = ", ".join(sorted(filter(None, counts)))
        raise InvalidInput(
            f"measure: nothing of this event counts '{asked.measure[:60]}'. Use one of: {known or KILLED}.",
            field="measure",
        )


def check_sides(asked: GedAsked, counted: Collection[str | None]) -> None:
    """Raise :class:`InvalidInput` if a side names whom nothing of the event counts, or both sides name the same."""
    both = sorted({*asked.side_a} & {*asked.side_b})
    if both:
        raise InvalidInput(f"side_b: '{both[0][:60]}' is given as side_a, too. Leave it out of one.", field="side_b")
    known = sorted(filter(None, counted))
    for name, words in (("side_a", asked.side_a), ("side_b", asked.side_b)):
        for word in words:
            if word not in known:
                raise InvalidInput(
                    f"{name}: nothing of this event counts '{word[:60]}'. Use one of: {', '.join(known) or 'none'}.",
                    field=name,
                )
