"""What one claim loses when sources, hops, reports or documents are withdrawn: an analysis with them and one without.

Nothing is taken out of a chain. What is withdrawn is cut, so that every path keeps its first node: a page that loses
its ministry does not make the agency in between an origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from provenance.chain import Analysis, Chains, Cut, Declared, Hop, HopKey, Path, analyse, impact
from provenance.ties import grouped
from provenance.vocabulary import Withdrawn

WITHDRAWN = Cut("whoever asks what if", None, "withdrawn for the question")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What is withdrawn or distrusted, as far as it concerns one claim; ``whole``: the claim itself is."""

    sources: frozenset[int] = frozenset()
    reports: frozenset[int] = frozenset()
    documents: frozenset[int] = frozenset()
    hops: frozenset[HopKey] = frozenset()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that breaks a path: what it is, and its id; a hop by its ends."""

    kind: Withdrawn
    key: int | HopKey | None


@dataclass(frozen=True, slots=True)
class BrokenPath:
    """A declared path that supported its report, and everything withdrawn that stands on it."""

    path: Path
    by: tuple[Breach, ...]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows for one claim.

    ``broken`` holds the supporting paths that break, by report; ``fallen`` the reports of which all do; ``standing``
    those that are still supported, each with the paths that do it. ``before`` and ``after`` are over the same reports
    and paths.
    """

    before: Analysis
    after: Analysis
    broken: Mapping[int, tuple[BrokenPath, ...]]
    fallen: tuple[int, ...]
    standing: Mapping[int, tuple[Path, ...]]

    @property
    def touched(self) -> bool:
        """Whether any path that supported a report no longer does."""
        return bool(self.broken)

    @property
    def loses_all_support(self) -> bool:
        """Whether it had support and has none left."""
        return bool(self.fallen) and not self.standing


def consequence(chains: Chains, withdrawal: Withdrawal) -> Consequence:
    """What a claim loses, and what it still rests on.

    Tass has the claim from the Interior Ministry through Khabar 24, Interfax from the ministry itself. Without Khabar
    24 the report of Tass falls; Khabar 24 does not become an origin, and what is left rests on the ministry:

    >>> from provenance.chain import Actor
    >>> from provenance.vocabulary import Manner, SourceKind
    >>> kinds = {1: SourceKind.GOVERNMENT_BODY, 2: SourceKind.BROADCASTER, 3: SourceKind.NEWS_AGENCY,
    ...          4: SourceKind.NEWS_AGENCY}
    >>> names = {1: "Interior Ministry", 2: "Khabar 24", 3: "Tass", 4: "Interfax"}
    >>> actors = {key: Actor(key, names[key], kind) for key, kind in kinds.items()}
    >>> tass = Declared(10, 100, 3, (Hop(1, 2, Manner.SAID), Hop(2, 3, Manner.QUOTED)))
    >>> interfax = Declared(11, 101, 4, (Hop(1, 4, Manner.TOLD),))
    >>> left = consequence(Chains(actors, (tass, interfax)), Withdrawal(sources=frozenset({2})))
    >>> left.fallen, list(left.standing), left.loses_all_support
    ((10,), [11], False)
    >>> [names[origin.source] for origin in left.after.origins], left.after.support_cut.sources
    (['Interior Ministry'], (1,))

    Without the ministry nothing is left, and no carrier takes its place:

    >>> left = consequence(Chains(actors, (tass, interfax)), Withdrawal(sources=frozenset({1})))
    >>> left.loses_all_support, left.after.verdict.value, [origin.withdrawn for origin in left.after.origins]
    (True, 'not_established', [True])
    """
    before = analyse(chains)
    everything = frozenset(report.report for report in chains.reports) if withdrawal.whole else withdrawal.reports
    left = impact(
        before,
        sources=withdrawal.sources,
        reports=everything,
        documents=withdrawal.documents,
        hops=withdrawal.hops,
    )
    return Consequence(
        before, analyse(without(chains, withdrawal)), _broken(before, withdrawal), left.fallen, left.standing
    )


def without(chains: Chains, withdrawal: Withdrawal) -> Chains:
    """The same chains with everything withdrawn cut; what was cut before keeps its own reason."""
    return replace(chains, reports=tuple(_cut(report, withdrawal) for report in chains.reports))


def breaches(path: Path, document: int, withdrawal: Withdrawal) -> tuple[Breach, ...]:
    """Everything withdrawn that stands on a path: the claim, its document and report, its sources, then its hops."""
    found = [Breach(Withdrawn.CLAIM, None)] if withdrawal.whole else []
    if document in withdrawal.documents:
        found.append(Breach(Withdrawn.DOCUMENT, document))
    if path.report in withdrawal.reports:
        found.append(Breach(Withdrawn.REPORT, path.report))
    named = dict.fromkeys(node.actor for node in path.nodes if node.actor in withdrawal.sources)
    found += [Breach(Withdrawn.SOURCE, source) for source in named]
    found += [Breach(Withdrawn.HOP, key) for hop in path.hops for key in _keys(hop, path.report, withdrawal)]
    return tuple(found)


def joined(chains: Chains, sources: Iterable[int]) -> frozenset[int]:
    """The sources, and everybody whom ties valid for the claim join to any of them, placeholders too.

    >>> from provenance.chain import Actor, Tie
    >>> from provenance.vocabulary import Basis, SourceKind, TieKind
    >>> actors = {1: Actor(1, "Saltanat Azirbek", SourceKind.SPOKESPERSON),
    ...           2: Actor(2, "Almaty police", SourceKind.POLICE), 3: Actor(3, "Tass", SourceKind.NEWS_AGENCY)}
    >>> speaks = Tie(1, TieKind.SPEAKS_FOR, 2, Basis.COMMONLY_KNOWN)
    >>> sorted(joined(Chains(actors, (), (speaks,)), [2]))
    [1, 2]
    """
    given = frozenset(sources)
    groups = grouped(chains.ties, chains.actors, chains.moment)
    meant = frozenset(
        group for source in given if source in chains.actors for group in groups.of(chains.actors[source])
    )
    return given | {actor.id for actor in chains.actors.values() if groups.of(actor) & meant}


def _broken(before: Analysis, withdrawal: Withdrawal) -> dict[int, tuple[BrokenPath, ...]]:
    supporting = ((report, path) for report in before.reports if report.supported for path in report.paths)
    found: dict[int, tuple[BrokenPath, ...]] = {}
    for report, path in supporting:
        by = breaches(path, report.document, withdrawal) if path.supports else ()
        if by:
            found[report.report] = (*found.get(report.report, ()), BrokenPath(path, by))
    return found


def _cut(report: Declared, withdrawal: Withdrawal) -> Declared:
    gone = (
        withdrawal.whole
        or report.report in withdrawal.reports
        or report.document in withdrawal.documents
        or report.publisher in withdrawal.sources
    )
    hops = tuple(
        replace(hop, cut=hop.cut or WITHDRAWN) if _is_gone(hop, report.report, withdrawal) else hop
        for hop in report.hops
    )
    return replace(report, hops=hops, cut=report.cut or (WITHDRAWN if gone else None))


def _is_gone(hop: Hop, report: int, withdrawal: Withdrawal) -> bool:
    ends = {hop.upstream, hop.downstream}
    return bool(ends & withdrawal.sources or _keys(hop, report, withdrawal))


def _keys(hop: Hop, report: int, withdrawal: Withdrawal) -> list[HopKey]:
    meant = (HopKey(hop.upstream, hop.downstream), HopKey(hop.upstream, hop.downstream, report))
    return [key for key in meant if key in withdrawal.hops]
