"""What one report declares about where it has a claim from: its hops, the paths they make, and each path's origin.

A report is supported only by the paths that it declares itself. Nothing here looks at a second report, so no path
that nobody declared can arise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from provenance.errors import InvalidInput
from provenance.vocabulary import Basis, HopBasis, Manner, OriginClass, SourceKind, TieKind

# A real page names a handful of sources; thousands of routes through one page are a mistake in the coding, and
# listing them would stall every answer about the claim.
MOST_PATHS = 1_000

# The bases on which a publisher is an origin by itself, and a carrier more than a carrier.
CLASS_OF_BASIS: Mapping[HopBasis, OriginClass] = {
    HopBasis.WITNESSED: OriginClass.FIRST_HAND,
    HopBasis.COMPILED: OriginClass.COMPILED,
    HopBasis.MATERIAL: OriginClass.MATERIAL,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A source as the analysis sees it."""

    id: int
    name: str
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class Span:
    """An instant known to an interval, both ends included, in UTC."""

    earliest: datetime
    latest: datetime

    def overlaps(self, earliest: datetime | None, latest: datetime | None) -> bool:
        """Whether the two intervals share an instant; None is unbounded."""
        return (latest is None or self.earliest <= latest) and (earliest is None or earliest <= self.latest)


@dataclass(frozen=True, slots=True)
class Cut:
    """Why a hop supports nothing any more: by whom, when if known (ISO 8601), and the reason in words."""

    by: str
    at: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Hop:
    """The downstream source relays the upstream one; upstream None: the page marks relaying and not from whom."""

    upstream: int | None
    downstream: int
    manner: Manner
    as_named: str | None = None
    basis: HopBasis = HopBasis.UNKNOWN
    stated: bool = True
    access: str | None = None  # why an outlet vouches for people whom it does not name
    cut: Cut | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """One report's chain. Parallel carriers are several hops.

    ``own_basis`` says that the publisher itself saw, counted or holds material; it is a path of its own beside the
    hops. Denials, questions and mentions are not ``counted``: their paths are listed and support nothing. A report
    that was taken back as a whole is ``cut``, and so are all its paths, those without any hop too.
    """

    report: int
    document: int
    publisher: int
    hops: tuple[Hop, ...]
    published: Span | None = None
    own_basis: HopBasis | None = None
    counted: bool = True
    cut: Cut | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """``source`` KIND ``other``, valid from and to the given instants; None is always."""

    source: int
    kind: TieKind
    other: int
    basis: Basis
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    reference: str | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Chains:
    """Everything the analysis of one claim may look at; ``actors`` holds every source that a hop or tie mentions."""

    actors: Mapping[int, Actor]
    reports: tuple[Declared, ...]
    ties: tuple[Tie, ...] = ()
    material_examined: frozenset[int] = frozenset()

    @property
    def moment(self) -> Span | None:
        """When the earliest report that counts was published: the ties that count are those valid then."""
        return first_published(report for report in self.reports if report.counted)


@dataclass(frozen=True, slots=True)
class Node:
    """A source on a path. A placeholder is another node in each report; ``report`` is None for everybody else."""

    actor: int
    report: int | None = None

    @property
    def key(self) -> tuple[int, int]:
        """A sorting key."""
        return (self.actor, -1 if self.report is None else self.report)


@dataclass(frozen=True, slots=True)
class Path:
    """One declared path, origin first, publisher last.

    ``withdrawn`` paths have a cut hop; ``supports`` says that it is uncut and holds somebody identifiable.
    """

    report: int
    nodes: tuple[Node, ...]
    hops: tuple[Hop, ...]
    origin_class: OriginClass
    withdrawn: bool
    supports: bool

    @property
    def origin(self) -> Node:
        """Its first node, whatever its class: where the origin is not stated, the last named carrier."""
        return self.nodes[0]


def first_published(reports: Iterable[Declared]) -> Span | None:
    """When the earliest of these reports was published; None where no date is known."""
    spans = [report.published for report in reports if report.published is not None]
    return min(spans, key=lambda span: (span.earliest, span.latest)) if spans else None


def node_of(actor: Actor, report: int) -> Node:
    """The node that a source is in a report."""
    return Node(actor.id, report if actor.kind.placeholder else None)


