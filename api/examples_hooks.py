"""Examples of hooks: a newsroom's own program wants to hear when a figure of the founding case is withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from api import examples
from provenance.answers_hooks import HookItem, HookMessageItem, HookSecretItem, NewHook
from provenance.vocabulary import Happening

AT = datetime(2026, 11, 23, 14, 10, tzinfo=UTC)
HOOK = HookItem(
    id="hok_newsroomaaaaaaaa",
    url="https://desk.example/hooks/provenance",
    about=[Happening.FLAG_RAISED, Happening.CORRECTION_ARRIVED],
    rules=["retracted", "zombie"],
    event=examples.CLAIM.event,
    claim=None,
    note="Tells the night desk.",
    active=True,
    waiting=0,
    recorded_from=AT,
)
KEY = "whsec_bm90IGEga2V5IHRoYXQgaXMgdXNlZCBhbnl3aGVyZQ=="
NEW_HOOK = NewHook(**HOOK.model_dump(), secret=KEY)
SECRET = HookSecretItem(id=HOOK.id, secret=KEY)
MESSAGE = HookMessageItem(
    id="msg_retractedaaaaaaa",
    hook=HOOK.id,
    happening=Happening.FLAG_RAISED,
    body={
        "type": "flag_raised",
        "timestamp": AT.isoformat(),
        "data": {
            "claim": {
                "id": examples.CLAIM.id,
                "text": examples.CLAIM.text,
                "url": f"https://claims.example/claims/{examples.CLAIM.id}",
            },
            "flag": {
                "title": "Withdrawn",
                "rule": "retracted",
                "reason": "Taken back by Interior Ministry on 2022-01-10.",
                "clears_when": "The withdrawal itself is withdrawn.",
            },
        },
    },
    created_at=AT,
    due_at=AT,
    attempts=1,
    delivered_at=AT,
    gave_up_at=None,
    answer="204",
)
GIVEN: dict[str, dict[str, Any]] = {
    "hook": {
        "url": HOOK.url,
        "about": ["flag_raised", "correction_arrived"],
        "rules": ["retracted", "zombie"],
        "event": HOOK.event,
        "note": HOOK.note,
    },
    "change_hook": {"active": False},
}
