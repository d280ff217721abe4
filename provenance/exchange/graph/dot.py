"""DOT, which Graphviz and whatever reads Graphviz's files open: ready to be drawn, with the data in attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from provenance.exchange.addresses import page_of
from provenance.exchange.format import Direction, Format
from provenance.exchange.graph.labels import label_of, title_of, writable
from provenance.exchange.graph.travelled import Edge, Node, Part, Travelled

FORMAT = Format(
    key="dot",
    name="DOT",
    defined_by="Graphviz",
    directions=(Direction.WRITES,),
    where=("GET /v1/claims/{id}/graph?format=dot", "provenance graph CLAIM --as dot"),
    kept="What GraphML keeps, as attributes beside those that Graphviz draws; inferred hops are dashed, cut ones grey.",
    lost=(
        "The paths of single reports: the graph is their union, which proves nothing by itself.",
        "Quotes, figures, ties, corrections and flags.",
        "DOT has no types: numbers and yes or no are words.",
        "Backslashes and line breaks are escaped as in labels, in every attribute; control characters stand as U+FFFD.",
    ),
)
SHAPES: Mapping[Part, str] = {
    Part.ORIGIN: "box",
    Part.CARRIER: "ellipse",
    Part.PUBLISHER: "plain",
    Part.NOT_STATED: "none",
}
Attributes = Iterator[tuple[str, str | int | None]]


def write_dot(graph: Travelled, base: str) -> bytes:
    """The graph as DOT; what is not known has no attribute."""
    return "\n".join(_lines(graph, base)).encode()


def quoted(text: str) -> str:
    r"""Words as a quoted string; Graphviz reads the backslash as an escape in all that it draws.

    >>> print(quoted('a "general" \\ of\nthree'))
    "a \"general\" \\ of\nthree"
    """
    escaped = writable(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def drawn(text: str) -> str:
    """Words as they are to be drawn, where Graphviz would read ``&lt;`` and the like.

    >>> drawn("AT&amp;T")
    'AT&amp;amp;T'
    """
    return text.replace("&", "&amp;")


def _lines(graph: Travelled, base: str) -> Iterator[str]:
    yield f"digraph {quoted(graph.claim)} {{"
    yield f"  graph [{_listed(_of_graph(graph, base))}];"
    for node in graph.nodes:
        yield f"  {quoted(node.id)} [{_listed(_of_node(node, base))}];"
    for edge in graph.edges:
        yield f"  {quoted(edge.upstream)} -> {quoted(edge.downstream)} [{_listed(_of_edge(edge))}];"
    yield "}\n"


def _of_graph(graph: Travelled, base: str) -> Attributes:
    yield "rankdir", "LR"
    yield "label", drawn(title_of(graph))
    yield "text", graph.text
    yield "URL", page_of(base, graph.claim)
    yield "state", graph.state.value
    yield "verdict", graph.verdict.value
    yield "as_of", graph.as_of
    yield "known_at", graph.known_at


def _of_node(node: Node, base: str) -> Attributes:
    yield "label", drawn(node.name)
    yield "shape", SHAPES[node.part]
    yield "called", node.name
    yield "part", node.part.value
    yield "kind", node.kind and node.kind.value
    yield "origin_class", node.origin_class and node.origin_class.value
    yield "party", node.party
    yield "reports_begun", node.begun
    yield "reports_published", node.published
    yield "established", _yes(node.established)
    yield "URL", None if node.part is Part.NOT_STATED else page_of(base, node.id)


def _of_edge(edge: Edge) -> Attributes:
    yield "label", drawn(label_of(edge))
    yield "manners", " ".join(manner.value for manner in edge.manners)
    yield "reports", edge.reports
    yield "first_seen", edge.first_seen
    yield "stated", _yes(edge.stated)
    yield "cut", _yes(edge.cut)
    yield "cut_by", edge.cut_by
    yield "cut_at", edge.cut_at
    yield "cut_reason", edge.cut_reason
    yield "style", None if edge.stated else "dashed"
    yield "color", "grey" if edge.cut else None


def _listed(attributes: Attributes) -> str:
    return ", ".join(f"{name}={quoted(str(value))}" for name, value in attributes if value is not None)


def _yes(held: bool) -> str:
    return str(held).lower()
