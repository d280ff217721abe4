"""What stands on nodes and edges where a graph file is drawn, in words; the same in every format."""

from __future__ import annotations

import re

from provenance.exchange.graph.travelled import Edge, Travelled
from provenance.phrases import counted
from provenance.vocabulary import ReportState

# XML cannot hold these, C programs end at the first, and nobody can see any: each becomes the sign for what is lost.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    r"""The text without what some format cannot hold.

    >>> writable("Tass\x00, ТАСС")
    'Tass�, ТАСС'
    """
    return UNWRITABLE.sub("\ufffd", text)


def title_of(graph: Travelled) -> str:
    """The claim in words, and that it is only proposed where nobody has accepted it.

    >>> from provenance.vocabulary import Verdict
    >>> title_of(Travelled("clm_a", "Dozens were killed.", Verdict.SINGLE, None, None, (), (), ReportState.PROPOSED))
    'Dozens were killed. (proposed)'
    """
    return graph.text if graph.state is ReportState.ACCEPTED else f"{graph.text} ({graph.state.value})"


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
