"""`analyse` on thousands of random claims against answers found the naive way, written without looking at it.

The oracle takes the brief literally: it tries every sequence of a report's sources as a path, asks networkx for circles
and tie components, and tries every set of sources for cuts. It shares only the input values with the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from random import Random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.chain import (
    Actor,
    Analysis,
    Chains,
    Cut,
    Declared,
    Hop,
    HopKey,
    Tie,
    analyse,
    impact,
)
from provenance.routes import MOST_CIRCLES, circles, support_cut
from provenance.vocabulary import Basis, HopBasis, Manner, OriginClass, SourceKind, TieKind, Verdict

PEOPLE = [SourceKind.SPOKESPERSON, SourceKind.POLICE, SourceKind.GOVERNMENT_BODY, SourceKind.NGO, SourceKind.WITNESS]
NOBODY = [SourceKind.UNNAMED, SourceKind.COLLECTIVE]
CARRIERS = [SourceKind.NEWS_AGENCY, SourceKind.BROADCASTER, SourceKind.WEBSITE]
KINDS = dict(enumerate([*PEOPLE, *NOBODY, SourceKind.UNNAMED, *CARRIERS, *CARRIERS]))
ACTORS = {id: Actor(id, f"source {id}", kind) for id, kind in KINDS.items()}
ANYBODY = sorted(KINDS)
IDENTIFIABLE = [id for id, kind in KINDS.items() if kind not in NOBODY]
CUT = Cut("an editor", None, "misread")

BASES = [HopBasis.UNKNOWN, HopBasis.UNKNOWN, HopBasis.WITNESSED, HopBasis.COMPILED, HopBasis.MATERIAL]
OWN_BASES = [None, None, None, HopBasis.WITNESSED, HopBasis.TOLD]
CUTS = [None, None, None, None, CUT]
STATED = [TieKind.PART_OF, TieKind.OWNED_BY, TieKind.SPEAKS_FOR, TieKind.CONTROLLED_BY]


def random_claim(seed: int, reports: int, ties: int) -> Chains:
    """A claim from a seed: drawing each hop through Hypothesis takes ten times as long as checking the claim.

    Hypothesis still shrinks a failing one to the fewest reports and ties.
    """
    rng = Random(seed)
    declared = tuple(random_report(rng, number) for number in range(reports))
    drawn = [random_tie(rng) for _ in range(ties)]
    if rng.random() < 0.3:
        drawn += [Tie(a, TieKind.EXAMINED_NO_TIE, b, Basis.CITED) for a, b in combinations(IDENTIFIABLE, 2)]
    return Chains(ACTORS, declared, tuple(drawn), frozenset(rng.sample(ANYBODY, rng.randint(0, 3))))


def random_report(rng: Random, number: int) -> Declared:
    """Its hops follow a drawn order, so that nothing runs in a circle, and all lead to the publisher."""
    publisher = rng.choice(IDENTIFIABLE)
    others = rng.sample([id for id in ANYBODY if id != publisher], rng.randint(0, 4))
    line = [*others, publisher]
    hops = [
        Hop(one, other, Manner.SAID, None, rng.choice(BASES), True, rng.choice([None, "known to it"]), rng.choice(CUTS))
        for place, one in enumerate(others)
        for other in rng.sample(line[place + 1 :], min(rng.randint(1, 2), len(others) - place))
    ]
    if rng.random() < 0.2:
        hops.append(Hop(None, rng.choice(line), Manner.VIA, cut=rng.choice(CUTS)))
    rng.shuffle(hops)
    counted, own = rng.random() < 0.85, rng.choice(OWN_BASES)
    return Declared(number, number % 3, publisher, tuple(hops), own_basis=own, counted=counted)


def random_tie(rng: Random) -> Tie:
    one, other = rng.sample(ANYBODY, 2)
    return Tie(one, rng.choice([*STATED, TieKind.EXAMINED_NO_TIE]), other, rng.choice(list(Basis)))


claims = st.builds(random_claim, st.integers(0, 2**40), st.integers(0, 6), st.integers(0, 7))


# -- the naive answers ---------------------------------------------------------------------------------------------

Way = tuple[tuple[int, ...], tuple[Hop, ...]]


def naive_ways(report: Declared) -> set[Way]:
    """Every way down from a first source to the publisher, walked step by step from each first source."""
    relayed = {hop.downstream for hop in report.hops}
    firsts: list[tuple[int, tuple[Hop, ...]]] = [
        (hop.downstream, (hop,)) for hop in report.hops if hop.upstream is None
    ]
    firsts += [(source, ()) for source in {hop.upstream for hop in report.hops} - relayed if source is not None]
    if not report.hops or report.own_basis in (HopBasis.WITNESSED, HopBasis.COMPILED, HopBasis.MATERIAL):
        firsts.append((report.publisher, ()))
    return {way for first, start in firsts for way in walks(report, (first,), start)}


def walks(report: Declared, sources: tuple[int, ...], hops: tuple[Hop, ...]) -> Iterator[Way]:
    if sources[-1] == report.publisher:
        yield sources, hops
    for hop in report.hops:
        if hop.upstream == sources[-1]:
            yield from walks(report, (*sources, hop.downstream), (*hops, hop))


def naive_class(report: Declared, way: Way) -> OriginClass:
    (first, *_), hops = way
    kind = KINDS[first]
    out = [hop for hop in hops if hop.upstream == first]
    basis = out[0].basis if out else report.own_basis
    if kind is SourceKind.COLLECTIVE:
        return OriginClass.COLLECTIVE
    if kind is SourceKind.UNNAMED:
        return OriginClass.ANONYMOUS_VOUCHED if out and out[0].access else OriginClass.UNNAMED
    if any(hop.upstream is None for hop in hops):
        return OriginClass.NOT_STATED
    if kind is SourceKind.WITNESS or basis is HopBasis.WITNESSED:
        return OriginClass.FIRST_HAND
    if basis is HopBasis.COMPILED:
        return OriginClass.COMPILED
    if basis is HopBasis.MATERIAL:
        return OriginClass.MATERIAL
    return OriginClass.NOT_STATED if kind in CARRIERS else OriginClass.NAMED


def someone(source: int) -> bool:
    return KINDS[source] not in NOBODY


def components(ties: tuple[Tie, ...], only_cited: bool = False) -> list[set[int]]:
    """Tie components of identifiable sources; ones that have no tie are components of their own."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(IDENTIFIABLE)
    for tie in ties:
        stated = tie.kind is not TieKind.EXAMINED_NO_TIE and (not only_cited or tie.basis is Basis.CITED)
        if stated and someone(tie.source) and someone(tie.other):
            graph.add_edge(tie.source, tie.other)
    return [set(part) for part in nx.connected_components(graph)]


