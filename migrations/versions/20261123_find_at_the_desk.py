"""Find what the desk noted, whom it asked, what it watches and what it put right, by the record that it is about."""

from __future__ import annotations

from alembic import op

INDEXES = {
    "ix_desk_note_claim_id": ("desk_note", ["claim_id"]),
    "ix_contact_claim_id": ("contact", ["claim_id", "at"]),
    "ix_contact_source_id": ("contact", ["source_id"]),
    "ix_watch_claim_id": ("watch", ["claim_id"]),
    "ix_watch_event_id": ("watch", ["event_id"]),
    "ix_watch_source_id": ("watch", ["source_id"]),
    "ix_watch_tally_id": ("watch", ["tally_id"]),
    "ix_own_correction_claim_id": ("own_correction", ["claim_id", "at"]),
}

revision = "20261123_find_at_the_desk"
down_revision = "20261123_keep_the_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table_name=table)
