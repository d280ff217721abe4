"""Sources that have the claim from each other in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from provenance.analysis.picture import ClaimPicture, ReportView
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import counted, either, keys, listed, name_of, printed, report_rows


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all circles in the union of the declared hops."""
    circles = picture.analysis.circles
    if not circles:
        return
    hops = {hop for circle in circles for hop in pairwise([*circle, circle[0]])}
    reports = [report for report in picture.asserting if _on(report, hops)]
    drawn = listed((" → ".join(name_of(picture, source) for source in [*circle, circle[0]]) for circle in circles), 3)
    many = f"in {counted(len(circles), 'circle')} " if len(circles) > 1 else "in a circle "
    yield Finding(
        reason=(
            f"Taken together, {counted(len(reports), 'report')} {either(len(reports), 'leads', 'lead')} {many}"
            f"({drawn}): each of these sources is said to have it from another of them, so they prove nothing for each "
            "other."
        ),
        clears_when="One of the hops is found to be misread, or is cut by a signed ruling.",
        rows=report_rows(reports, ["declares a hop of the circle"] * len(reports)),
        figures=keys(printed(reports)),
    )


def _on(report: ReportView, hops: set[tuple[int, int]]) -> bool:
    return any((hop.upstream, hop.downstream) in hops for hop in report.declared.hops if hop.cut is None)


RULE = Rule(
    key="circular",
    version=1,
    title="Sources cite each other in a circle",
    finds="Directed circles in the hops of all reports taken together; one page by itself cannot declare one.",
    why=(
        "Two outlets that quote each other look like two that confirm each other. Neither path says where the claim "
        "entered the circle."
    ),
    example="If Khabar 24 credited Tass with what Tass has from Khabar 24, neither would add anything to the other.",
    clears_when="One of the hops is found to be misread, or is cut by a signed ruling.",
    find=find,
)
