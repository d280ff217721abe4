"""All formats, in the order in which the page on exchange tells of them."""

from __future__ import annotations

from provenance.exchange import assisting, everything, factcheck, feeds, hooks, reconciling, tables
from provenance.exchange.annotation import format as annotation
from provenance.exchange.claimreview import about as claimreview
from provenance.exchange.format import Format
from provenance.exchange.graph import dot, graphml, mermaid
from provenance.exchange.prov import notations as prov

FORMATS: tuple[Format, ...] = (
    factcheck.FORMAT,
    claimreview.FORMAT,
    everything.FORMAT,
    reconciling.FORMAT,
    annotation.FORMAT,
    tables.CSV,
    tables.PARQUET,
    tables.GED,
    tables.PACKAGE,
    graphml.FORMAT,
    dot.FORMAT,
    mermaid.FORMAT,
    *prov.FORMATS,
    feeds.FORMAT,
    hooks.FORMAT,
    assisting.FORMAT,
)