def tied_to(placeholder: int, ties: tuple[Tie, ...]) -> set[int]:
    if KINDS[placeholder] is not SourceKind.UNNAMED:
        return set()
    ends = [{tie.source, tie.other} for tie in ties if tie.kind is not TieKind.EXAMINED_NO_TIE]
    return {other for pair in ends if placeholder in pair for other in pair if someone(other)}


@dataclass
class Naive:
    """The claim's answers in plain sets."""

    chains: Chains

    def __post_init__(self) -> None:
        ties = self.chains.ties
        self.ways = {report.report: naive_ways(report) for report in self.chains.reports}
        self.declared = {report.report: report for report in self.chains.reports}
        self.counting = [report for report in self.chains.reports if report.counted]
        self.tied = {source for source in ANYBODY if not someone(source) and tied_to(source, ties)}
        self.supported = {r.report for r in self.counting if any(self.supports(r, way) for way in self.ways[r.report])}
        self.routes = [way for number in self.supported for way in self.ways[number] if not is_cut(way)]
        self.origins = self.find_origins()
        self.established = {source for source, _, _, established, _ in self.origins if established}
        self.parties = [part for part in components(ties) if part & self.established]

    def supports(self, report: Declared, way: Way) -> bool:
        if is_cut(way):
            return False
        if len(way[0]) == 1:
            return naive_class(report, way) in ESTABLISHABLE
        return any(someone(source) or source in self.tied for source in way[0][:-1])

    def find_origins(self) -> set[tuple[int, int | None, OriginClass, bool, frozenset[int]]]:
        reports: dict[tuple[int, int | None, OriginClass], set[int]] = {}
        for report in self.counting:
            for way in self.ways[report.report]:
                if not is_cut(way):
                    source = way[0][0]
                    own = None if someone(source) else report.report
                    reports.setdefault((source, own, naive_class(report, way)), set()).add(report.report)
        return {
            (source, own, cls, self.is_established(source, cls), frozenset(numbers))
            for (source, own, cls), numbers in reports.items()
        }

    def is_established(self, source: int, cls: OriginClass) -> bool:
        examined = cls is not OriginClass.MATERIAL or source in self.chains.material_examined
        return cls in ESTABLISHABLE and examined

    def verdict(self) -> Verdict:
        if len(self.parties) < 2:
            return Verdict.SINGLE if self.parties else Verdict.NOT_ESTABLISHED
        signed = all(self.signed(one, other) for one, other in combinations(self.parties, 2))
        return Verdict.ESTABLISHED if signed else Verdict.UNEXAMINED

    def signed(self, one: set[int], other: set[int]) -> bool:
        """Whether somebody signed that an origin of one, or a body above it, has no tie to such of the other."""
        upward: nx.DiGraph[int] = nx.DiGraph()
        upward.add_nodes_from(ANYBODY)
        for tie in self.chains.ties:
            if tie.kind is not TieKind.EXAMINED_NO_TIE and someone(tie.source) and someone(tie.other):
                upward.add_edge(tie.source, tie.other)
        ends = [
            {s for origin in part & self.established for s in nx.descendants(upward, origin) | {origin}}
            for part in (one, other)
        ]
        return any(
            tie.kind is TieKind.EXAMINED_NO_TIE
            and ((tie.source in ends[0] and tie.other in ends[1]) or (tie.source in ends[1] and tie.other in ends[0]))
            for tie in self.chains.ties
        )

    def touches(self, way: Way, part: set[int]) -> bool:
        return any(source in part or tied_to(source, self.chains.ties) & part for source in way[0])

    def falls(self, number: int, sources: set[int], hops: set[tuple[int | None, int]]) -> bool:
        left = [way for way in self.ways[number] if self.supports(self.declared[number], way)]
        left = [way for way in left if not set(way[0]) & sources]
        return not [way for way in left if not {(hop.upstream, hop.downstream) for hop in way[1]} & hops]


