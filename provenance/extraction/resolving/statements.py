"""The statements of an article, put together from what was proposed and what was found out about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from provenance.extraction.article import Article, Proposed
from provenance.extraction.reading import Statement
from provenance.extraction.resolving.chains import Chained, chained, links, wrappers
from provenance.extraction.resolving.lookup import Lookup


def resolve(article: Article, proposals: Sequence[Proposed], registry: Lookup) -> tuple[Statement, ...]:
    """The statements that the proposals make, in the order of the text, each with its whole chain."""
    wrapped = wrappers(proposals)
    statements = [_statement(one) for one in chained(article, proposals, registry)]
    return _in_order([None if place in wrapped else one for place, one in enumerate(statements)], wrapped)


def _statement(one: Chained) -> Statement:
    proposed = one.proposed
    return Statement(
        content=proposed.content,
        cue=proposed.cue,
        source=proposed.source,
        chain=links(one.steps),
        stance=proposed.stance,
        hedge=proposed.hedge,
        rule=proposed.rule,
        confidence=round(proposed.confidence * one.confidence, 3),
        parts=proposed.parts,
        continues=proposed.continues,
    )


def _in_order(statements: Sequence[Statement | None], instead: dict[int, int]) -> tuple[Statement, ...]:
    """Sorted by where they begin; places that point at others follow them, and go to what stands instead of one."""
    kept = [place for place, one in enumerate(statements) if one is not None]
    kept.sort(key=lambda place: _begins(statements[place]))
    moved = {place: at for at, place in enumerate(kept)}

    def place_of(old: int | None) -> int | None:
        while old is not None and old in instead:
            old = instead[old]
        return moved.get(old) if old is not None else None

    return tuple(
        replace(one, continues=place_of(one.continues), restates=place_of(one.restates))
        for place in kept
        if (one := statements[place]) is not None
    )


def _begins(one: Statement | None) -> tuple[int, int]:
    return (one.content.start, -one.content.end) if one else (0, 0)
