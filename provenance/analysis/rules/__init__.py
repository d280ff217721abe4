"""The flag rules, in the order of the catalogue. A new rule is a file of its own and one line here."""

from __future__ import annotations

from provenance.analysis.rule import Rule
from provenance.analysis.rules import (
    chokepoint,
    circular,
    contradicted_figure,
    disputed_attribution,
    falling_cumulative,
    hearsay,
    hedged,
    impossible_order,
    interested_party,
    no_quote,
    not_examined,
    one_party,
    origin_not_stated,
    retracted,
    single_origin,
    superseded,
    text_changed,
    uncited_tie,
    unnamed_origin,
    unverified_figure,
    vague_figure,
    zombie,
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
    falling_cumulative.RULE,
    retracted.RULE,
    zombie.RULE,
    disputed_attribution.RULE,
    circular.RULE,
    impossible_order.RULE,
    superseded.RULE,
    no_quote.RULE,
    text_changed.RULE,
)