ESTABLISHABLE = {OriginClass.NAMED, OriginClass.FIRST_HAND, OriginClass.COMPILED, OriginClass.MATERIAL}


def is_cut(way: Way) -> bool:
    return any(hop.cut for hop in way[1])


def both(chains: Chains) -> tuple[Analysis, Naive]:
    return analyse(chains), Naive(chains)


many = settings(max_examples=1200)


@many
@given(chains=claims)
def test_the_paths_of_a_report_are_the_ways_that_it_declares_and_no_others(chains: Chains) -> None:
    analysis, naive = both(chains)
    for report in analysis.reports:
        told = [(tuple(node.actor for node in path.nodes), path.hops) for path in report.paths]
        assert len(told) == len(set(told))
        assert set(told) == naive.ways[report.report]
        for path in report.paths:
            way = (tuple(node.actor for node in path.nodes), path.hops)
            assert path.origin_class is naive_class(naive.declared[report.report], way)
            assert path.withdrawn == is_cut(way)
            assert path.supports == naive.supports(naive.declared[report.report], way)
            assert [node.report for node in path.nodes] == [None if someone(s) else report.report for s in way[0]]
    assert set(analysis.supported) == naive.supported


@many
@given(chains=claims)
def test_origins_parties_and_verdict_are_those_of_the_naive_sets(chains: Chains) -> None:
    analysis, naive = both(chains)
    told = [o for o in analysis.origins if not o.withdrawn]
    assert {(o.source, o.node.report, o.cls, o.established, frozenset(o.reports)) for o in told} == naive.origins
    assert len(told) == len(naive.origins)
    assert set(analysis.established_origins) == naive.established
    origins_of_parties = {frozenset(party.origins) for party in analysis.established_parties}
    assert origins_of_parties == {frozenset(part & naive.established) for part in naive.parties}
    assert len(analysis.established_parties) == len(naive.parties)
    cited = [part for part in components(chains.ties, only_cited=True) if part & naive.established]
    assert analysis.parties_cited_only == len(cited)
    assert analysis.verdict is naive.verdict()
    for origin in told:
        if origin.established:
            assert origin.party is not None
            assert origin.source in analysis.parties[origin.party].origins


