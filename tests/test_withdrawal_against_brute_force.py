"""`consequence` on thousands of random claims against the declared paths, tried one by one.

The oracle is that of the chains: ways walked hop by hop, tie components by networkx, and every set of sources for cuts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from provenance.chain import Chains, Declared, HopKey, analyse
from provenance.vocabulary import Withdrawn
from provenance.withdrawal import Withdrawal, consequence, joined, without
from tests.test_chain_against_brute_force import (
    ANYBODY,
    IDENTIFIABLE,
    Naive,
    Way,
    claims,
    components,
    many,
    random_claim,
    someone,
    tied_to,
)


@dataclass(frozen=True)
class Asked:
    """What is withdrawn, drawn from a seed as the claim is."""

    seed: int

    def of(self, chains: Chains) -> Withdrawal:
        rng = Random(self.seed)
        hops = sorted({(h.upstream, h.downstream, r.report) for r in chains.reports for h in r.hops}, key=str)
        drawn = rng.sample(hops, min(len(hops), rng.randint(0, 3)))
        return Withdrawal(
            sources=frozenset(rng.sample(ANYBODY, rng.choice([0, 0, 1, 1, 3]))),
            reports=frozenset(rng.sample(range(6), rng.choice([0, 0, 1]))),
            documents=frozenset(rng.sample(range(3), rng.choice([0, 0, 0, 1]))),
            hops=frozenset(HopKey(up, down, rng.choice([None, report])) for up, down, report in drawn),
            whole=rng.random() < 0.03,
        )


questions = st.builds(Asked, st.integers(0, 2**40))


def survives(report: Declared, way: Way, gone: Withdrawal) -> bool:
    sources, hops = way
    if gone.whole or report.report in gone.reports or report.document in gone.documents:
        return False
    if set(sources) & gone.sources:
        return False
    keys = {HopKey(hop.upstream, hop.downstream, at) for hop in hops for at in (None, report.report)}
    return not keys & gone.hops


def left_to(naive: Naive, gone: Withdrawal) -> dict[int, list[Way]]:
    """Of each report that is supported, the ways that support it and survive."""
    return {
        number: [
            way
            for way in naive.ways[number]
            if naive.supports(naive.declared[number], way) and survives(naive.declared[number], way, gone)
        ]
        for number in naive.supported
    }


@many
@given(chains=claims, asked=questions)
def test_a_report_falls_exactly_when_no_declared_path_survives(chains: Chains, asked: Asked) -> None:
    naive, gone = Naive(chains), asked.of(chains)
    found, left = consequence(chains, gone), left_to(Naive(chains), gone)
    assert set(found.fallen) == {number for number, ways in left.items() if not ways}
    told = {n: {tuple(node.actor for node in path.nodes) for path in paths} for n, paths in found.standing.items()}
    assert told == {number: {way[0] for way in ways} for number, ways in left.items() if ways}
    assert set(found.after.supported) == set(found.standing)
    assert found.loses_all_support == (bool(naive.supported) and not found.standing)


@many
@given(chains=claims, asked=questions)
def test_each_broken_path_names_all_that_breaks_it_and_nothing_else(chains: Chains, asked: Asked) -> None:
    naive, gone = Naive(chains), asked.of(chains)
    found = consequence(chains, gone)
    left = left_to(naive, gone)
    lost = {n: [way for way in naive.ways[n] if naive.supports(naive.declared[n], way)] for n in naive.supported}
    lost = {number: [way for way in ways if way not in left[number]] for number, ways in lost.items()}
    assert found.broken.keys() == {number for number, ways in lost.items() if ways}
    for number, broken in found.broken.items():
        report = naive.declared[number]
        assert {tuple(n.actor for n in each.path.nodes) for each in broken} == {way[0] for way in lost[number]}
        for each in broken:
            by = {kind: {b.key for b in each.by if b.kind is kind} for kind in Withdrawn}
            assert each.by
            assert by[Withdrawn.SOURCE] == {node.actor for node in each.path.nodes} & gone.sources
            keys = {HopKey(h.upstream, h.downstream, at) for h in each.path.hops for at in (None, number)}
            assert by[Withdrawn.HOP] == keys & gone.hops
            assert by[Withdrawn.REPORT] == {number} & gone.reports
            assert by[Withdrawn.DOCUMENT] == {report.document} & gone.documents
            assert bool(by[Withdrawn.CLAIM]) == gone.whole


@many
@given(chains=claims, asked=questions)
def test_what_is_left_rests_on_a_smallest_set(chains: Chains, asked: Asked) -> None:
    gone = asked.of(chains)
    cut = consequence(chains, gone).after.support_cut
    ways = [set(way[0]) for ways in left_to_routes(Naive(chains), gone) for way in ways]
    smallest = next(
        size for size in range(20) if any(all(set(c) & w for w in ways) for c in combinations(IDENTIFIABLE, size))
    )
    assert all(set(cut.sources) & way for way in ways)
    assert (cut.size, cut.exact) == (smallest, True)


def left_to_routes(naive: Naive, gone: Withdrawal) -> list[list[Way]]:
    """The uncut ways that survive of the reports that still stand, those that support nothing by themselves too."""
    standing = [number for number, ways in left_to(naive, gone).items() if ways]
    return [
        [
            way
            for way in naive.ways[number]
            if not any(hop.cut for hop in way[1]) and survives(naive.declared[number], way, gone)
        ]
        for number in standing
    ]


@many
@given(chains=claims, asked=questions)
def test_a_withdrawal_never_turns_a_carrier_into_an_origin(chains: Chains, asked: Asked) -> None:
    found = consequence(chains, asked.of(chains))
    for before, after in zip(found.before.reports, found.after.reports, strict=True):
        told = [(path.nodes, path.origin_class) for path in before.paths]
        assert [(path.nodes, path.origin_class) for path in after.paths] == told
    firsts = {(origin.node, origin.cls) for origin in found.before.origins}
    assert {(origin.node, origin.cls) for origin in found.after.origins} == firsts
    assert set(found.after.established_origins) <= set(found.before.established_origins)


@many
@given(chains=claims, asked=questions)
def test_withdrawing_twice_is_withdrawing_once(chains: Chains, asked: Asked) -> None:
    gone = asked.of(chains)
    once = without(chains, gone)
    assert without(once, gone) == once
    assert not consequence(once, gone).fallen
    assert analyse(once) == consequence(chains, gone).after


@many
@given(chains=claims, source=st.sampled_from(ANYBODY))
def test_linked_sources_are_those_that_ties_join_and_without_them_no_path_of_theirs_is_left(
    chains: Chains, source: int
) -> None:
    parts = components(chains.ties)
    if someone(source):
        group = next(part for part in parts if source in part)
    else:
        group = {s for part in parts if part & tied_to(source, chains.ties) for s in part}
    loose = {s for s in ANYBODY if not someone(s) and tied_to(s, chains.ties) & group}
    linked = joined(chains, [source])
    assert linked == {source} | group | loose
    gone = Withdrawal(sources=linked)
    found = consequence(chains, gone)
    assert set(found.fallen) == {number for number, ways in left_to(Naive(chains), gone).items() if not ways}
    assert not {node.actor for paths in found.standing.values() for path in paths for node in path.nodes} & linked


def test_withdrawing_nothing_changes_nothing() -> None:
    for seed in range(200):
        chains = random_claim(seed, 4, 3)
        found = consequence(chains, Withdrawal())
        assert (found.fallen, found.after) == ((), found.before)
