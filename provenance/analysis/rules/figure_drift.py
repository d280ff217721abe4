"""Figures that became another number on the way."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.drift import drifts
from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.drifting import CLEARS, found
from provenance.vocabulary import DriftField, DriftKind


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all figures that differ from what they are compared with by more than a fair rounding."""
    differing = drifts(picture, DriftField.FIGURE, DriftField.UNIT)
    yield from found(picture, [one for one in differing if one.kind is not DriftKind.ROUNDING], "the figure")


RULE = Rule(
    key="figure_drift",
    version=1,
    title="A figure became another one",
    finds=(
        "Figures that are not the ones that their own source prints, where that is held, or else the claim's earliest "
        "report: transposed digits, another order of size, another number. A fair rounding (353, more than 350) is "
        "listed as drift and not flagged."
    ),
    why=(
        "A slip in one copy is copied in turn, and two copies of one figure then look like two figures that "
        "contradict each other."
    ),
    example=(
        "317 injured officers are 137 on one page: the ministry that both name gave one number, and two digits "
        "changed places."
    ),
    clears_when=CLEARS,
    find=find,
)
