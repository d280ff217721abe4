"""Keep what a desk knows of its own work: states, notes, contacts, watches, and the corrections of what it printed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
HOLDS = sa.text("recorded_to IS NULL")
WATCHED = ("claim", "event", "source", "tally")
ONE = " + ".join(f"(CASE WHEN {name}_id IS NULL THEN 0 ELSE 1 END)" for name in WATCHED)

revision = "20261123_keep_the_desk"
down_revision = "20261122_find_proposals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_facts(
        "desk_item",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("holder", sa.String(200)),
        sa.Column("due", INSTANT),
        _refers("desk_item", "claim"),
    )
    _sole("desk_item", "claim_id")
    _create_facts(
        "desk_note",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("text", sa.String(10_000), nullable=False),
        _refers("desk_note", "claim"),
    )
    _create_facts(
        "contact",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer()),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("asked", sa.String(300), nullable=False),
        sa.Column("how", sa.String(40), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("words", sa.String(10_000)),
        _refers("contact", "claim"),
        _refers("contact", "source"),
    )
    _create_facts(
        "watch",
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        *(sa.Column(f"{name}_id", sa.Integer()) for name in WATCHED),
        *(_refers("watch", name) for name in WATCHED),
        sa.CheckConstraint(f"{ONE} = 1", name=op.f("ck_watch_one_target")),
    )
    for name in WATCHED:
        _sole("watch", "who", f"{name}_id")
    _create_facts(
        "own_correction",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("said", sa.String(5000), nullable=False),
        sa.Column("says", sa.String(5000), nullable=False),
        sa.Column("why", sa.String(5000), nullable=False),
        _refers("own_correction", "claim"),
    )


def downgrade() -> None:
    for table in ("own_correction", "watch", "contact", "desk_note", "desk_item"):
        op.drop_table(table)


def _refers(table: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([f"{to}_id"], [f"{to}.id"], name=op.f(f"fk_{table}_{to}_id_{to}"))


def _sole(table: str, *columns: str) -> None:
    name = f"uq_{table}_{'_'.join(columns)}"
    op.create_index(name, table, list(columns), unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS)


def _create_facts(table: str, *columns: sa.Column[Any] | sa.Constraint) -> None:
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
    _sole(table, "public_id")
