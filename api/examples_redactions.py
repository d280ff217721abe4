"""Examples of redactions: a witness who is to be named nowhere any more."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from provenance.analysis.redacting import REMAINING
from provenance.answers_redaction import Redacted, RedactedPlace, RedactionItem

TOMBSTONE = "red_witnessaaaaaaaaa"
WITNESS = "src_witnessaaaaaaaaa"
CHANGE = "chg_20261123t120000000000"
WHY = "The witness asked us to; their family was visited."

REDACT: dict[str, Any] = {"source": WITNESS, "also": ["Saule"], "why": WHY, "dry_run": False}

REDACTED = Redacted(
    dry_run=False,
    redaction=TOMBSTONE,
    change=CHANGE,
    source=WITNESS,
    texts=14,
    entries=5,
    claims=1,
    copies_removed=0,
    places=[
        RedactedPlace(table="document", column="text", texts=1),
        RedactedPlace(table="history", column="after", texts=5),
        RedactedPlace(table="report", column="quote", texts=1),
        RedactedPlace(table="source", column="name", texts=1),
        RedactedPlace(table="source_name", column="name", texts=1),
        RedactedPlace(table="standing", column="trace", texts=5),
    ],
    samples=["…we saw nobody fall, said █████, a construction worker…"],
    names=[],
    parts=[],
    spellings=[],
    namesakes=[],
    swept=True,
    remaining=REMAINING,
)

ITEM = RedactionItem(
    id=TOMBSTONE,
    noun="source",
    record=WITNESS,
    places=14,
    at=datetime(2026, 11, 23, 12, tzinfo=UTC),
    who="api: Ana",
    why=WHY,
    change=CHANGE,
)
