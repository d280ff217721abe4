"""Reports for which the record does not hold the words of the document."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.picture import ClaimPicture, ReportView
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import either, keys, printed, report_rows, share

NOT_HELD = "the text of the document is not held"
NOT_MARKED = "the text is held, and nobody has marked the words"


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all asserting reports without a quote."""
    bare = [report for report in picture.asserting if not report.quote]
    if not bare:
        return
    held = sum(report.text_held for report in bare)
    missing = len(bare) - held
    reasons = [f"for {missing} no text is held"] if missing else []
    if held:
        reasons.append(f"for {held} the text is held and nobody has marked the words")
    remedies = ["the text of the document is archived"] if missing else []
    yield Finding(
        reason=(
            f"{share(len(bare), len(picture.asserting), 'report')} {either(len(bare), 'comes', 'come')} without the "
            f"words of the document: {', '.join(reasons)}."
        ),
        clears_when=f"{' and '.join([*remedies, 'the words that state the claim are marked in it']).capitalize()}.",
        rows=report_rows(bare, [reason_of(report) for report in bare]),
        figures=keys(printed(bare)),
    )


def reason_of(report: ReportView) -> str:
    return NOT_MARKED if report.text_held else NOT_HELD


RULE = Rule(
    key="no_quote",
    version=1,
    title="The words are not shown",
    finds=(
        "Reports without a quote. Either the text of the document is not held, or it is held and nobody has marked the "
        "words that state the claim; the two are told apart."
    ),
    why=(
        "Without the words a reader has to take our reading on trust, and cannot check where exactly a document says "
        "so."
    ),
    example=(
        "Most documents about January 2022 are held as readings alone: who said what, through whom, at which address. "
        "The pages themselves are not copied here."
    ),
    clears_when="The text of the document is held, and the words that state the claim are marked in it.",
    find=find,
)
