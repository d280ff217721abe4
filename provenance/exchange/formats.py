"""All formats, in the order of their worth to users, in which the page on exchange tells of them."""

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
    *prov.FORMATS,
    annotation.FORMAT,
    reconciling.FORMAT,
    tables.CSV,
    tables.PARQUET,
    tables.GED,
    tables.PACKAGE,
    everything.FORMAT,
    feeds.FORMAT,
    hooks.FORMAT,
    graphml.FORMAT,
    dot.FORMAT,
    mermaid.FORMAT,
    assisting.FORMAT,
)
