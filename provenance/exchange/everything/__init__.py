"""Everything that is held, as lines of JSON: written so that the same record stands again in another database."""

from __future__ import annotations

from provenance.exchange.format import Direction, Format

FORMAT = Format(
    key="json-lines",
    name="JSON Lines of everything",
    defined_by="JSON Lines (one JSON value in each line, UTF-8); what a line holds is ours: json-lines.md.",
    directions=(Direction.WRITES, Direction.READS),
    where=("GET /v1/export.jsonl", "provenance export", "provenance import"),
    kept=(
        "Every record in every state that it ever had, also proposals and what a desk keeps for itself, with the full "
        "texts and archived bytes of documents, the sealed history, and what taking documents in remembers. After the "
        "import every answer is the same, also as of and as known at earlier moments, on either kind of database."
    ),
    lost=(
        "The keys that messages to hooks are signed with, and messages that were not delivered yet.",
        "What is derived from the record (verdicts, flags, traces, the search index): it is made anew.",
        "Which of many hits a search shows first, where the other kind of database ranks them otherwise.",
    ),
)
