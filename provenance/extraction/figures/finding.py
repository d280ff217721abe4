"""From an article to its figures: what is printed, then what each counts, where, for when and as part of what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from provenance.extraction.article import Article
from provenance.extraction.figures.counted import counted_near, counted_noun, counted_span, counter
from provenance.extraction.figures.found import Found
from provenance.extraction.figures.page import Page
from provenance.extraction.figures.roles import Role, role_after, role_before, role_near, role_of, role_word
from provenance.extraction.figures.scanner import scan
from provenance.extraction.figures.scope import Scope
from provenance.extraction.figures.subsets import related
from provenance.extraction.figures.words import Words, words_of
from provenance.extraction.reading import FigureFound, Span
from provenance.vocabulary import FigureKind


def find_figures(article: Article) -> tuple[FigureFound, ...]:
    """Every quantity in a text, in its order, as the interval that its words assert, with what it counts.

    >>> text = "The ministry counts more than 1,000 injured, among them 12 officers, Khabar 24 said."
    >>> [(one.text, one.low, one.role, one.part_of) for one in find_figures(Article(text, (), "en"))]
    [('more than 1,000', 1001, 'injured', None), ('12', 12, 'injured', 0)]
    """
    page, words = Page(article.text, article.doc), words_of(article.language)
    found = _counting(page, words, scan(page, words))
    scope = Scope(page)
    figures = [_figure(page, words, scope, one, place, found) for place, one in enumerate(found)]
    return related(article.text, figures)


def _counting(page: Page, words: Words, found: Sequence[Found]) -> list[Found]:
    """Without the ones that pick somebody out: 'one of those who came' counts nobody, 'one of them was killed' does."""
    return [
        one
        for place, one in enumerate(found)
        if not (_picks(page, one) and _attached(page, words, one, place, found).role is None)
    ]


def _picks(page: Page, found: Found) -> bool:
    return page.low(found.first) == "one" and found.quantity.value == 1 and page.low(found.end) == "of"


@dataclass(frozen=True, slots=True)
class _Attached:
    counted: Span | None = None
    role: Role | None = None
    sure: float = 1.0


def _figure(
    page: Page, words: Words, scope: Scope, found: Found, place: int, all_found: Sequence[Found]
) -> FigureFound:
    quantity, second = found.quantity, found.second
    attached = _attached(page, words, found, place, all_found)
    role = attached.role
    return FigureFound(
        *found.span,
        quantity.text,
        found.kind,
        quantity.qualifier,
        quantity.value,
        quantity.low,
        quantity.high,
        found.rule,
        quantity.unit,
        found.currency,
        counted=attached.counted,
        role=role.name if role else None,
        role_printed=Span.of(page.text, role.start, role.end) if role else None,
        place=scope.place(*found.span),
        as_of=scope.as_of(*found.span),
        total=scope.total(*found.span),
        out_of=place + 1 if found.out_of and place + 1 < len(all_found) else None,
        confidence=round(found.confidence * attached.sure, 2),
        number_start=found.number[0],
        number_end=found.number[1],
        second_start=second[0] if second else None,
        second_end=second[1] if second else None,
        low_open=found.low_open,
        high_open=found.high_open,
    )


_LINK = re.compile(r"(?:[\s,;]|\s(?:and|or|und|et|и))*\Z")
# Of these the unit, or the words themselves, say what is counted.
_COUNTING = frozenset({FigureKind.COUNT, FigureKind.FRACTION, FigureKind.PERCENT, FigureKind.ORDINAL, FigureKind.RANK})


def _attached(page: Page, words: Words, found: Found, place: int, all_found: Sequence[Found]) -> _Attached:
    if found.kind not in _COUNTING:
        return _Attached(_of_the_unit(page, found))
    counting = counter(page, found.second or found.number)
    if counting is None:
        return _near(page, words, found, place, all_found)
    noun = counted_noun(counting)
    counted = counted_span(page, counting, noun) if noun is not None else None
    if counted is not None and noun is not None and place + 1 < len(all_found):
        counted = _before(page, counted, noun.idx, all_found[place + 1].span[0])
    role = None
    if found.kind not in (FigureKind.ORDINAL, FigureKind.RANK):
        role = role_of(counting, noun) or role_before(page, found.first)
        if role is None and counted is None:
            role = role_after(page, found.end)
    return _Attached(counted, role, 1.0 if counted is not None or role is not None else 0.8)


def _before(page: Page, counted: Span, noun: int, following: int) -> Span | None:
    """The words up to the next figure, which counts things of its own; of 'one of his two brothers' the noun."""
    if counted.end <= following:
        return counted
    if noun > following:
        return Span.of(page.text, noun, counted.end)
    kept = _LINK.sub("", page.text[counted.start : max(following, counted.start)])
    return Span.of(page.text, counted.start, counted.start + len(kept)) if kept else None


def _near(page: Page, words: Words, found: Found, place: int, all_found: Sequence[Found]) -> _Attached:
    """What stands beside the number, up to the next figure, where no grammar says what belongs together."""
    counted = counted_near(page, found.end, words)
    role = role_near(page, found.first, found.end)
    if role is not None and place + 1 < len(all_found) and role.start >= all_found[place + 1].span[0]:
        role = None
    if role is not None and place and role.end <= all_found[place - 1].span[1]:
        role = None
    if counted is not None and role_word(counted.text.lower()) is not None and role is None:
        role = Role(role_word(counted.text.lower()) or "", counted.start, counted.end)
    return _Attached(counted, role, 0.8)


def _of_the_unit(page: Page, found: Found) -> Span | None:
    """The words of the unit behind the number: 'years', 'kilometres'."""
    last = page.pieces[found.end - 1].end
    if found.kind is FigureKind.DURATION and found.rule == "vague duration":
        return Span.of(page.text, *found.span)
    end = found.span[1]
    return _trimmed(page.text, end, last)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and not text[start].isalnum():
        start += 1
    if text.startswith("of ", start):
        start += 3
    return Span.of(text, start, end) if start < end else None
