"""Find whichever state of a row held at a moment by the key under which others refer to the row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

FACTS = (
    "event",
    "coverage",
    "source",
    "source_name",
    "interest",
    "document",
    "document_relation",
    "tie",
    "tally",
    "claim",
    "report",
    "attribution",
    "figure",
    "evidence",
    "verification",
    "correction",
    "ruling",
    "review",
    "review_evidence",
    "merge",
)

revision = "20261122_find_states_by_key"
down_revision = "20261122_sign_ranges_and_merge"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in FACTS:
        op.create_index(f"ix_{table}_lasting", table, [sa.text("coalesce(version_of, id)")])


def downgrade() -> None:
    for table in reversed(FACTS):
        op.drop_index(f"ix_{table}_lasting", table)
