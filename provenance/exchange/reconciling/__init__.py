"""Answers lists of names with the sources that bear them, as OpenRefine and its kin ask."""

from __future__ import annotations

from provenance.exchange.format import Direction, Format

FORMAT = Format(
    key="reconciliation",
    name="Reconciliation of sources",
    defined_by="Reconciliation Service API 0.2, as OpenRefine speaks it",
    directions=(Direction.WRITES,),
    where=("/reconcile", "/reconcile/suggest/entity", "/reconcile/properties", "/reconcile/preview"),
    kept=(
        "Sources by all their names in all scripts, their kinds as types, country, note and ties as properties; of "
        "each candidate the score of its spelling, and whether it is the only one that fits."
    ),
    lost=(
        "Sources that only proposals speak of, and those that not everybody may see.",
        "When a tie held, and what it rests on: the value of a property has no room for either.",
        "The finding that two sources are not tied, for the interface has no way to say it.",
        "Any moment but now.",
    ),
)
