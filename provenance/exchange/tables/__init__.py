"""Writes lists as tables for spreadsheets, statistics and databases."""

from __future__ import annotations

from provenance.exchange.format import Direction, Format

KEPT = "Every list with the same filters, orders and moments, and each field of each record under the same name."

CSV = Format(
    key="csv",
    name="Comma-separated values",
    defined_by="RFC 4180",
    directions=(Direction.WRITES,),
    where=("/v1/{list}.csv", "provenance table {list}"),
    kept=(
        f"{KEPT} Missing values and empty texts differ; a text that a spreadsheet would run is guarded so that it can "
        "be had back."
    ),
    lost=(
        "Types: a reader takes every cell for a text until told otherwise; the data package of an event tells it.",
        "Which entries of a list were missing and which empty texts.",
    ),
)
PARQUET = Format(
    key="parquet",
    name="Apache Parquet",
    defined_by="Apache Parquet 2",
    directions=(Direction.WRITES,),
    where=("/v1/{list}.parquet", "provenance table {list} --format parquet"),
    kept=f"{KEPT} Numbers, truth values, lists and instants keep their types, and each column carries its meaning.",
    lost=(
        "Dates of which only a day, month or year is known stay texts: a timestamp would invent the rest.",
        "The history's records from before and after a change are JSON in a text.",
    ),
)
