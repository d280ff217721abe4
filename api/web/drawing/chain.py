"""The chain of a claim as a figure of its page: the picture, its form for narrow screens, and the same in words."""

from __future__ import annotations

import hashlib

from markupsafe import Markup

from api.web.drawing.chain_graph import chain_graph
from api.web.drawing.chain_layout import laid_out
from api.web.drawing.chain_parts import ChainGraph
from api.web.drawing.chain_svg import svg
from api.web.drawing.routes_told import aside, narrow, told
from api.web.words import counted
from provenance.answers_trace import Trace


def draw_chain(trace: Trace) -> Markup:
    """The whole `<figure>` of a claim's chain, for a page with ``chain.css`` and, where it can be had, ``chain.js``.

    A claim that no document states has no chain; then a sentence says so. The reports of the page stand under the
    address ``#reports``, to which the documents of the picture link.
    """
    graph = chain_graph(trace)
    if not graph.routes:
        return Markup(
            '<p class="chain-none">No document that is held states it, so there is no chain to draw.</p>{}'
        ).format(aside(graph))
    sources = _ids(trace)
    # Two pictures of one claim, as of two dates, may stand on one page: what is inside must not share a name.
    asked = f"{trace.claim.id} {trace.as_of} {trace.known_at}"
    name = f"chain-{hashlib.sha256(asked.encode()).hexdigest()[:8]}"
    return Markup(
        '<figure class="chain-figure{}"><div class="chain-wide">{}{}</div>{}'
        "<figcaption>{}</figcaption>"
        '<details class="chain-told"><summary>The same in words</summary>{}</details></figure>'
    ).format(
        " plain" if graph.plain else "",
        svg(laid_out(graph), name, sources, _label(graph)),
        aside(graph, drawn=True),
        narrow(graph, sources),
        _caption(graph),
        told(graph, sources),
    )


def _label(graph: ChainGraph) -> str:
    first = len([box for box in graph.boxes if box.column == 0])
    return (
        f"The chain from who is named first ({counted(first, 'entry', 'entries')}) to "
        f"{counted(graph.documents, 'document')}; the same in words stands below"
    )


def _caption(graph: ChainGraph) -> str:
    if graph.plain:
        return "Read from left to right: who is named first, through whom, and where it was published."
    return (
        "Bands are reports: as wide as there are reports that say they have it that way. A report that names two "
        "sources first stands in two bands; carriers that it quotes together stand in one box."
    )


def _ids(trace: Trace) -> dict[str, str]:
    """Public ids of sources by name."""
    ids = {origin.source: origin.source_id for origin in trace.origins}
    for edge in trace.edges:
        ids[edge.downstream] = edge.downstream_id
        if edge.upstream and edge.upstream_id:
            ids[edge.upstream] = edge.upstream_id
    return ids | {report.publisher: report.publisher_id for report in trace.reports}