def declared_paths(declared: Declared, actors: Mapping[int, Actor], tied: Set[int] = frozenset()) -> tuple[Path, ...]:
    """All paths that a report declares, from each first node to its publisher, in the order of its hops.

    ``tied`` holds the placeholders that an editor has tied to somebody identifiable: naming them supports a report.
    Raises InvalidInput as `check_declared` does.

    Tass says that Khabar 24 quoted the Interior Ministry; the ministry is the origin, neither carrier is:

    >>> ministry = Actor(1, "Interior Ministry", SourceKind.GOVERNMENT_BODY)
    >>> khabar = Actor(2, "Khabar 24", SourceKind.BROADCASTER)
    >>> tass = Actor(3, "Tass", SourceKind.NEWS_AGENCY)
    >>> hops = (Hop(1, 2, Manner.QUOTED), Hop(2, 3, Manner.REPORTED))
    >>> [path] = declared_paths(Declared(10, 100, 3, hops), {1: ministry, 2: khabar, 3: tass})
    >>> [node.actor for node in path.nodes], path.origin_class.value
    ([1, 2, 3], 'named')

    Where Tass names only Khabar 24, nobody knows from whom Khabar 24 has it:

    >>> [path] = declared_paths(Declared(11, 101, 3, hops[1:]), {2: khabar, 3: tass})
    >>> path.origin.actor, path.origin_class.value
    (2, 'not_stated')
    """
    order = check_declared(declared, actors)
    reaching: dict[int, list[tuple[Hop, ...]]] = {source: [] for source in order}
    incoming = _incoming(declared.hops)
    for source in order:
        for hop in incoming.get(source, ()):
            before: Iterable[tuple[Hop, ...]] = [()] if hop.upstream is None else reaching[hop.upstream]
            reaching[source] += [(*hops, hop) for hops in before]
        if source not in incoming:
            reaching[source] = [()]
    routes = reaching[declared.publisher]
    if declared.hops and declared.own_basis in CLASS_OF_BASIS:
        routes = [*routes, ()]
    return tuple(_path(declared, hops, actors, tied) for hops in routes)


def check_declared(declared: Declared, actors: Mapping[int, Actor]) -> tuple[int, ...]:
    """Refuses a chain that contradicts itself; answers its sources in an order that follows the hops.

    Raises InvalidInput, naming the field, for an unknown source, a placeholder as publisher, a hop from a source to
    itself, the same hop twice, a hop out of the publisher, a circle, a hop that does not lead to the publisher, and
    for more than `MOST_PATHS` paths.

    >>> khabar = Actor(2, "Khabar 24", SourceKind.BROADCASTER)
    >>> check_declared(Declared(10, 100, 2, (Hop(2, 2, Manner.SAID),)), {2: khabar})
    Traceback (most recent call last):
    ...
    provenance.errors.InvalidInput: Report 10: Khabar 24 cannot relay itself; leave this hop out.
    """
    _check_publisher(declared, actors)
    _check_hops(declared, actors)
    order = _order(declared, actors)
    _check_dangling(declared, actors)
    _check_size(declared, order)
    return order


def _path(declared: Declared, hops: tuple[Hop, ...], actors: Mapping[int, Actor], tied: Set[int]) -> Path:
    sources = [hop.upstream for hop in hops if hop.upstream is not None]
    sources.append(declared.publisher)
    if hops and hops[0].upstream is None:
        sources = [hop.downstream for hop in hops]
    nodes = tuple(node_of(actors[source], declared.report) for source in sources)
    origin_class = _origin_class(actors[sources[0]], hops, declared.own_basis)
    withdrawn = declared.cut is not None or any(hop.cut is not None for hop in hops)
    if len(sources) == 1:
        identifies = origin_class.establishable
    else:
        identifies = any(node.report is None or node.actor in tied for node in nodes[:-1])
    return Path(declared.report, nodes, hops, origin_class, withdrawn, identifies and not withdrawn)


