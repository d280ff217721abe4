"""The source that reports name says that it is not so, or that it never said so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from provenance.analysis.picture import ClaimPicture, CorrectionView, ReportView
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import (
    MOST_ROWS,
    correction_row,
    counted,
    done,
    either,
    keys,
    listed,
    printed,
    report_rows,
    share,
)
from provenance.chain import Actor
from provenance.vocabulary import CorrectionKind

DISPUTES = frozenset({CorrectionKind.DENIAL, CorrectionKind.DISAVOWAL})


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for each source whose word is disputed."""
    disputes = [one for one in picture.corrections if one.kind in DISPUTES and one.applies]
    disputes.sort(key=lambda one: spoken_for(one).id)
    for _, some in groupby(disputes, key=lambda one: spoken_for(one).id):
        denials = list(some)
        source = spoken_for(denials[0])
        naming = [report for report in picture.asserting if _names(report, source.id)]
        published = [report for report in picture.asserting if report.publisher.id == source.id]
        if naming or published:
            yield _finding(picture, source, denials, naming, published)


def spoken_for(correction: CorrectionView) -> Actor:
    """Whose statement is disputed: the source named in the target, or whoever denies."""
    return correction.upstream or correction.by


def _names(report: ReportView, source: int) -> bool:
    return any(hop.upstream == source and hop.cut is None for hop in report.declared.hops)


def _finding(
    picture: ClaimPicture,
    source: Actor,
    denials: list[CorrectionView],
    naming: list[ReportView],
    published: list[ReportView],
) -> Finding:
    some = share(len(naming), len(picture.asserting), "report")
    told = [f"{some} {either(len(naming), 'has it', 'have it')} from {source.name}"] if naming else []
    if published:
        own = counted(len(published), "document")
        told.append(f"{own} that {source.name} published {either(len(published), 'states', 'state')} it")
    shows = [f"has it from {source.name}"] * len(naming) + [f"{source.name} published it"] * len(published)
    rows = [*map(correction_row, denials[: MOST_ROWS // 2]), *report_rows([*naming, *published], shows)]
    return Finding(
        reason=f"{listed(told)}; against that stands {listed(done(one) for one in denials)}. Both readings stay.",
        clears_when=(
            f"{source.name} takes the denial back or withdraws the statement, or an editor decides with a signed "
            "ruling which of the two readings holds."
        ),
        rows=tuple(rows)[:MOST_ROWS],
        figures=keys(printed([*naming, *published])),
    )


RULE = Rule(
    key="disputed_attribution",
    version=1,
    title="The named source disputes it",
    finds=(
        "Sources that reports name for the claim, or that published it themselves, and that deny it or disown it. One "
        "finding for each source."
    ),
    why=(
        "Whether somebody said so and whether it is so are different questions, and here the first is open. A denial "
        "does not undo what was printed, and what was printed does not refute the denial: both stay on record."
    ),
    example=(
        "Most pages have the 164 dead from the Health Ministry, through its channel or a broadcaster; the ministry "
        "says that it never supplied such a total."
    ),
    clears_when=(
        "The source takes the denial back or withdraws the statement, or an editor decides with a signed ruling which "
        "of the two readings holds."
    ),
    find=find,
)
