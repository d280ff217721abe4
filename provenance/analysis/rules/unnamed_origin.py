"""Reports that begin with people whom nobody identifies."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.beginnings import unidentified
from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import (
    counted,
    either,
    keys,
    listed,
    name_of,
    printed,
    quoted,
    report_rows,
    share,
    tallied,
)
from provenance.chain import Path
from provenance.vocabulary import OriginClass


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all such reports; one that also names an identifiable origin is left out."""
    behind = {report.id: unidentified(picture, report) for report in picture.asserting}
    resting = [report for report in picture.asserting if behind[report.id]]
    if not resting:
        return
    words = tallied(as_named(picture, path) for report in resting for path in behind[report.id])
    vouched = sum(any(vouch(path) for path in behind[report.id]) for report in resting)
    doubt = f"; in {counted(vouched, 'report')} the outlet says why it trusts them" if vouched else ""
    yield Finding(
        reason=(
            f"{share(len(resting), len(picture.asserting), 'report')} {either(len(resting), 'rests', 'rest')} on "
            f"sources that nobody identifies: {words}{doubt}."
        ),
        clears_when="Somebody identifiable is recorded as the origin, by the words of the report itself.",
        rows=report_rows(resting, [shown(picture, behind[report.id]) for report in resting]),
        figures=keys(printed(resting)),
    )


def as_named(picture: ClaimPicture, path: Path) -> str:
    """The words of the page where they are recorded, else the name that stands for them here."""
    return quoted(path.hops[0].as_named or name_of(picture, path.origin.actor))


def vouch(path: Path) -> str | None:
    return path.hops[0].access if path.origin_class is OriginClass.ANONYMOUS_VOUCHED else None


def shown(picture: ClaimPicture, paths: list[Path]) -> str:
    said = (f"{as_named(picture, p)}{f' ({reasons})' if (reasons := vouch(p)) else ''}" for p in paths)
    return f"rests on {listed(dict.fromkeys(said))}"


RULE = Rule(
    key="unnamed_origin",
    version=1,
    title="Origin not identified",
    finds=(
        "Reports whose origin is “the authorities”, “media reports”, anonymous officials and the like. Each such use "
        "is a separate unknown and is counted nowhere. A report that also names somebody identifiable is not meant."
    ),
    why=(
        "Nobody can ask an unnamed source again, and nobody can tell whether two of them are the same. Where an outlet "
        "says why it trusts them, that is shown; it is the outlet's word."
    ),
    example=(
        "A page gives thirteen officers killed as broadcast by Khabar 24, from a source that it does not identify: "
        "three named carriers further on, still nobody stands behind it."
    ),
    clears_when="An identifiable origin is recorded, by the words of the report itself.",
    find=find,
)
