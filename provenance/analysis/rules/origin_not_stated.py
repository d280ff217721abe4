"""Reports that name a carrier, or nobody, and so leave open who first said it."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.beginnings import open_ends
from provenance.analysis.picture import ClaimPicture, ReportView
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import (
    either,
    keys,
    listed,
    name_of,
    printed,
    report_rows,
    share,
    tallied,
)

NOBODY = "nobody named besides the outlet itself"


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all such reports; one that also names an identifiable origin is left out."""
    carriers = {report.id: last_named(picture, report) for report in picture.asserting}
    silent = [report for report in picture.asserting if carriers[report.id]]
    if not silent:
        return
    named = tallied(name for report in silent for name in carriers[report.id] if name != NOBODY)
    bare = sum(carriers[report.id] == [NOBODY] for report in silent)
    several = any(len(names) > 1 for names in carriers.values())
    twice = "; a report with several routes is counted at each" if several else ""
    ends = [f"last named carrier {named}{twice}"] if named else []
    if bare:
        ends.append(f"{NOBODY} ({bare})" if named else NOBODY)
    leave = either(len(silent), "leaves", "leave")
    some = share(len(silent), len(picture.asserting), "report")
    yield Finding(
        reason=f"{some} {leave} open who it is from; {'; '.join(ends)}.",
        clears_when=(
            f"{either(len(silent), 'The report is', 'The reports are')} found to say where "
            f"{either(len(silent), 'it has', 'they have')} it from, and the missing hops are recorded; what a carrier "
            "said elsewhere does not count."
        ),
        rows=report_rows(silent, [shown(carriers[report.id]) for report in silent]),
        figures=keys(printed(silent)),
    )


def last_named(picture: ClaimPicture, report: ReportView) -> list[str]:
    """The carriers at which the report's paths end; empty where it says who it is from."""
    ends = open_ends(picture, report)
    named = dict.fromkeys(name_of(picture, path.origin.actor) for path in ends if len(path.nodes) > 1)
    return list(named) or ([NOBODY] if ends else [])


def shown(carriers: list[str]) -> str:
    if carriers == [NOBODY]:
        return f"origin not stated; {NOBODY}"
    return f"origin not stated; last named {either(len(carriers), 'carrier', 'carriers')} {listed(carriers)}"


RULE = Rule(
    key="origin_not_stated",
    version=1,
    title="Origin not stated",
    finds=(
        "Reports that name only an outlet, agency or channel, or nobody at all. The last named carrier is shown and is "
        "never taken for the origin. A report that also names somebody identifiable is not meant."
    ),
    why=(
        "“Khabar 24 reported” says who passed it on, not who knew it. That Khabar 24 quoted a ministry in another "
        "report does not show that it did so in this one."
    ),
    example=(
        "A page prints twenty-six killed and gives “the broadcaster” as its only source: origin not stated; last named "
        "carrier Khabar 24."
    ),
    clears_when="The report itself is found to name the origin, and its missing hops are recorded.",
    find=find,
)