@many
@given(chains=claims)
def test_the_ties_of_a_party_join_its_origins_and_further_ones_the_rest(chains: Chains) -> None:
    analysis, naive = both(chains)
    for party in analysis.parties:
        every = [*party.ties, *party.further_ties]
        assert all(tie.kind is not TieKind.EXAMINED_NO_TIE for tie in every)
        assert not set(party.ties) & set(party.further_ties)
        joining: nx.Graph[int] = nx.Graph((tie.source, tie.other) for tie in party.ties)
        joining.add_nodes_from(party.origins)
        assert not joining or nx.is_tree(joining)
        linking: nx.Graph[int] = nx.Graph((tie.source, tie.other) for tie in every)
        linking.add_nodes_from(party.origins)
        assert nx.is_connected(linking)
        assert set(linking) <= set(party.members)
        standing = {s for report in naive.counting for w in naive.ways[report.report] if not is_cut(w) for s in w[0]}
        part = next(part for part in components(chains.ties) if party.group in part)
        loose = {source for source in standing if tied_to(source, chains.ties) & part}
        assert set(party.members) == (standing & part) | loose | {e for t in every for e in (t.source, t.other)}


@many
@given(chains=claims)
def test_chokepoints_are_the_sources_and_parties_on_every_route(chains: Chains) -> None:
    analysis, naive = both(chains)
    routes = naive.routes
    on_all = {s for s in IDENTIFIABLE if routes and all(s in way[0] for way in routes)}
    assert {c.source for c in analysis.chokepoints if c.source is not None} == on_all
    for index, party in enumerate(analysis.parties):
        part = next(part for part in components(chains.ties) if party.group in part)
        expected = bool(routes) and all(naive.touches(way, part) for way in routes)
        assert (index in {c.party for c in analysis.chokepoints}) == expected
    assert {c.paths for c in analysis.chokepoints} <= {len(routes)}


@many
@given(chains=claims)
def test_the_support_cut_is_a_smallest_set_on_every_route(chains: Chains) -> None:
    analysis, naive = both(chains)
    ways = [set(way[0]) for way in naive.routes]
    smallest = next(
        size for size in range(20) if any(all(set(c) & w for w in ways) for c in combinations(IDENTIFIABLE, size))
    )
    cut = analysis.support_cut
    assert all(set(cut.sources) & way for way in ways)
    assert (cut.size, cut.exact) == (len(cut.sources), True)
    assert cut.size == smallest
    assert set(impact(analysis, sources=cut.sources).fallen) == naive.supported


