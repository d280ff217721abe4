"""Places in an order, in words or digits, and which of them are places in a ranking."""

from __future__ import annotations

import re
from dataclasses import replace

from provenance.extraction.figures.cardinals import Numeral, cardinal
from provenance.extraction.figures.not_figures import _capital_inside
from provenance.extraction.figures.page import Page
from provenance.extraction.figures.words import Words


def ordinal(page: Page, here: int, words: Words) -> Numeral | None:
    """The ordinal that begins here: '155th', 'third', 'twenty-first', 'one hundred twenty-fifth'."""
    if page.kind(here) == "ordinal":
        digits = re.sub(r"\D", "", page.pieces[here].text)
        return Numeral(int(digits), here, here + 1) if len(digits) <= 9 else None
    plain = _last(page, here, words)
    if plain is not None:
        return Numeral(plain, here, here + 1, spelled=True)
    if page.kind(here) != "word":
        return None
    return _compound(page, here, words)


def _last(page: Page, here: int, words: Words) -> int | None:
    word = page.low(here)
    for table in (words.ordinals, words.tens, words.powers):
        if word in table:
            return table[word]
    return None


def _compound(page: Page, here: int, words: Words) -> Numeral | None:
    """A numeral whose last word is an ordinal: 'twenty | first', 'two | hundredth'."""
    found = cardinal(page, here, words)
    if found is None or not found.spelled:
        return None
    end = found.end + (page.low(found.end) in words.lexicon.joiners)
    last = _last(page, end, words)
    if last is None:
        return None
    if page.low(end) in words.powers:
        return replace(found, value=found.value * last, end=end + 1)
    if last < 10 and found.value % 10 == 0 and found.value >= 20:
        return replace(found, value=found.value + last, end=end + 1)
    if 10 <= last < 100 and found.value % 100 == 0 and found.value >= 100:
        return replace(found, value=found.value + last, end=end + 1)
    return None


def counts_as_order(page: Page, found: Numeral, words: Words) -> bool:
    """Whether an ordinal orders something: not 'first' as 'at first', not 'a second', no part of a name or date."""
    before, after = page.low(found.first - 1), page.low(found.end)
    if page.bare:
        return True
    if words.has("era", after) or (after and words.has("months", after)):
        return False
    if after == "of" and words.has("months", page.low(found.end + 1)):
        return False
    if _capital_inside(page, found.first):
        return False
    if page.kind(found.first) == "ordinal":
        return not (page.kind(found.end) == "word" and page.pieces[found.end].text[0].isupper())
    if found.spelled and found.end == found.first + 1 and found.value <= 2:
        return (
            words.has("determiners", before) and page.kind(found.end) == "word" and not words.has("not_ordered", after)
        )
    return words.has("determiners", before) or page.kind(found.end) == "word" or found.end > found.first + 1


def ranks(page: Page, found: Numeral, words: Words) -> bool:
    """Whether the ordinal is a place in a ranking: 'ranks 155th', 'in 155th place', 'third out of 20'."""
    if words.has("rank", page.low(found.first - 1)) or words.has("rank", page.low(found.first - 2)):
        return True
    if words.has("place", page.low(found.end)):
        return True
    return whole_after(page, found, words) is not None


def whole_after(page: Page, found: Numeral, words: Words) -> int | None:
    """Where the number begins out of which the place is one: 'out of | 180', 'place out of | 180'."""
    here = found.end + words.has("place", page.low(found.end))
    cue = words.phrases["out_of"].at(page, here)
    if cue is None:
        return None
    at = cue[1] + (page.low(cue[1]) in ("the", "all", "some"))
    number = cardinal(page, at, words)
    if number is None or number.value < found.value:
        return None
    return number.first
