"""A claim's trace as a graph for programs that draw and measure graphs: who relayed whom, and how often."""

from provenance.exchange.graph.asking import graph_of
from provenance.exchange.graph.travelled import Edge, Node, Part, Travelled, travelled
from provenance.exchange.graph.written import MEDIA_TYPES, GraphFormat, write

__all__ = ["MEDIA_TYPES", "Edge", "GraphFormat", "Node", "Part", "Travelled", "graph_of", "travelled", "write"]
