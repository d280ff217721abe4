"""Which boxes the routes of a chain make: one for each place that they stop at, the small ones of long columns folded.

What is folded keeps its names and its counts, and never leaves its group.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from api.web.drawing.chain_parts import NOBODY, NOT_ESTABLISHED, Box, Kind
from api.web.drawing.chain_routes import First, Leg, Names, Route, joint, taken_back
from api.web.words import plain
from provenance.answers_trace import Trace, TracedParty
from provenance.vocabulary import OriginClass, Stance

MOST_IN_COLUMN = 10  # boxes; more are folded into one that says how many
LEAST_IN_COLUMN = 4  # boxes that stay by name, however many equals follow


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a route stops: a column and what identifies the box there."""

    column: int
    kind: Kind
    key: Hashable


Way = tuple[Stop, ...]


def way_of(route: Route, last: int, many: bool) -> Way:
    """Where a route stops; ``many`` documents are one stop."""
    report = route.report
    end = Stop(last, Kind.DOCUMENTS, "") if many else Stop(last, Kind.DOCUMENT, (report.document, report.publisher))
    carriers = (Stop(place, Kind.CARRIER, names) for place, names in enumerate(route.steps, 1))
    return (Stop(0, Kind.FIRST, route.first), *carriers, end)


def boxes_of(trace: Trace, routes: Sequence[Route], ways: Sequence[Way]) -> dict[Stop, Box]:
    """The box of every stop, column by column; within one, linked sources first, and the greatest first."""
    whole = _Claim(trace, routes)
    found: dict[Stop, list[int]] = {}
    for place, way in enumerate(ways):
        for stop in way:
            found.setdefault(stop, []).append(place)
    ordered = sorted(found, key=lambda stop: (stop.column, *whole.order(stop, len(found[stop]))))
    return {stop: whole.box(stop, found[stop]) for stop in ordered}


def folded(
    boxes: Mapping[Stop, Box], ways: Sequence[Way], routes: Sequence[Route]
) -> tuple[dict[Stop, Box], list[Way]]:
    """The same with the small boxes of long columns folded into one of their group, and the ways that stop there."""
    into: dict[Stop, Stop] = {}
    last = max((stop.column for stop in boxes), default=0)
    for column in range(last):
        for stop in _small([stop for stop in boxes if stop.column == column], boxes):
            into[stop] = Stop(column, Kind.MORE, (boxes[stop].group, boxes[stop].linked))
    # One box alone is not folded: its name says more than "1 more carrier".
    into = {stop: more for stop, more in into.items() if list(into.values()).count(more) > 1}
    found: dict[Stop, Box] = {}
    for stop in boxes:
        target = into.get(stop, stop)
        if target not in found:
            members = [boxes[other] for other, more in into.items() if more == target]
            found[target] = _more(target, members, routes) if members else boxes[stop]
    return found, [tuple(into.get(stop, stop) for stop in way) for way in ways]


def _small(standing: Sequence[Stop], boxes: Mapping[Stop, Box]) -> Sequence[Stop]:
    """Those of a long column that fold: the smallest, and equals together where enough is left beside them."""
    if len(standing) <= MOST_IN_COLUMN:
        return ()
    ordered = sorted(standing, key=lambda stop: -len(boxes[stop].routes))
    share = len(boxes[ordered[MOST_IN_COLUMN - 1]].routes)
    greater = [stop for stop in ordered if len(boxes[stop].routes) > share]
    return ordered[len(greater) :] if len(greater) >= LEAST_IN_COLUMN else ordered[MOST_IN_COLUMN - 1 :]


def _more(stop: Stop, boxes: Sequence[Box], routes: Sequence[Route]) -> Box:
    members = tuple(sorted({place for box in boxes for place in box.routes}))
    return Box(
        stop.column,
        Kind.MORE,
        tuple(dict.fromkeys(name for box in boxes for name in box.names)),
        members,
        len({routes[place].report.document for place in members}),
        boxes[0].group,
        boxes[0].linked,
        all(box.doubtful for box in boxes),
        first_seen=min((box.first_seen for box in boxes if box.first_seen), default=None),
    )


