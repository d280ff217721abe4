"""Find sessions by key and end, taken writes by their age, and who may see a record."""

from __future__ import annotations

from alembic import op

INDEXES = {
    "ix_browser_session_key_id": ("browser_session", ["key_id"]),
    "ix_browser_session_expires_at": ("browser_session", ["expires_at"]),
    "ix_taken_request_taken_at": ("taken_request", ["taken_at"]),
    "ix_audience_record": ("audience", ["record"]),
    "ix_redaction_record": ("redaction", ["record"]),
}

revision = "20261123_find_those_who_may"
down_revision = "20261123_show_and_redact"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table_name=table)
