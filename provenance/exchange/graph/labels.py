"""What stands on nodes and edges where a graph file is drawn, in words; the same in every format."""

from __future__ import annotations

import re

from provenance.exchange.graph.travelled import Edge
from provenance.phrases import counted

# XML cannot hold these, C programs end at the first, and nobody can see any: each becomes the sign for what is lost.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    r"""The text without what some format cannot hold.

    >>> writable("Tass\x00, ТАСС")
    'Tass�, ТАСС'
    """
    return UNWRITABLE.sub("\ufffd", text)


def label_of(edge: Edge) -> str:
    """A hop in a few words: how, how often, since when, and what is to be known of it.

    >>> label_of(Edge("src_a", "src_b", (), 8, "2022-01-06", stated=True))
    '8 reports, 2022-01-06'
    """
    said = [" / ".join(manner.value.replace("_", " ") for manner in edge.manners), counted(edge.reports, "report")]
    said += [edge.first_seen or "", "" if edge.stated else "inferred by an editor"]
    if edge.cut:
        said.append(f"cut by {edge.cut_by}" + (f" on {edge.cut_at}" if edge.cut_at else ""))
    return ", ".join(part for part in said if part)
