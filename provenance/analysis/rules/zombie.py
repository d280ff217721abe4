"""Reports that repeat the claim as it was after somebody had withdrawn or denied it, without a word of that."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.picture import ClaimPicture, CorrectionView, ReportView
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import correction_row, done, groups_of, keys, listed, printed, report_rows, where
from provenance.answers import instant_text
from provenance.ties import Groups
from provenance.vocabulary import CorrectionKind, DateBasis, Stance

SPEAKS_AGAINST = frozenset(
    {CorrectionKind.RETRACTION, CorrectionKind.CORRECTION, CorrectionKind.DENIAL, CorrectionKind.DISAVOWAL}
)
CARRIES_IT = frozenset({Stance.DENIES, Stance.RETRACTS, Stance.QUESTIONS})


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for each report, for an editor judges each by itself."""
    against = [one for one in picture.corrections if one.kind in SPEAKS_AGAINST and one.of_claim and one.applies]
    if not against:
        return
    aware, groups = carrying(picture), groups_of(picture)
    for report in picture.asserting:
        if report.document_public_id in aware or report.judged_zombie is False:
            continue
        ignored = [one for one in against if after(report, one) and touches(picture, one, report, groups)]
        if ignored:
            yield _finding(report, ignored)


def carrying(picture: ClaimPicture) -> set[str]:
    """The documents that tell of a correction, by a report or because they are where it was made."""
    telling = {report.document_public_id for report in picture.reports if report.stance in CARRIES_IT}
    return telling | {one.document for one in picture.corrections if one.document is not None}


def after(report: ReportView, correction: CorrectionView) -> bool:
    """Whether the report was certainly published when the correction had certainly taken effect."""
    published, effect = report.published.span, correction.took_effect.span
    return published is not None and effect is not None and published.earliest > effect.latest


def touches(picture: ClaimPicture, correction: CorrectionView, report: ReportView, groups: Groups) -> bool:
    """Whether what was corrected is what the report says.

    What one source withdraws, or never said, another may have said on its own. A report is let off where it has the
    claim from an origin that can be established and that no tie joins to the source in question.
    """
    if correction.upstream is None:
        return True
    in_question = groups.of(correction.upstream) | groups.of(correction.by)
    established = {finding.node for finding in picture.analysis.origins if finding.established}
    own = next(finding for finding in picture.analysis.reports if finding.report == report.id)
    return all(
        groups.of(picture.actors[path.origin.actor]) & in_question for path in own.paths if path.origin in established
    )


def _finding(report: ReportView, ignored: list[CorrectionView]) -> Finding:
    judged = "An editor has confirmed it" if report.judged_zombie else "It awaits an editor's confirmation"
    concluded = " Its date was concluded from its content." if report.published.basis is DateBasis.INFERRED else ""
    return Finding(
        reason=(
            f"{where(report)}, states the claim as it was{_silent(report, listed(done(one) for one in ignored))}."
            f"{concluded} {judged}."
        ),
        clears_when=(
            "An editor decides that the page does tell of it, or the page is found to be older than that, or to state "
            "the claim from somebody else."
        ),
        rows=(*report_rows([report], ["states the claim as it was"]), *map(correction_row, ignored)),
        figures=keys(printed([report])),
    )


def _silent(report: ReportView, corrections: str) -> str:
    """What is known of its silence: of a page that is not held, nobody can see here whether more of it was read."""
    retrieved = f", as retrieved at {instant_text(report.retrieved_at)}," if report.retrieved_at else ""
    if report.text_held:
        return f" and{retrieved} tells nothing of {corrections}"
    return (
        f". The part of the page that was read{retrieved} tells nothing of {corrections}; "
        "the page itself is not held here, and its rest may tell of it"
    )


RULE = Rule(
    key="zombie",
    version=1,
    title="Repeated after withdrawal",
    finds=(
        "Reports that were certainly published after a retraction, correction, denial or disavowal of the claim had "
        "taken effect and state it as it was, in documents that do not tell of that. A day counts as after only where "
        "all of it is. One finding for each report."
    ),
    why=(
        "What was denied or withdrawn lives on in copies whose readers may never hear of that. The page may have been "
        "mended since, or may tell of it further down than was read, so each finding says when the page was retrieved "
        "and whether it is held, and waits for an editor."
    ),
    example=(
        "The Health Ministry disowned the 164 dead on 9 January 2022; papers printed the figure on the 10th, and again "
        "on the 15th as the earlier official toll, without a word of that."
    ),
    clears_when=(
        "An editor decides that the page does tell of it, or it is found to be older, or to have the claim from "
        "somebody else."
    ),
    find=find,
)
