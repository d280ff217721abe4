"""Let a review give no reasons, as published markup often does not: words of ours in their place were nobody's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# What stood for no reasons while there had to be some, and does so again where this is undone.
NONE_GIVEN = "Its markup gives no reasons."
# Where the history has these words they stay, for records and history tell the same.
TOLD = "SELECT 1 FROM history WHERE noun = 'review' AND public_id = review.public_id AND CAST(after AS TEXT) LIKE :told"
SAID = {"text": NONE_GIVEN, "told": f"%{NONE_GIVEN}%"}

revision = "20261123_let_reasons_be_missing"
down_revision = "20261123_keep_hooks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE review ALTER COLUMN reasons DROP NOT NULL")
    else:
        _replace("VARCHAR", "reasons")
    op.execute(
        sa.text(f"UPDATE review SET reasons = NULL WHERE reasons = :text AND NOT EXISTS ({TOLD})").bindparams(**SAID)
    )


def downgrade() -> None:
    op.execute(sa.text("UPDATE review SET reasons = :text WHERE reasons IS NULL").bindparams(text=NONE_GIVEN))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE review ALTER COLUMN reasons SET NOT NULL")
    else:
        _replace("VARCHAR DEFAULT '' NOT NULL", "reasons")


def _replace(kind: str, name: str) -> None:
    """SQLite cannot change whether a column may be empty; made anew, the table would lose its indexes."""
    op.execute(f"ALTER TABLE review ADD COLUMN {name}_made {kind}")
    op.execute(f"UPDATE review SET {name}_made = {name}")
    op.execute(f"ALTER TABLE review DROP COLUMN {name}")
    op.execute(f"ALTER TABLE review RENAME COLUMN {name}_made TO {name}")
