"""Numbers that lost the words that qualified them."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.drift import drifts
from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.drifting import CLEARS, found
from provenance.vocabulary import DriftField, DriftKind


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all figures that are printed without the reserve that they were given with."""
    differing = drifts(picture, DriftField.QUALIFIER)
    dropped = [one for one in differing if one.kind is DriftKind.QUALIFIER_DROPPED]
    yield from found(picture, dropped, "the words that qualify the number")


RULE = Rule(
    key="qualifier_dropped",
    version=1,
    title="A qualifier was dropped",
    finds=(
        "Figures printed as exact that their own source, or the claim's earliest report, prints with words such as "
        "“more than”, “at least” or “about”."
    ),
    why=(
        "“More than 1,000” leaves room and “1,000” does not: the copy asserts what nobody said, and will seem to "
        "contradict the next count."
    ),
    example=("More than 1,000 injured, as the ministry put it, are 1,000 on a page that names the same ministry."),
    clears_when=CLEARS,
    find=find,
)
