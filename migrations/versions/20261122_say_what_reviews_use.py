"""Keep what reviews rest on as facts with a history of their own, so that what was held earlier can be told.

The rows that are there are taken over as they stand, held since their review was, each with an entry in the history.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
HOLDS = sa.text("recorded_to IS NULL")
TABLE = "review_evidence"
WHO, WHY = "migration", "what reviews rest on is kept as facts with a history"

revision = "20261122_say_what_reviews_use"
down_revision = "20261122_create_the_search_index"
branch_labels = None
depends_on = None


def upgrade() -> None:
    held = _taken_out()
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT),
        sa.Column("version_of", sa.Integer()),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_evidence")),
        sa.ForeignKeyConstraint(
            ["version_of"], [f"{TABLE}.id"], name=op.f("fk_review_evidence_version_of_review_evidence")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_evidence_review_id_review")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_review_evidence_evidence_id_evidence")),
        sa.CheckConstraint(
            "recorded_to IS NULL OR recorded_to >= recorded_from", name=op.f("ck_review_evidence_recorded_in_order")
        ),
        sa.CheckConstraint(
            "version_of IS NULL OR recorded_to IS NOT NULL", name=op.f("ck_review_evidence_earlier_states_are_closed")
        ),
    )
    op.create_index("ix_review_evidence_evidence_id", TABLE, ["evidence_id"])
    op.create_index("ix_review_evidence_version_of", TABLE, ["version_of"])
    for columns in (["public_id"], ["review_id", "evidence_id"]):
        name = f"uq_review_evidence_{'_'.join(columns)}"
        op.create_index(name, TABLE, columns, unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS)
    for row in held:
        _take_over(row)


def downgrade() -> None:
    current = "SELECT review_id, evidence_id FROM review_evidence WHERE recorded_to IS NULL"
    held = [dict(row) for row in op.get_bind().execute(sa.text(current)).mappings()]
    op.drop_table(TABLE)
    _create_plain()
    if held:
        op.get_bind().execute(
            sa.text("INSERT INTO review_evidence (review_id, evidence_id) VALUES (:review_id, :evidence_id)"), held
        )


def _taken_out() -> list[Mapping[str, Any]]:
    rows = op.get_bind().execute(
        sa.text(
            "SELECT b.review_id, b.evidence_id, r.recorded_from FROM review_evidence b "
            "JOIN review r ON r.id = b.review_id ORDER BY b.review_id, b.evidence_id"
        )
    )
    held: list[Mapping[str, Any]] = [dict(row) for row in rows.mappings()]
    op.drop_table(TABLE)
    return held


def _create_plain() -> None:
    op.create_table(
        TABLE,
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("review_id", "evidence_id", name=op.f("pk_review_evidence")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_evidence_review_id_review")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_review_evidence_evidence_id_evidence")),
    )
    op.create_index("ix_review_evidence_evidence_id", TABLE, ["evidence_id"])


def _take_over(row: Mapping[str, Any]) -> None:
    digest = hashlib.sha256(f"{TABLE}\x1f{row['review_id']}\x1f{row['evidence_id']}".encode()).digest()
    public_id = f"rve_{b32encode(digest[:10]).decode().lower()}"
    op.get_bind().execute(
        sa.text(
            "INSERT INTO review_evidence (public_id, visibility, recorded_from, review_id, evidence_id) "
            "VALUES (:public_id, 'public', :recorded_from, :review_id, :evidence_id)"
        ),
        {**row, "public_id": public_id},
    )
    said = {"review_id": row["review_id"], "evidence_id": row["evidence_id"]}
    _write_down(public_id, said)


HISTORY = sa.table(
    "history",
    sa.column("id"),
    sa.column("at", INSTANT),
    *(sa.column(name) for name in ("who", "why", "action", "noun", "public_id", "previous", "hash")),
    sa.column("before", sa.JSON(none_as_null=True)),
    sa.column("after", sa.JSON(none_as_null=True)),
)


def _write_down(public_id: str, after: Mapping[str, Any]) -> None:
    at = datetime.now(UTC)
    newest = op.get_bind().execute(sa.select(HISTORY.c.hash).order_by(HISTORY.c.id.desc()).limit(1)).scalar()
    previous = newest or "0" * 64
    content = [previous, at.isoformat(), WHO, WHY, "created", TABLE, public_id, None, after]
    sealed = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    op.get_bind().execute(
        sa.insert(HISTORY).values(
            at=f"{at.isoformat(timespec='microseconds')[:26]}Z" if op.get_bind().dialect.name == "sqlite" else at,
            who=WHO,
            why=WHY,
            action="created",
            noun=TABLE,
            public_id=public_id,
            after=after,
            previous=previous,
            hash=hashlib.sha256(sealed.encode()).hexdigest(),
        )
    )
