"""The graph that every graph file holds: the sources of one claim, and the hops between them, with what each is.

It is the union of what the reports declare, as in the trace: it is for drawing and measuring, and proves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from provenance.answers_trace import Trace, TracedEdge, TracedOrigin
from provenance.vocabulary import Manner, OriginClass, ReportState, SourceKind, Verdict


class Part(StrEnum):
    """Which part a source plays in how the claim travelled; the first that fits."""

    ORIGIN = "origin"
    CARRIER = "carrier"
    PUBLISHER = "publisher"
    NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Node:
    """A source, or, with the part ``not_stated``, the place of one whom a page does not name.

    ``origin_class`` is given where declared paths begin here, a carrier among them, which is never an origin;
    ``begun`` counts the reports with such a path, ``published`` those whose document it published.
    """

    id: str
    name: str
    part: Part
    kind: SourceKind | None = None
    origin_class: OriginClass | None = None
    established: bool = False
    party: str | None = None
    begun: int = 0
    published: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """One hop as the reports together declare it; ``first_seen`` is no more exact than is known."""

    upstream: str
    downstream: str
    manners: tuple[Manner, ...]
    reports: int
    first_seen: str | None
    stated: bool
    cut_by: str | None = None
    cut_at: str | None = None
    cut_reason: str | None = None

    @property
    def cut(self) -> bool:
        """Whether it supports nothing any more."""
        return self.cut_reason is not None


@dataclass(frozen=True, slots=True)
class Travelled:
    """How one claim travelled."""

    claim: str
    text: str
    verdict: Verdict
    as_of: str | None
    known_at: str | None
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    state: ReportState = ReportState.ACCEPTED


def travelled(trace: Trace, kinds: Mapping[str, SourceKind], state: ReportState = ReportState.ACCEPTED) -> Travelled:
    """The graph of a trace; ``kinds`` says of sources, by public id, what they are."""
    return Travelled(
        claim=trace.claim.id,
        text=trace.claim.text,
        verdict=trace.independence.verdict,
        as_of=trace.as_of,
        known_at=trace.known_at,
        nodes=tuple(_nodes(trace, kinds)),
        edges=tuple(_edge(edge) for edge in trace.edges),
        state=state,
    )


def source_ids(trace: Trace) -> list[str]:
    """The public ids of all sources that the trace names, each once, in the order of the trace."""
    return list(_names(trace))


def unnamed_before(downstream_id: str) -> str:
    """The id of the node that stands for whom a source relayed without naming anybody."""
    return f"not_stated_before_{downstream_id}"


def _names(trace: Trace) -> dict[str, str]:
    named = {origin.source_id: origin.source for origin in trace.origins}
    for edge in trace.edges:
        if edge.upstream_id is not None:
            named.setdefault(edge.upstream_id, edge.upstream or edge.upstream_id)
        named.setdefault(edge.downstream_id, edge.downstream)
    for report in trace.reports:
        named.setdefault(report.publisher_id, report.publisher)
    return named


def _nodes(trace: Trace, kinds: Mapping[str, SourceKind]) -> Iterator[Node]:
    origins = {origin.source_id: origin for origin in trace.origins}
    relaying = {edge.upstream_id for edge in trace.edges}
    published = Counter(report.publisher_id for report in trace.reports)
    for public_id, name in _names(trace).items():
        origin = origins.get(public_id)
        yield Node(
            id=public_id,
            name=name,
            part=_part(origin, public_id in relaying),
            kind=kinds.get(public_id),
            origin_class=origin.origin_class if origin else None,
            established=origin is not None and origin.established,
            party=origin.party if origin else None,
            begun=origin.reports if origin else 0,
            published=published[public_id],
        )
    for edge in trace.edges:
        if edge.upstream_id is None:
            yield Node(unnamed_before(edge.downstream_id), "not stated", Part.NOT_STATED)


def _part(origin: TracedOrigin | None, relayed: bool) -> Part:
    if origin is not None and origin.origin_class is not OriginClass.NOT_STATED:
        return Part.ORIGIN
    return Part.CARRIER if relayed else Part.PUBLISHER


def _edge(edge: TracedEdge) -> Edge:
    cut = edge.cut
    return Edge(
        upstream=edge.upstream_id or unnamed_before(edge.downstream_id),
        downstream=edge.downstream_id,
        manners=tuple(edge.manners),
        reports=edge.reports,
        first_seen=edge.first_seen,
        stated=edge.stated,
        cut_by=cut.by if cut else None,
        cut_at=cut.at if cut else None,
        cut_reason=cut.reason if cut else None,
    )
