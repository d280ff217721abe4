"""What is derived about claims at a moment for which nothing is stored, laid under the names of the stored tables.

Whoever opens a session at a moment computes it; the questions of lists then filter, sort and page over it as they do
over what is stored for now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from provenance.storage.record import Instant
from provenance.vocabulary import ClaimStatus, DatePrecision, Verdict


@dataclass(frozen=True, slots=True)
class FlagThen:
    """What a rule found about a claim as it was, and the keys of the figures that it is about."""

    says: Mapping[str, Any]
    figures: Sequence[int]


@dataclass(frozen=True, slots=True)
class DerivedThen:
    """All that lists tell of what is derived about one claim at a moment.

    ``certain`` of its ``documents`` were certainly published by then; the others possibly.
    """

    claim: int
    public_id: str
    status: ClaimStatus
    verdict: Verdict
    documents: int
    certain: int
    parties: int
    first_published: datetime | None
    first_published_precision: DatePrecision
    flags: tuple[FlagThen, ...]


def laid_under(derived: Iterable[DerivedThen], dialect: str) -> list[sa.CTE]:
    """The tables of derived values, with what is given in them and nothing else."""
    known = sorted(derived, key=lambda one: one.claim)
    # Numbered in the order of the claims, as stored findings are.
    flags = [(one.claim, flag) for one in known for flag in one.flags]
    numbered = list(enumerate(flags, start=1))
    return [
        _table("standing", STANDING, map(_standing, known), dialect),
        _table("flag", FLAG, ({"id": id, "claim_id": claim, **flag.says} for id, (claim, flag) in numbered), dialect),
        _table(
            "flagged_figure",
            FLAGGED_FIGURE,
            (
                {"rule": flag.says["rule"], "figure_id": figure, "flag_id": id}
                for id, (_, flag) in numbered
                for figure in dict.fromkeys(flag.figures)
            ),
            dialect,
        ),
    ]


def listed(keys: Iterable[int], dialect: str) -> sa.Select[Any]:
    """These keys as a subquery, however many they are."""
    text = sa.literal(json.dumps(sorted(keys)), sa.Text())
    if dialect == "sqlite":
        return sa.select(sa.func.json_each(text).table_valued("value", name="listed").c.value)
    each = sa.func.json_array_elements_text(sa.cast(text, sa.JSON)).table_valued("value", name="listed")
    return sa.select(sa.cast(each.c.value, sa.BigInteger))


Columns = Mapping[str, sa.types.TypeEngine[Any]]
KEY, COUNT, WORDS = sa.BigInteger(), sa.Integer(), sa.Text()
STANDING: Columns = {
    "claim_id": KEY,
    "public_id": WORDS,
    "status": WORDS,
    "verdict": WORDS,
    "documents": COUNT,
    "certain": COUNT,
    "parties": COUNT,
    "first_published": Instant(),
    "first_published_precision": WORDS,
    "stale": sa.Boolean(),
}
FLAG: Columns = {
    "id": KEY,
    "claim_id": KEY,
    "rule": WORDS,
    "version": COUNT,
    "reason": WORDS,
    "clears_when": WORDS,
    "evidence": sa.JSON(),
}
FLAGGED_FIGURE: Columns = {"rule": WORDS, "figure_id": KEY, "flag_id": KEY}


def _standing(one: DerivedThen) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in STANDING if name not in ("claim_id", "first_published", "stale")}
    return {
        **plain,
        "claim_id": one.claim,
        # The one form that sorts as text where there are no dates, and that is read as a date where there are.
        "first_published": Instant().process_bind_param(one.first_published, SQLiteDialect()),
        "stale": False,
    }


def _table(name: str, columns: Columns, given: Iterable[Mapping[str, Any]], dialect: str) -> sa.CTE:
    """Rows as one JSON text, which both databases read as a table: so many values exceed what a question may bind."""
    text = sa.literal(json.dumps(list(given), ensure_ascii=False), sa.Text())
    if dialect == "sqlite":
        each = sa.func.json_each(text).table_valued("value", name="held")
        held = sa.select(*(sa.func.json_extract(each.c.value, f"$.{column}").label(column) for column in columns))
    else:
        typed = [sa.column(column, kind) for column, kind in columns.items()]
        record = sa.func.json_to_recordset(sa.cast(text, sa.JSON)).table_valued(*typed)
        held = sa.select(record.render_derived(name="held", with_types=True))
    # Read once for a question, however often a join comes back to it.
    return held.cte(name).prefix_with("MATERIALIZED")
