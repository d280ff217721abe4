"""From the reports of a trace to routes: the ways on which reports themselves say that a claim reached them.

A report is supported only by the paths that it declares itself, so a route is one report's way and never a piece of the
union. Carriers that one report quotes side by side ("Interfax, TASS and RIA Novosti") are one step of its route: three
agencies that are quoted together do not look like three ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from api.web.words import short_date
from provenance.answers_trace import CutAnswer, Trace, TracedEdge, TracedOrigin, TracedReport
from provenance.vocabulary import Manner, OriginClass, Stance

Names = tuple[str, ...]
Edges = Mapping[tuple[str | None, str], list[TracedEdge]]


@dataclass(frozen=True, slots=True)
class First:
    """Who a route begins with; ``name`` is None where the page names nobody, or only a carrier."""

    name: str | None
    cls: OriginClass
    established: bool = False
    party: str | None = None
    disowned: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    """One hop of a route: how it was relayed, the date of the report, and by whom it was taken back, if it was."""

    manners: tuple[Manner, ...] = ()
    first_seen: str | None = None
    cut: CutAnswer | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """One report's way: who is named first, the carriers of each step, and the document.

    ``legs`` has one more entry than ``steps``: the last leads to the document.
    """

    first: First
    steps: tuple[Names, ...]
    legs: tuple[Leg, ...]
    report: TracedReport

    @property
    def withdrawn(self) -> bool:
        """Whether a hop of it was taken back, so that it supports nothing."""
        return any(leg.cut for leg in self.legs)


def routes_of(trace: Trace) -> tuple[Route, ...]:
    """The routes of all reports that state the claim, in the order of the reports.

    A report that denies, doubts, takes back or only mentions the claim did not carry it and has no route here. A report
    that names two sources first has two.
    """
    origins = {(one.source, one.origin_class): one for one in trace.origins}
    edges: dict[tuple[str | None, str], list[TracedEdge]] = {}
    for edge in trace.edges:
        edges.setdefault((edge.upstream, edge.downstream), []).append(edge)
    return tuple(
        Route(first, steps, _legs(first.name, steps, report, edges), report)
        for report in trace.reports
        if report.stance is Stance.ASSERTS
        for first, ways in _ways_by_first(report, origins).items()
        for steps in joined(ways)
    )


def joined(ways: Iterable[Names]) -> list[tuple[Names, ...]]:
    """Ways through carriers, where those that differ only in carriers side by side become one.

    >>> joined([("TASS", "AFP"), ("RIA Novosti", "AFP")])
    [(('TASS', 'RIA Novosti'), ('AFP',))]
    >>> joined([("TASS",), ("RIA Novosti", "AFP")])
    [(('TASS',),), (('RIA Novosti',), ('AFP',))]
    """
    found: list[tuple[Names, ...]] = []
    by_length: dict[int, list[Names]] = {}
    for way in dict.fromkeys(ways):
        by_length.setdefault(len(way), []).append(way)
    for same in by_length.values():
        steps = tuple(tuple(dict.fromkeys(names)) for names in zip(*same, strict=True))
        # Only where every combination was declared: joining must not suggest a way that no report took.
        whole = len(same) == 1 or set(product(*steps)) == set(same)
        found += [steps] if whole else [tuple((name,) for name in way) for way in same]
    return found


def joint(legs: Sequence[Leg]) -> Leg:
    """How several hops were relayed, and the earliest date of them; what was taken back is another question."""
    manners = tuple(dict.fromkeys(manner for leg in legs for manner in leg.manners))
    return Leg(manners, min((leg.first_seen for leg in legs if leg.first_seen), default=None))


def taken_back(cut: CutAnswer) -> str:
    """Who took a hop back, and on which day where that is known."""
    return f"taken back by {cut.by}" + (f", {short_date(cut.at)}" if cut.at else "")


def _ways_by_first(
    report: TracedReport, origins: Mapping[tuple[str, OriginClass], TracedOrigin]
) -> dict[First, list[Names]]:
    """The carriers of each declared path, by who is named first on it."""
    found: dict[First, list[Names]] = {}
    for path, cls in zip(report.paths, report.origin_classes, strict=True):
        if cls is OriginClass.NOT_STATED:
            found.setdefault(First(None, cls), []).append(tuple(path[:-1]))
            continue
        origin = origins.get((path[0], cls))
        first = First(path[0], cls)
        if origin is not None:
            first = First(path[0], cls, origin.established, origin.party, origin.disowned, origin.withdrawn)
        found.setdefault(first, []).append(tuple(path[1:-1]))
    return found


def _legs(first: str | None, steps: tuple[Names, ...], report: TracedReport, edges: Edges) -> tuple[Leg, ...]:
    stops: list[tuple[str | None, ...]] = [(first,), *steps, (report.publisher,)]
    if first == report.publisher and not steps:
        return (Leg((), report.published_at),)  # what a publisher saw or counted itself was relayed by nobody
    return tuple(
        _side_by_side([edge for pair in product(ups, downs) for edge in _declared(edges, pair, report)], report)
        for ups, downs in pairwise(stops)
    )


def _declared(edges: Edges, pair: tuple[str | None, ...], report: TracedReport) -> list[TracedEdge]:
    """The hop between the two that the report declares.

    Words that identify nobody are a source of their own in each report, so several hops may read the same; those of
    the report's date are its own.
    """
    found = edges.get((pair[0], str(pair[1])), [])
    own = [edge for edge in found if edge.first_seen == report.published_at]
    return own if len(found) > 1 and own else found


def _side_by_side(edges: list[TracedEdge], report: TracedReport) -> Leg:
    """Carriers side by side as one hop: taken back only where every one of them is; held since the report is."""
    manners = tuple(dict.fromkeys(manner for edge in edges for manner in edge.manners))
    return Leg(manners, report.published_at, edges[0].cut if edges and all(edge.cut for edge in edges) else None)
