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
GED = Format(
    key="ged",
    name="Table of an event's figures in the columns of UCDP GED",
    defined_by="UCDP Georeferenced Event Dataset",
    directions=(Direction.WRITES,),
    where=("/v1/events/{id}/ged.csv", "/v1/events/{id}/ged.parquet", "provenance table ged {event}"),
    kept=(
        "Rulings on tallies, and for each claim the documents that assert it with outlet, date, headline and origin, "
        "the bounds of their figures under a chosen policy, and one best number where there is such."
    ),
    lost=(
        "The chain between origin and outlet, quotes, hedges and flags: take the data package for them.",
        "Places on a map: `where_prec` is always empty.",
        "Sides of a conflict, unless whoever asks says whom each side is.",
        "Denials, corrections and what fell with them, but for the status of the claim.",
    ),
)
PACKAGE = Format(
    key="package",
    name="Data package of an event",
    defined_by="Frictionless Data Package 1",
    directions=(Direction.WRITES,),
    where=("/v1/events/{id}/package.zip", "provenance package {event}"),
    kept=(
        "The event with what was searched about it and who has something at stake in it, its tallies, claims, "
        "accepted reports with quotes, hops and what cut them, figures, flags, corrections, rulings, reviews, and "
        "evidence with how it was verified; the sources that they name with all names, and the ties above them; "
        "where earlier ids of claims and sources lead; types, keys, references and the meaning of each column."
    ),
    lost=(
        "Texts of documents, which belong to their publishers; quotes are kept.",
        "Proposals, what the desk keeps of its work, and the history.",
        "The paths that the hops make, and which of them support a claim: the trace of a claim has them.",
        "What the markup of a review says beyond its rating, its claim, and where that appeared.",
        "Types of lists: they are texts with parted values.",
    ),
)
