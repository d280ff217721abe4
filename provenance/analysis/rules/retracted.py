"""The claim, a document that states it or a hop of it was taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

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
    quoted,
    report_rows,
    share,
)
from provenance.chain import Chains, Declared, analyse


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all that was taken back."""
    withdrawn = [one for one in picture.corrections if one.kind.withdraws and one.applies]
    if not withdrawn:
        return
    fallen = fallen_reports(picture)
    rows = [correction_row(one) for one in withdrawn[: MOST_ROWS // 2]]
    yield Finding(
        reason=f"It was taken back: {listed(aimed(one) for one in withdrawn)}. {_support(picture, fallen)}"
        f"{_remains(withdrawn)}",
        clears_when="The withdrawal is found to be misread, or to concern something else, and its record is retired.",
        rows=(*rows, *report_rows(fallen, ["has no path left"] * len(fallen)))[:MOST_ROWS],
        figures=keys(printed(picture.asserting if any(one.of_claim for one in withdrawn) else fallen)),
    )


def aimed(correction: CorrectionView) -> str:
    """What was done, and to which part of the record."""
    if correction.target_document is not None:
        return f"{done(correction)}, of one document"
    if correction.attribution is not None:
        return f"{done(correction)}, of one hop"
    if correction.upstream is None:
        return done(correction)
    through = f" through {correction.downstream.name}" if correction.downstream else ""
    return f"{done(correction)}, of what {correction.upstream.name} is said to have stated{through}"


def fallen_reports(picture: ClaimPicture) -> list[ReportView]:
    """The reports that would be supported if nothing had been taken back, and are not."""
    uncut = tuple(_uncut(report.declared) for report in picture.reports)
    before = set(analyse(Chains(picture.actors, uncut, picture.ties)).supported)
    lost = before - set(picture.analysis.supported)
    return [report for report in picture.reports if report.id in lost]


def _uncut(declared: Declared) -> Declared:
    return replace(declared, cut=None, hops=tuple(replace(hop, cut=None) for hop in declared.hops))


def _support(picture: ClaimPicture, fallen: list[ReportView]) -> str:
    if not fallen:
        return "No report loses all its support by that."
    some = share(len(fallen), len(picture.asserting), "report")
    left = len(picture.analysis.supported)
    still = f"{counted(left, 'report')} still {either(left, 'has', 'have')} support" if left else "no report has any"
    return f"{some} {either(len(fallen), 'loses', 'lose')} all support by that; {still}."


def _remains(withdrawn: list[CorrectionView]) -> str:
    told = list(dict.fromkeys(quoted(one.remains.rstrip(".")) for one in withdrawn if one.remains))
    return f" What remains, as recorded: {listed(told)}." if told else " What remains is not recorded."


RULE = Rule(
    key="retracted",
    version=1,
    title="Taken back",
    finds=(
        "Claims that their originator or a carrier retracted or corrected, as a whole, in one document or in one hop: "
        "by whom, when, what remains, and how many reports lose all support."
    ),
    why=(
        "A withdrawal takes away what others rest on. Nothing is deleted: the reports stay, their cut paths stay "
        "visible and support nothing, and no carrier becomes the origin in place of whoever withdrew."
    ),
    example=(
        "The ministry that owns the Telegram channel called the publication of the 164 dead a technical mistake; "
        "reports that have the figure only from that channel have no path left."
    ),
    clears_when="The withdrawal is found to be misread, or to concern something else, and its record is retired.",
    find=find,
)
