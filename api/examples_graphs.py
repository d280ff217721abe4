"""Examples of graph files: one hop of the founding case, written by what writes them all."""

from __future__ import annotations

from provenance.exchange.graph import Edge, GraphFormat, Node, Part, Travelled, write
from provenance.vocabulary import Manner, OriginClass, SourceKind, Verdict

GRAPH = Travelled(
    claim="clm_w5jops5txk5ioqn4",
    text="Dozens of attackers were eliminated in Almaty in the night of 5 to 6 January 2022.",
    verdict=Verdict.SINGLE,
    as_of=None,
    known_at=None,
    nodes=(
        Node(
            "src_5rrsmmkncbuomzqi",
            "Saltanat Azirbek",
            Part.ORIGIN,
            SourceKind.SPOKESPERSON,
            OriginClass.NAMED,
            established=True,
            party="State of Kazakhstan",
            begun=31,
        ),
        Node("src_zjtcr2v7aeopd7zg", "Khabar 24", Part.CARRIER, SourceKind.BROADCASTER),
    ),
    edges=(Edge("src_5rrsmmkncbuomzqi", "src_zjtcr2v7aeopd7zg", (Manner.TOLD,), 8, "2022-01-06", stated=True),),
)
GRAPHS = {one: write(GRAPH, one, "https://claims.example").decode() for one in GraphFormat}
