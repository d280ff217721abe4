"""What language models are told over the Model Context Protocol, and what they are not; the tools are in
``provenance/assistants``.
"""

from __future__ import annotations

from provenance.exchange.format import Direction, Format

FORMAT = Format(
    key="mcp",
    name="Model Context Protocol",
    defined_by="the Model Context Protocol project",
    directions=(Direction.WRITES, Direction.READS),
    where=("provenance mcp", "provenance mcp --http PORT", "provenance mcp --write"),
    kept="The answers to the ten questions, each as sentences, as numbers under keys, and with citations: public ids, "
    "pages, the words of documents and their addresses. Claims, reports, rules and terms are resources. With --write, "
    "claims and reports come in as proposals that name the assistant.",
    lost=(
        "Answers are bounded: at most 50 points and some citations; each says exactly how much there is, or that "
        "nobody counted, and where the rest is.",
        "Long sentences and quotes are cut and marked as cut; the whole words are behind the page.",
        "An assistant cannot accept, change or delete anything, and no tool shows what a desk keeps about its work.",
    ),
)
