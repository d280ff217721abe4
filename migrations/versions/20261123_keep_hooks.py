"""Keep who is told over HTTP when something happens, and the messages on their way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
HOLDS = sa.text("recorded_to IS NULL")

revision = "20261123_keep_hooks"
down_revision = "20261123_keep_published_reviews"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT),
        sa.Column("version_of", sa.Integer()),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(500)),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("event_id", sa.Integer()),
        sa.Column("claim_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook")),
        sa.ForeignKeyConstraint(["version_of"], ["hook.id"], name=op.f("fk_hook_version_of_hook")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_hook_event_id_event")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_hook_claim_id_claim")),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_hook_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_hook_earlier_states_are_closed")
        ),
    )
    op.create_index("ix_hook_version_of", "hook", ["version_of"])
    sqlite = op.get_bind().dialect.name == "sqlite"
    key = "CAST(coalesce(version_of, id) AS INTEGER)" if sqlite else "coalesce(version_of, id)"
    op.create_index("ix_hook_lasting", "hook", [sa.text(key)])
    op.create_index("uq_hook_public_id", "hook", ["public_id"], unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS)
    op.create_table(
        "hook_secret",
        sa.Column("hook_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("hook_id", name=op.f("pk_hook_secret")),
        sa.ForeignKeyConstraint(["hook_id"], ["hook.id"], name=op.f("fk_hook_secret_hook_id_hook")),
    )
    op.create_table(
        "hook_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("hook_id", sa.Integer(), nullable=False),
        sa.Column("happening", sa.String(40), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("delivered_at", INSTANT),
        sa.Column("gave_up_at", INSTANT),
        sa.Column("answer", sa.String(300)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook_message")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hook_message_public_id")),
        sa.ForeignKeyConstraint(["hook_id"], ["hook.id"], name=op.f("fk_hook_message_hook_id_hook")),
    )


def downgrade() -> None:
    for table in ("hook_message", "hook_secret", "hook"):
        op.drop_table(table)
