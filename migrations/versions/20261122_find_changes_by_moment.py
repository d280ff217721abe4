"""Find what was written in one transaction, and by some moment, without reading the whole history."""

from __future__ import annotations

from alembic import op

revision = "20261122_find_changes_by_moment"
down_revision = "20261122_find_states_by_key"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_history_at", "history", ["at"])


def downgrade() -> None:
    op.drop_index("ix_history_at", "history")
