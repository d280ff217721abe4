"""Examples of annotations: one report of the founding case, and what becomes of one that Hypothesis exports."""

from __future__ import annotations

from typing import Any

from provenance.answers_annotations import AnnotationsTaken, AnnotationTaken
from provenance.exchange.annotation.format import CONTEXT
from provenance.vocabulary import AnnotationOutcome

HERE = "https://claims.example"
WORDS = "dozens of attackers were eliminated"
ANNOTATION: dict[str, Any] = {
    "@context": CONTEXT,
    "id": f"{HERE}/v1/reports/rep_fund4rjbfnyvc3z3/annotation",
    "type": "Annotation",
    "motivation": "identifying",
    "created": "2026-11-23T03:50:53Z",
    "modified": "2026-11-23T03:50:53Z",
    "generator": {"id": f"{HERE}/", "type": "Software", "name": "Claim provenance"},
    "body": [
        {"type": "SpecificResource", "source": f"{HERE}/claims/clm_w5jops5txk5ioqn4", "purpose": "identifying"},
        {
            "type": "TextualBody",
            "value": "Dozens of attackers were eliminated in Almaty in the night of 5 to 6 January 2022.",
            "format": "text/plain",
            "purpose": "describing",
        },
        {
            "type": "TextualBody",
            "value": "asserts",
            "format": "text/plain",
            "purpose": "classifying",
            "language": "en",
        },
    ],
    "target": {
        "type": "SpecificResource",
        "source": "https://tass.com/world/1385415",
        "selector": [
            {"type": "TextQuoteSelector", "exact": WORDS, "prefix": "In the night, ", "suffix": ", the police said."},
            {"type": "TextPositionSelector", "start": 14, "end": 14 + len(WORDS)},
        ],
        "state": [{"type": "TimeState", "sourceDate": "2022-01-06T12:38:00Z"}],
    },
}
COLLECTION: dict[str, Any] = {
    "@context": CONTEXT,
    "id": f"{HERE}/v1/documents/doc_ljmdu25cixlgkyb5/annotations",
    "type": "AnnotationCollection",
    "label": "What is reported in https://tass.com/world/1385415",
    "total": 1,
    "first": f"{HERE}/v1/documents/doc_ljmdu25cixlgkyb5/annotations?page=0",
    "last": f"{HERE}/v1/documents/doc_ljmdu25cixlgkyb5/annotations?page=0",
}
OF_HYPOTHESIS: dict[str, Any] = {
    "uri": "https://tass.com/world/1385415",
    "user": "acct:checker@hypothes.is",
    "text": "Dozens of attackers were eliminated in Almaty in the night of 5 to 6 January 2022.",
    "tags": ["asserts"],
    "target": [
        {
            "source": "https://tass.com/world/1385415",
            "selector": [{"type": "TextQuoteSelector", "exact": WORDS, "suffix": ", the police said."}],
        }
    ],
}
SENT: dict[str, Any] = {
    "web_annotation": {"summary": "A Web Annotation", "value": ANNOTATION},
    "hypothesis": {"summary": "What Hypothesis exports", "value": {"rows": [OF_HYPOTHESIS]}},
}
TAKEN = AnnotationsTaken(
    dry_run=False,
    proposed=1,
    known=0,
    refused=0,
    items=[
        AnnotationTaken(
            place="rows.0",
            id=None,
            outcome=AnnotationOutcome.PROPOSED,
            report="rep_fund4rjbfnyvc3z3",
            claim="clm_w5jops5txk5ioqn4",
            document="doc_ljmdu25cixlgkyb5",
            reasons=["Its words stand at 14 to 49 in the text.", "A claim that is held reads the same as its words."],
        )
    ],
)