class _Claim:
    """What a box needs to know of the whole claim: parties, sources that all routes pass through, their order."""

    def __init__(self, trace: Trace, routes: Sequence[Route]) -> None:
        self.routes = routes
        self.several = several_supported(trace)
        self.parties = {party.name: party for party in trace.parties if _joins(party, routes)}
        self.members = {name for party in self.parties.values() for name in party.members}
        self.all_routes = all_routes(trace)
        self.narrow = {point.source for point in trace.chokepoints if point.source}
        self.narrow_parties = {point.party for point in trace.chokepoints if point.party}

    def order(self, stop: Stop, count: int) -> tuple[int, int]:
        """Parties first, then other sources, then what is not established; the greatest first."""
        first = stop.key if isinstance(stop.key, First) else None
        rank = 0 if first is None or first.party in self.parties else 1 if first.established or first.withdrawn else 2
        return rank, -count

    def box(self, stop: Stop, members: Sequence[int]) -> Box:
        documents = len({self.routes[place].report.document for place in members})
        box = Box(stop.column, stop.kind, (), tuple(members), documents)
        if isinstance(stop.key, First):
            return self._first(box, stop.key)
        if stop.kind is Kind.CARRIER:
            return self._carrier(box, stop.key)  # type: ignore[arg-type]
        if stop.kind is Kind.DOCUMENT:
            report = self.routes[members[0]].report
            notes = _taken_back([self.routes[place].legs[-1] for place in members])
            return replace(box, names=(report.publisher,), notes=notes, first_seen=report.published_at)
        return self._documents(box)

    def _carrier(self, box: Box, names: Names) -> Box:
        come = joint([self.routes[place].legs[box.column - 1] for place in box.routes])
        go = [self.routes[place].legs[box.column] for place in box.routes]
        notes = (*(["quoted together"] if len(names) > 1 else []), *self._narrow(names), *_taken_back(go))
        linked = all(name in self.members for name in names)
        return replace(box, names=names, notes=notes, linked=linked, manners=come.manners, first_seen=come.first_seen)

    def _documents(self, box: Box) -> Box:
        routes = [self.routes[place] for place in box.routes]
        linked = {route.report.document for route in routes if route.first.party in self.parties}
        known = {route.report.document for route in routes if _known(route.first)}
        dates = [route.report.published_at for route in routes if route.report.published_at]
        notes = [f"{len(linked):,} of them from linked sources"] if linked else []
        notes += [f"{len(linked - known):,} of these name nobody known"] if linked - known else []
        return replace(
            box,
            names=tuple(dict.fromkeys(route.report.publisher for route in routes)),
            notes=tuple(notes),
            first_seen=min(dates, default=None),
        )

    def _first(self, box: Box, first: First) -> Box:
        linked = first.party in self.parties
        notes = [plain(first.cls)] if first.cls not in (OriginClass.NAMED, OriginClass.NOT_STATED) else []
        notes += ["denies having said so"] if first.disowned else []
        notes += ["taken back"] if first.withdrawn else []
        group = self._group(first.party) if linked else None if _known(first) else NOT_ESTABLISHED
        return replace(
            box,
            names=(first.name or NOBODY,),
            group=group,
            linked=linked,
            doubtful=first.cls not in (OriginClass.NAMED, OriginClass.FIRST_HAND, OriginClass.COMPILED),
            notes=(*notes, *self._narrow((first.name or "",))),
        )

    def _group(self, party: str | None) -> str:
        narrow = f"\n{self.all_routes}" if party in self.narrow_parties and self.several else ""
        return f"Linked sources:\n{party}{narrow}"

    def _narrow(self, names: Names) -> Names:
        return (self.all_routes,) if self.several and set(names) & self.narrow else ()


def _known(first: First) -> bool:
    # A named source that took it back was established before: its own words say what it is now.
    return first.established or (first.withdrawn and first.cls.establishable)


def all_routes(trace: Trace) -> str:
    """What is said of a source that every supported path has: nothing of routes that lead to nobody."""
    traceable = all(report.supported for report in trace.reports if report.stance is Stance.ASSERTS)
    return f"all {'' if traceable else 'traceable '}routes pass through"


def several_supported(trace: Trace) -> bool:
    """Whether it says anything that all routes pass through a source: one document's route has everybody on it."""
    return len({report.document for report in trace.reports if report.supported}) > 1


def _joins(party: TracedParty, routes: Sequence[Route]) -> bool:
    """Whether the party is more than one source by its own name."""
    return any(route.first.party == party.name and route.first.name != party.name for route in routes)


def _taken_back(legs: Sequence[Leg]) -> Names:
    """Who took back every one of these hops, and when."""
    if not all(leg.cut for leg in legs):
        return ()
    return tuple(dict.fromkeys(taken_back(leg.cut) for leg in legs if leg.cut))
