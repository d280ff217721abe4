"""Let a machine propose what a person then decides about, and keep the bytes that a document was read from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
HOLDS = sa.text("recorded_to IS NULL")
SPOKEN_OF = ("event", "source", "claim")

revision = "20261122_propose_and_decide"
down_revision = "20261122_find_changes_by_moment"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in SPOKEN_OF:
        op.add_column(table, sa.Column("state", sa.String(40), nullable=False, server_default="accepted"))
    op.add_column("report", sa.Column("rule", sa.String(100)))
    op.add_column("report", sa.Column("grounds", sa.JSON(none_as_null=True)))
    op.add_column("document", sa.Column("author", sa.String(500)))
    op.add_column("document", sa.Column("canonical_url", sa.String(2000)))
    op.create_index("ix_document_canonical_url", "document", ["canonical_url"])
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    _create_facts(
        "decision",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("why", sa.String()),
        sa.Column("extractor", sa.String(200)),
        sa.Column("rule", sa.String(100)),
        sa.Column("changed", sa.String(200)),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_decision_report_id_report")),
    )
    op.create_index("ix_decision_report_id", "decision", ["report_id"])
    op.create_index("ix_decision_rule", "decision", ["rule"])
    _create_facts(
        "archived_copy",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("url", sa.String(2000)),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_archived_copy_document_id_document")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_archived_copy_sha256_blob")),
    )
    op.create_index("ix_archived_copy_document_id", "archived_copy", ["document_id"])
    op.create_index(
        "uq_archived_copy_document_id_sha256",
        "archived_copy",
        ["document_id", "sha256"],
        unique=True,
        sqlite_where=HOLDS,
        postgresql_where=HOLDS,
    )


def downgrade() -> None:
    for table in ("archived_copy", "decision", "blob"):
        op.drop_table(table)
    op.drop_index("ix_document_canonical_url", table_name="document")
    for table, column in (
        ("document", "canonical_url"),
        ("document", "author"),
        ("report", "grounds"),
        ("report", "rule"),
        *((table, "state") for table in SPOKEN_OF),
    ):
        op.drop_column(table, column)


def _create_facts(table: str, *columns: sa.Column[object] | sa.ForeignKeyConstraint) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT),
        sa.Column("version_of", sa.Integer()),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["version_of"], [f"{table}.id"], name=op.f(f"fk_{table}_version_of_{table}")),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f(f"ck_{table}_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f(f"ck_{table}_earlier_states_are_closed")
        ),
    )
    op.create_index(f"ix_{table}_version_of", table, ["version_of"])
    sqlite = op.get_bind().dialect.name == "sqlite"
    key = "CAST(coalesce(version_of, id) AS INTEGER)" if sqlite else "coalesce(version_of, id)"
    op.create_index(f"ix_{table}_lasting", table, [sa.text(key)])
    op.create_index(
        f"uq_{table}_public_id", table, ["public_id"], unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS
    )
