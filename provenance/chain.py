"""Who a claim is really from, and how much of its reporting is independent: one pure function of what was declared.

`analyse` answers everything about one claim's chains from a frozen picture of them. The values it reads are those of
`provenance.declared`, offered here too; parties and verdict come from `provenance.independence`, routes from
`provenance.routes`. It measures reporting, never truth.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from provenance.declared import (
    Actor,
    Chains,
    Cut,
    Declared,
    Hop,
    Node,
    Path,
    Span,
    Tie,
    check_declared,
    declared_paths,
    first_published,
    node_of,
)
from provenance.independence import OriginFinding, Party, weigh
from provenance.routes import SupportCut, circles, on_every, support_cut
from provenance.ties import Groups, grouped
from provenance.vocabulary import Manner, Verdict

__all__ = [
    "Actor",
    "Analysis",
    "Chains",
    "Chokepoint",
    "Cut",
    "Declared",
    "Edge",
    "Hop",
    "HopKey",
    "Impact",
    "ImpossibleHop",
    "Node",
    "OriginFinding",
    "Party",
    "Path",
    "ReportFinding",
    "Span",
    "SupportCut",
    "Tie",
    "analyse",
    "check_declared",
    "declared_paths",
    "impact",
]


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """A report with its declared paths; ``supported`` when it counts and one of them supports it."""

    report: int
    document: int
    publisher: int
    counted: bool
    supported: bool
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Chokepoint:
    """A source, or a party by its index, on each of the ``paths`` uncut declared paths of supported reports."""

    source: int | None
    party: int | None
    paths: int


@dataclass(frozen=True, slots=True)
class Edge:
    """One hop as the reports that count declare it together, for drawing; it proves nothing.

    ``first_seen`` is when the earliest of ``reports`` was published, ``stated`` holds when one page states it, and
    ``cut`` is given when the hop is cut in every one of them.
    """

    upstream: Node | None
    downstream: Node
    manners: tuple[Manner, ...]
    reports: tuple[int, ...]
    first_seen: Span | None
    stated: bool
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class ImpossibleHop:
    """A report relays somebody who certainly published the claim only after it."""

    report: int
    upstream: int
    downstream: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that follows from one claim's chains; lists are in a fixed order, and `parties` holds the indexes used."""

    reports: tuple[ReportFinding, ...]
    origins: tuple[OriginFinding, ...]
    parties: tuple[Party, ...]
    parties_cited_only: int
    verdict: Verdict
    why: str
    chokepoints: tuple[Chokepoint, ...]
    support_cut: SupportCut
    circles: tuple[tuple[int, ...], ...]
    impossible: tuple[ImpossibleHop, ...]
    edges: tuple[Edge, ...]

    @property
    def supported(self) -> tuple[int, ...]:
        """The ids of the reports that are supported."""
        return tuple(report.report for report in self.reports if report.supported)

    @property
    def established_origins(self) -> tuple[int, ...]:
        """The ids of the established origins, each once, even where one is established in two classes."""
        return tuple(dict.fromkeys(finding.source for finding in self.origins if finding.established))

    @property
    def established_parties(self) -> tuple[Party, ...]:
        """The parties that the verdict counts."""
        return tuple(party for party in self.parties if party.established)


@dataclass(frozen=True, slots=True)
class HopKey:
    """The hop from ``upstream`` to ``downstream`` in one report, or in all where ``report`` is None."""

    upstream: int | None
    downstream: int
    report: int | None = None


@dataclass(frozen=True, slots=True)
class Impact:
    """What a withdrawal leaves: reports that fall, and for those that stand the paths that still support them."""

    fallen: tuple[int, ...]
    standing: Mapping[int, tuple[Path, ...]]


