"""Figures that another account of the same count cannot agree with, whichever way its words are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provenance.analysis.accounts import follows, in_time, main_figure, of_one_party
from provenance.analysis.picture import Account, ClaimPicture, FigureView
from provenance.analysis.rule import Finding, Row, Rule
from provenance.analysis.rules.words import (
    MOST_ROWS,
    counted,
    either,
    keys,
    listed,
    printed,
    quoted,
)
from provenance.quantity import Measured, relate
from provenance.vocabulary import ClaimStatus, CorrectionKind, Relation

GIVEN_UP = frozenset({ClaimStatus.SUPERSEDED, ClaimStatus.CORRECTED, ClaimStatus.RETRACTED})


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all figures with a comparable, disjoint one in an account that neither replaces nor is replaced.

    What most reports of an account print speaks for it. A slip in one copy, or figures of one claim that differ among
    themselves, have drifted on the way; that is another matter.
    """
    clashes = [] if superseded(picture) else list(conflicts(picture))
    if not clashes:
        return
    ours = {figure.id: figure for clash in clashes for figure in clash.ours}
    shown = listed((f"{quoted(clash.theirs.text)} in {quoted(clash.account.text)}" for clash in clashes), most=3)
    yield Finding(
        reason=(
            f"{counted(len(clashes), 'other account')} of the same count {either(len(clashes), 'gives', 'give')} a "
            f"figure that no number satisfies together with {wordings(ours.values())}, under any policy: {shown}."
        ),
        clears_when=(
            f"{either(len(clashes), 'The two accounts are', 'The accounts are')} found to count different things, or "
            "one is recorded as superseding the other, or one is withdrawn."
        ),
        rows=rows(clashes, ours.values()),
        figures=keys(ours.values()),
    )


@dataclass(frozen=True, slots=True)
class Clash:
    """An account whose figure conflicts with these figures of the claim."""

    account: Account
    theirs: FigureView
    ours: tuple[FigureView, ...]


def conflicts(picture: ClaimPicture) -> Iterator[Clash]:
    own = printed(picture.asserting)
    main = main_figure(own)
    for account in filter(stands, picture.accounts):
        theirs = main_figure(account.figures)
        if main is None or theirs is None or not conflict(main.measured, theirs.measured):
            continue
        order, kin = in_time(picture, account), of_one_party(picture, account)
        ours = (f for f in own if conflict(f.measured, theirs.measured))
        if found := tuple(f for f in ours if not follows(f.measured, theirs.measured, order, kin)):
            yield Clash(account, theirs, found)


def conflict(mine: Measured, other: Measured) -> bool:
    return relate(mine, other)[0] is Relation.CONFLICTING


def superseded(picture: ClaimPicture) -> bool:
    replaced = any(
        correction.kind is CorrectionKind.SUPERSESSION and correction.applies for correction in picture.corrections
    )
    return replaced or picture.status is ClaimStatus.SUPERSEDED


def stands(account: Account) -> bool:
    """An account that was taken back or replaced, or whose reports name nobody, speaks against nothing."""
    return account.status not in GIVEN_UP and bool(account.analysis.supported)


def wordings(figures: Iterable[FigureView]) -> str:
    return listed(dict.fromkeys(quoted(figure.text) for figure in figures))


def rows(clashes: list[Clash], ours: Iterable[FigureView]) -> tuple[Row, ...]:
    others = (
        Row("claim", c.account.public_id, f"{quoted(c.theirs.text)}, {counted(c.account.documents, 'document')}")
        for c in clashes[: MOST_ROWS // 2]
    )
    own = (Row("figure", figure.public_id, quoted(figure.text)) for figure in ours)
    return (*others, *own)[:MOST_ROWS]


RULE = Rule(
    key="contradicted_figure",
    version=1,
    title="Another account gives an incompatible figure",
    finds=(
        "Figures for which another account of the same tally gives one that counts the same (measure, people, place, "
        "period, cumulative or not, unit) and cannot agree with it under any policy, where neither replaces the other. "
        "A later, larger cumulative toll is an update; so may be one of the same party, where nobody knows which is "
        "later."
    ),
    why=(
        "Both stand in print, and both cannot describe the same count. The database picks no winner: it shows who says "
        "which, and how many independent parties each has."
    ),
    example=(
        "If one account gave twelve officers killed in Almaty by 13:00 and another eight for the same place and hours, "
        "no number would satisfy both. Officers in Almaty and officers in the whole country are not compared at all."
    ),
    clears_when="The accounts are found to count different things, or one supersedes the other, or one is withdrawn.",
    find=find,
)
