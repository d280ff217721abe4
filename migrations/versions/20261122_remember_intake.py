"""Remember how far a bulk ingest came, what servers said last, which columns mean what, and sketches of texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")

revision = "20261122_remember_intake"
down_revision = "20261122_propose_and_decide"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ingestion_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(2000), nullable=False),
        sa.Column("options", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingestion_run")),
    )
    op.create_index("ix_ingestion_run_origin", "ingestion_run", ["origin"])
    op.create_table(
        "ingestion_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(2000), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("document", sa.String(40)),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingestion_item")),
        sa.ForeignKeyConstraint(["run_id"], ["ingestion_run.id"], name=op.f("fk_ingestion_item_run_id_ingestion_run")),
        sa.UniqueConstraint("run_id", "key", name="uq_ingestion_item_run_id_key"),
    )
    op.create_index("ix_ingestion_item_outcome", "ingestion_item", ["run_id", "outcome"])
    op.create_table(
        "fetched_page",
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("etag", sa.String(1000)),
        sa.Column("last_modified", sa.String(200)),
        sa.Column("document", sa.String(40)),
        sa.Column("fetched_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_fetched_page")),
    )
    op.create_table(
        "column_mapping",
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("saved_by", sa.String(200), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_column_mapping")),
    )
    op.create_table(
        "text_sketch",
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("band", "hash", "document_id", name=op.f("pk_text_sketch")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_text_sketch_document_id_document")),
    )
    op.create_index("ix_text_sketch_document_id", "text_sketch", ["document_id"])


def downgrade() -> None:
    for table in ("text_sketch", "column_mapping", "fetched_page", "ingestion_item", "ingestion_run"):
        op.drop_table(table)
