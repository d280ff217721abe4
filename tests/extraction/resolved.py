"""Builders for the tests of resolving: a text, what a proposer would have found in it, and whom the chain names."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.extraction.article import Article, Mention, Proposed
from provenance.extraction.parsing import parse
from provenance.extraction.reading import Span, Statement, Zone
from provenance.extraction.resolving import resolve
from provenance.extraction.sources import registry
from provenance.vocabulary import Stance, ZoneKind


def span(text: str, words: str, nth: int = 0) -> Span:
    """Where words stand in a text, the first or the nth time."""
    place = -1
    for _ in range(nth + 1):
        place = text.index(words, place + 1)
    return Span.of(text, place, place + len(words))


def proposed(
    text: str,
    content: str,
    *steps: str | tuple[str, ...] | Span,
    cue: str | None = None,
    continues: int | None = None,
    stance: Stance = Stance.ASSERTS,
    rule: str = "a rule",
) -> Proposed:
    """What a proposer found: content and cue by their words, the sources from origin to last carrier."""
    several = [step if isinstance(step, tuple) else (step,) for step in steps]
    sources = tuple(tuple(Mention(_span(text, one)) for one in step) for step in several)
    source = sources[0][0].span if sources else None
    found = span(text, cue) if cue else None
    return Proposed(span(text, content), found, source, sources, rule, 0.9, stance, continues=continues)


def _span(text: str, one: str | Span) -> Span:
    return span(text, one) if isinstance(one, str) else one


def statements(
    text: str, *found: Proposed, headline: str | None = None, zones: Sequence[Zone] | None = None
) -> tuple[Statement, ...]:
    """The statements of a text with these proposals."""
    if zones is None:
        end = len(headline) if headline else 0
        head = (Zone(ZoneKind.HEADLINE, 0, end),) if headline else ()
        zones = (*head, Zone(ZoneKind.BODY, end, len(text)))
    return resolve(Article(text, tuple(zones), "en", doc=parse(text, zones)), found, registry())


def chain(statement: Statement) -> list[str | None]:
    """Whom each link of a chain means, origin first."""
    return [link.source for link in statement.chain]


def means(text: str, phrase: str) -> str | None:
    """Whom the words before the bar in "it | said" mean, where nothing else was found in a text."""
    words, _, rest = phrase.partition(" | ")
    start = text.index(f"{words} {rest}")
    who = Span.of(text, start, start + len(words))
    [statement] = [one for one in statements(text, proposed(text, text[-3:], who)) if one.rule == "a rule"]
    return statement.chain[0].source
