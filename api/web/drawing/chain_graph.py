"""From the trace of a claim to the graph of its chain: boxes from who is named first to the documents, bands between.

Everything is counted from the routes that reports declare themselves, never from the union of their hops.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from api.web.drawing.chain_boxes import Stop, Way, all_routes, boxes_of, folded, several_supported, way_of
from api.web.drawing.chain_parts import Band, ChainGraph
from api.web.drawing.chain_routes import Route, joint, routes_of
from api.web.words import counted, listed, plain
from provenance.answers_trace import Trace
from provenance.vocabulary import Stance

MOST_DOCUMENTS = 10  # documents that stand by publisher and date; more are one box
MOST_STEPS = 4  # columns of carriers; the rest of a longer way shares the last
PLAIN_ROUTES = 3  # so many routes are a chain with arrows, not bands


def chain_graph(trace: Trace) -> ChainGraph:
    """The graph of a claim's chain.

    In the story of "dozens eliminated", Saltanat Azirbek (31 documents) stands in the first column within the group
    "Linked sources: State of Kazakhstan", Khabar 24 among the carriers, and the 56 documents are one box at the end.
    """
    routes = tuple(_at_most(route, MOST_STEPS) for route in routes_of(trace))
    documents = len({route.report.document for route in routes})
    last = max((len(route.steps) for route in routes), default=0) + 1
    ways = [way_of(route, last, documents > MOST_DOCUMENTS) for route in routes]
    boxes, ways = folded(boxes_of(trace, routes, ways), ways, routes)
    places = {stop: place for place, stop in enumerate(boxes)}
    return ChainGraph(
        routes,
        tuple(boxes.values()),
        tuple(_bands(ways, places, routes)),
        ("Named first", *(["Carried by", *["and then by"] * (last - 2)] if last > 1 else []), "Published in"),
        len(routes) <= PLAIN_ROUTES,
        documents,
        tuple(_beside(trace)),
        _narrow(trace) if several_supported(trace) else None,
    )


@dataclass(frozen=True, slots=True)
class _Between:
    """What routes must share to be one band: ends, who they are from, and whether and how they were taken back."""

    source: int
    target: int
    party: str | None
    withdrawn: bool
    cut: tuple[str, str | None] | None
    hop: int


def _bands(ways: Sequence[Way], places: Mapping[Stop, int], routes: Sequence[Route]) -> Iterable[Band]:
    found: dict[_Between, list[int]] = {}
    for place, (way, route) in enumerate(zip(ways, routes, strict=True)):
        for leg, (source, target) in zip(route.legs, pairwise(way), strict=True):
            cut = (leg.cut.by, leg.cut.at) if leg.cut else None
            ends = places[source], places[target]
            shared = _Between(*ends, route.first.party, route.withdrawn, cut, source.column)
            found.setdefault(shared, []).append(place)
    for shared, members in found.items():
        legs = [routes[place].legs[shared.hop] for place in members]
        whole = joint(legs)
        yield Band(
            shared.source,
            shared.target,
            tuple(members),
            len({routes[place].report.document for place in members}),
            shared.party,
            shared.withdrawn,
            whole.manners,
            whole.first_seen,
            legs[0].cut,
        )


def _at_most(route: Route, most: int) -> Route:
    """The same route with the end of a very long way in one step: "Belga, then RTL"."""
    if len(route.steps) <= most:
        return route
    kept, rest = route.steps[: most - 1], route.steps[most - 1 :]
    told = ", then ".join(" and ".join(names) for names in rest)
    legs = route.legs
    cut = next((leg.cut for leg in legs[most - 1 : -1] if leg.cut), None)
    return replace(route, steps=(*kept, (told,)), legs=(*legs[: most - 1], replace(legs[most - 1], cut=cut), legs[-1]))


def _narrow(trace: Trace) -> str | None:
    sources = [point.source for point in trace.chokepoints if point.source]
    # A source without links is a party of its own name, which says nothing more.
    parties = [point.party for point in trace.chokepoints if point.party and point.party not in sources]
    names = [*sources, *(f"{party} (linked sources)" for party in parties)]
    return f"{all_routes(trace)} {listed(names)}" if names else None


def _beside(trace: Trace) -> Iterable[str]:
    """The reports that do not state the claim carry it nowhere, and are told instead of drawn."""
    told: dict[str, set[str]] = {}
    for report in trace.reports:
        if report.stance is not Stance.ASSERTS:
            told.setdefault(plain(report.stance), set()).add(report.document)
    for words, documents in told.items():
        yield f"{counted(len(documents), 'document')} {PLURAL.get(words, words) if len(documents) > 1 else words}"


PLURAL = {
    "denies it": "deny it",
    "doubts it": "doubt it",
    "takes it back": "take it back",
    "only mentions it": "only mention it",
}
