"""Mermaid, which GitHub, GitLab, Notion and notebooks draw from a few lines of text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from provenance.exchange.addresses import page_of
from provenance.exchange.format import Direction, Format
from provenance.exchange.graph.labels import label_of, title_of, writable
from provenance.exchange.graph.travelled import Edge, Part, Travelled

FORMAT = Format(
    key="mermaid",
    name="Mermaid flowchart",
    defined_by="Mermaid",
    directions=(Direction.WRITES,),
    where=("GET /v1/claims/{id}/graph?format=mermaid", "provenance graph CLAIM --as mermaid"),
    kept="The claim as the title, with its state where it is only proposed; each source by its name, its part by a "
    "class and a shape, and a link to its page; each hop with its manners, reports, first date, and whether it is "
    "inferred (dotted) or cut (a cross).",
    lost=(
        "Mermaid has no attributes: kinds, classes of origins, parties and counts of sources are left out.",
        "The paths of single reports: the graph is their union, which proves nothing by itself.",
        "Control characters stand as U+FFFD.",
        "The pairs ﬂ° and ¶ß, with which Mermaid marks codes itself, are drawn as & and ;",
    ),
)
SHAPES: Mapping[Part, tuple[str, str]] = {
    Part.ORIGIN: ("[", "]"),
    Part.CARRIER: ("(", ")"),
    Part.PUBLISHER: ("([", "])"),
    Part.NOT_STATED: ("((", "))"),
}
# ASCII that Mermaid, Markdown or HTML give a meaning, and line breaks.
TELLING = re.compile(r"[!-/:-@\[-`{-~\t\n\r\x85\u2028\u2029]")


def write_mermaid(graph: Travelled, base: str) -> bytes:
    """The graph as a flowchart from left to right."""
    return "\n".join(_lines(graph, base)).encode()


def coded(text: str) -> str:
    """Words for a quoted label: whatever could mean something there is told by its number.

    >>> coded('Tass "1" <b>')
    'Tass #34;1#34; #60;b#62;'
    """
    return TELLING.sub(lambda found: f"#{ord(found[0])};", writable(text))


def _lines(graph: Travelled, base: str) -> Iterator[str]:
    yield "---"
    yield f"title: {_title(title_of(graph))}"
    yield "---"
    yield "flowchart LR"
    for node in graph.nodes:
        opening, closing = SHAPES[node.part]
        yield f'  {node.id}{opening}"{coded(node.name)}"{closing}'
    for edge in graph.edges:
        yield f'  {edge.upstream} {_arrow(edge)}|"{coded(label_of(edge))}"| {edge.downstream}'
    for part in Part:
        if of_it := [node.id for node in graph.nodes if node.part is part]:
            yield f"  class {','.join(of_it)} {part.value}"
    for node in graph.nodes:
        if node.part is not Part.NOT_STATED:
            yield f'  click {node.id} href "{page_of(base, node.id)}"'
    yield ""


def _title(text: str) -> str:
    # The head is YAML, of which a JSON string is one; Mermaid takes what looks like a tag apart, quotes included.
    line = " ".join(writable(text).split())
    return json.dumps(line, ensure_ascii=False).replace("<", "\\u003c").replace("%", "\\u0025")


def _arrow(edge: Edge) -> str:
    match edge.stated, edge.cut:
        case True, False:
            return "-->"
        case True, True:
            return "--x"
        case False, False:
            return "-.->"
        case _:
            return "-.-x"
