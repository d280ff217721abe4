"""The flag rules, in the order of the catalogue. A new rule is a file of its own and one line here."""

from __future__ import annotations

from provenance.analysis.rule import Rule
from provenance.analysis.rules import (
    chokepoint,
    contradicted_figure,
    hearsay,
    hedged,
    interested_party,
    no_quote,
    not_examined,
    one_party,
    origin_not_stated,
    single_origin,
    uncited_tie,
    unnamed_origin,
    unverified_figure,
    vague_figure,
)

RULES: tuple[Rule, ...] = (
    unverified_figure.RULE,
    single_origin.RULE,
    origin_not_stated.RULE,
    unnamed_origin.RULE,
    chokepoint.RULE,
    one_party.RULE,
    uncited_tie.RULE,
    not_examined.RULE,
    interested_party.RULE,
    hearsay.RULE,
    hedged.RULE,
    vague_figure.RULE,
    contradicted_figure.RULE,
    no_quote.RULE,
)
