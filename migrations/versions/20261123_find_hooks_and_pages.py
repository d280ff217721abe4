"""Find hooks by what they are about, messages that are due, reviews by addresses and dates, and pages of reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

DUE = sa.text("delivered_at IS NULL AND gave_up_at IS NULL")
INDEXES = {
    "ix_hook_event_id": ("hook", ["event_id"]),
    "ix_hook_claim_id": ("hook", ["claim_id"]),
    "ix_hook_message_hook_id": ("hook_message", ["hook_id", "id"]),
    "ix_review_reviewed_at": ("review", ["reviewed_at", "id"]),
    "ix_review_url": ("review", ["url"]),
    "ix_review_page_page_url": ("review_page", ["page_url"]),
}

revision = "20261123_find_hooks_and_pages"
down_revision = "20261123_let_reasons_be_missing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    op.create_index("ix_hook_message_due", "hook_message", ["due_at"], sqlite_where=DUE, postgresql_where=DUE)


def downgrade() -> None:
    op.drop_index("ix_hook_message_due", table_name="hook_message")
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table_name=table)
