"""Reports that are three steps or more away from the first source that they name."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.beginnings import paths_of
from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import chain, either, keys, printed, report_rows, share

FAR = 3


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all reports whose shortest declared path has three hops or more."""
    paths = paths_of(picture)
    shortest = {r.id: min(paths[r.id], key=lambda path: len(path.nodes)) for r in picture.asserting if paths[r.id]}
    steps = {report: len(path.nodes) - 1 for report, path in shortest.items()}
    far = [report for report in picture.asserting if steps.get(report.id, 0) >= FAR]
    if not far:
        return
    most = max(steps[report.id] for report in far)
    yield Finding(
        reason=(
            f"{share(len(far), len(picture.asserting), 'report')} {either(len(far), 'is', 'are')} three steps or more "
            f"from the first source that {either(len(far), 'it names', 'they name')}; the longest way has {most} steps."
        ),
        clears_when=(
            "A nearer document on the way is held and reported from instead, or the report is found to have the claim "
            "from the source more directly."
        ),
        rows=report_rows(far, [f"{steps[report.id]} steps, {chain(picture, shortest[report.id])}" for report in far]),
        figures=keys(printed(far)),
    )


RULE = Rule(
    key="hearsay",
    version=1,
    title="Third hand or further",
    finds=(
        "Reports whose shortest declared route has three steps or more from the first-named source to the document, "
        "the publication itself included."
    ),
    why=(
        "Each step can change a number, a qualifier or a name, and none of the steps in between may be held here. The "
        "nearer a document is to the source, the less can have happened to the words."
    ),
    example=(
        "A reader of the founding article meets “dozens” as Interior Ministry → Khabar 24 → Tass → the page: three "
        "steps, and on one of them a spokeswoman of the police became a spokesman of the ministry."
    ),
    clears_when="A nearer document is held and the claim is reported from that, or a more direct route is found.",
    find=find,
)
