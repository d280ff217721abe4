"""Which graph files there are, and how each is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from provenance.exchange.graph.dot import write_dot
from provenance.exchange.graph.graphml import write_graphml
from provenance.exchange.graph.mermaid import write_mermaid
from provenance.exchange.graph.travelled import Travelled


class GraphFormat(StrEnum):
    """The formats of graph files."""

    GRAPHML = "graphml"
    DOT = "dot"
    MERMAID = "mermaid"


def write(graph: Travelled, asked: GraphFormat, base: str) -> bytes:
    """The graph as a file in UTF-8; ``base`` is the address of the server, for the links to pages."""
    return WRITERS[asked](graph, base)


WRITERS: Mapping[GraphFormat, Callable[[Travelled, str], bytes]] = {
    GraphFormat.GRAPHML: write_graphml,
    GraphFormat.DOT: write_dot,
    GraphFormat.MERMAID: write_mermaid,
}
# Only the one of Graphviz is registered; the other two are what their programs ask for.
MEDIA_TYPES: Mapping[GraphFormat, str] = {
    GraphFormat.GRAPHML: "application/graphml+xml",
    GraphFormat.DOT: "text/vnd.graphviz",
    GraphFormat.MERMAID: "text/vnd.mermaid",
}
