"""Examples of a desk's own work: a ministry was asked and did not reply, and a sentence of ours was put right."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from api import examples
from provenance.answers import EvidenceRow
from provenance.answers_desk import (
    ClaimDesk,
    ContactItem,
    DeskEntry,
    DeskStep,
    DeskTask,
    NoteItem,
    OwnCorrectionItem,
    Publication,
    TaskClaim,
    TaskFlag,
    TaskSource,
    WatchItem,
)
from provenance.vocabulary import ContactMeans, ContactOutcome, DeskAct, DeskState

AT = datetime(2026, 11, 23, 14, 10, tzinfo=UTC)
_CLAIM = {"claim": examples.CLAIM.id, "claim_text": examples.CLAIM.text}
_EVENT = {"event": examples.CLAIM.event, "event_title": examples.CLAIM.event_title}
NOTE = NoteItem(
    id="nte_morguelistaaaaaa",
    claim=examples.CLAIM.id,
    author="Ana",
    at=AT,
    text="Look for the list of the city morgue.",
    recorded_from=AT,
)
CONTACT = ContactItem(
    id="con_ministryaaaaaaaa",
    claim=examples.CLAIM.id,
    asked="press office of the Interior Ministry",
    source="Interior Ministry",
    source_id="src_interioraaaaaaaa",
    how=ContactMeans.PHONE,
    at=AT,
    outcome=ContactOutcome.NO_REPLY,
    words=None,
    author="Ana",
    recorded_from=AT,
)
WATCH = WatchItem(
    id="wat_anadozensaaaaaaa",
    who="Ana",
    since=AT,
    noun="claim",
    watched=examples.CLAIM.id,
    label=examples.CLAIM.text,
    changed_at=AT,
)
OWN_CORRECTION = OwnCorrectionItem(
    id="own_threeagenciesaaa",
    **_CLAIM,
    **_EVENT,
    at=AT,
    said="Three news agencies confirmed the toll.",
    says="Three news agencies carried the toll; all of them have it from the police.",
    why="A reader asked who had counted.",
    author="Ana",
    recorded_from=AT,
)
ENTRY = DeskEntry(
    **_CLAIM,
    **_EVENT,
    status=examples.CLAIM.status,
    verdict=examples.CLAIM.verdict,
    documents=examples.CLAIM.documents,
    flags=examples.CLAIM.flags,
    state=DeskState.IN_PROGRESS,
    holder="Ana",
    due=datetime(2026, 11, 24, 17, tzinfo=UTC),
    notes=1,
    contacts=1,
    last_contact=CONTACT,
    watchers=["Ana"],
    own_corrections=1,
    changed_at=AT,
)
DESK = ClaimDesk(
    **_CLAIM,
    state=ENTRY.state,
    holder=ENTRY.holder,
    due=ENTRY.due,
    notes=[NOTE],
    contacts=[CONTACT],
    watches=[WATCH],
    own_corrections=[OWN_CORRECTION],
    steps=[DeskStep(at=AT, who="api: Ana", why=None, state=DeskState.IN_PROGRESS, holder="Ana", due=ENTRY.due)],
)
TASK = DeskTask(
    id="tsk_5f1c0b7a90d2",
    rank=1,
    act=DeskAct.CITE_TIE,
    do="Find a reference for a tie: Almaty police is part of Interior Ministry.",
    why="It alone would clear 1 flag of 1 claim, which 2 documents state.",
    settles=1,
    helps=0,
    figures=2,
    documents=2,
    rules=["uncited_tie"],
    flags=[
        TaskFlag(
            claim=examples.CLAIM.id,
            rule="uncited_tie",
            clears_when="A reference is given for this tie.",
            settles=True,
        )
    ],
    claims=[
        TaskClaim(
            id=examples.CLAIM.id,
            text=examples.CLAIM.text,
            documents=2,
            figures=2,
            state=DeskState.IN_PROGRESS,
            holder="Ana",
        )
    ],
    sources=[TaskSource(id="src_almatypoliceaaaa", name="Almaty police")],
    rows=[
        EvidenceRow(
            noun="source",
            id="src_almatypoliceaaaa",
            shows="Almaty police is part of Interior Ministry (only commonly known)",
        )
    ],
)
PUBLICATION = Publication(
    claim=examples.CLAIM.id,
    as_of=None,
    known_at=None,
    sentence=(
        "In the 2 documents held, searched until 22 November 2026, all reports that say who it is from go back to "
        f"linked sources of one party, State of Kazakhstan (as of 23 November 2026): “{examples.CLAIM.text}”"
    ),
    methods=["Searched by desk in 2 languages until 22 November 2026.", "Being repeated adds no origin."],
    citation=(
        f"“{examples.CLAIM.text}” Provenance, {examples.CLAIM.id}, as of 23 November 2026. "
        f"http://provenance.test/claims/{examples.CLAIM.id} (retrieved 23 November 2026)."
    ),
    address=f"http://provenance.test/claims/{examples.CLAIM.id}",
    own_corrections=[OWN_CORRECTION],
)
GIVEN: dict[str, dict[str, Any]] = {
    "desk": {"state": "in_progress", "holder": "Ana", "due": "2026-11-24T17:00:00Z"},
    "note": {"text": NOTE.text, "author": "Ana"},
    "change_note": {"text": "The list of the city morgue is at the archive."},
    "contact": {
        "asked": CONTACT.asked,
        "source": CONTACT.source_id,
        "how": "phone",
        "at": "2026-11-23T14:10:00Z",
        "outcome": "no_reply",
        "author": "Ana",
    },
    "change_contact": {"outcome": "promised", "words": "They will call back on Tuesday."},
    "watch": {"claim": examples.CLAIM.id, "who": "Ana"},
    "own_correction": {
        "claim": examples.CLAIM.id,
        "said": OWN_CORRECTION.said,
        "says": OWN_CORRECTION.says,
        "why": OWN_CORRECTION.why,
        "author": "Ana",
    },
    "change_own_correction": {"why": "Two readers asked who had counted."},
}
