"""Reports that credit somebody else than what they are compared with."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.drift import drifts
from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.drifting import CLEARS, found
from provenance.vocabulary import DriftField, DriftKind


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all reports whose source is of another office, another speaker or another gender.

    Where nobody is named any more, `unnamed_origin` says so.
    """
    differing = drifts(picture, DriftField.SOURCE, DriftField.MERGED)
    yield from found(picture, [one for one in differing if one.kind is not DriftKind.SOURCE_LOST], "the source")


RULE = Rule(
    key="source_drift",
    version=1,
    title="The source changed on the way",
    finds=(
        "Reports that credit another organisation, another of its speakers, a person of the other gender or a "
        "misspelt name than their own source, or the claim's earliest report that names anybody; and those that "
        "credit several with what one said. A spokesperson and her office are one voice; true titles and translated "
        "names are no change."
    ),
    why=("One statement credited to two offices looks like two statements, and who checks asks the wrong office."),
    example=(
        "The spokeswoman of the Almaty police is a spokesman of the Interior Ministry in the copies of one agency."
    ),
    clears_when=CLEARS,
    find=find,
)
