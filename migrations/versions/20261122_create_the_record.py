"""Create the record: every fact with its history, and what is derived from it.

Facts share six columns and their constraints, so the two functions below write them once; each table then names only
what is its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
TERM = sa.String(40)
HOLDS = "recorded_to IS NULL"

revision = "20261122_create_the_record"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    facts(
        "event",
        columns=[
            sa.Column("title", sa.String(500), nullable=False),
            sa.Column("description", sa.String()),
            sa.Column("place", sa.String(500)),
            sa.Column("began", INSTANT),
            sa.Column("ended", INSTANT),
        ],
        checks={
            "began_before_ended": "began <= ended",
        },
    )
    derived(
        "history",
        columns=[
            sa.Column("id", sa.Integer(), nullable=False, primary_key=True),
            sa.Column("at", INSTANT, nullable=False),
            sa.Column("who", sa.String(200), nullable=False),
            sa.Column("why", sa.String()),
            sa.Column("action", sa.String(20), nullable=False),
            sa.Column("noun", sa.String(40), nullable=False),
            sa.Column("public_id", sa.String(40), nullable=False),
            sa.Column("before", sa.JSON(none_as_null=True)),
            sa.Column("after", sa.JSON(none_as_null=True)),
            sa.Column("previous", sa.String(64), nullable=False),
            sa.Column("hash", sa.String(64), nullable=False),
        ],
        unique={"hash": ["hash"]},
        indexes=[
            ["public_id"],
        ],
    )
    facts(
        "source",
        columns=[
            sa.Column("name", sa.String(300), nullable=False),
            sa.Column("kind", TERM, nullable=False),
            sa.Column("country", sa.String(20)),
            sa.Column("note", sa.String()),
        ],
    )
    facts(
        "coverage",
        columns=[
            sa.Column("languages", sa.JSON(none_as_null=True), nullable=False),
            sa.Column("outlets", sa.JSON(none_as_null=True), nullable=False),
            sa.Column("queries", sa.JSON(none_as_null=True), nullable=False),
            sa.Column("searched_by", sa.String(200), nullable=False),
            sa.Column("searched_until", INSTANT, nullable=False),
            sa.Column("note", sa.String()),
            sa.Column("event_id", sa.Integer(), nullable=False),
        ],
        refers={
            "event_id": "event",
        },
        indexes=[
            ["event_id"],
        ],
    )
    facts(
        "document",
        columns=[
            sa.Column("url", sa.String(2000)),
            sa.Column("title", sa.String(1000)),
            sa.Column("language", sa.String(35)),
            sa.Column("text", sa.String()),
            sa.Column("archive_url", sa.String(2000)),
            sa.Column("retrieved_at", INSTANT),
            sa.Column("published_printed", sa.String(200)),
            sa.Column("published_earliest", INSTANT),
            sa.Column("published_latest", INSTANT),
            sa.Column("published_precision", TERM, nullable=False),
            sa.Column("published_basis", TERM, nullable=False),
            sa.Column("translated_from", sa.String(35)),
            sa.Column("note", sa.String()),
            sa.Column("publisher_id", sa.Integer(), nullable=False),
            sa.Column("text_length", sa.Integer(), nullable=False),
            sa.Column("content_hash", sa.String(64)),
        ],
        refers={
            "publisher_id": "source",
        },
        checks={
            "precision_has_a_date": "published_precision = 'unknown' OR published_earliest IS NOT NULL",
            "published_in_order": "published_earliest <= published_latest",
            "published_whole": "(published_earliest IS NULL) = (published_latest IS NULL)",
            "text_is_hashed": "(text IS NULL) = (content_hash IS NULL)",
            "text_length_is_true": "text_length = COALESCE(LENGTH(text), 0)",
        },
        unique={"text_length": ["id", "text_length"]},
        indexes=[
            ["content_hash"],
            ["publisher_id"],
            ["url"],
        ],
        named={"published": ["published_earliest", "id"]},
    )
    facts(
        "evidence",
        columns=[
            sa.Column("kind", TERM, nullable=False),
            sa.Column("title", sa.String(500), nullable=False),
            sa.Column("url", sa.String(2000)),
            sa.Column("file_hash", sa.String(128)),
            sa.Column("perceptual_hash", sa.String(128)),
            sa.Column("archives", sa.JSON(none_as_null=True), nullable=False),
            sa.Column("note", sa.String()),
            sa.Column("event_id", sa.Integer(), nullable=False),
            sa.Column("uploader_id", sa.Integer()),
        ],
        refers={
            "event_id": "event",
            "uploader_id": "source",
        },
        indexes=[
            ["event_id"],
            ["uploader_id"],
        ],
    )
    facts(
        "interest",
        columns=[
            sa.Column("interest", TERM, nullable=False),
            sa.Column("basis", TERM, nullable=False),
            sa.Column("reference", sa.String()),
            sa.Column("event_id", sa.Integer(), nullable=False),
            sa.Column("source_id", sa.Integer(), nullable=False),
        ],
        refers={
            "event_id": "event",
            "source_id": "source",
        },
        checks={
            "cited_has_reference": "basis <> 'cited' OR reference IS NOT NULL",
        },
        indexes=[
            ["source_id"],
        ],
        sole=[
            ["event_id", "source_id"],
        ],
    )
    facts(
        "source_name",
        columns=[
            sa.Column("name", sa.String(300), nullable=False),
            sa.Column("kind", TERM, nullable=False),
            sa.Column("language", sa.String(35)),
            sa.Column("source_id", sa.Integer(), nullable=False),
        ],
        refers={
            "source_id": "source",
        },
        sole=[
            ["source_id", "name"],
        ],
        sole_among={"kind = 'primary'": ["source_id"]},
    )
    facts(
        "tally",
        columns=[
            sa.Column("title", sa.String(500), nullable=False),
            sa.Column("measure", sa.String(100), nullable=False),
            sa.Column("counted", sa.String(200)),
            sa.Column("place", sa.String(200)),
            sa.Column("period", sa.String(200)),
            sa.Column("cumulative", sa.Boolean()),
            sa.Column("event_id", sa.Integer(), nullable=False),
            sa.Column("parent_id", sa.Integer()),
        ],
        refers={
            "event_id": "event",
            "parent_id": "tally",
        },
        checks={
            "not_its_own_parent": "parent_id <> id",
        },
        indexes=[
            ["event_id"],
            ["parent_id"],
        ],
    )
    facts(
        "claim",
        columns=[
            sa.Column("text", sa.String(2000), nullable=False),
            sa.Column("kind", TERM, nullable=False),
            sa.Column("note", sa.String()),
            sa.Column("event_id", sa.Integer(), nullable=False),
            sa.Column("tally_id", sa.Integer()),
        ],
        refers={
            "event_id": "event",
            "tally_id": "tally",
        },
        indexes=[
            ["event_id", "id"],
            ["tally_id", "id"],
        ],
    )
    facts(
        "document_relation",
        columns=[
            sa.Column("document_id", sa.Integer(), nullable=False),
            sa.Column("kind", TERM, nullable=False),
            sa.Column("of_document_id", sa.Integer()),
            sa.Column("of_source_id", sa.Integer()),
            sa.Column("state", TERM, nullable=False),
            sa.Column("note", sa.String()),
        ],
        refers={
            "document_id": "document",
            "of_document_id": "document",
            "of_source_id": "source",
        },
        checks={
            "of_another_document": "of_document_id <> document_id",
            "of_one_thing": "(of_document_id IS NULL) <> (of_source_id IS NULL)",
        },
        indexes=[
            ["of_document_id"],
            ["of_source_id"],
        ],
        sole=[
            ["document_id", "kind", "of_document_id"],
            ["document_id", "kind", "of_source_id"],
        ],
    )
    facts(
        "tie",
        columns=[
            sa.Column("kind", TERM, nullable=False),
            sa.Column("valid_from", INSTANT),
            sa.Column("valid_to", INSTANT),
            sa.Column("basis", TERM, nullable=False),
            sa.Column("reference", sa.String()),
            sa.Column("signed_by", sa.String(200)),
            sa.Column("signed_at", INSTANT),
            sa.Column("note", sa.String()),
            sa.Column("source_id", sa.Integer(), nullable=False),
            sa.Column("other_id", sa.Integer(), nullable=False),
            sa.Column("document_id", sa.Integer()),
        ],
        refers={
            "document_id": "document",
            "other_id": "source",
            "source_id": "source",
        },
        checks={
            "absence_is_signed": "kind <> 'examined_no_tie' OR (signed_by IS NOT NULL AND signed_at IS NOT NULL)",
            "cited_has_reference": "basis <> 'cited' OR reference IS NOT NULL OR document_id IS NOT NULL",
            "joins_two": "source_id <> other_id",
            "valid_in_order": "valid_from <= valid_to",
        },
        indexes=[
            ["document_id"],
            ["other_id"],
        ],
        sole=[
            ["source_id", "kind", "other_id", "valid_from"],
        ],
        sole_among={"valid_from IS NULL": ["source_id", "kind", "other_id"]},
    )
    facts(
        "verification",
        columns=[
            sa.Column("evidence_id", sa.Integer(), nullable=False),
            sa.Column("step", sa.String(300), nullable=False),
            sa.Column("outcome", sa.String(300), nullable=False),
            sa.Column("by", sa.String(200), nullable=False),
            sa.Column("at", INSTANT, nullable=False),
        ],
        refers={
            "evidence_id": "evidence",
        },
        indexes=[
            ["evidence_id"],
        ],
    )
    derived(
        "flag",
        columns=[
            sa.Column("id", sa.Integer(), nullable=False, primary_key=True),
            sa.Column("claim_id", sa.Integer(), nullable=False),
            sa.Column("rule", sa.String(60), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("reason", sa.Text(), nullable=False),
            sa.Column("clears_when", sa.Text(), nullable=False),
            sa.Column("evidence", sa.JSON(none_as_null=True), nullable=False),
        ],
        refers={
            "claim_id": "claim",
        },
        indexes=[
            ["claim_id", "id"],
            ["rule", "claim_id"],
        ],
    )
    facts(
        "report",
        columns=[
            sa.Column("quote", sa.String()),
            sa.Column("quote_prefix", sa.String(200)),
            sa.Column("quote_suffix", sa.String(200)),
            sa.Column("quote_start", sa.Integer()),
            sa.Column("quote_end", sa.Integer()),
            sa.Column("translation", sa.String()),
            sa.Column("translated_by", sa.String(200)),
            sa.Column("stance", TERM, nullable=False),
            sa.Column("hedge", sa.String(500)),
            sa.Column("own_basis", TERM),
            sa.Column("state", TERM, nullable=False),
            sa.Column("extractor", sa.String(200)),
            sa.Column("confidence", sa.Float()),
            sa.Column("note", sa.String()),
            sa.Column("document_id", sa.Integer(), nullable=False),
            sa.Column("claim_id", sa.Integer(), nullable=False),
            sa.Column("text_length", sa.Integer(), nullable=False),
        ],
        refers={
            "claim_id": "claim",
        },
        follows={"document": ["id", "text_length"]},
        checks={
            "confidence_is_a_share": "confidence >= 0 AND confidence <= 1",
            "quote_inside_text": "quote_start >= 0 AND quote_end > quote_start AND quote_end <= text_length",
            "quote_whole": "(quote_start IS NULL) = (quote_end IS NULL)",
            "span_is_the_quote": "quote_start IS NULL OR LENGTH(quote) = quote_end - quote_start",
        },
        unique={"claim_text_length": ["id", "claim_id", "text_length"]},
        indexes=[
            ["claim_id", "id"],
            ["document_id", "id"],
        ],
    )
    facts(
        "review",
        columns=[
            sa.Column("author", sa.String(200), nullable=False),
            sa.Column("rating", sa.String(200), nullable=False),
            sa.Column("upholds", sa.Boolean()),
            sa.Column("reasons", sa.String(), nullable=False),
            sa.Column("url", sa.String(2000)),
            sa.Column("language", sa.String(35)),
            sa.Column("reviewed_at", INSTANT),
            sa.Column("rating_value", sa.Float()),
            sa.Column("best_rating", sa.Float()),
            sa.Column("worst_rating", sa.Float()),
            sa.Column("state", TERM, nullable=False),
            sa.Column("claim_id", sa.Integer(), nullable=False),
        ],
        refers={
            "claim_id": "claim",
        },
        indexes=[
            ["claim_id"],
        ],
    )
    derived(
        "standing",
        columns=[
            sa.Column("claim_id", sa.Integer(), nullable=False, primary_key=True),
            sa.Column("public_id", sa.String(40), nullable=False),
            sa.Column("status", TERM, nullable=False),
            sa.Column("verdict", TERM, nullable=False),
            sa.Column("documents", sa.Integer(), nullable=False),
            sa.Column("parties", sa.Integer(), nullable=False),
            sa.Column("first_published", INSTANT),
            sa.Column("first_published_precision", TERM, nullable=False),
            sa.Column("trace", sa.Text(), nullable=False),
            sa.Column("etag", sa.String(64), nullable=False),
            sa.Column("stale", sa.Boolean(), nullable=False),
            sa.Column("computed_at", INSTANT, nullable=False),
        ],
        refers={
            "claim_id": "claim",
        },
        unique={"public_id": ["public_id"]},
        indexes=[
            ["status"],
            ["verdict"],
        ],
    )
    stale = sa.text("stale")
    op.create_index("ix_standing_stale", "standing", ["stale"], sqlite_where=stale, postgresql_where=stale)
    facts(
        "attribution",
        columns=[
            sa.Column("as_named", sa.String(500)),
            sa.Column("cue", sa.String(200)),
            sa.Column("cue_start", sa.Integer()),
            sa.Column("cue_end", sa.Integer()),
            sa.Column("manner", TERM, nullable=False),
            sa.Column("basis", TERM, nullable=False),
            sa.Column("capacity", TERM),
            sa.Column("mark", TERM, nullable=False),
            sa.Column("access", sa.String(500)),
            sa.Column("report_id", sa.Integer(), nullable=False),
            sa.Column("claim_id", sa.Integer(), nullable=False),
            sa.Column("text_length", sa.Integer(), nullable=False),
            sa.Column("upstream_id", sa.Integer()),
            sa.Column("downstream_id", sa.Integer(), nullable=False),
        ],
        refers={
            "downstream_id": "source",
            "upstream_id": "source",
        },
        follows={"report": ["id", "claim_id", "text_length"]},
        checks={
            "cue_inside_text": "cue_start >= 0 AND cue_end > cue_start AND cue_end <= text_length",
            "cue_whole": "(cue_start IS NULL) = (cue_end IS NULL)",
            "joins_two": "upstream_id <> downstream_id",
        },
        indexes=[
            ["claim_id", "report_id"],
            ["downstream_id", "claim_id"],
            ["report_id"],
            ["upstream_id", "claim_id"],
        ],
        sole=[
            ["report_id", "upstream_id", "downstream_id"],
        ],
        sole_among={"upstream_id IS NULL": ["report_id", "downstream_id"]},
    )
    facts(
        "figure",
        columns=[
            sa.Column("text", sa.String(500), nullable=False),
            sa.Column("text_start", sa.Integer()),
            sa.Column("text_end", sa.Integer()),
            sa.Column("qualifier", TERM, nullable=False),
            sa.Column("value", sa.Float()),
            sa.Column("low", sa.Float()),
            sa.Column("high", sa.Float()),
            sa.Column("unit", sa.String(50)),
            sa.Column("as_of", sa.String(200)),
            sa.Column("measure", sa.String(100)),
            sa.Column("measure_printed", sa.String(200)),
            sa.Column("counted", sa.String(200)),
            sa.Column("counted_printed", sa.String(300)),
            sa.Column("place", sa.String(200)),
            sa.Column("place_printed", sa.String(200)),
            sa.Column("report_id", sa.Integer(), nullable=False),
            sa.Column("claim_id", sa.Integer(), nullable=False),
            sa.Column("text_length", sa.Integer(), nullable=False),
        ],
        follows={"report": ["id", "claim_id", "text_length"]},
        checks={
            "low_not_above_high": "low <= high",
            "text_inside_text": "text_start >= 0 AND text_end > text_start AND text_end <= text_length",
            "text_whole": "(text_start IS NULL) = (text_end IS NULL)",
        },
        indexes=[
            ["claim_id", "id"],
            ["report_id"],
        ],
    )
    derived(
        "review_evidence",
        columns=[
            sa.Column("review_id", sa.Integer(), nullable=False, primary_key=True),
            sa.Column("evidence_id", sa.Integer(), nullable=False, primary_key=True),
        ],
        refers={
            "evidence_id": "evidence",
            "review_id": "review",
        },
        indexes=[
            ["evidence_id"],
        ],
    )
    facts(
        "correction",
        columns=[
            sa.Column("kind", TERM, nullable=False),
            sa.Column("by_id", sa.Integer(), nullable=False),
            sa.Column("document_id", sa.Integer()),
            sa.Column("claim_id", sa.Integer()),
            sa.Column("target_document_id", sa.Integer()),
            sa.Column("attribution_id", sa.Integer()),
            sa.Column("upstream_id", sa.Integer()),
            sa.Column("downstream_id", sa.Integer()),
            sa.Column("superseded_by_id", sa.Integer()),
            sa.Column("effective_printed", sa.String(200)),
            sa.Column("effective_earliest", INSTANT),
            sa.Column("effective_latest", INSTANT),
            sa.Column("effective_precision", TERM, nullable=False),
            sa.Column("remains", sa.String()),
            sa.Column("reference", sa.String()),
            sa.Column("note", sa.String()),
        ],
        refers={
            "attribution_id": "attribution",
            "by_id": "source",
            "claim_id": "claim",
            "document_id": "document",
            "downstream_id": "source",
            "superseded_by_id": "claim",
            "target_document_id": "document",
            "upstream_id": "source",
        },
        checks={
            "effective_in_order": "effective_earliest <= effective_latest",
            "has_a_target": "claim_id IS NOT NULL OR target_document_id IS NOT NULL OR attribution_id IS NOT NULL",
            "joins_two": "upstream_id <> downstream_id",
            "upstream_of_a_claim": "upstream_id IS NULL OR claim_id IS NOT NULL",
        },
        indexes=[
            ["attribution_id"],
            ["by_id"],
            ["claim_id"],
            ["document_id"],
            ["downstream_id"],
            ["superseded_by_id"],
            ["target_document_id"],
            ["upstream_id"],
        ],
    )
    derived(
        "flagged_figure",
        columns=[
            sa.Column("rule", sa.String(60), nullable=False, primary_key=True),
            sa.Column("figure_id", sa.Integer(), nullable=False, primary_key=True),
            sa.Column("flag_id", sa.Integer(), nullable=False, primary_key=True),
        ],
        refers={"figure_id": "figure"},
        falls_with={"flag_id": "flag"},
        indexes=[
            ["flag_id"],
        ],
        options={"sqlite_with_rowid": False},
    )
    facts(
        "ruling",
        columns=[
            sa.Column("kind", TERM, nullable=False),
            sa.Column("tally_id", sa.Integer()),
            sa.Column("claim_id", sa.Integer()),
            sa.Column("attribution_id", sa.Integer()),
            sa.Column("upstream_id", sa.Integer()),
            sa.Column("downstream_id", sa.Integer()),
            sa.Column("low", sa.Float()),
            sa.Column("high", sa.Float()),
            sa.Column("method", sa.String(), nullable=False),
            sa.Column("signed_by", sa.String(200), nullable=False),
            sa.Column("signed_at", INSTANT, nullable=False),
        ],
        refers={
            "attribution_id": "attribution",
            "claim_id": "claim",
            "downstream_id": "source",
            "tally_id": "tally",
            "upstream_id": "source",
        },
        checks={
            "cut_of_a_hop": (
                "kind <> 'cut' OR attribution_id IS NOT NULL "
                "OR (claim_id IS NOT NULL AND (upstream_id IS NOT NULL OR downstream_id IS NOT NULL))"
            ),
            "low_not_above_high": "low <= high",
            "range_of_a_tally": "kind <> 'range' OR tally_id IS NOT NULL",
        },
        indexes=[
            ["attribution_id"],
            ["claim_id"],
            ["downstream_id"],
            ["tally_id"],
            ["upstream_id"],
        ],
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


TABLES = (
    "event",
    "history",
    "source",
    "coverage",
    "document",
    "evidence",
    "interest",
    "source_name",
    "tally",
    "claim",
    "document_relation",
    "tie",
    "verification",
    "flag",
    "report",
    "review",
    "standing",
    "attribution",
    "figure",
    "review_evidence",
    "correction",
    "flagged_figure",
    "ruling",
)


def facts(
    table: str,
    columns: Sequence[sa.Column[Any]],
    checks: Mapping[str, str] | None = None,
    sole: Iterable[Sequence[str]] = (),
    sole_among: Mapping[str, Sequence[str]] | None = None,
    **own: Any,
) -> None:
    """A table of facts; ``sole`` columns occur once among the rows that hold now, ``sole_among`` among some of them."""
    common: list[sa.Column[Any]] = [
        sa.Column("id", sa.Integer(), nullable=False, primary_key=True),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("visibility", TERM, nullable=False),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_to", INSTANT),
        sa.Column("version_of", sa.Integer()),
    ]
    in_time = {
        "recorded_in_order": "recorded_to IS NULL OR recorded_to >= recorded_from",
        "earlier_states_are_closed": "version_of IS NULL OR recorded_to IS NOT NULL",
    }
    derived(table, [*common, *columns], checks={**in_time, **(checks or {})}, itself="version_of", **own)
    op.create_index(f"ix_{table}_version_of", table, ["version_of"])
    for among in (["public_id"], *sole):
        _sole(f"uq_{table}_{'_'.join(among)}", table, among, HOLDS)
    for condition, among in (sole_among or {}).items():
        _sole(f"uq_{table}_{'_'.join(among)}_some", table, among, f"{HOLDS} AND {condition}")


def derived(
    table: str,
    columns: Sequence[sa.Column[Any]],
    refers: Mapping[str, str] | None = None,
    follows: Mapping[str, Sequence[str]] | None = None,
    checks: Mapping[str, str] | None = None,
    unique: Mapping[str, Sequence[str]] | None = None,
    indexes: Iterable[Sequence[str]] = (),
    named: Mapping[str, Sequence[str]] | None = None,
    itself: str | None = None,
    falls_with: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
) -> None:
    """Any table.

    ``refers`` names tables by the columns that hold their ids. ``follows`` names columns of another table whose values
    are repeated here and change with it. A row ``falls_with`` the one that it refers to.
    """
    key = [column.name for column in columns if column.primary_key]
    parts: list[sa.Constraint] = [sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}"))]
    references = {**(refers or {}), **({itself: table} if itself else {})}
    for column, other in references.items():
        parts.append(_foreign(table, [column], other, ["id"]))
    for column, other in (falls_with or {}).items():
        parts.append(_foreign(table, [column], other, ["id"], ondelete="CASCADE"))
    for other, repeated in (follows or {}).items():
        own = [f"{other}_id", *repeated[1:]]
        parts.append(_foreign(table, own, other, repeated, onupdate="CASCADE"))
    for name, condition in (checks or {}).items():
        parts.append(sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}")))
    for name, together in (unique or {}).items():
        parts.append(sa.UniqueConstraint(*together, name=op.f(f"uq_{table}_{name}")))
    op.create_table(table, *columns, *parts, **(options or {}))
    for along in indexes:
        op.create_index(f"ix_{table}_{along[0]}", table, along)
    for name, along in (named or {}).items():
        op.create_index(f"ix_{table}_{name}", table, along)


def _foreign(
    table: str,
    columns: Sequence[str],
    other: str,
    keys: Sequence[str],
    onupdate: str | None = None,
    ondelete: str | None = None,
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{'_'.join(columns)}_{other}")
    referred = [f"{other}.{key}" for key in keys]
    return sa.ForeignKeyConstraint(columns, referred, name=name, onupdate=onupdate, ondelete=ondelete)


def _sole(name: str, table: str, columns: Sequence[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)
