"""Headlines that say more than the text below them."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.drift import drifts
from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.drifting import CLEARS, found
from provenance.vocabulary import DriftField


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all reports whose headline prints a larger figure, or the same with less reserve."""
    differing = drifts(picture, DriftField.HEADLINE)
    yield from found(picture, [one for one in differing if one.stronger], "the figure of the headline")


RULE = Rule(
    key="headline_overstates",
    version=1,
    title="The headline says more than the text",
    finds=(
        "Headlines whose figure is larger than that of the text, or the same without the words that keep it low, such "
        "as “up to” and “about”."
    ),
    why=("A headline is what is shared and copied, often by people who never open the text that takes it back."),
    example=("“More than 5,000 injured” above a text that gives 4,353."),
    clears_when=CLEARS,
    find=find,
)
