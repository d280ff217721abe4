"""From routes to the graph of a chain: boxes in columns from who is named first to the documents, and bands between.

Everything is counted from the routes of reports. Small carriers fold into one box when a column would grow long, and
documents fold into one when there are many; what is folded keeps its names and its counts.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from api.web.drawing.chain_routes import First, Leg, Names, Route, routes_of
from api.web.words import counted, plain
from provenance.answers_trace import CutAnswer, Trace, TracedParty
from provenance.vocabulary import Manner, OriginClass

MOST_IN_COLUMN = 10  # boxes; more are folded into one that says how many
LEAST_IN_COLUMN = 4  # boxes that stay by name, however many equals follow
MOST_DOCUMENTS = 10  # documents that stand by publisher and date; more are one box
MOST_STEPS = 4  # columns of carriers; the rest of a longer way shares the last
PLAIN_ROUTES = 3  # so many routes are a chain with arrows, not bands

NOBODY = "no source named"
NOT_ESTABLISHED = "Origin not established"


class Kind(Enum):
    """What a box stands for."""

    FIRST = auto()
    CARRIER = auto()
    MORE = auto()
    DOCUMENT = auto()
    DOCUMENTS = auto()


@dataclass(frozen=True, slots=True)
class Box:
    """Sources that stand in one place of the routes, or the documents at their end.

    ``routes`` are places in ``ChainGraph.routes``; ``documents`` counts the different documents among them. ``notes`` are
    words that a reader must see with the name. ``linked`` says that a party has it as a member.
    """

    column: int
    kind: Kind
    names: Names
    routes: tuple[int, ...]
    documents: int
    group: str | None = None
    linked: bool = False
    doubtful: bool = False
    notes: Names = ()
    manners: tuple[Manner, ...] = ()
    first_seen: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """The routes that go from one box to the next; ends are places in ``ChainGraph.boxes``.

    ``party`` is that of who is named first; ``withdrawn`` routes have a hop that was taken back, and ``cut`` is given
    where this is the hop.
    """

    source: int
    target: int
    routes: tuple[int, ...]
    documents: int
    party: str | None
    withdrawn: bool
    manners: tuple[Manner, ...]
    first_seen: str | None
    cut: CutAnswer | None


@dataclass(frozen=True, slots=True)
class ChainGraph:
    """What is drawn of a claim: its routes, and the boxes and bands that they make."""

    routes: tuple[Route, ...]
    boxes: tuple[Box, ...]
    bands: tuple[Band, ...]
    columns: Names  # headings, from left to right
    plain: bool  # few routes: a chain with arrows and words on them
    documents: int
    beside: Names  # what is not drawn, in sentences

    @property
    def groups(self) -> Names:
        """The groups of the first column, in the order in which they stand."""
        return tuple(dict.fromkeys(box.group for box in self.boxes if box.group))


def chain_graph(trace: Trace) -> ChainGraph:
    """The graph of a claim's chain.

    In the story of "dozens eliminated", Saltanat Azirbek (31 documents) stands in the first column within the group
    "Linked sources: State of Kazakhstan", Khabar 24 among the carriers, and the 56 documents are one box at the end.
    """
    routes = tuple(_at_most(route, MOST_STEPS) for route in routes_of(trace))
    documents = len({route.report.document for route in routes})
    last = max((len(route.steps) for route in routes), default=0) + 1
    stops = [_stops(route, last, documents > MOST_DOCUMENTS) for route in routes]
    firsts = _Firsts(trace, routes, documents)
    boxes: dict[Stop, Box] = {}
    for column in range(last + 1):
        found = _column(column, stops, routes)
        for stop, members in sorted(found.items(), key=lambda entry: firsts.order(entry[0], len(entry[1]))):
            boxes[stop] = firsts.dressed(stop, members)
    boxes, stops = _folded(boxes, stops, routes, firsts, last)
    places = {stop: place for place, stop in enumerate(boxes)}
    return ChainGraph(
        routes,
        tuple(boxes.values()),
        tuple(_bands(stops, places, routes)),
        _headings(last),
        len(routes) <= PLAIN_ROUTES,
        documents,
        tuple(_beside(trace)),
    )


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a route stops: a column and what identifies the box there."""

    column: int
    kind: Kind
    key: Hashable


