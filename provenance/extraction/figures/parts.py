"""The part in a share: 'fifths', 'Drittel', 'twenty-fifth', with the number of which it is a part."""

from __future__ import annotations

from provenance.extraction.figures.page import Page
from provenance.extraction.figures.words import Words


def denominator(page: Page, here: int, words: Words) -> tuple[int, int, bool] | None:
    """The ordinal or name of a part here: its number, where it ends, whether it is a plural."""
    word = page.low(here)
    if word in words.denominators:
        return words.denominators[word], here + 1, words.language != "en" or word.endswith("s") or word == "halves"
    plural = word.endswith("s") and words.language == "en"
    single = word[:-1] if plural else word
    if single in words.tens and (following := page.low(here + 1)):
        unit = following[:-1] if following.endswith("s") else following
        if words.ordinals.get(unit, 99) < 10 and page.pieces[here + 1].hyphened:
            return None
    for table in (words.ordinals, words.tens, words.powers):
        if single in table:
            return table[single], here + 1, plural
    return _compound(page, here, words)


def _compound(page: Page, here: int, words: Words) -> tuple[int, int, bool] | None:
    """'twenty fifth', 'one hundred and fifth'."""
    tens = words.small.at(page, here)
    if tens is None:
        return None
    value, end = tens
    if 20 <= value < 100 and value % 10 == 0 and (unit := unit_part(page, end, words)):
        return value + unit[0], end + 1, unit[1]
    scale = words.scales.at(page, end)
    if value == 1 and scale is not None and scale[0] in (100, 1000):
        end = scale[1] + (page.low(scale[1]) in words.lexicon.joiners)
        if unit := unit_part(page, end, words):
            return scale[0] + unit[0], end + 1, unit[1]
    return None


def unit_part(page: Page, here: int, words: Words) -> tuple[int, bool] | None:
    """An ordinal below ten here, and whether it is a plural."""
    word = page.low(here)
    plural = word.endswith("s")
    value = words.ordinals.get(word[:-1] if plural else word, 99)
    return (value, plural) if value < 10 else None
