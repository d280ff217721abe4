"""The ledger of a tally: the figure of each claim beside those of the others, and what became of it; no winner picked.

A claim's figure is the one that most of its reports print; what others print stands beside it as variants. Nothing is
added up: parts of a tally have ledgers of their own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from provenance.analysis.accounts import order_of
from provenance.analysis.ledger_entries import Entry, Scope, entry_of, when
from provenance.analysis.picture import ClaimPicture
from provenance.chain import Span
from provenance.quantity import PLAIN, Interval, Policy
from provenance.vocabulary import ClaimStatus


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries in the order in which they were first published, and the claims for which no number is printed."""

    policy: Policy
    entries: tuple[Entry, ...]
    without_figure: tuple[ClaimPicture, ...]


def ledger(pictures: Iterable[ClaimPicture], policy: Policy = PLAIN) -> Ledger:
    """The ledger of the claims of one tally; claims that no document had stated by the moment are not in it.

    Whether an entry is contradicted holds under every policy and so does not depend on the one that is asked for. One
    pass over the pairs of claims that count exactly the same; 2,000 of them take about four seconds.
    """
    stated = [picture for picture in pictures if picture.asserting]
    entries = [entry_of(picture, policy) for picture in stated if picture.figures]
    entries.sort(key=lambda entry: (when(entry.first), entry.picture.id))
    bearings = _borne_upon(entries)
    return Ledger(
        policy,
        tuple(
            replace(entry, contradicted_by=tuple(found.against), updated_by=tuple(found.after))
            for entry, found in zip(entries, bearings, strict=True)
        ),
        tuple(picture for picture in stated if not picture.figures),
    )


def order(one: Entry, other: Entry) -> int:
    """-1 where the one certainly came first, 1 where the other: by publication, else by the moments they are for."""
    return order_of(one.seen, other.seen) or order_of(one.given_for.span, other.given_for.span)


def replaced(one: Entry, other: Entry) -> bool:
    """Whether somebody said that one of two claims took the place of the other."""
    return other.picture.id in one.superseded_by or one.picture.id in other.superseded_by


def excluded(one: Sequence[Interval], other: Sequence[Interval]) -> bool:
    """Whether no number satisfies both figures under any policy, given the readings of each.

    Police say "dozens", an eyewitness 8 and a hospital 12, which is how one policy reads "dozens":

    >>> from provenance.quantity import POLICIES, interval, read_quantity
    >>> dozens, eight, twelve = (
    ...     [interval(read_quantity(text), policy) for policy in POLICIES.values()] for text in ("dozens", "8", "12")
    ... )
    >>> excluded(dozens, eight), excluded(dozens, twelve)
    (True, False)
    """
    return all(map(Interval.disjoint, one, other))


@dataclass(slots=True)
class _Bearing:
    """What counts of an entry where it meets another, as plain numbers, for there are very many pairs."""

    id: str
    entry: Entry
    bounds: tuple[tuple[float, float], ...]
    seen: tuple[float, float]
    given_for: tuple[float, float]
    stands: bool
    against: list[str]
    after: list[str]


def _borne_upon(entries: Sequence[Entry]) -> list[_Bearing]:
    """For each entry, the claims that contradict it and the later, larger ones that update it."""
    bearings = [_bearing(entry) for entry in entries]
    scopes: dict[Scope, list[_Bearing]] = {}
    for bearing in bearings:
        scopes.setdefault(bearing.entry.main.scope, []).append(bearing)
    for scope, alike in scopes.items():
        *deciding, _ = scope
        if None not in deciding:  # else what it counts is not fully known, and nothing follows from the numbers
            for one, other in combinations(alike, 2):
                _meet(one, other, cumulative=bool(scope[4]))
    return bearings


def _meet(one: _Bearing, other: _Bearing, cumulative: bool) -> None:
    """Note what two entries that count the same make of each other; `ledger_pairs` tells it of any one pair."""
    below = above = False
    for (low, high), (least, most) in zip(one.bounds, other.bounds, strict=True):
        if high < least:
            below = True
        elif most < low:
            above = True
        else:
            return  # some number satisfies both, under one policy at least
    if (one.entry.superseded_by or other.entry.superseded_by) and replaced(one.entry, other.entry):
        return
    if cumulative:
        came = _order(one.seen, other.seen) or _order(one.given_for, other.given_for)
        if came == 0 and not one.entry.parties.isdisjoint(other.entry.parties):
            return  # whichever of the two its party gave last may be the state of the other
        grown, fallen = (above, below) if came > 0 else (below, above)
        if came and grown:
            earlier, later = (other, one) if came > 0 else (one, other)
            if later.stands and not fallen:
                earlier.after.append(later.id)
            return
    for bearing, against in ((one, other), (other, one)):
        if against.stands and bearing.entry.picture.status is not ClaimStatus.SUPERSEDED:
            bearing.against.append(against.id)


def _order(one: tuple[float, float], other: tuple[float, float]) -> int:
    return (one[0] > other[1]) - (one[1] < other[0])


def _bearing(entry: Entry) -> _Bearing:
    return _Bearing(
        id=entry.picture.public_id,
        entry=entry,
        bounds=tuple(map(_bounds, entry.readings)),
        seen=_instants(entry.seen),
        given_for=_instants(entry.given_for.span),
        stands=entry.stands,
        against=[],
        after=[],
    )


def _bounds(reading: Interval) -> tuple[float, float]:
    low = -math.inf if reading.low is None else float(reading.low)
    return low, math.inf if reading.high is None else float(reading.high)


def _instants(span: Span | None) -> tuple[float, float]:
    return (span.earliest.timestamp(), span.latest.timestamp()) if span else (-math.inf, math.inf)