def _origin_class(first: Actor, hops: tuple[Hop, ...], own_basis: HopBasis | None) -> OriginClass:
    if first.kind is SourceKind.COLLECTIVE:
        return OriginClass.COLLECTIVE
    if first.kind is SourceKind.UNNAMED:
        vouched = any(hop.upstream == first.id and hop.access for hop in hops)
        return OriginClass.ANONYMOUS_VOUCHED if vouched else OriginClass.UNNAMED
    if hops and hops[0].upstream is None:
        return OriginClass.NOT_STATED
    if first.kind is SourceKind.WITNESS:
        return OriginClass.FIRST_HAND
    basis = hops[0].basis if hops else own_basis
    if basis is not None and basis in CLASS_OF_BASIS:
        return CLASS_OF_BASIS[basis]
    return OriginClass.NOT_STATED if first.kind.carries else OriginClass.NAMED


def _incoming(hops: tuple[Hop, ...]) -> dict[int, list[Hop]]:
    incoming: dict[int, list[Hop]] = {}
    for hop in hops:
        incoming.setdefault(hop.downstream, []).append(hop)
    return incoming


def _check_publisher(declared: Declared, actors: Mapping[int, Actor]) -> None:
    if declared.publisher not in actors:
        raise _refusal(declared, "publisher", f"there is no source {declared.publisher}; record it first.")
    if actors[declared.publisher].kind.placeholder:
        name = actors[declared.publisher].name
        raise _refusal(declared, "publisher", f"{name!r} identifies nobody; give the document an outlet.")


def _check_hops(declared: Declared, actors: Mapping[int, Actor]) -> None:
    seen: set[tuple[int | None, int]] = set()
    for number, hop in enumerate(declared.hops):
        field = f"hops[{number}]"
        for end, source in (("upstream", hop.upstream), ("downstream", hop.downstream)):
            if source is not None and source not in actors:
                raise _refusal(declared, f"{field}.{end}", f"there is no source {source}; record it first.")
        if hop.upstream == hop.downstream:
            name = actors[hop.downstream].name
            raise _refusal(declared, field, f"{name} cannot relay itself; leave this hop out.")
        if hop.upstream == declared.publisher:
            name = actors[declared.publisher].name
            raise _refusal(declared, f"{field}.upstream", f"{name} publishes this document; no hop leads on from it.")
        if (hop.upstream, hop.downstream) in seen:
            raise _refusal(declared, field, "this hop stands here twice; keep one of them.")
        seen.add((hop.upstream, hop.downstream))


def _order(declared: Declared, actors: Mapping[int, Actor]) -> tuple[int, ...]:
    waiting = dict.fromkeys([declared.publisher], 0)
    onward: dict[int, list[int]] = {}
    for hop in declared.hops:
        waiting[hop.downstream] = waiting.get(hop.downstream, 0) + (hop.upstream is not None)
        if hop.upstream is not None:
            waiting.setdefault(hop.upstream, 0)
            onward.setdefault(hop.upstream, []).append(hop.downstream)
    order = [source for source, count in waiting.items() if not count]
    for source in order:
        for downstream in onward.get(source, ()):
            waiting[downstream] -= 1
            if not waiting[downstream]:
                order.append(downstream)
    if len(order) < len(waiting):
        names = ", ".join(sorted(actors[source].name for source, count in waiting.items() if count))
        raise _refusal(declared, "hops", f"the hops run in a circle ({names}); a page cannot declare that.")
    return tuple(order)


def _check_dangling(declared: Declared, actors: Mapping[int, Actor]) -> None:
    onward = {hop.upstream for hop in declared.hops}
    for number, hop in enumerate(declared.hops):
        if hop.downstream not in onward and hop.downstream != declared.publisher:
            ends, publisher = actors[hop.downstream].name, actors[declared.publisher].name
            text = f"this hop ends at {ends} and never reaches {publisher}; add the hops between them."
            raise _refusal(declared, f"hops[{number}].downstream", text)


def _check_size(declared: Declared, order: tuple[int, ...]) -> None:
    incoming = _incoming(declared.hops)
    routes: dict[int, int] = {}
    for source in order:
        hops = incoming.get(source)
        routes[source] = sum(1 if hop.upstream is None else routes[hop.upstream] for hop in hops) if hops else 1
    if routes[declared.publisher] > MOST_PATHS:
        text = f"its hops make {routes[declared.publisher]} paths, more than {MOST_PATHS}; code fewer carriers."
        raise _refusal(declared, "hops", text)


def _refusal(declared: Declared, field: str, text: str) -> InvalidInput:
    return InvalidInput(f"Report {declared.report}: {text}", field=field)
