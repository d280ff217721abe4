"""How another account of the same count stands to a claim: it agrees, conflicts, updates it, or cannot be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from provenance.analysis.picture import UNDATED, Account, ClaimPicture, FigureView, Published
from provenance.chain import Span
from provenance.errors import InvalidInput
from provenance.quantity import POLICIES, Interval, Measured, interval, relate
from provenance.storage.dates import read_date
from provenance.vocabulary import CorrectionKind, DateBasis, Relation


def relation_to(picture: ClaimPicture, account: Account) -> tuple[Relation, str | None]:
    """How an account's figures stand to the claim's, and the field that decides where they cannot be compared.

    A claim's figures are those that most of its reports print; a slip in one copy does not speak for the claim.
    """
    ours, theirs = main_figure(picture.figures), main_figure(account.figures)
    if ours is None or theirs is None:
        return Relation.UNKNOWN, "figure"
    relation, field = relate(ours.measured, theirs.measured)
    if relation is Relation.CONFLICTING and (replaces(picture, account) or updates(picture, account, ours, theirs)):
        return Relation.UPDATE, None
    return relation, field


def main_figure(figures: Sequence[FigureView]) -> FigureView | None:
    """The figure that is printed most often; of equals, the first."""
    counts: dict[object, list[FigureView]] = {}
    for figure in figures:
        counts.setdefault((figure.qualifier, figure.value, figure.text.casefold()), []).append(figure)
    return max(counts.values(), key=len, default=[None])[0]


def replaces(picture: ClaimPicture, account: Account) -> bool:
    """Whether somebody said that the account took the claim's place."""
    return any(
        correction.kind is CorrectionKind.SUPERSESSION
        and correction.applies
        and correction.superseded_by == account.claim
        for correction in picture.corrections
    )


def updates(picture: ClaimPicture, account: Account, ours: FigureView, theirs: FigureView) -> bool:
    """Whether one figure is, or may be, a later and larger cumulative toll than the other."""
    return follows(ours.measured, theirs.measured, in_time(picture, account), of_one_party(picture, account))


def follows(mine: Measured, other: Measured, order: int, kin: bool) -> bool:
    """Whether one of two tolls is, or may be, a later and larger state of the other.

    Where nobody knows which is later, a party gets the benefit of the doubt against its own count, not against
    another party's.
    """
    return bool(mine.cumulative) and grows(readings(mine), readings(other), order, kin)


def grows(mine: Sequence[Interval], other: Sequence[Interval], order: int, kin: bool) -> bool:
    """As `follows`, for the readings under each policy of two tolls that are known to be cumulative and disjoint.

    "Dozens" and then 16 is a fall under one policy and a rise under another, so nobody can call it a fall.
    """
    if order == 0:
        return kin
    return any(above(one, another) == (order > 0) for one, another in zip(mine, other, strict=True))


def readings(measured: Measured) -> tuple[Interval, ...]:
    """The interval of a figure under each policy."""
    return tuple(interval(measured.quantity, policy) for policy in POLICIES.values())


def of_one_party(picture: ClaimPicture, account: Account) -> bool:
    """Whether a party that stands behind the claim stands behind the account as well."""
    groups = {party.group for party in picture.analysis.established_parties}
    return any(party.group in groups for party in account.analysis.established_parties)


def in_time(picture: ClaimPicture, account: Account) -> int:
    """-1 where the claim was certainly first seen before the account, 1 where certainly after, else 0."""
    mine = earliest(report.declared.published for report in picture.asserting)
    other = earliest(edge.first_seen for edge in account.analysis.edges)
    return order_of(mine, other)


def order_of(mine: Span | None, other: Span | None) -> int:
    """-1 where one date certainly lies before the other, 1 where certainly after, 0 where nobody can tell."""
    if mine is None or other is None:
        return 0
    return (mine.earliest > other.latest) - (mine.latest < other.earliest)


def given_for(figure: FigureView) -> Published:
    """The moment that a figure says it is given for, where that can be read as a date."""
    if figure.printed.as_of is None:
        return UNDATED
    try:
        read = read_date(figure.printed.as_of, "as_of")
    except InvalidInput:
        return UNDATED  # words such as "the day before" order nothing
    return Published(Span(read.earliest, read.latest), read.precision, DateBasis.PRINTED)


def earliest(spans: Iterable[Span | None]) -> Span | None:
    """The earliest of the dates that are known."""
    known = [span for span in spans if span is not None]
    return min(known, key=lambda span: (span.earliest, span.latest)) if known else None


def above(one: Interval, other: Interval) -> bool:
    """Whether every number of the one is larger than every number of the other."""
    return one.low is not None and other.high is not None and one.low > other.high
