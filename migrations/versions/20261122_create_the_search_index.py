"""Create the search index: words of claims, sources, documents and events, by what each database does best.

An entry's id is four times the record's key plus the number of its kind, so that a record finds its entry without a
second index. The words are cut and folded by the program, alike for both databases.
"""

from __future__ import annotations

from alembic import op

revision = "20261122_create_the_search_index"
down_revision = "20261122_create_the_record"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE search_entry USING fts5(body, tokenize = 'unicode61', prefix = '2 3')")
        return
    op.execute(
        "CREATE TABLE search_entry (id BIGINT PRIMARY KEY, body TEXT NOT NULL, "
        "vector TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple', body)) STORED)"
    )
    op.execute("CREATE INDEX ix_search_entry_vector ON search_entry USING gin (vector)")


def downgrade() -> None:
    op.execute("DROP TABLE search_entry")
