"""Keep what the published markup of a review says beyond its rating, and the pages that hold it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
HOLDS = sa.text("recorded_to IS NULL")
SAID = {
    "title": "VARCHAR(500)",
    "claim_reviewed": "VARCHAR(5000)",
    "claimant": "VARCHAR(500)",
    "claimed_on": "VARCHAR(40)",
    "first_appearance": "VARCHAR(2000)",
    "appearances": "JSON DEFAULT '[]' NOT NULL",
    "markup": "JSON DEFAULT '{}' NOT NULL",
}

revision = "20261123_keep_published_reviews"
down_revision = "20261123_find_at_the_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT),
        sa.Column("version_of", sa.Integer()),
        sa.Column("page_url", sa.String(2000), nullable=False),
        sa.Column("publish_date", sa.String(40)),
        sa.Column("author", sa.JSON(), nullable=False),
        sa.Column("reviews", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_page")),
        sa.ForeignKeyConstraint(["version_of"], ["review_page.id"], name=op.f("fk_review_page_version_of_review_page")),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_review_page_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_review_page_earlier_states_are_closed")
        ),
    )
    op.create_index("ix_review_page_version_of", "review_page", ["version_of"])
    sqlite = op.get_bind().dialect.name == "sqlite"
    key = "CAST(coalesce(version_of, id) AS INTEGER)" if sqlite else "coalesce(version_of, id)"
    op.create_index("ix_review_page_lasting", "review_page", [sa.text(key)])
    op.create_index(
        "uq_review_page_public_id",
        "review_page",
        ["public_id"],
        unique=True,
        sqlite_where=HOLDS,
        postgresql_where=HOLDS,
    )
    for name, kind in SAID.items():
        op.execute(f"ALTER TABLE review ADD COLUMN {name} {kind}")


def downgrade() -> None:
    for name in reversed(SAID):
        op.drop_column("review", name)
    op.drop_table("review_page")