@many
@given(chains=claims, data=st.data())
def test_a_withdrawal_fells_the_reports_of_which_no_path_survives(chains: Chains, data: st.DataObject) -> None:
    analysis, naive = both(chains)
    sources = set(data.draw(st.lists(st.sampled_from(ANYBODY), max_size=3)))
    pairs = sorted({(hop.upstream, hop.downstream) for r in chains.reports for hop in r.hops}, key=str)
    hops = set(data.draw(st.lists(st.sampled_from(pairs), max_size=3))) if pairs else set()
    reports = data.draw(st.sets(st.integers(0, 5), max_size=1))
    documents = data.draw(st.sets(st.integers(0, 2), max_size=1))
    left = impact(
        analysis, sources=sources, reports=reports, documents=documents, hops=[HopKey(up, down) for up, down in hops]
    )
    withdrawn = {n for n in naive.supported if n in reports or naive.declared[n].document in documents}
    assert set(left.fallen) == {n for n in naive.supported if n in withdrawn or naive.falls(n, sources, hops)}
    assert set(left.standing) == naive.supported - set(left.fallen)


@many
@given(chains=claims)
def test_circles_are_those_that_networkx_finds_in_the_union_of_uncut_hops(chains: Chains) -> None:
    graph: nx.DiGraph[int] = nx.DiGraph()
    for report in chains.reports:
        for hop in report.hops:
            one, other = hop.upstream, hop.downstream
            if report.counted and hop.cut is None and one is not None and someone(one) and someone(other):
                graph.add_edge(one, other)
    check_circles(graph, analyse(chains).circles)


@settings(max_examples=500)
@given(edges=st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda e: e[0] != e[1]), max_size=24))
def test_circles_of_any_graph_are_those_that_networkx_finds(edges: set[tuple[int, int]]) -> None:
    onward: dict[int, set[int]] = {}
    for one, other in edges:
        onward.setdefault(one, set()).add(other)
    check_circles(nx.DiGraph(edges), circles(onward))


def check_circles(graph: nx.DiGraph[int], told: tuple[tuple[int, ...], ...]) -> None:
    expected = {from_smallest(circle) for circle in nx.simple_cycles(graph)}
    assert len(told) == len(set(told)) == min(MOST_CIRCLES, len(expected))
    assert set(told) <= expected


def from_smallest(circle: list[int]) -> tuple[int, ...]:
    place = circle.index(min(circle))
    return (*circle[place:], *circle[:place])


@settings(max_examples=400)
@given(routes=st.lists(st.sets(st.integers(0, 11), min_size=1, max_size=4), max_size=14))
def test_a_support_cut_of_any_routes_is_smallest_where_it_says_so(routes: list[set[int]]) -> None:
    cut = support_cut(routes)
    smallest = next(s for s in range(13) if any(all(set(c) & r for r in routes) for c in combinations(range(12), s)))
    assert all(set(cut.sources) & route for route in routes)
    assert cut.size == len(cut.sources) >= smallest
    if smallest <= 5:
        assert cut.exact
    if cut.exact:
        assert cut.size == smallest


def test_a_cut_beyond_five_that_nothing_proves_says_that_it_is_a_bound() -> None:
    """Triangles: no two routes of one are apart, so counting routes that share nobody proves only half the size."""
    triangles = [{3 * n + a, 3 * n + b} for n in range(4) for a, b in ((0, 1), (1, 2), (0, 2))]
    assert (support_cut(triangles).size, support_cut(triangles).exact) == (8, False)


def test_a_cut_beyond_five_that_apart_routes_prove_is_exact() -> None:
    assert support_cut([{n} for n in range(9)]).exact


def test_a_route_that_nobody_is_on_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be stopped"):
        support_cut([[]])


@settings(max_examples=200)
@given(chains=claims)
def test_the_answer_does_not_depend_on_the_order_of_the_reports_and_ties(chains: Chains) -> None:
    analysis = analyse(chains)
    other = analyse(Chains(ACTORS, chains.reports[::-1], chains.ties[::-1], chains.material_examined))
    assert (other.verdict, other.circles, other.parties_cited_only) == (
        analysis.verdict,
        analysis.circles,
        analysis.parties_cited_only,
    )
    assert [party.name for party in other.parties] == [party.name for party in analysis.parties]
    assert {(c.source, c.party) for c in other.chokepoints} == {(c.source, c.party) for c in analysis.chokepoints}
    assert other.support_cut.size == analysis.support_cut.size
