"""Figures that another account of the same count cannot agree with, whichever way its words are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance.analysis.picture import Account, ClaimPicture, FigureView
from provenance.analysis.rule import Finding, Row, Rule
from provenance.analysis.rules.words import (
    MOST_NAMES,
    MOST_ROWS,
    counted,
    earliest,
    either,
    first_published,
    keys,
    listed,
    printed,
    quoted,
)
from provenance.quantity import Interval, Measured, interval, relate
from provenance.vocabulary import ClaimStatus, CorrectionKind, Qualifier, Relation


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all figures with a comparable, disjoint one in an account that neither replaces nor is replaced.

    Figures of one claim that differ among themselves have drifted on the way; that is another matter.
    """
    if superseded(picture):
        return
    own = printed(picture.asserting)
    clashes = {account.claim: clash(picture, own, account) for account in picture.accounts if stands(account)}
    against = [account for account in picture.accounts if clashes.get(account.claim)]
    if not against:
        return
    ours = {pair[0].id: pair[0] for account in against for pair in clashes[account.claim]}
    theirs = {account.claim: wordings(pair[1] for pair in clashes[account.claim]) for account in against}
    shown = listed((f"{theirs[a.claim]} in {quoted(a.text)}" for a in against), most=3)
    yield Finding(
        reason=(
            f"{counted(len(against), 'other account')} of the same count {either(len(against), 'gives', 'give')} a "
            f"figure that no number satisfies together with {wordings(ours.values())}, under any policy: {shown}."
        ),
        clears_when=(
            f"{either(len(against), 'The two accounts are', 'The accounts are')} found to count different things, or "
            "one is recorded as superseding the other, or one is withdrawn."
        ),
        rows=(
            *(Row("claim", a.public_id, f"{theirs[a.claim]} in {counted(a.documents, 'document')}") for a in against),
            *(Row("figure", figure.public_id, quoted(figure.text)) for figure in ours.values()),
        )[:MOST_ROWS],
        figures=keys(ours.values()),
    )


def superseded(picture: ClaimPicture) -> bool:
    replaced = any(correction.kind is CorrectionKind.SUPERSESSION for correction in picture.corrections)
    return replaced or picture.status is ClaimStatus.SUPERSEDED


def stands(account: Account) -> bool:
    """An account whose reports were all cut, or name nobody, speaks against nothing."""
    return bool(account.analysis.supported)


def clash(picture: ClaimPicture, own: Iterable[FigureView], account: Account) -> list[tuple[FigureView, FigureView]]:
    """Every own figure that conflicts, with one of the account that it conflicts with."""
    # Fifty copies print the same few figures: each distinct one is compared once.
    theirs = {f.measured: f for f in reversed(account.figures) if f.qualifier is not Qualifier.NOT_GIVEN}
    ours: dict[Measured, list[FigureView]] = {}
    for figure in own:
        ours.setdefault(figure.measured, []).append(figure)
    order = in_time(picture, account)
    found = []
    for measured, figures in ours.items():
        other = next((f for m, f in theirs.items() if conflicts(measured, m, order)), None)
        found += [(figure, other) for figure in figures] if other else []
    return found


def conflicts(mine: Measured, other: Measured, order: int) -> bool:
    if relate(mine, other)[0] is not Relation.CONFLICTING:
        return False
    earlier, later = (mine, other) if order < 0 else (other, mine)
    return not (order and mine.cumulative and above(interval(later.quantity), interval(earlier.quantity)))


def above(one: Interval, other: Interval) -> bool:
    """A later, larger cumulative toll is an update of the earlier one."""
    return one.low is not None and other.high is not None and one.low > other.high


def in_time(picture: ClaimPicture, account: Account) -> int:
    """-1 where the claim was certainly first seen before the account, 1 where certainly after, else 0."""
    mine = first_published(picture)
    other = earliest(edge.first_seen for edge in account.analysis.edges)
    if mine is None or other is None:
        return 0
    return (mine.earliest > other.latest) - (mine.latest < other.earliest)


def wordings(figures: Iterable[FigureView]) -> str:
    return listed(dict.fromkeys(quoted(figure.text) for figure in figures), most=MOST_NAMES)


RULE = Rule(
    key="contradicted_figure",
    version=1,
    title="Another account gives an incompatible figure",
    finds=(
        "Figures for which another account of the same tally gives one that counts the same (measure, people, place, "
        "period, cumulative or not, unit) and cannot agree with it under any policy, where neither replaces the other. "
        "A later, larger cumulative toll is an update."
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
