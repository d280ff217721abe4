"""Examples of decisions about proposals: what was read out of the agency's story, and what an editor said of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from api import examples
from provenance.answers_decisions import (
    DecisionItem,
    DecisionsAnswer,
    ExtractionStats,
    FieldCorrected,
    ProposalParts,
    RuleStats,
)
from provenance.answers_detail import DecisionNote
from provenance.vocabulary import Decided, ReportState

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHANGE = "chg_20261122t120000000000"
MACHINE = {"extractor": "rules 1", "rule": "told_outlet", "confidence": 0.83}
GROUNDS: dict[str, Any] = {"zone": "body", "confidences": {"source": 0.9, "content": 0.8}, "matches": []}
NOTE = DecisionNote(
    id="dec_tassdozensaaaaa",
    kind=Decided.ACCEPT,
    by="api: an editor",
    why="it stands in the story",
    changed=["attributions"],
    at=AT,
    change=CHANGE,
)
DECISION = DecisionItem(
    **NOTE.model_dump(),
    report=examples.REPORT.id,
    quote=examples.REPORT.quote,
    document=examples.DOCUMENT.id,
    extractor="rules 1",
    rule="told_outlet",
)
_PROPOSED = MACHINE | {"grounds": GROUNDS}
WAITING = examples.REPORT.model_copy(update={"state": ReportState.PROPOSED, **MACHINE})
ACCEPTED = examples.REPORT_DETAIL.model_copy(update={**_PROPOSED, "decisions": [NOTE]})
REJECTED = ACCEPTED.model_copy(
    update={
        "state": ReportState.REJECTED,
        "decisions": [NOTE.model_copy(update={"kind": Decided.REJECT, "why": "nobody says so", "changed": []})],
    }
)
MERGED = ACCEPTED.model_copy(
    update={
        "state": ReportState.PROPOSED,
        "decisions": [NOTE.model_copy(update={"kind": Decided.MERGE, "why": "one claim", "changed": ["claim"]})],
    }
)
PARTS = ProposalParts(
    split="rep_tassbothaaaaaaaa",
    parts=[
        WAITING.model_copy(update={"extractor": None, "rule": None, "confidence": None}),
        WAITING.model_copy(
            update={
                "id": "rep_tasspoliceaaaaaa",
                "claim": "clm_fourpoliceaaaaaa",
                "claim_text": "Four policemen were injured in Almaty in the night of 5 to 6 January 2022.",
                "quote": "four policemen were injured",
                "extractor": None,
                "rule": None,
                "confidence": None,
            }
        ),
    ],
    change=CHANGE,
)
MANY = DecisionsAnswer(
    dry_run=False,
    decision=Decided.ACCEPT,
    reports=[examples.REPORT.id],
    accepted={"claim": 1, "source": 2},
    retired={},
    claims=[examples.CLAIM.id],
    change=CHANGE,
)
RULE = RuleStats(
    extractor="rules 1",
    rule="told_outlet",
    proposed=210,
    waiting=90,
    accepted_as_proposed=102,
    accepted_after_edits=12,
    rejected=5,
    split=1,
    merged=7,
    right=0.85,
    fields=[FieldCorrected(field="attributions", corrected=12, right=0.8947)],
)
STATS = ExtractionStats(since=None, total=RULE.model_copy(update={"extractor": None, "rule": None}), rules=[RULE])
GIVEN: dict[str, dict[str, Any]] = {
    "accept": {"why": "it stands in the story"},
    "reject": {"why": "nobody says so"},
    "merge": {"into": examples.CLAIM.id, "why": "one claim"},
    "split": {
        "parts": [
            {"quote": "Dozens of attackers were eliminated", "claim": examples.CLAIM.id},
            {
                "quote": "four policemen were injured",
                "text": "Four policemen were injured in Almaty in the night of 5 to 6 January 2022.",
            },
        ],
        "why": "a toll for each side",
    },
    "decide": {
        "decision": "accept",
        "filter": {"rule": "told_outlet", "min_confidence": 0.8, "document": examples.DOCUMENT.id},
        "why": "read through",
        "dry_run": True,
    },
}
