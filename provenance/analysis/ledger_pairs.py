"""Which figures of a ledger can be compared with which: by what they count, and pair by pair.

Whether two figures can be compared depends on their scopes alone. The pairs of scopes, of which there are few, are
therefore a complete answer however many figures there are; pairs of figures are listed up to a bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, combinations_with_replacement, product

from provenance.analysis.accounts import grows
from provenance.analysis.ledger import Ledger, excluded, order, replaced
from provenance.analysis.ledger_entries import Entry, Scope
from provenance.quantity import Answer, Comparison, comparable
from provenance.vocabulary import Relation

MOST_PAIRS = 1_000


@dataclass(frozen=True, slots=True)
class Counting:
    """Figures that count the same, by their places in the ledger."""

    scope: Scope
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Whether the figures of two scopes, by their places in the list of scopes, can be compared, and how many pairs."""

    one: int
    other: int
    comparison: Comparison
    pairs: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries, the earlier first: whether they can be compared, and how the one stands to the other."""

    one: Entry
    other: Entry
    answer: Answer
    field: str | None
    relation: Relation


@dataclass(frozen=True, slots=True)
class Compared:
    """All comparisons of a ledger; ``total`` counts the pairs of entries, of which ``pairs`` may be a part."""

    scopes: tuple[Counting, ...]
    between: tuple[Between, ...]
    pairs: tuple[Pair, ...]
    total: int


def compared(ledger: Ledger, most: int = MOST_PAIRS) -> Compared:
    """Compares each entry with each other; where there are more than ``most`` pairs, those that cannot be compared come
    first, because a reader cannot see that from the numbers.
    """
    scopes = _scopes(ledger.entries)
    between = tuple(_between(scopes, ledger.entries))
    total = len(ledger.entries) * (len(ledger.entries) - 1) // 2
    apart = [found for found in between if found.comparison.answer is not Answer.YES]
    alike = [found for found in between if found.comparison.answer is Answer.YES]
    places = chain.from_iterable(_places(scopes, found) for found in (*apart, *alike))
    listed = [pair for pair, _ in zip(places, range(most), strict=False)]
    pairs = tuple(pair(ledger.entries[one], ledger.entries[other]) for one, other in sorted(listed))
    return Compared(scopes, between, pairs, total)


def pair(one: Entry, other: Entry) -> Pair:
    """How two entries stand to each other.

    The relation is read as for other accounts of a claim: a conflict holds under every policy, and a later, larger
    cumulative toll is an update.
    """
    comparison = comparable(one.main.figure.measured, other.main.figure.measured)
    match comparison.answer:
        case Answer.NO:
            return Pair(one, other, comparison.answer, comparison.field, Relation.NOT_COMPARABLE)
        case Answer.UNKNOWN:
            return Pair(one, other, comparison.answer, comparison.field, Relation.UNKNOWN)
        case Answer.YES:
            relation = _relation(one, other)
            field = "quantity" if relation is Relation.UNKNOWN else None
            return Pair(one, other, comparison.answer, field, relation)


def _relation(one: Entry, other: Entry) -> Relation:
    if one.main.interval.unbounded or other.main.interval.unbounded:
        return Relation.UNKNOWN
    if excluded(one.readings, other.readings):
        return Relation.UPDATE if replaced(one, other) or _grows(one, other) else Relation.CONFLICTING
    return Relation.AGREEING if one.main.interval == other.main.interval else Relation.COMPATIBLE


def _grows(one: Entry, other: Entry) -> bool:
    kin = not one.parties.isdisjoint(other.parties)
    cumulative = bool(one.main.figure.measured.cumulative)
    return cumulative and grows(one.readings, other.readings, order(one, other), kin)


def _scopes(entries: Sequence[Entry]) -> tuple[Counting, ...]:
    found: dict[Scope, list[int]] = {}
    for place, entry in enumerate(entries):
        found.setdefault(entry.main.scope, []).append(place)
    return tuple(Counting(scope, tuple(places)) for scope, places in found.items())


def _between(scopes: Sequence[Counting], entries: Sequence[Entry]) -> Iterator[Between]:
    for one, other in combinations_with_replacement(range(len(scopes)), 2):
        mine, theirs = scopes[one].places, scopes[other].places
        pairs = len(mine) * len(theirs) if one != other else len(mine) * (len(mine) - 1) // 2
        if pairs:
            measured = (entries[places[0]].main.figure.measured for places in (mine, theirs))
            yield Between(one, other, comparable(*measured), pairs)


def _places(scopes: Sequence[Counting], between: Between) -> Iterator[tuple[int, int]]:
    one, other = scopes[between.one].places, scopes[between.other].places
    pairs = combinations(one, 2) if between.one == between.other else product(one, other)
    return ((min(found), max(found)) for found in pairs)
