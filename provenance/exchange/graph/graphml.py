"""GraphML, which Gephi, yEd, Cytoscape, igraph and networkx open: all that the graph knows, with its types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from provenance.exchange.addresses import page_of
from provenance.exchange.format import Direction, Format
from provenance.exchange.graph.labels import writable
from provenance.exchange.graph.travelled import Edge, Node, Part, Travelled

FORMAT = Format(
    key="graphml",
    name="GraphML",
    defined_by="GraphML 1.0 (graphdrawing.org)",
    directions=(Direction.WRITES,),
    where=("GET /v1/claims/{id}/graph?format=graphml", "provenance graph CLAIM --as graphml"),
    kept="Each source with its name, kind, part, class as an origin, party and counts; each hop with its manners, "
    "reports, first date, whether it is stated or inferred, and who cut it, when and why; the claim, its state, its "
    "verdict and the moment that was asked for.",
    lost=(
        "The paths of single reports: the graph is their union, which proves nothing by itself.",
        "Quotes, figures, ties, corrections and flags.",
        "Control characters, which XML cannot hold, stand as U+FFFD.",
    ),
)
NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Key:
    """An attribute of nodes, edges or the graph."""

    of: str
    name: str
    type: str

    @property
    def id(self) -> str:
        """What elements refer to it by."""
        return f"{self.of}_{self.name}"


# Gephi draws `label` and measures by `weight`; they say again what `name` and `reports` say.
KEYS = (
    *(Key("graph", name, "string") for name in ("claim", "text", "page", "state", "verdict", "as_of", "known_at")),
    *(Key("node", name, "string") for name in ("label", "name", "part", "kind", "origin_class", "party", "page")),
    *(Key("node", name, "int") for name in ("reports_begun", "reports_published")),
    Key("node", "established", "boolean"),
    *(Key("edge", name, "string") for name in ("manners", "first_seen", "cut_by", "cut_at", "cut_reason")),
    *(Key("edge", name, "int") for name in ("reports", "weight")),
    *(Key("edge", name, "boolean") for name in ("stated", "cut")),
)


def write_graphml(graph: Travelled, base: str) -> bytes:
    """The graph as GraphML; what is not known has no ``data``."""
    root = etree.Element(_tag("graphml"), nsmap={None: NAMESPACE})
    for key in KEYS:
        etree.SubElement(root, _tag("key"), {"id": key.id, "for": key.of, "attr.name": key.name, "attr.type": key.type})
    whole = etree.SubElement(root, _tag("graph"), {"id": graph.claim, "edgedefault": "directed"})
    _say(whole, "graph", _of_graph(graph, base))
    for node in graph.nodes:
        _say(etree.SubElement(whole, _tag("node"), {"id": node.id}), "node", _of_node(node, base))
    for edge in graph.edges:
        ends = {"source": edge.upstream, "target": edge.downstream}
        _say(etree.SubElement(whole, _tag("edge"), ends), "edge", _of_edge(edge))
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _of_graph(graph: Travelled, base: str) -> Iterator[tuple[str, Value]]:
    yield "claim", graph.claim
    yield "text", graph.text
    yield "page", page_of(base, graph.claim)
    yield "state", graph.state.value
    yield "verdict", graph.verdict.value
    yield "as_of", graph.as_of
    yield "known_at", graph.known_at


def _of_node(node: Node, base: str) -> Iterator[tuple[str, Value]]:
    yield "label", node.name
    yield "name", node.name
    yield "part", node.part.value
    yield "kind", node.kind and node.kind.value
    yield "origin_class", node.origin_class and node.origin_class.value
    yield "party", node.party
    yield "page", None if node.part is Part.NOT_STATED else page_of(base, node.id)
    yield "reports_begun", node.begun
    yield "reports_published", node.published
    yield "established", node.established


def _of_edge(edge: Edge) -> Iterator[tuple[str, Value]]:
    yield "manners", " ".join(manner.value for manner in edge.manners)
    yield "first_seen", edge.first_seen
    yield "cut_by", edge.cut_by
    yield "cut_at", edge.cut_at
    yield "cut_reason", edge.cut_reason
    yield "reports", edge.reports
    yield "weight", edge.reports
    yield "stated", edge.stated
    yield "cut", edge.cut


def _say(element: etree._Element, of: str, said: Iterator[tuple[str, Value]]) -> None:
    for name, value in said:
        if value is not None:
            data = etree.SubElement(element, _tag("data"), {"key": f"{of}_{name}"})
            data.text = writable(str(value).lower() if isinstance(value, bool) else str(value))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
