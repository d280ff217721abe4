"""Reports that cite a source which itself published on the claim only later."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.picture import ClaimPicture, Published
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import either, keys, listed, name_of, printed, report_rows, share
from provenance.chain import ImpossibleHop


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all such hops."""
    hops = {hop.report: hop for hop in picture.analysis.impossible}
    reports = [report for report in picture.asserting if report.id in hops]
    if not reports:
        return
    some = share(len(reports), len(picture.asserting), "report")
    first = dict.fromkeys(_first(picture, hops[report.id]) for report in reports)
    yield Finding(
        reason=(
            f"{some} {either(len(reports), 'was', 'were')} published before the source that "
            f"{either(len(reports), 'it names', 'they name')} published anything on this claim in what is held: "
            f"{listed(first)}."
        ),
        clears_when="A date is corrected, an earlier document of that source is added, or the hop is corrected.",
        rows=report_rows(reports, [f"has it from {name_of(picture, hops[report.id].upstream)}" for report in reports]),
        figures=keys(printed(reports)),
    )


def _first(picture: ClaimPicture, hop: ImpossibleHop) -> str:
    own = [report.published for report in picture.asserting if report.publisher.id == hop.upstream]
    return f"{name_of(picture, hop.upstream)} first on {min(own, key=_earliest).text}"


def _earliest(published: Published) -> str:
    return published.span.earliest.isoformat() if published.span else ""


RULE = Rule(
    key="impossible_order",
    version=1,
    title="Cites a source that published later",
    finds=(
        "Reports that name a source whose own earliest document on this claim, of those held, was certainly published "
        "after them. Where a document of that source has no date, nothing is said."
    ),
    why=(
        "Nobody can quote what is not out yet: a date is wrong, an earlier version is missing, or the page names "
        "another source than the one it used."
    ),
    example="If Tass had credited Khabar 24 at 06:38 with words that Khabar 24 printed only at 09:00, one is misdated.",
    clears_when="A date is corrected, an earlier document of that source is added, or the hop is corrected.",
    find=find,
)
