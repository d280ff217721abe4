"""Create the record: every fact with its history, and what is derived from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")

revision = "20261122_create_the_record"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("place", sa.String(500), nullable=True),
        sa.Column("began", INSTANT, nullable=True),
        sa.Column("ended", INSTANT, nullable=True),
        sa.CheckConstraint("began <= ended", name=op.f("ck_event_began_before_ended")),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_event_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_event_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["version_of"], ["event.id"], name=op.f("fk_event_version_of_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_event_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("noun", sa.String(40), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
        sa.UniqueConstraint("hash", name=op.f("uq_history_hash")),
    )
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_history_public_id"), ["public_id"], unique=False)

    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("country", sa.String(20), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_source_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_source_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["version_of"], ["source.id"], name=op.f("fk_source_version_of_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index("ix_source_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_source_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "coverage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("outlets", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("queries", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("searched_by", sa.String(200), nullable=False),
        sa.Column("searched_until", INSTANT, nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_coverage_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_coverage_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_coverage_event_id_event")),
        sa.ForeignKeyConstraint(["version_of"], ["coverage.id"], name=op.f("fk_coverage_version_of_coverage")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage")),
    )
    with op.batch_alter_table("coverage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coverage_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_coverage_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_coverage_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(2000), nullable=True),
        sa.Column("title", sa.String(1000), nullable=True),
        sa.Column("language", sa.String(35), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("archive_url", sa.String(2000), nullable=True),
        sa.Column("retrieved_at", INSTANT, nullable=True),
        sa.Column("published_printed", sa.String(200), nullable=True),
        sa.Column("published_earliest", INSTANT, nullable=True),
        sa.Column("published_latest", INSTANT, nullable=True),
        sa.Column("published_precision", sa.String(40), nullable=False),
        sa.Column("published_basis", sa.String(40), nullable=False),
        sa.Column("translated_from", sa.String(35), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("text_length", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=True),
        sa.CheckConstraint(
            "published_precision = 'unknown' OR published_earliest IS NOT NULL",
            name=op.f("ck_document_precision_has_a_date"),
        ),
        sa.CheckConstraint(
            "(published_earliest IS NULL) = (published_latest IS NULL)", name=op.f("ck_document_published_whole")
        ),
        sa.CheckConstraint("(text IS NULL) = (content_hash IS NULL)", name=op.f("ck_document_text_is_hashed")),
        sa.CheckConstraint("published_earliest <= published_latest", name=op.f("ck_document_published_in_order")),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_document_recorded_in_order")
        ),
        sa.CheckConstraint("text_length = COALESCE(LENGTH(text), 0)", name=op.f("ck_document_text_length_is_true")),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_document_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["publisher_id"], ["source.id"], name=op.f("fk_document_publisher_id_source")),
        sa.ForeignKeyConstraint(["version_of"], ["document.id"], name=op.f("fk_document_version_of_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("id", "text_length", name="uq_document_text_length"),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index("ix_document_content_hash", ["content_hash"], unique=False)
        batch_op.create_index("ix_document_published", ["published_earliest", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_publisher_id"), ["publisher_id"], unique=False)
        batch_op.create_index("ix_document_url", ["url"], unique=False)
        batch_op.create_index("ix_document_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_document_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("url", sa.String(2000), nullable=True),
        sa.Column("file_hash", sa.String(128), nullable=True),
        sa.Column("perceptual_hash", sa.String(128), nullable=True),
        sa.Column("archives", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("uploader_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_evidence_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_evidence_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_evidence_event_id_event")),
        sa.ForeignKeyConstraint(["uploader_id"], ["source.id"], name=op.f("fk_evidence_uploader_id_source")),
        sa.ForeignKeyConstraint(["version_of"], ["evidence.id"], name=op.f("fk_evidence_version_of_evidence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_uploader_id"), ["uploader_id"], unique=False)
        batch_op.create_index("ix_evidence_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_evidence_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("interest", sa.String(40), nullable=False),
        sa.Column("basis", sa.String(40), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("basis <> 'cited' OR reference IS NOT NULL", name=op.f("ck_interest_cited_has_reference")),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_interest_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_interest_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_interest_event_id_event")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_interest_source_id_source")),
        sa.ForeignKeyConstraint(["version_of"], ["interest.id"], name=op.f("fk_interest_version_of_interest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
    )
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interest_source_id"), ["source_id"], unique=False)
        batch_op.create_index("ix_interest_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_interest_event_id_source_id",
            ["event_id", "source_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.create_index(
            "uq_interest_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "source_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("language", sa.String(35), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_source_name_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_source_name_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_name_source_id_source")),
        sa.ForeignKeyConstraint(["version_of"], ["source_name.id"], name=op.f("fk_source_name_version_of_source_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_name")),
    )
    with op.batch_alter_table("source_name", schema=None) as batch_op:
        batch_op.create_index("ix_source_name_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_source_name_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.create_index(
            "uq_source_name_source_id_name",
            ["source_id", "name"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.create_index(
            "uq_source_name_source_id_some",
            ["source_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL AND kind = 'primary'"),
            postgresql_where=sa.text("recorded_to IS NULL AND kind = 'primary'"),
        )

    op.create_table(
        "tally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("measure", sa.String(100), nullable=False),
        sa.Column("counted", sa.String(200), nullable=True),
        sa.Column("place", sa.String(200), nullable=True),
        sa.Column("period", sa.String(200), nullable=True),
        sa.Column("cumulative", sa.Boolean(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_tally_not_its_own_parent")),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_tally_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_tally_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_tally_event_id_event")),
        sa.ForeignKeyConstraint(["parent_id"], ["tally.id"], name=op.f("fk_tally_parent_id_tally")),
        sa.ForeignKeyConstraint(["version_of"], ["tally.id"], name=op.f("fk_tally_version_of_tally")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally")),
    )
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tally_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tally_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index("ix_tally_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_tally_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("tally_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_claim_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_claim_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_claim_event_id_event")),
        sa.ForeignKeyConstraint(["tally_id"], ["tally.id"], name=op.f("fk_claim_tally_id_tally")),
        sa.ForeignKeyConstraint(["version_of"], ["claim.id"], name=op.f("fk_claim_version_of_claim")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index("ix_claim_event_id", ["event_id", "id"], unique=False)
        batch_op.create_index("ix_claim_tally_id", ["tally_id", "id"], unique=False)
        batch_op.create_index("ix_claim_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_claim_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "document_relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("of_document_id", sa.Integer(), nullable=True),
        sa.Column("of_source_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(of_document_id IS NULL) <> (of_source_id IS NULL)", name=op.f("ck_document_relation_of_one_thing")
        ),
        sa.CheckConstraint("of_document_id <> document_id", name=op.f("ck_document_relation_of_another_document")),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_document_relation_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_document_relation_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_relation_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["of_document_id"], ["document.id"], name=op.f("fk_document_relation_of_document_id_document")
        ),
        sa.ForeignKeyConstraint(["of_source_id"], ["source.id"], name=op.f("fk_document_relation_of_source_id_source")),
        sa.ForeignKeyConstraint(
            ["version_of"], ["document_relation.id"], name=op.f("fk_document_relation_version_of_document_relation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_relation")),
    )
    with op.batch_alter_table("document_relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_relation_of_document_id"), ["of_document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_relation_of_source_id"), ["of_source_id"], unique=False)
        batch_op.create_index("ix_document_relation_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_document_relation_document_id_kind_of_document_id",
            ["document_id", "kind", "of_document_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.create_index(
            "uq_document_relation_document_id_kind_of_source_id",
            ["document_id", "kind", "of_source_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.create_index(
            "uq_document_relation_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=True),
        sa.Column("valid_to", INSTANT, nullable=True),
        sa.Column("basis", sa.String(40), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("signed_by", sa.String(200), nullable=True),
        sa.Column("signed_at", INSTANT, nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "basis <> 'cited' OR reference IS NOT NULL OR document_id IS NOT NULL",
            name=op.f("ck_tie_cited_has_reference"),
        ),
        sa.CheckConstraint(
            "kind <> 'examined_no_tie' OR (signed_by IS NOT NULL AND signed_at IS NOT NULL)",
            name=op.f("ck_tie_absence_is_signed"),
        ),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_tie_recorded_in_order")
        ),
        sa.CheckConstraint("source_id <> other_id", name=op.f("ck_tie_joins_two")),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_tie_valid_in_order")),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_tie_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_tie_document_id_document")),
        sa.ForeignKeyConstraint(["other_id"], ["source.id"], name=op.f("fk_tie_other_id_source")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_tie_source_id_source")),
        sa.ForeignKeyConstraint(["version_of"], ["tie.id"], name=op.f("fk_tie_version_of_tie")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie")),
    )
    with op.batch_alter_table("tie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tie_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tie_other_id"), ["other_id"], unique=False)
        batch_op.create_index("ix_tie_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_tie_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.create_index(
            "uq_tie_source_id_kind_other_id_some",
            ["source_id", "kind", "other_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL AND valid_from IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL AND valid_from IS NULL"),
        )
        batch_op.create_index(
            "uq_tie_source_id_kind_other_id_valid_from",
            ["source_id", "kind", "other_id", "valid_from"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(300), nullable=False),
        sa.Column("outcome", sa.String(300), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_verification_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_verification_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_verification_evidence_id_evidence")),
        sa.ForeignKeyConstraint(
            ["version_of"], ["verification.id"], name=op.f("fk_verification_version_of_verification")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verification_evidence_id"), ["evidence_id"], unique=False)
        batch_op.create_index("ix_verification_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_verification_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("clears_when", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_flag_claim_id_claim")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
    )
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.create_index("ix_flag_claim_id", ["claim_id", "id"], unique=False)
        batch_op.create_index("ix_flag_rule", ["rule", "claim_id"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("quote", sa.String(), nullable=True),
        sa.Column("quote_prefix", sa.String(200), nullable=True),
        sa.Column("quote_suffix", sa.String(200), nullable=True),
        sa.Column("quote_start", sa.Integer(), nullable=True),
        sa.Column("quote_end", sa.Integer(), nullable=True),
        sa.Column("translation", sa.String(), nullable=True),
        sa.Column("translated_by", sa.String(200), nullable=True),
        sa.Column("stance", sa.String(40), nullable=False),
        sa.Column("hedge", sa.String(500), nullable=True),
        sa.Column("own_basis", sa.String(40), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("extractor", sa.String(200), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("text_length", sa.Integer(), nullable=False),
        sa.CheckConstraint("(quote_start IS NULL) = (quote_end IS NULL)", name=op.f("ck_report_quote_whole")),
        sa.CheckConstraint("confidence >= 0 AND confidence <= 1", name=op.f("ck_report_confidence_is_a_share")),
        sa.CheckConstraint(
            "quote_start >= 0 AND quote_end > quote_start AND quote_end <= text_length",
            name=op.f("ck_report_quote_inside_text"),
        ),
        sa.CheckConstraint(
            "quote_start IS NULL OR LENGTH(quote) = quote_end - quote_start", name=op.f("ck_report_span_is_the_quote")
        ),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_report_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_report_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_report_claim_id_claim")),
        sa.ForeignKeyConstraint(
            ["document_id", "text_length"],
            ["document.id", "document.text_length"],
            name=op.f("fk_report_document_id_text_length_document"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["version_of"], ["report.id"], name=op.f("fk_report_version_of_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("id", "claim_id", "text_length", name="uq_report_claim_text_length"),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index("ix_report_claim_id", ["claim_id", "id"], unique=False)
        batch_op.create_index("ix_report_document_id", ["document_id", "id"], unique=False)
        batch_op.create_index("ix_report_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_report_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("rating", sa.String(200), nullable=False),
        sa.Column("upholds", sa.Boolean(), nullable=True),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("url", sa.String(2000), nullable=True),
        sa.Column("language", sa.String(35), nullable=True),
        sa.Column("reviewed_at", INSTANT, nullable=True),
        sa.Column("rating_value", sa.Float(), nullable=True),
        sa.Column("best_rating", sa.Float(), nullable=True),
        sa.Column("worst_rating", sa.Float(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_review_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_review_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_review_claim_id_claim")),
        sa.ForeignKeyConstraint(["version_of"], ["review.id"], name=op.f("fk_review_version_of_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index("ix_review_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_review_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "standing",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("parties", sa.Integer(), nullable=False),
        sa.Column("first_published", INSTANT, nullable=True),
        sa.Column("first_published_precision", sa.String(40), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("etag", sa.String(64), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("computed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_standing_claim_id_claim")),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_standing")),
        sa.UniqueConstraint("public_id", name=op.f("uq_standing_public_id")),
    )
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.create_index(
            "ix_standing_stale",
            ["stale"],
            unique=False,
            sqlite_where=sa.text("stale"),
            postgresql_where=sa.text("stale"),
        )
        batch_op.create_index(batch_op.f("ix_standing_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_standing_verdict"), ["verdict"], unique=False)

    op.create_table(
        "attribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("as_named", sa.String(500), nullable=True),
        sa.Column("cue", sa.String(200), nullable=True),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.Column("manner", sa.String(40), nullable=False),
        sa.Column("basis", sa.String(40), nullable=False),
        sa.Column("capacity", sa.String(40), nullable=True),
        sa.Column("mark", sa.String(40), nullable=False),
        sa.Column("access", sa.String(500), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("text_length", sa.Integer(), nullable=False),
        sa.Column("upstream_id", sa.Integer(), nullable=True),
        sa.Column("downstream_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(cue_start IS NULL) = (cue_end IS NULL)", name=op.f("ck_attribution_cue_whole")),
        sa.CheckConstraint(
            "cue_start >= 0 AND cue_end > cue_start AND cue_end <= text_length",
            name=op.f("ck_attribution_cue_inside_text"),
        ),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_attribution_recorded_in_order")
        ),
        sa.CheckConstraint("upstream_id <> downstream_id", name=op.f("ck_attribution_joins_two")),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_attribution_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(["downstream_id"], ["source.id"], name=op.f("fk_attribution_downstream_id_source")),
        sa.ForeignKeyConstraint(
            ["report_id", "claim_id", "text_length"],
            ["report.id", "report.claim_id", "report.text_length"],
            name=op.f("fk_attribution_report_id_claim_id_text_length_report"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["upstream_id"], ["source.id"], name=op.f("fk_attribution_upstream_id_source")),
        sa.ForeignKeyConstraint(["version_of"], ["attribution.id"], name=op.f("fk_attribution_version_of_attribution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribution")),
    )
    with op.batch_alter_table("attribution", schema=None) as batch_op:
        batch_op.create_index("ix_attribution_claim_id", ["claim_id", "report_id"], unique=False)
        batch_op.create_index("ix_attribution_downstream_id", ["downstream_id", "claim_id"], unique=False)
        batch_op.create_index("ix_attribution_report_id", ["report_id"], unique=False)
        batch_op.create_index("ix_attribution_upstream_id", ["upstream_id", "claim_id"], unique=False)
        batch_op.create_index("ix_attribution_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_attribution_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.create_index(
            "uq_attribution_report_id_downstream_id_some",
            ["report_id", "downstream_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL AND upstream_id IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL AND upstream_id IS NULL"),
        )
        batch_op.create_index(
            "uq_attribution_report_id_upstream_id_downstream_id",
            ["report_id", "upstream_id", "downstream_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("text_start", sa.Integer(), nullable=True),
        sa.Column("text_end", sa.Integer(), nullable=True),
        sa.Column("qualifier", sa.String(40), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("unit", sa.String(50), nullable=True),
        sa.Column("as_of", sa.String(200), nullable=True),
        sa.Column("measure", sa.String(100), nullable=True),
        sa.Column("measure_printed", sa.String(200), nullable=True),
        sa.Column("counted", sa.String(200), nullable=True),
        sa.Column("counted_printed", sa.String(300), nullable=True),
        sa.Column("place", sa.String(200), nullable=True),
        sa.Column("place_printed", sa.String(200), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("text_length", sa.Integer(), nullable=False),
        sa.CheckConstraint("(text_start IS NULL) = (text_end IS NULL)", name=op.f("ck_figure_text_whole")),
        sa.CheckConstraint("low <= high", name=op.f("ck_figure_low_not_above_high")),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_figure_recorded_in_order")
        ),
        sa.CheckConstraint(
            "text_start >= 0 AND text_end > text_start AND text_end <= text_length",
            name=op.f("ck_figure_text_inside_text"),
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_figure_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(
            ["report_id", "claim_id", "text_length"],
            ["report.id", "report.claim_id", "report.text_length"],
            name=op.f("fk_figure_report_id_claim_id_text_length_report"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["version_of"], ["figure.id"], name=op.f("fk_figure_version_of_figure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
    )
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.create_index("ix_figure_claim_id", ["claim_id", "id"], unique=False)
        batch_op.create_index("ix_figure_report_id", ["report_id"], unique=False)
        batch_op.create_index("ix_figure_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_figure_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "review_evidence",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_review_evidence_evidence_id_evidence")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_evidence_review_id_review")),
        sa.PrimaryKeyConstraint("review_id", "evidence_id", name=op.f("pk_review_evidence")),
    )
    with op.batch_alter_table("review_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_evidence_evidence_id"), ["evidence_id"], unique=False)

    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("target_document_id", sa.Integer(), nullable=True),
        sa.Column("attribution_id", sa.Integer(), nullable=True),
        sa.Column("upstream_id", sa.Integer(), nullable=True),
        sa.Column("downstream_id", sa.Integer(), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("effective_printed", sa.String(200), nullable=True),
        sa.Column("effective_earliest", INSTANT, nullable=True),
        sa.Column("effective_latest", INSTANT, nullable=True),
        sa.Column("effective_precision", sa.String(40), nullable=False),
        sa.Column("remains", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "claim_id IS NOT NULL OR target_document_id IS NOT NULL OR attribution_id IS NOT NULL",
            name=op.f("ck_correction_has_a_target"),
        ),
        sa.CheckConstraint("effective_earliest <= effective_latest", name=op.f("ck_correction_effective_in_order")),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_correction_recorded_in_order")
        ),
        sa.CheckConstraint("upstream_id <> downstream_id", name=op.f("ck_correction_joins_two")),
        sa.CheckConstraint(
            "upstream_id IS NULL OR claim_id IS NOT NULL", name=op.f("ck_correction_upstream_of_a_claim")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_correction_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(
            ["attribution_id"], ["attribution.id"], name=op.f("fk_correction_attribution_id_attribution")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["source.id"], name=op.f("fk_correction_by_id_source")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_correction_claim_id_claim")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_correction_document_id_document")),
        sa.ForeignKeyConstraint(["downstream_id"], ["source.id"], name=op.f("fk_correction_downstream_id_source")),
        sa.ForeignKeyConstraint(["superseded_by_id"], ["claim.id"], name=op.f("fk_correction_superseded_by_id_claim")),
        sa.ForeignKeyConstraint(
            ["target_document_id"], ["document.id"], name=op.f("fk_correction_target_document_id_document")
        ),
        sa.ForeignKeyConstraint(["upstream_id"], ["source.id"], name=op.f("fk_correction_upstream_id_source")),
        sa.ForeignKeyConstraint(["version_of"], ["correction.id"], name=op.f("fk_correction_version_of_correction")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_attribution_id"), ["attribution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_downstream_id"), ["downstream_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_superseded_by_id"), ["superseded_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_target_document_id"), ["target_document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_upstream_id"), ["upstream_id"], unique=False)
        batch_op.create_index("ix_correction_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_correction_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )

    op.create_table(
        "flagged_figure",
        sa.Column("rule", sa.String(60), nullable=False),
        sa.Column("figure_id", sa.Integer(), nullable=False),
        sa.Column("flag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["figure_id"], ["figure.id"], name=op.f("fk_flagged_figure_figure_id_figure")),
        sa.ForeignKeyConstraint(
            ["flag_id"], ["flag.id"], name=op.f("fk_flagged_figure_flag_id_flag"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("rule", "figure_id", "flag_id", name=op.f("pk_flagged_figure")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("flagged_figure", schema=None) as batch_op:
        batch_op.create_index("ix_flagged_figure_flag_id", ["flag_id"], unique=False)

    op.create_table(
        "ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT, nullable=True),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("tally_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("attribution_id", sa.Integer(), nullable=True),
        sa.Column("upstream_id", sa.Integer(), nullable=True),
        sa.Column("downstream_id", sa.Integer(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(200), nullable=False),
        sa.Column("signed_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "kind <> 'cut' OR attribution_id IS NOT NULL"
            " OR (claim_id IS NOT NULL AND (upstream_id IS NOT NULL OR downstream_id IS NOT NULL))",
            name=op.f("ck_ruling_cut_of_a_hop"),
        ),
        sa.CheckConstraint("kind <> 'range' OR tally_id IS NOT NULL", name=op.f("ck_ruling_range_of_a_tally")),
        sa.CheckConstraint("low <= high", name=op.f("ck_ruling_low_not_above_high")),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_ruling_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_ruling_earlier_states_are_closed")
        ),
        sa.ForeignKeyConstraint(
            ["attribution_id"], ["attribution.id"], name=op.f("fk_ruling_attribution_id_attribution")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_ruling_claim_id_claim")),
        sa.ForeignKeyConstraint(["downstream_id"], ["source.id"], name=op.f("fk_ruling_downstream_id_source")),
        sa.ForeignKeyConstraint(["tally_id"], ["tally.id"], name=op.f("fk_ruling_tally_id_tally")),
        sa.ForeignKeyConstraint(["upstream_id"], ["source.id"], name=op.f("fk_ruling_upstream_id_source")),
        sa.ForeignKeyConstraint(["version_of"], ["ruling.id"], name=op.f("fk_ruling_version_of_ruling")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
    )
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ruling_attribution_id"), ["attribution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ruling_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ruling_downstream_id"), ["downstream_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ruling_tally_id"), ["tally_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ruling_upstream_id"), ["upstream_id"], unique=False)
        batch_op.create_index("ix_ruling_version_of", ["version_of"], unique=False)
        batch_op.create_index(
            "uq_ruling_public_id",
            ["public_id"],
            unique=True,
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_ruling_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_ruling_version_of")
        batch_op.drop_index(batch_op.f("ix_ruling_upstream_id"))
        batch_op.drop_index(batch_op.f("ix_ruling_tally_id"))
        batch_op.drop_index(batch_op.f("ix_ruling_downstream_id"))
        batch_op.drop_index(batch_op.f("ix_ruling_claim_id"))
        batch_op.drop_index(batch_op.f("ix_ruling_attribution_id"))

    op.drop_table("ruling")
    with op.batch_alter_table("flagged_figure", schema=None) as batch_op:
        batch_op.drop_index("ix_flagged_figure_flag_id")

    op.drop_table("flagged_figure")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_correction_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_correction_version_of")
        batch_op.drop_index(batch_op.f("ix_correction_upstream_id"))
        batch_op.drop_index(batch_op.f("ix_correction_target_document_id"))
        batch_op.drop_index(batch_op.f("ix_correction_superseded_by_id"))
        batch_op.drop_index(batch_op.f("ix_correction_downstream_id"))
        batch_op.drop_index(batch_op.f("ix_correction_document_id"))
        batch_op.drop_index(batch_op.f("ix_correction_claim_id"))
        batch_op.drop_index(batch_op.f("ix_correction_by_id"))
        batch_op.drop_index(batch_op.f("ix_correction_attribution_id"))

    op.drop_table("correction")
    with op.batch_alter_table("review_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_evidence_evidence_id"))

    op.drop_table("review_evidence")
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_figure_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_figure_version_of")
        batch_op.drop_index("ix_figure_report_id")
        batch_op.drop_index("ix_figure_claim_id")

    op.drop_table("figure")
    with op.batch_alter_table("attribution", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attribution_report_id_downstream_id_some",
            sqlite_where=sa.text("recorded_to IS NULL AND upstream_id IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL AND upstream_id IS NULL"),
        )
        batch_op.drop_index(
            "uq_attribution_report_id_upstream_id_downstream_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index(
            "uq_attribution_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_attribution_version_of")
        batch_op.drop_index("ix_attribution_upstream_id")
        batch_op.drop_index("ix_attribution_report_id")
        batch_op.drop_index("ix_attribution_downstream_id")
        batch_op.drop_index("ix_attribution_claim_id")

    op.drop_table("attribution")
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standing_verdict"))
        batch_op.drop_index(batch_op.f("ix_standing_status"))
        batch_op.drop_index("ix_standing_stale", sqlite_where=sa.text("stale"), postgresql_where=sa.text("stale"))

    op.drop_table("standing")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_review_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_review_version_of")
        batch_op.drop_index(batch_op.f("ix_review_claim_id"))

    op.drop_table("review")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_report_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_report_version_of")
        batch_op.drop_index("ix_report_document_id")
        batch_op.drop_index("ix_report_claim_id")

    op.drop_table("report")
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.drop_index("ix_flag_rule")
        batch_op.drop_index("ix_flag_claim_id")

    op.drop_table("flag")
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_verification_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_verification_version_of")
        batch_op.drop_index(batch_op.f("ix_verification_evidence_id"))

    op.drop_table("verification")
    with op.batch_alter_table("tie", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_tie_source_id_kind_other_id_valid_from",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index(
            "uq_tie_source_id_kind_other_id_some",
            sqlite_where=sa.text("recorded_to IS NULL AND valid_from IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL AND valid_from IS NULL"),
        )
        batch_op.drop_index(
            "uq_tie_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_tie_version_of")
        batch_op.drop_index(batch_op.f("ix_tie_other_id"))
        batch_op.drop_index(batch_op.f("ix_tie_document_id"))

    op.drop_table("tie")
    with op.batch_alter_table("document_relation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_document_relation_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index(
            "uq_document_relation_document_id_kind_of_source_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index(
            "uq_document_relation_document_id_kind_of_document_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_document_relation_version_of")
        batch_op.drop_index(batch_op.f("ix_document_relation_of_source_id"))
        batch_op.drop_index(batch_op.f("ix_document_relation_of_document_id"))

    op.drop_table("document_relation")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_claim_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_claim_version_of")
        batch_op.drop_index("ix_claim_tally_id")
        batch_op.drop_index("ix_claim_event_id")

    op.drop_table("claim")
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_tally_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_tally_version_of")
        batch_op.drop_index(batch_op.f("ix_tally_parent_id"))
        batch_op.drop_index(batch_op.f("ix_tally_event_id"))

    op.drop_table("tally")
    with op.batch_alter_table("source_name", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_source_name_source_id_some",
            sqlite_where=sa.text("recorded_to IS NULL AND kind = 'primary'"),
            postgresql_where=sa.text("recorded_to IS NULL AND kind = 'primary'"),
        )
        batch_op.drop_index(
            "uq_source_name_source_id_name",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index(
            "uq_source_name_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_source_name_version_of")

    op.drop_table("source_name")
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_interest_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index(
            "uq_interest_event_id_source_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_interest_version_of")
        batch_op.drop_index(batch_op.f("ix_interest_source_id"))

    op.drop_table("interest")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_evidence_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_evidence_version_of")
        batch_op.drop_index(batch_op.f("ix_evidence_uploader_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_event_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_document_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_document_version_of")
        batch_op.drop_index("ix_document_url")
        batch_op.drop_index(batch_op.f("ix_document_publisher_id"))
        batch_op.drop_index("ix_document_published")
        batch_op.drop_index("ix_document_content_hash")

    op.drop_table("document")
    with op.batch_alter_table("coverage", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_coverage_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_coverage_version_of")
        batch_op.drop_index(batch_op.f("ix_coverage_event_id"))

    op.drop_table("coverage")
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_source_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_source_version_of")

    op.drop_table("source")
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_public_id"))

    op.drop_table("history")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_event_public_id",
            sqlite_where=sa.text("recorded_to IS NULL"),
            postgresql_where=sa.text("recorded_to IS NULL"),
        )
        batch_op.drop_index("ix_event_version_of")

    op.drop_table("event")
