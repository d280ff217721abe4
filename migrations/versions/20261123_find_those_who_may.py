"""Find sessions by key and end, taken writes by their age, who may see a record, and what not everybody may see,
by its visibility or because nobody stands behind it yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

INDEXES = {
    "ix_browser_session_key_id": ("browser_session", ["key_id"]),
    "ix_browser_session_expires_at": ("browser_session", ["expires_at"]),
    "ix_taken_request_taken_at": ("taken_request", ["taken_at"]),
    "ix_audience_record": ("audience", ["record"]),
    "ix_redaction_record": ("redaction", ["record"]),
}
FACTS = [
    "archived_copy",
    "attribution",
    "audience",
    "claim",
    "contact",
    "correction",
    "coverage",
    "decision",
    "desk_item",
    "desk_note",
    "document",
    "document_relation",
    "event",
    "evidence",
    "figure",
    "hook",
    "interest",
    "merge",
    "own_correction",
    "redaction",
    "report",
    "review",
    "review_evidence",
    "review_page",
    "ruling",
    "source",
    "source_name",
    "tally",
    "tie",
    "verification",
    "watch",
]
NOT_PUBLIC = sa.text("visibility <> 'public'")
STATED = {
    "claim": ["version_of", "state", "public_id"],
    "event": ["version_of", "state", "public_id"],
    "report": ["version_of", "state", "public_id", "document_id"],
    "review": ["version_of", "state", "public_id"],
    "source": ["version_of", "state", "public_id"],
}
WAITING = sa.text("state <> 'accepted'")

revision = "20261123_find_those_who_may"
down_revision = "20261123_show_and_redact"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    for table in FACTS:
        op.create_index(
            f"ix_{table}_withheld", table, ["public_id"], sqlite_where=NOT_PUBLIC, postgresql_where=NOT_PUBLIC
        )
    for table, columns in STATED.items():
        op.create_index(f"ix_{table}_unsettled", table, columns, sqlite_where=WAITING, postgresql_where=WAITING)


def downgrade() -> None:
    for table in STATED:
        op.drop_index(f"ix_{table}_unsettled", table_name=table)
    for table in FACTS:
        op.drop_index(f"ix_{table}_withheld", table_name=table)
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table_name=table)
