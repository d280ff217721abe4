"""The statements of an article, put together from what was proposed and what was found out about it.

To what the proposer found come the article's own words about what is not known, and what its headline repeats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from provenance.extraction.article import Article, Proposed
from provenance.extraction.reading import Span, Statement
from provenance.extraction.resolving import absences, headlines
from provenance.extraction.resolving.carriers import only_cites, with_cited, with_told
from provenance.extraction.resolving.chains import Chained, chained, links, wrappers
from provenance.extraction.resolving.claims import kind_of
from provenance.extraction.resolving.confidences import confidences, overall
from provenance.extraction.resolving.hedges import hedge_of
from provenance.extraction.resolving.lookup import Lookup
from provenance.extraction.resolving.nesting import untangled
from provenance.extraction.resolving.shaping import shaped
from provenance.extraction.resolving.shown import captioned, published
from provenance.extraction.resolving.stances import stance_of
from provenance.extraction.resolving.words import Page, page_of
from provenance.vocabulary import Stance


def resolve(article: Article, proposals: Sequence[Proposed], registry: Lookup) -> tuple[Statement, ...]:
    """The statements that the proposals make, in the order of the text, each with its whole chain.

    >>> from provenance.extraction.article import Mention
    >>> from provenance.extraction.parsing import parse
    >>> from provenance.extraction.reading import Span
    >>> from provenance.extraction.sources import registry
    >>> text = "Khabar 24 quoted a spokesman for the Interior Ministry, the agency Tass reported. “Dozens fell.”"
    >>> who = [Mention(Span.of(text, *place)) for place in ((17, 54), (0, 9), (67, 71))]
    >>> first = Proposed(Span.of(text, 82, 95), None, None, tuple((one,) for one in who), "quote", 0.9)
    >>> [one] = resolve(Article(text, (), "en", doc=parse(text)), [first], registry())
    >>> [link.source for link in one.chain]
    ['spokesman for the Interior Ministry', 'Khabar 24', 'TASS']
    """
    if article.doc is None:
        page = Page(article.text, ())
        return _in_order([_statement(page, one) for one in chained(article, proposals, registry, page)], {})
    page = page_of(article.text, article.doc)
    proposals = headlines.without_topic(article, shaped(article.text, proposals))
    proposals = [absences.before_silence(one) for one in proposals]
    named = [with_cited(page, published(page, one)) for one in untangled(proposals)]
    shown = captioned(article, named, registry)
    every = [*with_told(article, page, shown, registry), *absences.absences(article, page, proposals)]
    wrapped = wrappers(every)
    found: list[Statement | None] = [_statement(page, one) for one in chained(article, every, registry, page)]
    for place, one in enumerate(every):
        if place in wrapped or only_cites(one):
            found[place] = None
    return _in_order(_with_headlines(article, page, found), wrapped)


def _statement(page: Page, one: Chained) -> Statement:
    proposed = one.proposed
    content = _behind_source(page, one)
    first, last = page.within(content.start, content.end)
    words = page.words[first:last]
    sure = confidences(one)
    return Statement(
        content=content,
        cue=proposed.cue,
        source=proposed.source,
        chain=links(one.steps),
        stance=stance_of(proposed),
        hedge=hedge_of(page.text, proposed, words),
        rule=proposed.rule,
        confidence=overall(sure),
        kind=kind_of(content.text, proposed.cue.text if proposed.cue else "", words),
        parts=proposed.parts,
        continues=proposed.continues,
        confidences=sure,
    )


def _behind_source(page: Page, one: Chained) -> Span:
    """The content without the end of a source's name that the parser left there: "a spokesman, | Yuriy Ihnat, ..."."""
    content = one.proposed.content
    for link in (found.link for found in one.steps[0]) if one.steps else ():
        if link.start is not None and link.end is not None and link.start < content.start < link.end < content.end:
            first, _ = page.within(link.end, content.end)
            while first < len(page.words) and page.words[first].text in (",", "—", "–"):
                first += 1
            start = page.words[first].start if first < len(page.words) else content.start
            return Span.of(page.text, min(start, content.end), content.end)
    return content


def _with_headlines(article: Article, page: Page, found: Sequence[Statement | None]) -> list[Statement | None]:
    """With the claims of the headline, each tied to what it repeats, and with its chain."""
    places = [place for place, one in enumerate(found) if one is not None]
    said = [one for one in found if one is not None]
    repeated = headlines.restated(article, page, said)
    tied = {places[place]: places[other] for place, other in repeated.items()}
    all_found = [
        replace(one, restates=tied[place]) if one and place in tied else one for place, one in enumerate(found)
    ]
    for claim in headlines.headline_claims(article, page, said):
        restates = places[claim.restates] if claim.restates is not None else None
        all_found.append(_headlined(page, claim, found[restates] if restates is not None else None, restates))
    return all_found


def _headlined(page: Page, claim: headlines.Headlined, body: Statement | None, restates: int | None) -> Statement:
    first, last = page.within(claim.content.start, claim.content.end)
    sure = round(0.3 + 0.3 * claim.likeness, 2)
    return Statement(
        content=claim.content,
        cue=None,
        source=None,
        chain=body.chain if body else (),
        stance=body.stance if body else Stance.ASSERTS,
        hedge=None,
        rule=headlines.RULE,
        confidence=sure,
        kind=body.kind if body else kind_of(claim.content.text, "", page.words[first:last]),
        restates=restates,
        confidences={"content": 0.8, "chain": sure, "restates": sure},
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
