"""Totals that only ever grow, and that one party let fall without anybody recording why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from provenance.analysis.accounts import above, given_for, in_time, main_figure, of_one_party, order_of, readings
from provenance.analysis.picture import Account, ClaimPicture, FigureView
from provenance.analysis.rule import Finding, Row, Rule
from provenance.analysis.rules.contradicted_figure import GIVEN_UP, stands
from provenance.analysis.rules.words import MOST_ROWS, counted, either, keys, listed, printed, quoted
from provenance.quantity import Answer, Measured, comparable
from provenance.vocabulary import ClaimStatus

TAKEN_BACK = GIVEN_UP | {ClaimStatus.DENIED}


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for the claim's figure and all larger totals that the same party certainly gave before it."""
    own = printed(picture.asserting)
    main = main_figure(own)
    if main is None or picture.status in TAKEN_BACK:
        return
    before = [earlier for account in picture.accounts if (earlier := _larger_before(picture, main, account))]
    if not before:
        return
    shown = listed((f"{quoted(one.figure.text)} in {quoted(one.account.text)}" for one in before), most=3)
    fallen = tuple(f for f in own if any(falls(one.figure.measured, f.measured) for one in before))
    yield Finding(
        reason=(
            f"{quoted(main.text)} is smaller than {counted(len(before), 'total')} that the same party gave before it, "
            f"though each total of this count includes the earlier ones: {shown}. Nobody recorded that it corrects or "
            f"replaces {either(len(before), 'that total', 'them')}."
        ),
        clears_when=(
            f"A correction or supersession of the larger {either(len(before), 'total', 'totals')} is recorded, or the "
            "figures are found to count different things."
        ),
        rows=_rows(before, fallen),
        figures=keys(fallen),
    )


@dataclass(frozen=True, slots=True)
class Earlier:
    """An account of the same party, from before, and its larger total."""

    account: Account
    figure: FigureView


def falls(before: Measured, after: Measured) -> bool:
    """Whether a running total is smaller after than before under every policy, and nothing says that they differ in
    what they count.
    """
    if not (before.cumulative and after.cumulative) or comparable(before, after).answer is Answer.NO:
        return False
    return all(map(above, readings(before), readings(after)))


def _larger_before(picture: ClaimPicture, main: FigureView, account: Account) -> Earlier | None:
    theirs = main_figure(account.figures)
    if theirs is None or not falls(theirs.measured, main.measured):
        return None
    counts = account.in_same_tally and stands(account) and account.status not in TAKEN_BACK
    if not counts or not of_one_party(picture, account):
        return None
    came = in_time(picture, account) or order_of(given_for(main).span, given_for(theirs).span)
    return Earlier(account, theirs) if came > 0 else None


def _rows(before: list[Earlier], fallen: tuple[FigureView, ...]) -> tuple[Row, ...]:
    others = (
        Row("claim", one.account.public_id, f"{quoted(one.figure.text)}, {counted(one.account.documents, 'document')}")
        for one in before[: MOST_ROWS // 2]
    )
    own = (Row("figure", figure.public_id, quoted(figure.text)) for figure in fallen)
    return (*others, *own)[:MOST_ROWS]


RULE = Rule(
    key="falling_cumulative",
    version=1,
    title="A running total that falls",
    finds=(
        "Figures of a count in which each total includes the earlier ones, that are smaller than a total that the same "
        "party certainly gave before, where nobody recorded a correction or supersession of the larger one. Where the "
        "order in time is not certain, and where the two are known to count different things, nothing is found."
    ),
    why=(
        "The dead of a running total do not become fewer. Somebody counted anew, counts something else, or mistook a "
        "number, and has not said so; a reader of the last number alone would never know."
    ),
    example=(
        "Eighteen members of the security forces killed on 6 January 2022, sixteen on the 9th, seventeen on the 10th, "
        "nineteen on the 15th: sixteen and seventeen fall below eighteen, and no statement says why."
    ),
    clears_when="A correction or supersession of the larger total is recorded, or they count different things.",
    find=find,
)
