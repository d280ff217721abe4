"""Finds the figures of a running text, one pass from left to right: what leads, the number, its unit, what follows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from provenance.extraction.figures.cardinals import Numeral
from provenance.extraction.figures.found import Found
from provenance.extraction.figures.fractions import numeral
from provenance.extraction.figures.not_figures import a_name, a_pronoun, a_year, an_enumerator, barred
from provenance.extraction.figures.ordinals import counts_as_order, ordinal, ranks, whole_after
from provenance.extraction.figures.page import Page
from provenance.extraction.figures.qualifiers import Lead, lead, one_bound, trail
from provenance.extraction.figures.ranges import merged, spoken_range, two_ends
from provenance.extraction.figures.ratios import ratio
from provenance.extraction.figures.units import Measured, money_before, unit_after
from provenance.extraction.figures.vague import both, vague_duration, vague_figure
from provenance.extraction.figures.words import Unit, Words
from provenance.number_words import Bound
from provenance.numerals import LARGEST, Number, Reading, whole
from provenance.quantity import quantity_of
from provenance.vocabulary import FigureKind, Qualifier


def scan(page: Page, words: Words) -> list[Found]:
    """The figures of a page, in its order."""
    return merged(page, list(_figures(page, words)))


def _figures(page: Page, words: Words) -> Iterator[Found]:
    bars = barred(page.text, words, page.bare)
    starts = [start for start, _ in bars]
    ends: list[int] = []
    for _, end in bars:
        ends.append(max(end, ends[-1] if ends else 0))
    starters, pieces = words.starters, page.pieces
    here = 0
    while here < page.stop:
        piece = pieces[here]
        if piece.kind not in ("number", "ordinal") and not (
            piece.low in starters or (piece.kind == "sign" and piece.text in _SIGNS and page.kind(here + 1) == "number")
        ):
            here += 1
            continue
        place = bisect_right(starts, piece.start) - 1
        if place >= 0 and ends[place] > piece.start:
            here += 1
            continue
        found = _figure(page, here, words)
        place = bisect_right(starts, found.span[1] - 1) - 1 if found is not None else -1
        if found is None or (place >= 0 and ends[place] > found.number[0]):
            here = max(here + 1, _skipped(page, here, words))
            continue
        yield found
        here = max(found.end, here + 1)


_SIGNS = frozenset("$€£¥₸₽₴₹-−")


def _skipped(page: Page, here: int, words: Words) -> int:
    """Behind a number that is no figure, so that its rest is not read as one ('World War Twenty-One')."""
    if page.kind(here) != "number":
        return here + 1
    found = numeral(page, here, words)
    return here + 1 if found is None else found.end


def _figure(page: Page, here: int, words: Words) -> Found | None:
    leading = lead(page, here, words)
    if leading.end == here:
        return (
            both(page, here, words)
            or vague_duration(page, here, words)
            or ratio(page, leading, words)
            or vague_figure(page, leading, words)
            or _percent_of(page, here, words)
            or spoken_range(page, here, words, _ended)
            or _numbered(page, leading, words)
        )
    return ratio(page, leading, words) or vague_figure(page, leading, words) or _numbered(page, leading, words)


def _numbered(page: Page, leading: Lead, words: Words) -> Found | None:
    money = money_before(page, leading.end)
    start = money[1] if money else leading.end
    if start >= page.stop:
        return None
    number = numeral(page, start, words)
    if page.kind(start) != "number" and not money:
        placed = ordinal(page, start + (leading.end > leading.first and page.low(start) == "the"), words)
        if placed is not None and (number is None or placed.end > number.end):
            return _ordinal(page, leading, placed, words)
    if number is None or not -LARGEST < number.value < LARGEST or number.end == number.first:
        return None
    if _no_figure(page, leading, number, words, money):
        return None
    return _ended(page, leading, number, words, money[0] if money else None)


def _no_figure(page: Page, leading: Lead, number: Numeral, words: Words, money: tuple[Unit, int] | None) -> bool:
    if page.low(number.end) == "/" and page.glued(number.end) and page.kind(number.end + 1) == "number":
        return not page.bare
    if page.low(number.first - 1) == "/" and page.glued(number.first) and not page.bare:
        return True
    if words.has("after_year", page.low(number.end)) and a_year(page, number, words):
        return True
    if money or [bound for bound in leading.bounds if bound is not Bound.UP_TO]:
        return False
    if a_pronoun(page, number, words) or an_enumerator(page, number):
        return True
    if unit_after(page, number.end, words, None) is not None and not a_pronoun(page, number, words):
        return a_name(page, number, words) and words.has("labels", page.low(number.first - 1))
    return a_year(page, number, words) or (leading.end == leading.first and a_name(page, number, words))


def _ended(
    page: Page, leading: Lead, number: Numeral, words: Words, money: Unit | None, upper: Numeral | None = None
) -> Found | None:
    """The figure from its number on: the other end of a range, the unit, and what qualifies it from behind."""
    unit = unit_after(page, number.end, words, money)
    if upper is not None:
        unit = unit_after(page, upper.end, words, money) or unit
    else:
        ends = two_ends(page, number, words, unit)
        if ends is not None:
            number, upper = ends
            unit = unit_after(page, upper.end, words, money) or unit
    last = upper or number
    end = max(last.end, unit.end if unit is not None else 0)
    bounds = leading.bounds
    first = leading.first
    lasting = unit is not None and unit.kind is FigureKind.DURATION
    if (
        lasting and page.low(first) == "over" and page.kind(first - 1) == "number"
    ):  # "$2000 over 3 years" is during them
        bounds, first = (), number.first
    by = unit.by if unit is not None else 1
    if by > 1:
        number = replace(number, value=whole(_times(number.value, by)))
        upper = replace(upper, value=whole(_times(upper.value, by))) if upper else None
    after = None
    if upper is None:
        after = trail(page, end, words, leading.equal, one_bound(bounds))
    if after is not None:
        bounds = (*bounds, after[0])
        end = after[1]
        unit = unit_after(page, end, words, money) if unit is None else unit
    bound = one_bound(bounds)
    if len(bounds) > 1 and leading.bounds and leading.bounds[0] is Bound.ABOUT and bound is not Bound.ABOUT:
        first = leading.second
    # The words of a unit of time or length are what is counted, and no words of the number.
    outside = after is None and unit is not None and unit.kind in _OUTSIDE
    return _made(page, first, end, last.end if outside else end, number, upper, unit, money, bound, leading)


_OUTSIDE = frozenset({FigureKind.DURATION, FigureKind.MEASUREMENT, FigureKind.AGE})


def _times(value: Number, by: int) -> Decimal:
    return Decimal(value) * by


def _made(
    page: Page,
    first: int,
    end: int,
    printed: int,
    number: Numeral,
    upper: Numeral | None,
    unit: Measured | None,
    money: Unit | None,
    bound: Bound | None,
    leading: Lead,
) -> Found | None:
    kind = unit.kind if unit is not None else FigureKind.FRACTION if number.fraction else FigureKind.COUNT
    if number.fraction and kind is FigureKind.COUNT:
        kind = FigureKind.FRACTION
    name = unit.unit if unit is not None else None
    currency = unit.currency if unit is not None else None
    if money is not None:
        kind, name, currency = FigureKind.MONEY, money.name, money.currency
    if unit is None and page.low(leading.first - 1) == "magnitude":
        kind, name = FigureKind.MEASUREMENT, "magnitude"
    if _aged(page, number, leading):
        kind, name = FigureKind.AGE, "year"
    if upper is not None and bound not in (None, Bound.ABOUT):
        bound = None
    if upper is not None and bound is Bound.ABOUT:
        first = number.first
    span = page.pieces[first].start, page.pieces[printed - 1].end
    reading = Reading(
        number.value,
        upper.value if upper else None,
        None,
        None if upper else bound,
        number.rounded,
        name if kind is not FigureKind.FRACTION else None,
    )
    quantity = quantity_of(page.text[span[0] : span[1]], reading)
    if quantity is None:
        return None
    counted = quantity.unit is None and isinstance(quantity.value, int)
    open_low = quantity.qualifier is Qualifier.MORE_THAN and not counted
    open_high = quantity.qualifier is Qualifier.FEWER_THAN and not counted
    rule = _rule(kind, quantity.qualifier)
    return Found(
        first,
        end,
        span,
        _chars(page, number),
        kind,
        quantity,
        rule,
        0.6 if number.doubtful else 0.9,
        _chars(page, upper) if upper else None,
        currency,
        bound,
        open_low,
        open_high,
    )


def _rule(kind: FigureKind, qualifier: Qualifier) -> str:
    return f"number:{kind.value}" if qualifier is Qualifier.EXACT else f"number:{kind.value}:{qualifier.value}"


def _chars(page: Page, number: Numeral) -> tuple[int, int]:
    return page.pieces[number.first].start, page.pieces[number.end - 1].end


def _aged(page: Page, number: Numeral, leading: Lead) -> bool:
    """'aged 45', and ', 45,' behind a name."""
    before = leading.first - 1
    between = page.low(before) in ("between", "from") and page.low(before - 1) == "aged"
    between = between or (page.low(before) == "of" and page.low(before - 1) in ("age", "ages"))
    if between or page.low(before) in ("aged", "age"):
        return isinstance(number.value, int) and number.value < 120
    if page.low(before) != "," or page.kind(number.first) != "number" or leading.end != leading.first:
        return False
    named = page.kind(before - 1) == "word" and page.pieces[before - 1].text[0].isupper()
    if not named or not isinstance(number.value, int) or not 0 < number.value < 110:
        return False
    person = page.token(before - 1)
    ends = page.low(number.end) in (".", ";", "") or "\n" in page.text[page.pieces[number.end - 1].end :][:1]
    return page.low(number.end) == "," or (ends and person is not None and person.ent_type_ == "PERSON")


def _ordinal(page: Page, leading: Lead, placed: Numeral, words: Words) -> Found | None:
    if leading.end == leading.first and not counts_as_order(page, placed, words) and not ranks(page, placed, words):
        return None
    rank = ranks(page, placed, words)
    kind = FigureKind.RANK if rank else FigureKind.ORDINAL
    span = page.pieces[leading.first].start, page.pieces[placed.end - 1].end
    bound = one_bound(leading.bounds)
    quantity = quantity_of(page.text[span[0] : span[1]], Reading(placed.value, bound=bound))
    if quantity is None:
        return None
    of = rank and whole_after(page, placed, words) is not None
    number = _chars(page, placed)
    rule = f"place:{kind.value}"
    return Found(leading.first, placed.end, span, number, kind, quantity, rule, 0.8, bound=bound, out_of=of)


def _percent_of(page: Page, here: int, words: Words) -> Found | None:
    """'percent of 10', where that is all that is said."""
    if here != 0 or not page.low(0).startswith("per"):
        return None
    percent = words.percent.at(page, here)
    if percent is None or page.low(percent[1]) != "of":
        return None
    number = numeral(page, percent[1] + 1, words)
    if number is None or number.end < page.stop:
        return None
    unit = Measured(FigureKind.PERCENT, number.end, "percent")
    return _made(page, here, number.end, number.end, number, None, unit, None, None, Lead(here, here))
