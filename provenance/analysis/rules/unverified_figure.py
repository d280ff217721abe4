"""The figures that nobody has corroborated independently: the question a casualty recorder asks first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provenance.analysis.picture import ClaimPicture, FigureView, ReportView, ReviewView
from provenance.analysis.rule import Finding, Row, Rule
from provenance.analysis.rules.words import (
    MOST_ROWS,
    counted,
    either,
    keys,
    listed,
    name_of,
    printed,
    quoted,
    share,
    tallied,
    where,
)
from provenance.quantity import contradicts, interval
from provenance.vocabulary import Verdict


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """Nothing where an accepted review upholds the claim on recorded evidence.

    Two parties that were examined corroborate a figure only where each prints one that can agree with it.
    """
    if upheld(picture.reviews):
        return
    figures = printed(picture.asserting)
    if picture.analysis.verdict is not Verdict.ESTABLISHED:
        if figures:
            yield Finding(reason(picture), clears_when(picture), rows(picture), keys(figures))
        return
    behind = parties_of_reports(picture)
    reports = [report for report in picture.asserting if printed([report])]
    lone = [figure for report in reports for figure in printed([report]) if alone(figure, report, reports, behind)]
    if lone:
        yield disagreement(picture, figures, lone)


def parties_of_reports(picture: ClaimPicture) -> dict[int, set[int]]:
    """The established parties that stand behind each report, by the report's key."""
    behind: dict[int, set[int]] = {}
    for origin in picture.analysis.origins:
        if origin.established and origin.party is not None:
            for report in origin.reports:
                behind.setdefault(report, set()).add(origin.party)
    return behind


def alone(figure: FigureView, report: ReportView, reports: Sequence[ReportView], behind: dict[int, set[int]]) -> bool:
    """Whether no report of another party prints a figure that some number satisfies together with this one."""
    mine = behind.get(report.id, set())
    return not any(
        len(mine | behind.get(other.id, set())) > 1 and any(can_agree(figure, there) for there in printed([other]))
        for other in reports
    )


def can_agree(one: FigureView, other: FigureView) -> bool:
    """Whether both could be read, and some number satisfies both under some policy."""
    quantities = one.measured.quantity, other.measured.quantity
    return not any(interval(quantity).unbounded for quantity in quantities) and not contradicts(*quantities)


def disagreement(picture: ClaimPicture, figures: Sequence[FigureView], lone: Sequence[FigureView]) -> Finding:
    """The parties are independent, and what they print cannot be the same number."""
    some = share(len(lone), len(figures), "figure")
    words = tallied(quoted(figure.text.casefold()) for figure in lone)
    return Finding(
        reason=(
            f"{some} {either(len(lone), 'has', 'have')} no other party behind a figure that can agree: {words}; the "
            f"parties are independent, and {reviews(picture)}."
        ),
        clears_when="A report that goes back to another party prints a figure that can agree, or an accepted review "
        "upholds it on recorded evidence.",
        rows=tuple(
            Row("figure", figure.public_id, f"{quoted(figure.text)}: no other party prints a figure that can agree")
            for figure in lone[:MOST_ROWS]
        ),
        figures=keys(lone),
    )


def upheld(reviews: tuple[ReviewView, ...]) -> bool:
    return any(review.upholds and review.rests_on_evidence for review in reviews)


def reason(picture: ClaimPicture) -> str:
    printing = [report for report in picture.asserting if printed([report])]
    documents = len({report.document_public_id for report in printing})
    reports = counted(len(printing), "report")
    print_it = either(len(printing), "prints", "print")
    return f"{reports} in {counted(documents, 'document')} {print_it} it; {origins(picture)}; {reviews(picture)}."


def origins(picture: ClaimPicture) -> str:
    analysis = picture.analysis
    match analysis.verdict, analysis.established_origins:
        case Verdict.NOT_ESTABLISHED, _:
            return "no origin can be established"
        case Verdict.SINGLE, (only,):
            return f"the one origin that can be established is {name_of(picture, only)}"
        case Verdict.SINGLE, _:
            party = analysis.established_parties[0].name
            return f"every origin that can be established belongs to one party, {party}"
        case _:
            parties = [party.name for party in analysis.established_parties]
            known = f"the origins that can be established form {counted(len(parties), 'party', 'parties')}"
            return f"{known}, {listed(parties)}, and not every pair of them was examined for ties"


def reviews(picture: ClaimPicture) -> str:
    """A refuting review and one without evidence are told apart from no review at all."""
    refuting = sum(review.upholds is False for review in picture.reviews)
    bare = sum(review.upholds is True for review in picture.reviews)
    said = (
        [f"{counted(refuting, 'accepted review')} {either(refuting, 'does', 'do')} not uphold it"] if refuting else []
    )
    if bare:
        said.append(
            f"{counted(bare, 'accepted review')} {either(bare, 'upholds', 'uphold')} it without recorded evidence"
        )
    return " and ".join(said) or "no accepted review upholds it on recorded evidence"


def clears_when(picture: ClaimPicture) -> str:
    review = "An accepted review upholds it on recorded evidence"
    parties = [party.name for party in picture.analysis.established_parties]
    match parties:
        case []:
            return (
                f"{review}, or origins of two parties are established and the two are signed as examined and not tied."
            )
        case [party]:
            return (
                f"{review}, or a second party outside {party} is established and the two are signed as examined and "
                "not tied."
            )
        case _:
            return f"{review}, or each pair among {listed(parties)} is signed as examined and not tied."


def rows(picture: ClaimPicture) -> tuple[Row, ...]:
    pairs = [(figure, report) for report in picture.asserting for figure in printed([report])]
    return tuple(Row("figure", f.public_id, f"{quoted(f.text)} in {where(r)}") for f, r in pairs[:MOST_ROWS])


RULE = Rule(
    key="unverified_figure",
    version=1,
    title="Not independently corroborated",
    finds=(
        "Figures that rest on no two parties signed as independent of each other, and that no accepted review upholds "
        "on recorded evidence. How many outlets print a figure makes no difference."
    ),
    why=(
        "A number that is printed everywhere looks confirmed. If all of it goes back to one side, it has been said "
        "once and repeated often. The flag says that nothing held here corroborates the figure; it does not say that "
        "the figure is wrong."
    ),
    example=(
        "“Dozens eliminated” stands in more than fifty documents about the night of 5 January 2022 in Almaty. Every "
        "origin that can be established is a body of the State of Kazakhstan, so the figure is not independently "
        "corroborated."
    ),
    clears_when=(
        "An accepted review that upholds the figure and rests on recorded evidence, or a second established party, "
        "with each pair of parties signed as examined and not tied."
    ),
    find=find,
)
