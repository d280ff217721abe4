"""Reports read from a text that was changed afterwards under the same address."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.picture import ClaimPicture, ReportView
from provenance.analysis.rule import Finding, Row, Rule
from provenance.analysis.rules.words import MOST_ROWS, either, keys, printed, report_rows, share
from provenance.vocabulary import Stance


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all reports of the claim whose document has a later text."""
    changed = [(report, report.superseded_by) for report in picture.asserting if report.superseded_by is not None]
    if not changed:
        return
    reports = [report for report, _ in changed]
    now = {later: stances(picture, later) for _, later in changed}
    some = share(len(reports), len(picture.asserting), "report")
    rows = report_rows(reports, [f"the later text {_in_words(now[later])}" for _, later in changed])
    later_texts = (Row("document", later, f"the later text, which {_in_words(found)}") for later, found in now.items())
    yield Finding(
        reason=(
            f"{some} {either(len(reports), 'was', 'were')} read from a text that was changed afterwards under the same "
            f"address; {_kept(changed, now)}"
        ),
        clears_when="The two texts are compared, and the reports of the later one are recorded beside these.",
        rows=(*rows[: MOST_ROWS // 2], *later_texts)[:MOST_ROWS],
        figures=keys(printed(reports)),
    )


def stances(picture: ClaimPicture, document: str) -> set[Stance]:
    """What a document does with the claim; nothing where no report of it is held."""
    return {report.stance for report in picture.reports if report.document_public_id == document}


def _kept(changed: list[tuple[ReportView, str]], now: dict[str, set[Stance]]) -> str:
    still = sum(Stance.ASSERTS in now[later] for _, later in changed)
    if still == len(changed):
        return "the later text states the claim too."
    if not still:
        return "no report says that the later text still states the claim."
    return f"for {still} of them the later text is known to state the claim too."


def _in_words(found: set[Stance]) -> str:
    if not found:
        return "has no report of this claim yet"
    return " and ".join(f"{stance.value} it" for stance in Stance if stance in found)


RULE = Rule(
    key="text_changed",
    version=1,
    title="The page was changed afterwards",
    finds="Reports whose document has a confirmed later text under the same address, and what that does with it.",
    why=(
        "Who follows the address today reads other words than those recorded here. A page may have dropped a figure, "
        "or may have added that it was withdrawn, and a reader must be able to see which text is meant."
    ),
    example="A page that named one speaker at noon and another in the evening, under one address, is two documents.",
    clears_when="The two texts are compared, and the reports of the later one are recorded beside these.",
    find=find,
)
