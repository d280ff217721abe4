"""Where a claim stands in the record of corrections; a word about procedure, not about truth."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.analysis.picture import CorrectionView
from provenance.chain import Actor, Analysis
from provenance.vocabulary import ClaimStatus, CorrectionKind

# A withdrawal weighs more than a denial, whichever came first: nobody else's word gives back what its author took.
WEIGHT = (
    ClaimStatus.STANDING,
    ClaimStatus.SUPERSEDED,
    ClaimStatus.DISPUTED,
    ClaimStatus.DENIED,
    ClaimStatus.CORRECTED,
    ClaimStatus.RETRACTED,
)


def status_of(corrections: Iterable[CorrectionView], analysis: Analysis) -> ClaimStatus:
    """The weightiest thing that anybody did to the claim; ``standing`` where nobody did anything.

    Of several withdrawals by one source the last word counts: what it took back and then corrected is corrected.
    """
    named = {finding.source for finding in analysis.origins}
    done = list(corrections)
    found = {_effect(one, named) for one in done if not any(_replaces(other, one) for other in done)}
    return max(found, key=WEIGHT.index, default=ClaimStatus.STANDING)


def _replaces(later: CorrectionView, earlier: CorrectionView) -> bool:
    """Whether a source withdrew the same thing again, certainly later."""
    if not (later.kind.withdraws and earlier.kind.withdraws) or _aim(later) != _aim(earlier):
        return False
    then, now = earlier.took_effect.span, later.took_effect.span
    return then is not None and now is not None and then.latest < now.earliest


def _aim(correction: CorrectionView) -> tuple[Actor, Actor | None, Actor | None]:
    return correction.by, correction.upstream, correction.downstream


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
