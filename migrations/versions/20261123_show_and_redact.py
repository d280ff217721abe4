"""Keep who may see what is for named people, what was redacted, and a salt in each seal of the history.

Without their salts the seals prove nothing, so on the way down the history is sealed anew as it reads then.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

AT_ONCE = 1_000
FIRST = "0" * 64
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
HOLDS = sa.text("recorded_to IS NULL")

revision = "20261123_show_and_redact"
down_revision = "20261123_let_people_in"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("history", sa.Column("salt", sa.String(32)))
    _facts("audience", sa.Column("person", sa.String(100), nullable=False))
    _facts(
        "redaction",
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.JSON(), nullable=False),
    )
    op.create_index(
        "uq_audience_record_person",
        "audience",
        ["record", "person"],
        unique=True,
        sqlite_where=HOLDS,
        postgresql_where=HOLDS,
    )


def _facts(table: str, *own: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT),
        sa.Column("version_of", sa.Integer()),
        sa.Column("noun", sa.String(40), nullable=False),
        sa.Column("record", sa.String(40), nullable=False),
        *own,
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


def downgrade() -> None:
    for table in ("redaction", "audience"):
        op.drop_table(table)
    op.drop_column("history", "salt")
    _seal_anew(op.get_bind())


def _seal_anew(bind: sa.Connection) -> None:
    plain = ("id", "who", "why", "action", "noun", "public_id", "previous", "hash")
    history = sa.table(
        "history",
        *(sa.column(name) for name in plain),
        sa.column("at", INSTANT),
        sa.column("before", sa.JSON(none_as_null=True)),
        sa.column("after", sa.JSON(none_as_null=True)),
    )
    previous, after = FIRST, 0
    while rows := bind.execute(
        sa.select(history).where(history.c.id > after).order_by(history.c.id).limit(AT_ONCE)
    ).all():
        for row in rows:
            sealed = _sealed(previous, row)
            one = history.c.id == row.id
            # Two entries never share a hash, also while one has its new one and the other does not yet.
            bind.execute(sa.update(history).where(one).values(previous=previous, hash=sealed))
            previous, after = sealed, row.id


def _sealed(previous: str, row: sa.Row[Any]) -> str:
    at = datetime.fromisoformat(row.at) if isinstance(row.at, str) else row.at
    stamp = at.astimezone(UTC).isoformat()
    said = [previous, stamp, row.who, row.why, row.action, row.noun, row.public_id, row.before, row.after]
    content = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()
