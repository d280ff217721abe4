"""What Web Annotation can say of a report, and what it cannot; and the names that it goes by in HTTP and JSON-LD."""

from __future__ import annotations

from provenance.exchange.format import Direction, Format

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'

# How the words that weaken a claim are told in a comment, and known again.
HEDGED = "Words that weaken it: “{}”"

FORMAT = Format(
    key="annotation",
    name="Web Annotation",
    defined_by="W3C Web Annotation Data Model; the exports of Hypothesis are read, too",
    directions=(Direction.WRITES, Direction.READS),
    where=(
        "GET /v1/reports/{id}/annotation",
        "GET /v1/documents/{id}/annotations",
        "POST /v1/annotations",
        "provenance annotations FILE",
    ),
    kept="The document by its address, with the archived copy and when it was retrieved; the words of the report with "
    "what stands before and after them, and their place in code points of the text that is held; the claim by the "
    "address of its page and in its words; the stance; words that weaken it and notes, as comments; which program read "
    "it; when it was recorded and changed.",
    lost=(
        "The chain: who is named, who carried it, in which manner. An annotation joins words with a claim, no more.",
        "Figures, translations and when it was said.",
        "Places count in the text that is held; in the page of the publisher, or in its HTML, they may differ.",
        "What comes in is always a proposal: the state, confidence and rule of another database are not taken over.",
        "Of what comes in, replies, hidden and private rows are skipped; tags that are neither a stance, `claim` nor "
        "the id of a claim are reported and left.",
        "Of what comes in, a selector that gives no words (XPath, CSS, a range, a position alone) is not followed.",
    ),
)
