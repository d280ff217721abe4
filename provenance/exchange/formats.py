"""All formats, in the order in which the page on exchange tells of them."""

from __future__ import annotations

from provenance.exchange import factcheck, reconciling
from provenance.exchange.annotation import format as annotation
from provenance.exchange.everything import about as everything
from provenance.exchange.format import Format
from provenance.exchange.graph import dot, graphml, mermaid

FORMATS: tuple[Format, ...] = (
    factcheck.FORMAT,
    everything.FORMAT,
    reconciling.FORMAT,
    annotation.FORMAT,
    graphml.FORMAT,
    dot.FORMAT,
    mermaid.FORMAT,
)
