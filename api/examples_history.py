"""The examples of the history: the wording of a claim was put right, and that was undone."""

from __future__ import annotations

from datetime import UTC, datetime

from provenance.answers import Page
from provenance.answers_history import ChangeDetail, FieldChange, HistoryItem

BEFORE = {
    "text": "Dozens of attackers were killed in Almaty overnight.",
    "kind": "figure",
    "event": "evt_w5k3almatynight",
    "tally": None,
    "visibility": "public",
}
AFTER = {**BEFORE, "text": "Dozens of attackers were eliminated in Almaty overnight."}
ENTRY = HistoryItem(
    id="ent_6f1c2ab07d934e5581c0",
    change="chg_20261122t120000000000",
    at=datetime(2026, 11, 22, 12, tzinfo=UTC),
    who="api: Ana",
    why="The agency's word was eliminated.",
    action="changed",
    noun="claim",
    record="clm_w5k3dozensalmaty",
    changes=[FieldChange(field="text", before=BEFORE["text"], after=AFTER["text"])],
    before=BEFORE,
    after=AFTER,
    previous="0b7e" * 16,
    hash="6f1c2ab07d934e5581c0" + "4d2a" * 11,
    undoable=True,
)
RECORD_PAGE = Page[HistoryItem](items=[ENTRY], next=None)
CHANGE = ChangeDetail(
    id=ENTRY.change,
    at=ENTRY.at,
    who=ENTRY.who,
    why=ENTRY.why,
    entries=1,
    undoable=True,
    obstacles=[],
    items=[ENTRY],
    next=None,
)
UNDOING = CHANGE.model_copy(
    update={
        "id": "chg_20261122t123000000000",
        "at": datetime(2026, 11, 22, 12, 30, tzinfo=UTC),
        "why": "Killed is what the claim says; eliminated is how one report words it.",
        "items": [
            ENTRY.model_copy(
                update={
                    "id": "ent_90aa41d3cc7b2e6f5512",
                    "change": "chg_20261122t123000000000",
                    "at": datetime(2026, 11, 22, 12, 30, tzinfo=UTC),
                    "why": "Killed is what the claim says; eliminated is how one report words it.",
                    "changes": [FieldChange(field="text", before=AFTER["text"], after=BEFORE["text"])],
                    "before": AFTER,
                    "after": BEFORE,
                    "previous": ENTRY.hash,
                    "hash": "90aa41d3cc7b2e6f5512" + "7c1e" * 11,
                }
            )
        ],
    }
)
