"""Reports that weaken the claim with words such as "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import either, keys, printed, quoted, report_rows, share, tallied


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all asserting reports with hedge words."""
    hedged = [(report, quoted(report.hedge)) for report in picture.asserting if report.hedge and report.hedge.strip()]
    if not hedged:
        return
    reports = [report for report, _ in hedged]
    some = share(len(hedged), len(picture.asserting), "report")
    yield Finding(
        reason=(
            f"{some} {either(len(hedged), 'weakens what it says', 'weaken what they say')}, in the words noted: "
            f"{tallied(words for _, words in hedged)}."
        ),
        clears_when=(
            f"{either(len(hedged), 'The report is', 'The reports are')} found to state the claim without these words."
        ),
        rows=report_rows(reports, [words for _, words in hedged]),
        figures=keys(printed(reports)),
    )


RULE = Rule(
    key="hedged",
    version=1,
    title="Stated with reservations",
    finds="Reports that keep a distance from the claim: “reportedly”, “apparently”, scare quotes, “could not verify”.",
    why=(
        "The outlet itself says that it does not vouch for the words. Copies tend to drop exactly this, so it is worth "
        "knowing who had it."
    ),
    example=(
        "The founding article says that attackers were “reportedly” killed and keeps the word “eliminated” in quotes."
    ),
    clears_when="The reports are found to state the claim without these words.",
    find=find,
)
