"""How many times as much: 'more than doubled', 'tenfold', 'three times as many'."""

from __future__ import annotations

from provenance.extraction.figures.cardinals import cardinal
from provenance.extraction.figures.found import Found
from provenance.extraction.figures.page import Page
from provenance.extraction.figures.qualifiers import Lead, one_bound
from provenance.extraction.figures.words import Words
from provenance.numerals import Number, Reading
from provenance.quantity import quantity_of
from provenance.vocabulary import FigureKind, Qualifier


def ratio(page: Page, leading: Lead, words: Words) -> Found | None:
    """The ratio that begins here, with what qualifies it."""
    found = words.ratios.at(page, leading.end)
    if found is None:
        found = _times(page, leading.end, words)
    if found is None:
        return None
    value, end = found
    bound = one_bound(leading.bounds)
    span = page.pieces[leading.first].start, page.pieces[end - 1].end
    # A ratio is no count: "more than doubled" begins at two, with two itself left out.
    quantity = quantity_of(page.text[span[0] : span[1]], Reading(value, bound=bound, unit="times"))
    if quantity is None:
        return None
    number = page.pieces[leading.end].start, span[1]
    open_low = quantity.qualifier is Qualifier.MORE_THAN
    open_high = quantity.qualifier is Qualifier.FEWER_THAN
    kind = FigureKind.RATIO
    return Found(
        leading.first, end, span, number, kind, quantity, "ratio", 0.85, None, None, bound, open_low, open_high
    )


def _times(page: Page, here: int, words: Words) -> tuple[Number, int] | None:
    if page.kind(here) not in ("word", "number"):
        return None
    number = cardinal(page, here, words)
    if number is None or number.end == number.first:
        return None
    times = words.times.at(page, number.end)
    if times is None:
        return None
    return number.value, number.end + 1
