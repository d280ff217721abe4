"""Tell when something happened, and when it was said, beside when it was published and when we recorded it."""

from __future__ import annotations

from alembic import op

TIMES = (("claim", "happened"), ("report", "said"))
PARTS = ("printed", "earliest", "latest", "precision", "basis")

revision = "20261122_tell_when_it_was_said"
down_revision = "20261122_say_what_reviews_use"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = "VARCHAR(27)" if op.get_bind().dialect.name == "sqlite" else "TIMESTAMP WITH TIME ZONE"
    term = "VARCHAR(40) DEFAULT 'unknown' NOT NULL"
    for table, name in TIMES:
        earliest, latest, precision = f"{name}_earliest", f"{name}_latest", f"{name}_precision"
        _add(table, f"{name}_printed", "VARCHAR(200)")
        _add(table, earliest, instant)
        _add(
            table,
            latest,
            instant,
            whole=(f"{name}_whole", f"({earliest} IS NULL) = ({latest} IS NULL)"),
            order=(f"{name}_in_order", f"{earliest} <= {latest}"),
        )
        fits = f"({precision} = 'unknown') = ({earliest} IS NULL)"
        _add(table, precision, term, fits=(f"{name}_precision_fits", fits))
        _add(table, f"{name}_basis", term)
    _add("correction", "effective_basis", term)


def downgrade() -> None:
    op.drop_column("correction", "effective_basis")
    for table, name in reversed(TIMES):
        for part in reversed(PARTS):
            op.drop_column(table, f"{name}_{part}")


def _add(table: str, column: str, kind: str, **held_to: tuple[str, str]) -> None:
    # A constraint that comes with its column spares SQLite a copy of the whole table, and goes with it.
    checks = "".join(f" CONSTRAINT ck_{table}_{name} CHECK ({condition})" for name, condition in held_to.values())
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}{checks}")
