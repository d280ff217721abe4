"""Figures with two ends: 'between 10 and 20', '10-20', '5 or 6', and two bounds that stand side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from provenance.extraction.figures.cardinals import Numeral
from provenance.extraction.figures.found import Found
from provenance.extraction.figures.fractions import numeral
from provenance.extraction.figures.ordinals import ordinal
from provenance.extraction.figures.page import Page
from provenance.extraction.figures.qualifiers import Lead
from provenance.extraction.figures.units import Measured, money_before, unit_after
from provenance.extraction.figures.words import Unit, Words
from provenance.numerals import whole
from provenance.quantity import Quantity
from provenance.vocabulary import FigureKind, Qualifier

_Ended = Callable[[Page, Lead, Numeral, Words, Unit | None, Numeral | None], Found | None]

_DASHES = frozenset("-–—‑~−")
_THROUGH = frozenset({"through", "till"})


def two_ends(page: Page, number: Numeral, words: Words, unit: Measured | None) -> tuple[Numeral, Numeral] | None:
    """The ends of a range that begins with a number: '10-20', '5 or 6', '10 to 15 thousand', both of them scaled."""
    here = unit.end if unit is not None and unit.kind is not FigureKind.AGE else number.end
    mark = page.low(here)
    if "from" in (page.low(number.first - 1), page.low(number.first - 2)) and _a_change(page, number.first - 1, words):
        return None
    word = mark in words.lexicon.ranges or mark in _THROUGH
    if not word and mark not in _DASHES:
        return None
    if not word and page.glued(here) != page.glued(here + 1):
        return None
    money = money_before(page, here + 1)
    upper = numeral(page, money[1] if money else here + 1, words)
    if upper is None or upper.value < 0 or page.low(upper.end) in _DASHES or _dated(page, number, upper, mark):
        return None
    if number.scale == 1 and upper.scale > 1 and Decimal(number.value) * upper.scale <= upper.value:
        number = replace(number, value=whole(Decimal(number.value) * upper.scale))
    return (number, upper) if number.value < upper.value else None


def _dated(page: Page, number: Numeral, upper: Numeral, mark: str) -> bool:
    """'from 200 to 2008', '5 or, in 2008': years are no ends of figures."""
    years = all(isinstance(n.value, int) and 1500 <= n.value <= 2099 and not n.spelled for n in (number, upper))
    return years and not page.bare and mark != "or" and page.kind(upper.end) != "word"


def spoken_range(page: Page, here: int, words: Words, ended: _Ended) -> Found | None:
    """'between 10 and 20', 'from 3 to 5', 'between the tenth and the fifteenth'."""
    closing = words.between.get(page.low(here))
    if closing is None:
        return None
    closers = {closing, "and", "to", "through"} if words.language == "en" and page.low(here) == "from" else {closing}
    start = here + 1
    placed = _places(page, start, words, closers)
    if placed is not None:
        return _range_of_places(page, here, *placed)
    if page.low(here) == "from" and _a_change(page, here, words):
        return None
    money = money_before(page, start)
    start = money[1] if money else start
    for joining in (False, True):
        lower = numeral(page, start, words, joining)
        if lower is None:
            return None
        unit = unit_after(page, lower.end, words, money[0] if money else None)
        at = unit.end if unit is not None else lower.end
        if page.low(at) not in closers - ({"and"} if page.low(here) == "from" else set()):
            continue
        again = money_before(page, at + 1)
        upper = numeral(page, again[1] if again else at + 1, words)
        if upper is None or _years(lower, upper, page):
            continue
        if lower.scale == 1 and upper.scale > 1 and Decimal(lower.value) * upper.scale <= upper.value:
            lower = replace(lower, value=whole(Decimal(lower.value) * upper.scale))
        if lower.value < upper.value:
            return ended(page, Lead(here, start), lower, words, money[0] if money else None, upper)
    return None


def _years(lower: Numeral, upper: Numeral, page: Page) -> bool:
    ends = (lower, upper)
    return not page.bare and all(
        isinstance(n.value, int) and 1500 <= n.value <= 2099 and n.end == n.first + 1 and "," not in page.low(n.first)
        for n in ends
    )


def _a_change(page: Page, here: int, words: Words) -> bool:
    """'rose from 12 to 15' tells two figures, an earlier one and a later one."""
    return any(words.has("changes", page.low(place)) for place in range(max(0, here - 4), here))


def _places(page: Page, here: int, words: Words, closers: set[str]) -> tuple[Numeral, Numeral] | None:
    lower = ordinal(page, here + (page.low(here) == "the"), words)
    if lower is None or page.low(lower.end) not in closers:
        return None
    at = lower.end + 1
    upper = ordinal(page, at + (page.low(at) == "the"), words)
    return (lower, upper) if upper is not None and lower.value < upper.value else None


def _range_of_places(page: Page, here: int, lower: Numeral, upper: Numeral) -> Found:
    span = page.pieces[here].start, page.pieces[upper.end - 1].end
    quantity = Quantity(page.text[span[0] : span[1]], Qualifier.RANGE, None, lower.value, upper.value)
    first = page.pieces[lower.first].start, page.pieces[lower.end - 1].end
    second = page.pieces[upper.first].start, span[1]
    return Found(here, upper.end, span, first, FigureKind.ORDINAL, quantity, "place:range", 0.8, second)


def merged(page: Page, figures: list[Found]) -> list[Found]:
    """Two bounds side by side are one range: 'more than 20 and less than 35', 'at most 100 and at least 20'."""
    kept: list[Found] = []
    for figure in figures:
        one = _both_ends(page, kept[-1], figure) if kept else None
        if one is None:
            kept.append(figure)
        else:
            kept[-1] = one
    return kept


_BESIDE = frozenset({"and", "but", ",", ", and", ", but"})


def _both_ends(page: Page, one: Found, other: Found) -> Found | None:
    if not ((one.above and other.below) or (one.below and other.above)) or one.quantity.unit != other.quantity.unit:
        return None
    if page.text[one.span[1] : other.span[0]].strip().lower() not in _BESIDE or one.kind is not other.kind:
        return None
    above, below = (one, other) if one.above else (other, one)
    low, high = above.quantity.low, below.quantity.high
    if low is None or high is None or (above.quantity.value or 0) >= (below.quantity.value or 0) or low > high:
        return None
    span = one.span[0], other.span[1]
    text = page.text[span[0] : span[1]]
    quantity = Quantity(text, Qualifier.RANGE, None, low, high, one.quantity.unit)
    both = replace(one, end=other.end, span=span, quantity=quantity, second=other.number, bound=None)
    return replace(both, rule="number:two bounds", low_open=above.low_open, high_open=below.high_open)
