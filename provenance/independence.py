"""How independent the origins of one claim are: which are established, which parties they form, and the verdict.

It speaks of procedure, never of truth: "single" says that everybody repeats one party, not that the party errs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provenance.declared import Actor, Chains, Node, Path, Tie
from provenance.ties import Groups, above, grouped, joining_ties, topmost
from provenance.vocabulary import Basis, OriginClass, Verdict


@dataclass(frozen=True, slots=True)
class OriginFinding:
    """One node that begins declared paths, as one class; ``party`` is an index into the parties.

    ``reports`` are those in which an uncut path begins with it; where all its paths are cut it is ``withdrawn``,
    not established, and they are the reports of the cut ones.
    """

    node: Node
    cls: OriginClass
    established: bool
    party: int | None
    reports: tuple[int, ...]
    withdrawn: bool = False

    @property
    def source(self) -> int:
        """The id of the source that it is."""
        return self.node.actor


@dataclass(frozen=True, slots=True)
class Party:
    """Established origins that ties join, or, not ``established``, only placeholders tied to one group.

    ``ties`` are those that join its origins, and so prove that they count once. ``further_ties`` link the rest to
    them: its placeholders, and the body that it is named after. ``members`` are its origins, its placeholders, the
    carriers on declared paths that ties join to it, and whoever stands on one of these ties. ``group`` is the smallest
    id of all sources so joined.
    """

    name: str
    established: bool
    origins: tuple[int, ...]
    ties: tuple[Tie, ...]
    members: tuple[int, ...]
    group: int
    further_ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class Independence:
    """The verdict with its proof: origins, the parties that they form, and the reason as a sentence."""

    origins: tuple[OriginFinding, ...]
    parties: tuple[Party, ...]
    parties_cited_only: int
    verdict: Verdict
    why: str


def weigh(chains: Chains, paths: Sequence[Path], groups: Groups) -> Independence:
    """Weighs the declared paths of the reports that count.

    Two parties are examined when somebody signed `examined_no_tie` between an origin of each or a body above it: a
    look at a television station says nothing about the ministry that shares its owner.

    A spokeswoman and her police, tied, are one party however many repeat them:

    >>> from provenance.declared import Declared, Hop, declared_paths
    >>> from provenance.vocabulary import Manner, SourceKind, TieKind
    >>> actors = {1: Actor(1, "Saltanat Azirbek", SourceKind.SPOKESPERSON),
    ...           2: Actor(2, "Almaty police", SourceKind.POLICE), 3: Actor(3, "Tass", SourceKind.NEWS_AGENCY)}
    >>> reports = tuple(Declared(i, i, 3, (Hop(i, 3, Manner.SAID),)) for i in (1, 2))
    >>> chains = Chains(actors, reports, (Tie(1, TieKind.SPEAKS_FOR, 2, Basis.CITED),))
    >>> paths = [path for report in reports for path in declared_paths(report, actors)]
    >>> print(weigh(chains, paths, grouped(chains.ties, actors)).why)
    2 established origins belong to one party, Almaty police, joined by 1 tie.
    """
    origins = _origins(chains, paths)
    established = {finding.source for finding in origins if finding.established}
    parties = _parties(chains, paths, established, groups)
    number = {party.group: index for index, party in enumerate(parties)}
    placed = tuple(_placed(finding, number, groups, chains.actors) for finding in origins)
    counted = [party for party in parties if party.established]
    cited = grouped((tie for tie in groups.ties if tie.basis is Basis.CITED), chains.actors)
    cited_only = len({cited.group.get(source, source) for source in established})
    open_pair = _unexamined_pair(counted, groups, chains.actors)
    verdict = _verdict(counted, open_pair)
    named = [chains.actors[source].name for source in sorted(established)]
    why = _why(verdict, placed, named, counted, open_pair, cited_only)
    return Independence(placed, parties, cited_only, verdict, why)


def _origins(chains: Chains, paths: Sequence[Path]) -> list[OriginFinding]:
    standing: dict[tuple[Node, OriginClass], dict[int, None]] = {}
    cut: dict[tuple[Node, OriginClass], dict[int, None]] = {}
    for path in paths:
        found = cut if path.withdrawn else standing
        found.setdefault((path.origin, path.origin_class), {})[path.report] = None
    findings = [
        OriginFinding(node, cls, _established(node, cls, chains), None, tuple(reports))
        for (node, cls), reports in standing.items()
    ]
    findings += [
        OriginFinding(node, cls, False, None, tuple(reports), withdrawn=True)
        for (node, cls), reports in cut.items()
        if (node, cls) not in standing
    ]
    return sorted(findings, key=lambda f: (not f.established, f.withdrawn, -len(f.reports), f.node.key, f.cls.value))


def _established(node: Node, cls: OriginClass, chains: Chains) -> bool:
    if cls is OriginClass.MATERIAL:
        return node.actor in chains.material_examined
    return cls.establishable


def _parties(chains: Chains, paths: Sequence[Path], established: set[int], groups: Groups) -> tuple[Party, ...]:
    actors = chains.actors
    present: dict[int, set[int]] = {}
    backing: dict[int, set[int]] = {}
    for path in paths:
        if path.withdrawn:
            continue
        for node in path.nodes:
            for group in groups.of(actors[node.actor]):
                present.setdefault(group, set()).add(node.actor)
                backing.setdefault(group, set()).add(path.report)
    found = []
    for group, sources in present.items():
        origins = sorted(sources & established)
        loose = sorted(source for source in sources if actors[source].kind.placeholder)
        if origins or loose:
            found.append((_party(group, origins, loose, sources, groups, actors), len(backing[group])))
    found.sort(key=lambda pair: (not pair[0].established, -pair[1], pair[0].name, pair[0].group))
    return tuple(party for party, _ in found)


def _party(
    group: int, origins: list[int], loose: list[int], present: set[int], groups: Groups, actors: Mapping[int, Actor]
) -> Party:
    joined = origins + loose
    if len(joined) == 1 and origins:
        return Party(actors[origins[0]].name, True, tuple(origins), (), tuple(sorted(present)), group)
    reached = {s: n for s, n in above(joined, groups, actors).items() if groups.group.get(s, s) == group}
    if not reached:  # an editor tied the named source to the placeholder instead of the other way round
        reached = {source: 1 for source, own in groups.group.items() if own == group} or {group: 1}
    top = topmost(reached, groups, actors)
    ties = joining_ties(origins, groups, actors) if origins else ()
    linking = joining_ties([*joined, top.id], groups, actors)
    further = tuple(tie for tie in linking if tie not in ties)
    on_ties = {end for tie in (*ties, *further) for end in (tie.source, tie.other)}
    return Party(top.name, bool(origins), tuple(origins), ties, tuple(sorted(present | on_ties)), group, further)


def _placed(
    finding: OriginFinding, number: Mapping[int, int], groups: Groups, actors: Mapping[int, Actor]
) -> OriginFinding:
    parties = sorted(number[group] for group in groups.of(actors[finding.source]) if group in number)
    party = parties[0] if parties else None
    return OriginFinding(finding.node, finding.cls, finding.established, party, finding.reports, finding.withdrawn)


def _unexamined_pair(
    parties: Sequence[Party], groups: Groups, actors: Mapping[int, Actor]
) -> tuple[Party, Party] | None:
    party_of = {source: i for i, party in enumerate(parties) for source in above(party.origins, groups, actors)}
    signed = set()
    for tie in groups.examined:
        ends = party_of.get(tie.source), party_of.get(tie.other)
        signed |= {ends, ends[::-1]}
    pairs = ((i, j) for i in range(len(parties)) for j in range(i + 1, len(parties)))
    first = next((pair for pair in pairs if pair not in signed), None)
    return None if first is None else (parties[first[0]], parties[first[1]])


def _verdict(parties: Sequence[Party], open_pair: tuple[Party, Party] | None) -> Verdict:
    if not parties:
        return Verdict.NOT_ESTABLISHED
    if len(parties) == 1:
        return Verdict.SINGLE
    return Verdict.UNEXAMINED if open_pair else Verdict.ESTABLISHED


def _why(
    verdict: Verdict,
    origins: Iterable[OriginFinding],
    established: Sequence[str],
    parties: Sequence[Party],
    open_pair: tuple[Party, Party] | None,
    cited_only: int,
) -> str:
    match verdict:
        case Verdict.NOT_ESTABLISHED:
            return _why_nobody(origins)
        case Verdict.SINGLE:
            said = _why_single(established, parties[0])
        case Verdict.UNEXAMINED:
            assert open_pair is not None
            one, other = open_pair[0].name, open_pair[1].name
            said = f"{_names(parties)}; nobody has examined whether {one} and {other} are tied."
        case Verdict.ESTABLISHED:
            said = f"{_names(parties)}; each pair of them was examined and signed as not tied."
    if cited_only != len(parties):
        said += f" By cited ties alone they are {cited_only} parties."
    return said


def _why_single(origins: Sequence[str], party: Party) -> str:
    if len(origins) == 1:
        return f"One established origin: {origins[0]}."
    uncited = sum(tie.basis is not Basis.CITED for tie in party.ties)
    known = "that is only commonly known" if len(party.ties) == 1 else f"({uncited} of them only commonly known)"
    note = f" {known}" if uncited else ""
    ties = _many(len(party.ties), "tie")
    return f"{len(origins)} established origins belong to one party, {party.name}, joined by {ties}{note}."


def _why_nobody(origins: Iterable[OriginFinding]) -> str:
    counts: dict[str, int] = {}
    for finding in origins:
        word = "withdrawn" if finding.withdrawn else finding.cls.value.replace("_", " ")
        if finding.cls is OriginClass.MATERIAL and not finding.withdrawn:
            word = "material that nobody examined"
        counts[word] = counts.get(word, 0) + 1
    listed = ", ".join(f"{count} {word}" for word, count in counts.items())
    return f"No origin is established: {listed or 'no report asserts the claim'}."


def _names(parties: Sequence[Party]) -> str:
    shown = ", ".join(party.name for party in parties[:5])
    more = f" and {len(parties) - 5} more" if len(parties) > 5 else ""
    return f"{len(parties)} parties: {shown}{more}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
