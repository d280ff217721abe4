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
    # SQLite compares a column with a bare expression by other rules, under which no index on it would be of use.
    sqlite = op.get_bind().dialect.name == "sqlite"
    key = "CAST(coalesce(version_of, id) AS INTEGER)" if sqlite else "coalesce(version_of, id)"
    for table in FACTS:
        op.create_index(f"ix_{table}_lasting", table, [sa.text(key)])


def downgrade() -> None:
    for table in reversed(FACTS):
        op.drop_index(f"ix_{table}_lasting", table)