def _stops(route: Route, last: int, many: bool) -> tuple[Stop, ...]:
    report = route.report
    end = Stop(last, Kind.DOCUMENTS, "") if many else Stop(last, Kind.DOCUMENT, (report.document, report.publisher))
    carriers = (Stop(place, Kind.CARRIER, names) for place, names in enumerate(route.steps, 1))
    return (Stop(0, Kind.FIRST, route.first), *carriers, end)


def _column(column: int, stops: Sequence[tuple[Stop, ...]], routes: Sequence[Route]) -> dict[Stop, list[int]]:
    found: dict[Stop, list[int]] = {}
    for place, way in enumerate(stops):
        for stop in way:
            if stop.column == column:
                found.setdefault(stop, []).append(place)
    return found


class _Firsts:
    """What a box needs to know of the whole claim: parties, sources that all routes pass through, their order."""

    def __init__(self, trace: Trace, routes: Sequence[Route], documents: int) -> None:
        self.routes = routes
        self.documents = documents
        self.drawn = {route.first.party for route in routes if route.first.party}
        self.parties = {party.name: party for party in trace.parties if _joins(party, routes)}
        self.members = {name for party in self.parties.values() for name in party.members}
        self.narrow = {point.source for point in trace.chokepoints if point.source}
        self.narrow_parties = {point.party for point in trace.chokepoints if point.party}

    def order(self, stop: Stop, count: int) -> tuple[int, int]:
        """Parties first, then other sources, then what is not established; the greatest first."""
        first = stop.key if isinstance(stop.key, First) else None
        rank = 0 if first is None or first.party in self.parties else 1 if first.established else 2
        return rank, -count

    def dressed(self, stop: Stop, members: Sequence[int]) -> Box:
        documents = len({self.routes[place].report.document for place in members})
        box = Box(stop.column, stop.kind, (), tuple(members), documents)
        if isinstance(stop.key, First):
            return self._first(box, stop.key)
        legs = [self.routes[place].legs[stop.column - 1] for place in members if stop.kind is Kind.CARRIER]
        if stop.kind is Kind.CARRIER:
            names: Names = stop.key  # type: ignore[assignment]
            notes = ("quoted together",) if len(names) > 1 else self._narrow(names)
            linked = all(name in self.members for name in names)
            return replace(box, names=names, notes=notes, linked=linked, **_told(legs))
        if stop.kind is Kind.DOCUMENT:
            report = self.routes[members[0]].report
            return replace(box, names=(report.publisher,), first_seen=report.published_at)
        publishers = tuple(dict.fromkeys(self.routes[place].report.publisher for place in members))
        return replace(box, names=publishers, **_told([_published(self.routes[place]) for place in members]))

    def _first(self, box: Box, first: First) -> Box:
        linked = first.party in self.parties
        notes = [plain(first.cls)] if first.cls not in (OriginClass.NAMED, OriginClass.NOT_STATED) else []
        notes += ["denies having said so"] if first.disowned else []
        notes += ["taken back"] if first.withdrawn else []
        group = self._group(first.party) if linked else None if first.established else NOT_ESTABLISHED
        return replace(
            box,
            names=(first.name or NOBODY,),
            group=group,
            linked=linked,
            doubtful=first.cls not in (OriginClass.NAMED, OriginClass.FIRST_HAND, OriginClass.COMPILED),
            notes=(*notes, *self._narrow((first.name or "",))),
        )

    def _group(self, party: str | None) -> str:
        narrow = "\nall routes pass through" if party in self.narrow_parties and self.documents > 1 else ""
        return f"Linked sources: {party}{narrow}"

    def _narrow(self, names: Names) -> Names:
        # One document has one route, and that all of it passes through everybody on it says nothing.
        return ("all routes pass through",) if self.documents > 1 and set(names) & self.narrow else ()


def _joins(party: TracedParty, routes: Sequence[Route]) -> bool:
    """Whether the party is more than one source by its own name."""
    return any(route.first.party == party.name and route.first.name != party.name for route in routes)