def analyse(chains: Chains, *, moment: Span | None = None) -> Analysis:
    """Analyses one claim's chains.

    Ties are those valid at ``moment``, by default when the earliest report that counts was published; where no date
    is known all ties count. Raises InvalidInput where a report's chain or a tie cannot be (see `check_declared`).

    The Interior Ministry speaks to Khabar 24, Tass quotes Khabar 24 quoting it, and a third page names Khabar 24
    alone. Two reports trace to the ministry; the third does not inherit it:

    >>> from provenance.vocabulary import Manner, SourceKind
    >>> names = {1: ("Interior Ministry", SourceKind.GOVERNMENT_BODY), 2: ("Khabar 24", SourceKind.BROADCASTER),
    ...          3: ("Tass", SourceKind.NEWS_AGENCY), 4: ("An aggregator", SourceKind.WEBSITE)}
    >>> actors = {id: Actor(id, name, kind) for id, (name, kind) in names.items()}
    >>> said, quoted = Hop(1, 2, Manner.SAID), Hop(2, 3, Manner.QUOTED)
    >>> reports = (Declared(10, 100, 2, (said,)), Declared(11, 101, 3, (said, quoted)),
    ...            Declared(12, 102, 4, (Hop(2, 4, Manner.CITED),)))
    >>> found = analyse(Chains(actors, reports))
    >>> [(actors[o.source].name, o.cls.value, o.reports) for o in found.origins]
    [('Interior Ministry', 'named', (10, 11)), ('Khabar 24', 'not_stated', (12,))]
    >>> found.verdict.value, found.why
    ('single', 'One established origin: Interior Ministry.')
    >>> [actors[c.source].name for c in found.chokepoints if c.source]
    ['Khabar 24']
    >>> found.support_cut
    SupportCut(size=1, exact=True, sources=(2,))
    """
    counted = [report for report in chains.reports if report.counted]
    groups = grouped(chains.ties, chains.actors, moment or chains.moment)
    tied = groups.placeholders.keys()
    reports = tuple(_report(report, declared_paths(report, chains.actors, tied)) for report in chains.reports)
    judged = weigh(chains, [path for report in reports if report.counted for path in report.paths], groups)
    routes = [path for report in reports if report.supported for path in report.paths if not path.withdrawn]
    edges = _edges(counted, chains.actors)
    return Analysis(
        reports=reports,
        origins=judged.origins,
        parties=judged.parties,
        parties_cited_only=judged.parties_cited_only,
        verdict=judged.verdict,
        why=judged.why,
        chokepoints=_chokepoints(routes, judged.parties, groups, chains.actors),
        support_cut=support_cut(_named(path) for path in routes),
        circles=circles(_onward(edges)),
        impossible=_impossible(counted),
        edges=edges,
    )


def impact(
    analysis: Analysis,
    *,
    sources: Collection[int] = (),
    reports: Collection[int] = (),
    documents: Collection[int] = (),
    hops: Collection[HopKey] = (),
) -> Impact:
    """Which supported reports fall when these are withdrawn or distrusted, and which stand, through which paths.

    A report without support to begin with is in neither list.

    >>> from provenance.vocabulary import Manner, SourceKind
    >>> actors = {1: Actor(1, "Interior Ministry", SourceKind.GOVERNMENT_BODY),
    ...           2: Actor(2, "Khabar 24", SourceKind.BROADCASTER), 3: Actor(3, "Tass", SourceKind.NEWS_AGENCY)}
    >>> through_khabar = Declared(10, 100, 3, (Hop(1, 2, Manner.SAID), Hop(2, 3, Manner.QUOTED)))
    >>> straight = Declared(11, 101, 3, (Hop(1, 3, Manner.TOLD),))
    >>> left = impact(analyse(Chains(actors, (through_khabar, straight))), sources=[2])
    >>> left.fallen, list(left.standing)
    ((10,), [11])
    """
    gone = {(hop.report, hop.upstream, hop.downstream) for hop in hops}
    fallen: list[int] = []
    standing: dict[int, tuple[Path, ...]] = {}
    for report in analysis.reports:
        if not report.supported:
            continue
        lost = report.report in reports or report.document in documents
        left = () if lost else tuple(path for path in report.paths if path.supports and _survives(path, sources, gone))
        if left:
            standing[report.report] = left
        else:
            fallen.append(report.report)
    return Impact(tuple(fallen), standing)


