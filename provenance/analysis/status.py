"""Where a claim stands in the record of corrections; a word about procedure, not about truth."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.analysis.picture import CorrectionView
from provenance.chain import Analysis
from provenance.vocabulary import ClaimStatus, CorrectionKind

# A later word of the same source weighs more than an earlier one, a withdrawal more than a denial.
WEIGHT = (
    ClaimStatus.STANDING,
    ClaimStatus.SUPERSEDED,
    ClaimStatus.DISPUTED,
    ClaimStatus.DENIED,
    ClaimStatus.CORRECTED,
    ClaimStatus.RETRACTED,
)


def status_of(corrections: Iterable[CorrectionView], analysis: Analysis) -> ClaimStatus:
    """The weightiest thing that anybody did to the claim; ``standing`` where nobody did anything."""
    named = {finding.source for finding in analysis.origins}
    found = {_effect(correction, named) for correction in corrections}
    return max(found, key=WEIGHT.index, default=ClaimStatus.STANDING)


def _effect(correction: CorrectionView, origins: set[int]) -> ClaimStatus:
    match correction.kind:
        case CorrectionKind.RETRACTION:
            return ClaimStatus.RETRACTED
        case CorrectionKind.CORRECTION:
            return ClaimStatus.CORRECTED
        case CorrectionKind.DISAVOWAL:
            return ClaimStatus.DENIED
        case CorrectionKind.DENIAL:
            own = correction.by.id in origins or correction.upstream == correction.by
            return ClaimStatus.DENIED if own else ClaimStatus.DISPUTED
        case CorrectionKind.SUPERSESSION:
            return ClaimStatus.SUPERSEDED
