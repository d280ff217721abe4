"""Figures that came to count something else, others, elsewhere or at another time."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.drift import drifts
from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.drifting import CLEARS, found
from provenance.vocabulary import DriftField, DriftKind


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all figures with another measure, population, place or time, and headlines that count others."""
    scope = (DriftField.MEASURE, DriftField.COUNTED, DriftField.PLACE, DriftField.AS_OF)
    differing = drifts(picture, *scope, DriftField.HEADLINE)
    others = [one for one in differing if one.field in scope or one.kind is DriftKind.POPULATION]
    yield from found(picture, others, "what is counted, where or when")


RULE = Rule(
    key="scope_drift",
    version=1,
    title="The same figure counts something else",
    finds=(
        "Figures for which a page prints another measure, population, place or time than its own source, or the "
        "claim's earliest report; and headlines that count others than the text below. One instant on two clocks is "
        "no change."
    ),
    why=("The number looks confirmed by every copy, while what it is a number of has changed under it."),
    example=(
        "“Eliminated” became “immobilised” in a translation, and the deaths are gone; 4,578 victims, the dead "
        "included, became 4,578 injured."
    ),
    clears_when=CLEARS,
    find=find,
)
