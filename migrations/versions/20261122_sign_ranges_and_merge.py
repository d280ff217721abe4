"""Let an editor sign a range with its method and grade, decide about zombies, and merge what turned out to be one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
HOLDS = sa.text("recorded_to IS NULL")
DECIDED = "kind <> 'zombie' OR (report_id IS NOT NULL AND upholds IS NOT NULL)"

revision = "20261122_sign_ranges_and_merge"
down_revision = "20261122_tell_when_it_was_said"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE ruling ADD COLUMN report_id INTEGER CONSTRAINT fk_ruling_report_id_report REFERENCES report (id)"
    )
    op.execute(f"ALTER TABLE ruling ADD COLUMN upholds BOOLEAN CONSTRAINT ck_ruling_zombie_or_not CHECK ({DECIDED})")
    op.create_index("ix_ruling_report_id", "ruling", ["report_id"])
    op.add_column("ruling", sa.Column("inclusions", sa.String()))
    op.add_column("ruling", sa.Column("scale", sa.String(100)))
    op.add_column("ruling", sa.Column("grade", sa.String(100)))
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT),
        sa.Column("version_of", sa.Integer()),
        sa.Column("noun", sa.String(40), nullable=False),
        sa.Column("gone", sa.String(40), nullable=False),
        sa.Column("kept", sa.String(40), nullable=False),
        sa.Column("moved", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
        sa.ForeignKeyConstraint(["version_of"], ["merge.id"], name=op.f("fk_merge_version_of_merge")),
        sa.CheckConstraint("gone <> kept", name=op.f("ck_merge_joins_two")),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_merge_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_merge_earlier_states_are_closed")
        ),
    )
    op.create_index("ix_merge_version_of", "merge", ["version_of"])
    op.create_index("ix_merge_kept", "merge", ["kept"])
    for column in ("public_id", "gone"):
        op.create_index(
            f"uq_merge_{column}", "merge", [column], unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS
        )


def downgrade() -> None:
    op.drop_table("merge")
    for column in ("grade", "scale", "inclusions"):
        op.drop_column("ruling", column)
    op.drop_index("ix_ruling_report_id", "ruling")
    op.drop_column("ruling", "upholds")
    op.drop_column("ruling", "report_id")
