"""Through whom a claim reaches us: sources on every route, the fewest that together stop all of them, and circles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

# Up to this size the smallest support cut is found for certain: a person can check five sources, not fifty.
EXACT_CUT = 5
# Places that the exact search visits at most, a microsecond each; real claims need some hundreds. It keeps pages that
# name crowds of carriers from stalling the answer, which then says that it is a bound.
CUT_SEARCH_PLACES = 200_000
MOST_CIRCLES = 20


@dataclass(frozen=True, slots=True)
class SupportCut:
    """Sources that together stand on every route; ``exact``: no smaller set does, else it is an upper bound."""

    size: int
    exact: bool
    sources: tuple[int, ...]


def on_every(routes: Sequence[Set[int]]) -> frozenset[int]:
    """What stands on every route; nothing where there is none.

    >>> sorted(on_every([{1, 24, 3}, {1, 24, 5}]))
    [1, 24]
    """
    return frozenset.intersection(*map(frozenset, routes)) if routes else frozenset()


def support_cut(routes: Iterable[Collection[int]]) -> SupportCut:
    """The smallest set of sources that stands on every route (a minimum hitting set).

    Exact up to `EXACT_CUT` sources by branching on a shortest open route, pruned by the number of routes that share
    nobody; beyond that, or when the search grows past `CUT_SEARCH_PLACES`, the greedy bound, which says so. Raises
    ValueError for a route without any source, which nothing can stop.

    The ministry reaches two agencies through Khabar 24, and a witness tells a third: no one source stops both.

    >>> ministry, khabar, tass, ria, witness, afp = range(6)
    >>> support_cut([(ministry, khabar, tass), (ministry, khabar, ria), (witness, afp)])
    SupportCut(size=2, exact=True, sources=(0, 4))
    """
    minimal = _minimal(routes)
    if not minimal:
        return SupportCut(0, True, ())
    search = _CutSearch(minimal)
    greedy = search.greedy()
    floor = search.disjoint((1 << len(minimal)) - 1)
    for size in range(floor, min(EXACT_CUT + 1, len(greedy))):
        found = search.within(size)
        if found is not None:
            return SupportCut(size, True, tuple(sorted(found)))
        if search.places > CUT_SEARCH_PLACES:
            return SupportCut(len(greedy), False, tuple(sorted(greedy)))
    disproved = max(floor, EXACT_CUT + 1)
    return SupportCut(len(greedy), len(greedy) <= disproved, tuple(sorted(greedy)))


def circles(onward: Mapping[int, Collection[int]], most: int = MOST_CIRCLES) -> tuple[tuple[int, ...], ...]:
    """Directed circles, each once, from its smallest source on; the first ``most`` in the order of their sources.

    Johnson, "Finding all the elementary circuits of a directed graph", SIAM J. Comput. 4 (1975).

    Khabar 24 quotes Tass, and elsewhere Tass quotes Khabar 24:

    >>> circles({1: [2], 2: [3], 3: [2]})
    ((2, 3),)
    """
    found: list[tuple[int, ...]] = []
    core = _on_circles(onward)
    for start in sorted(core):
        inside = _returning(core, start)
        for circle in _circles_from(start, inside):
            found.append(circle)
            if len(found) == most:
                return tuple(found)
    return tuple(found)


def _minimal(routes: Iterable[Collection[int]]) -> list[tuple[int, ...]]:
    """The routes that hold no other route; whoever stops these stops all."""
    distinct = dict.fromkeys(tuple(dict.fromkeys(route)) for route in routes)
    kept: list[tuple[int, ...]] = []
    by_source: dict[int, list[frozenset[int]]] = {}
    for route in sorted(distinct, key=len):
        if not route:
            raise ValueError("a route without any source cannot be stopped")
        sources = frozenset(route)
        if not any(other <= sources for source in route for other in by_source.get(source, ())):
            kept.append(route)
            # A route that holds this one holds its last source too, a publisher, whom the fewest routes share.
            by_source.setdefault(route[-1], []).append(sources)
    return kept


class _CutSearch:
    """Routes as bits, the shortest lowest, so that covering is an AND and the next open route is the lowest bit."""

    def __init__(self, routes: list[tuple[int, ...]]) -> None:
        self.routes = routes
        self.hits: dict[int, int] = {}
        for bit, route in enumerate(routes):
            for source in route:
                self.hits[source] = self.hits.get(source, 0) | 1 << bit
        self.sharing = [self._any(route) for route in routes]
        self.places = 0

    def greedy(self) -> list[int]:
        """Time and again the source on most open routes."""
        chosen, still_open = [], (1 << len(self.routes)) - 1
        while still_open:
            best = max(self.hits, key=lambda source: ((self.hits[source] & still_open).bit_count(), -source))
            chosen.append(best)
            still_open &= ~self.hits[best]
        return chosen

    def disjoint(self, still_open: int) -> int:
        """How many open routes, taken shortest first, share nobody; each needs a source of its own."""
        count = 0
        while still_open:
            count += 1
            still_open &= ~self.sharing[_lowest(still_open)]
        return count

    def within(self, size: int) -> list[int] | None:
        """A cut of at most ``size`` sources, if there is one and the search may go on that long."""
        return self._branch((1 << len(self.routes)) - 1, size, set())

    def _branch(self, still_open: int, left: int, failed: set[tuple[int, int]]) -> list[int] | None:
        if not still_open:
            return []
        self.places += 1
        if (still_open, left) in failed or self.places > CUT_SEARCH_PLACES or self.disjoint(still_open) > left:
            return None
        route = self.routes[_lowest(still_open)]
        for source in sorted(route, key=lambda s: -(self.hits[s] & still_open).bit_count()):
            rest = self._branch(still_open & ~self.hits[source], left - 1, failed)
            if rest is not None:
                return [source, *rest]
        failed.add((still_open, left))
        return None

    def _any(self, route: tuple[int, ...]) -> int:
        touched = 0
        for source in route:
            touched |= self.hits[source]
        return touched


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _on_circles(onward: Mapping[int, Collection[int]]) -> dict[int, set[int]]:
    """The part of a graph that is left after dropping, time and again, whoever nobody relays or who relays nobody."""
    graph = {source: set(following) for source, following in onward.items()}
    while True:
        named = {follower for following in graph.values() for follower in following}
        kept = {s: f & graph.keys() for s, f in graph.items() if s in named and f & graph.keys()}
        if kept == graph:
            return graph
        graph = kept


def _returning(graph: Mapping[int, Set[int]], start: int) -> dict[int, list[int]]:
    """What lies on a way from ``start`` back to it over sources that are not smaller."""
    back: dict[int, list[int]] = {}
    for source, following in graph.items():
        for follower in following:
            if source >= start and follower >= start:
                back.setdefault(follower, []).append(source)
    reaching = {start}
    waiting = [start]
    for here in waiting:
        for source in back.get(here, ()):
            if source not in reaching:
                reaching.add(source)
                waiting.append(source)
    return {source: sorted(graph[source] & reaching) for source in reaching}


def _circles_from(start: int, graph: Mapping[int, list[int]]) -> Iterator[tuple[int, ...]]:
    """Johnson's walk with an explicit stack: a source that led nowhere stays blocked until one after it comes free."""
    way = [start]
    blocked = {start}
    waiting_on: dict[int, set[int]] = {}
    closed: set[int] = set()
    stack = [(start, iter(graph[start]))]
    while stack:
        here, following = stack[-1]
        for follower in following:
            if follower == start:
                closed.update(way)
                yield tuple(way)
            elif follower not in blocked:
                way.append(follower)
                closed.discard(follower)
                blocked.add(follower)
                stack.append((follower, iter(graph[follower])))
                break
        else:
            if here in closed:
                _unblock(here, blocked, waiting_on)
            else:
                for follower in graph[here]:
                    waiting_on.setdefault(follower, set()).add(here)
            stack.pop()
            way.pop()


def _unblock(source: int, blocked: set[int], waiting_on: dict[int, set[int]]) -> None:
    freed = [source]
    for here in freed:
        if here in blocked:
            blocked.remove(here)
            freed.extend(waiting_on.pop(here, ()))