def _report(declared: Declared, paths: tuple[Path, ...]) -> ReportFinding:
    supported = declared.counted and any(path.supports for path in paths)
    return ReportFinding(declared.report, declared.document, declared.publisher, declared.counted, supported, paths)


def _named(path: Path) -> tuple[int, ...]:
    return tuple(node.actor for node in path.nodes if node.report is None)


def _survives(path: Path, sources: Collection[int], gone: Collection[tuple[int | None, int | None, int]]) -> bool:
    if any(node.actor in sources for node in path.nodes):
        return False
    ends = ((hop.upstream, hop.downstream) for hop in path.hops)
    return not any((None, *pair) in gone or (path.report, *pair) in gone for pair in ends)


def _chokepoints(
    routes: Sequence[Path], parties: Sequence[Party], groups: Groups, actors: Mapping[int, Actor]
) -> tuple[Chokepoint, ...]:
    order = {source: place for path in routes[:1] for place, source in enumerate(_named(path))}
    common = sorted(on_every([frozenset(_named(path)) for path in routes]), key=lambda source: order[source])
    touched = [frozenset(g for node in path.nodes for g in groups.of(actors[node.actor])) for path in routes]
    shared = on_every(touched)
    found = [Chokepoint(source, None, len(routes)) for source in common]
    found += [Chokepoint(None, index, len(routes)) for index, party in enumerate(parties) if party.group in shared]
    return tuple(found)


def _edges(reports: Sequence[Declared], actors: Mapping[int, Actor]) -> tuple[Edge, ...]:
    alike: dict[tuple[Node | None, Node], list[tuple[Declared, Hop]]] = {}
    for report in reports:
        for hop in report.hops:
            upstream = None if hop.upstream is None else node_of(actors[hop.upstream], report.report)
            downstream = node_of(actors[hop.downstream], report.report)
            alike.setdefault((upstream, downstream), []).append((report, hop))
    return tuple(_edge(upstream, downstream, found) for (upstream, downstream), found in alike.items())


def _edge(upstream: Node | None, downstream: Node, found: Sequence[tuple[Declared, Hop]]) -> Edge:
    cuts = [hop.cut for _, hop in found]
    return Edge(
        upstream,
        downstream,
        manners=tuple(dict.fromkeys(hop.manner for _, hop in found)),
        reports=tuple(report.report for report, _ in found),
        first_seen=first_published(report for report, _ in found),
        stated=any(hop.stated for _, hop in found),
        cut=None if None in cuts else cuts[0],
    )


def _onward(edges: Sequence[Edge]) -> dict[int, set[int]]:
    """Who relays whom; placeholders are left out, for theirs are different nodes in each report."""
    onward: dict[int, set[int]] = {}
    for edge in edges:
        if edge.cut is None and edge.upstream is not None and edge.upstream.report is edge.downstream.report is None:
            onward.setdefault(edge.upstream.actor, set()).add(edge.downstream.actor)
    return onward


def _impossible(reports: Sequence[Declared]) -> tuple[ImpossibleHop, ...]:
    """A source that also published an undated document may have been first with it, so nothing is said of it."""
    own: dict[int, list[Span | None]] = {}
    for report in reports:
        own.setdefault(report.publisher, []).append(report.published)
    first = {source: min(span.earliest for span in spans if span) for source, spans in own.items() if None not in spans}
    return tuple(
        ImpossibleHop(report.report, hop.upstream, hop.downstream)
        for report in reports
        for hop in report.hops
        if report.published and hop.cut is None and hop.upstream is not None
        if hop.upstream in first and first[hop.upstream] > report.published.latest
    )
