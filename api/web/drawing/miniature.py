"""A chain in the size of a stamp: how many documents a claim is in, and how few sources they go back to.

It has no labels; the words beside it say what it shows. The whole chain, with names, is on the page of the claim.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from provenance.answers_trace import Trace

WIDTH, HEIGHT, EDGE = 640, 170, 10
FIRST, CARRIER, DOCUMENT = 40, 330, 600
# More lines than these are one grey field on such a picture.
MOST = 400


@dataclass(frozen=True, slots=True)
class Route:
    """One declared path: who is named first, who carried it on, and in which document it stands."""

    first: str
    carriers: tuple[str, ...]
    document: str
    linked: bool


@dataclass(frozen=True, slots=True)
class Miniature:
    """The picture with the counts that the words beside it give."""

    picture: Markup
    firsts: int
    carriers: int
    documents: int


def miniature(trace: Trace) -> Miniature:
    """The chain of a trace; sources of its largest group are drawn as linked."""
    routes = _routes(trace)
    carriers = {name for route in routes for name in route.carriers}
    linked = {route.first for route in routes if route.linked}
    return Miniature(_picture(routes[:MOST]), len(linked), len(carriers), trace.documents)


def _routes(trace: Trace) -> list[Route]:
    group = max(
        (party for party in trace.parties if party.established),
        key=lambda party: sum(one.reports for one in trace.origins if one.source in party.origins),
        default=None,
    )
    linked = set(group.origins) if group else set()
    return [
        Route(path[0], tuple(path[1:-1]), report.document, path[0] in linked)
        for report in trace.reports
        for path in report.paths
    ]


def _picture(routes: Sequence[Route]) -> Markup:
    by_first = Counter(route.first for route in routes)
    linked = {route.first for route in routes if route.linked}
    firsts = sorted(by_first, key=lambda name: (name not in linked, -by_first[name]))
    turn = {name: place for place, name in enumerate(firsts)}
    documents = list(dict.fromkeys(r.document for r in sorted(routes, key=lambda r: (turn[r.first], r.carriers))))
    starts, ends = _spread(firsts), _spread(documents)
    carriers = _spread(_in_order(routes, ends))
    lines = [_line(route, starts, carriers, ends) for route in _linked_last(routes)]
    relayed = Counter(name for route in routes for name in route.carriers)
    dots = _dots("first", FIRST, starts, by_first, linked) + _dots("carrier", CARRIER, carriers, relayed, ())
    return Markup('<svg class="miniature" viewBox="0 0 {} {}" aria-hidden="true">{}{}{}</svg>').format(
        WIDTH, HEIGHT, Markup("").join(lines), dots, _ticks(ends)
    )


def _ticks(places: Mapping[str, float]) -> Markup:
    drawn = Markup('<rect class="document" x="{}" y="{:.1f}" width="18" height="1.8"/>')
    return Markup("").join(drawn.format(DOCUMENT, y - 0.9) for y in places.values())


def _in_order(routes: Iterable[Route], ends: Mapping[str, float]) -> list[str]:
    """Carriers beside the documents that they lead to, so that few lines cross."""
    reached: dict[str, list[float]] = {}
    for route in routes:
        for name in route.carriers:
            reached.setdefault(name, []).append(ends[route.document])
    return sorted(reached, key=lambda name: sum(reached[name]) / len(reached[name]))


def _spread(names: Sequence[str]) -> dict[str, float]:
    step = (HEIGHT - 2 * EDGE) / max(len(names), 1)
    return {name: EDGE + step * (place + 0.5) for place, name in enumerate(names)}


def _linked_last(routes: Iterable[Route]) -> list[Route]:
    return sorted(routes, key=lambda route: route.linked)


def _line(
    route: Route, starts: Mapping[str, float], carriers: Mapping[str, float], ends: Mapping[str, float]
) -> Markup:
    stops = [(FIRST, starts[route.first])]
    if route.carriers:
        stops.append((CARRIER, carriers[route.carriers[-1]]))
    stops.append((DOCUMENT, ends[route.document]))
    way = f"M{stops[0][0]} {stops[0][1]:.1f}"
    for (x, y), (to_x, to_y) in pairwise(stops):
        middle = (x + to_x) // 2
        way += f"C{middle} {y:.1f} {middle} {to_y:.1f} {to_x} {to_y:.1f}"
    return Markup('<path class="{}" d="{}"/>').format("way linked" if route.linked else "way", way)


def _dots(kind: str, x: int, places: Mapping[str, float], weights: Mapping[str, int], linked: Iterable[str]) -> Markup:
    among = set(linked)
    return Markup("").join(
        Markup('<circle class="{}" cx="{}" cy="{:.1f}" r="{:.1f}"/>').format(
            f"{kind} linked" if name in among else kind, x, y, min(2 + weights[name] ** 0.5, 9)
        )
        for name, y in places.items()
    )