def _told(legs: Sequence[Leg]) -> dict[str, object]:
    """What the hops into a box say together."""
    return {
        "manners": tuple(dict.fromkeys(manner for leg in legs for manner in leg.manners)),
        "first_seen": min((leg.first_seen for leg in legs if leg.first_seen), default=None),
    }


def _published(route: Route) -> Leg:
    return Leg((), route.report.published_at)


def _folded(
    boxes: dict[Stop, Box], stops: list[tuple[Stop, ...]], routes: Sequence[Route], whole: _Firsts, last: int
) -> tuple[dict[Stop, Box], list[tuple[Stop, ...]]]:
    """The same with the small boxes of long columns folded: within their group, so that no group loses a document."""
    into: dict[Stop, Stop] = {}
    for column in range(last):
        standing = [stop for stop in boxes if stop.column == column]
        for stop in _small(standing, boxes):
            into[stop] = Stop(column, Kind.MORE, (boxes[stop].group, boxes[stop].linked))
    into = {stop: more for stop, more in into.items() if list(into.values()).count(more) > 1}
    stops = [tuple(into.get(stop, stop) for stop in way) for way in stops]
    found: dict[Stop, Box] = {}
    for stop in boxes:
        target = into.get(stop, stop)
        if target not in found:
            members = [other for other, more in into.items() if more == target]
            found[target] = _more(target, [boxes[one] for one in members], routes) if members else boxes[stop]
    return found, stops


def _small(standing: Sequence[Stop], boxes: dict[Stop, Box]) -> Sequence[Stop]:
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


def _bands(stops: Sequence[tuple[Stop, ...]], places: dict[Stop, int], routes: Sequence[Route]) -> Iterable[Band]:
    found: dict[tuple[object, ...], list[int]] = {}
    for place, (way, route) in enumerate(zip(stops, routes, strict=True)):
        for leg, source, target in zip(route.legs, way, way[1:], strict=False):
            told = (leg.cut.by, leg.cut.at) if leg.cut else None
            key = (places[source], places[target], route.first.party, route.withdrawn, told, source.column)
            found.setdefault(key, []).append(place)
    for (source_place, target_place, party, withdrawn, _, column), members in found.items():
        legs = [routes[place].legs[column] for place in members]  # type: ignore[index]
        documents = len({routes[place].report.document for place in members})
        yield Band(
            source_place,  # type: ignore[arg-type]
            target_place,  # type: ignore[arg-type]
            tuple(members),
            documents,
            party,  # type: ignore[arg-type]
            bool(withdrawn),
            cut=legs[0].cut,
            **_told(legs),  # type: ignore[arg-type]
        )


def _at_most(route: Route, most: int) -> Route:
    """The same route with the end of a very long way in one step: "Belga, then RTL"."""
    if len(route.steps) <= most:
        return route
    kept, rest = route.steps[: most - 1], route.steps[most - 1 :]
    told = ", then ".join(" and ".join(names) for names in rest)
    legs = route.legs
    cut = next((leg.cut for leg in legs[most - 1 : -1] if leg.cut), None)
    joint = Leg(legs[most - 1].manners, legs[most - 1].first_seen, cut)
    return replace(route, steps=(*kept, (told,)), legs=(*legs[: most - 1], joint, legs[-1]))


def _headings(last: int) -> Names:
    carriers = {1: ("Carried by",), 2: ("Carried by", "and then by")}.get(
        last - 1, ("Carried by", *["and then by"] * (last - 2)) if last > 1 else ()
    )
    return ("Named first", *carriers, "Published in")


def _beside(trace: Trace) -> Iterable[str]:
    """The reports that do not state the claim carry it nowhere, and are told instead of drawn."""
    told: dict[str, set[str]] = {}
    for report in trace.reports:
        if report.stance.value != "asserts":
            told.setdefault(plain(report.stance), set()).add(report.document)
    for words, documents in told.items():
        yield f"{counted(len(documents), 'document')} {PLURAL.get(words, words) if len(documents) > 1 else words}"


PLURAL = {
    "denies it": "deny it",
    "doubts it": "doubt it",
    "takes it back": "take it back",
    "only mentions it": "only mention it",
}
