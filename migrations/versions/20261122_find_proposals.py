"""Find what waits for a person among millions of readings that do not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

PROPOSED = sa.text("recorded_to IS NULL AND state = 'proposed'")

revision = "20261122_find_proposals"
down_revision = "20261122_remember_intake"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_report_proposed", "report", ["id"], sqlite_where=PROPOSED, postgresql_where=PROPOSED)


def downgrade() -> None:
    op.drop_index("ix_report_proposed", table_name="report")
