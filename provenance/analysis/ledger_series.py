"""A tally in the course of time, for plots: what each party gave when, as intervals, and what was taken back when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from provenance.analysis.ledger import Ledger
from provenance.analysis.ledger_entries import Entry
from provenance.analysis.picture import UNDATED, ClaimPicture, CorrectionView, Published
from provenance.vocabulary import PointDate


@dataclass(frozen=True, slots=True)
class Point:
    """What a party gave: an entry, and the date at which it is drawn with what that date is."""

    entry: Entry
    at: Published
    dated_by: PointDate


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one party in order of time; without a name, of claims for which no origin is known at all."""

    party: str | None
    established: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that was done to a claim of the tally, and when it took effect."""

    claim: ClaimPicture
    correction: CorrectionView


def series(ledger: Ledger) -> tuple[Series, ...]:
    """The points of each party, established parties with most points first.

    A claim that two parties stand behind is a point of either. Parties are the same where ties join them, under
    whatever names.
    """
    found: dict[tuple[bool, int] | None, list[tuple[str | None, Point]]] = {}
    for entry in ledger.entries:
        for party in entry.picture.analysis.parties or (None,):
            key = (party.established, party.group) if party else None
            found.setdefault(key, []).append((party.name if party else None, _point(entry)))
    made = [_series(key is not None and key[0], points) for key, points in found.items()]
    return tuple(sorted(made, key=lambda one: (not one.established, -len(one.points), one.party or "")))


def marks(ledger: Ledger) -> Iterator[Mark]:
    """What was done to the claims of the ledger, each act once for each claim, in order of time."""
    found = [
        Mark(picture, correction)
        for picture in (*(entry.picture for entry in ledger.entries), *ledger.without_figure)
        for correction in picture.corrections
    ]
    return iter(sorted(found, key=lambda mark: (_begins(mark.correction.took_effect), mark.correction.id)))


def _series(established: bool, named: list[tuple[str | None, Point]]) -> Series:
    [(name, _)] = Counter(name for name, _ in named).most_common(1)
    points = sorted((point for _, point in named), key=lambda point: (_begins(point.at), point.entry.picture.id))
    return Series(name, established, tuple(points))


def _point(entry: Entry) -> Point:
    dates = (
        (entry.given_for, PointDate.GIVEN_FOR),
        (entry.said, PointDate.SAID),
        (entry.first.published, PointDate.PUBLISHED),
    )
    at, dated_by = next(((at, by) for at, by in dates if at.span is not None), (UNDATED, PointDate.UNKNOWN))
    return Point(entry, at, dated_by)


def _begins(date: Published) -> datetime:
    return date.span.earliest if date.span else datetime.max.replace(tzinfo=UTC)
