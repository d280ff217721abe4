"""Shares and what is made with them: two thirds, 3/4, one and a half, half a million, one in five, minus five.

The readings of numerals that run together follow how they are said aloud: the last tens go with the share where no
'and' stands before them ("one hundred thirty fifths" is 100/35, "one hundred and thirty fifths" 130/5).
"""

from __future__ import annotations

import copy
from dataclasses import replace
from decimal import Decimal

from provenance.extraction.figures.cardinals import Numeral, cardinal
from provenance.extraction.figures.page import Page
from provenance.extraction.figures.parts import denominator, unit_part
from provenance.extraction.figures.words import Words
from provenance.numerals import Number, share, whole

# Denominators that are printed with a stroke; of others, "9/11" is a date and "24/7" a way of speaking.
_STROKES = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100, 1000})


def numeral(page: Page, here: int, words: Words, joining: bool = True) -> Numeral | None:
    """The number, of whatever form, that begins here."""
    sign = _minus(page, here, words)
    if sign:
        found = numeral(page, here + sign, words, joining)
        return None if found is None or found.value < 0 else replace(found, value=-found.value, first=here)
    found = _share_word(page, here, words) or _one_part(page, here, words)
    if found is None:
        found = cardinal(page, here, words, joining=joining)
        if found is not None:
            found = _parts(page, found, words) or _stroke(page, found, words) or _ratio_of(page, found, words) or found
    return None if found is None else _extended(page, found, words, joining)


def _minus(page: Page, here: int, words: Words) -> int:
    """How many pieces here make the number negative: a word, or a sign that can be nothing else."""
    if words.has("minus", page.low(here)):
        return 1
    if page.low(here) not in ("-", "−") or page.kind(here + 1) != "number":
        return 0
    start = page.pieces[here].start
    before = page.text[start - 1] if start else " "
    spaced = not page.glued(here + 1)
    if spaced:
        return int(page.bare and here == 0)
    return int(before in " \t\n([<>=:;,\u00a0" and (here == 0 or page.kind(here - 1) != "number"))


def _share_word(page: Page, here: int, words: Words, scaling: bool = True) -> Numeral | None:
    """'half', 'half a million', 'a quarter million', 'half a dozen', 'die Hälfte'."""
    found = words.shares.at(page, here)
    if found is None:
        return None
    value, end = found
    if not scaling:
        return Numeral(value, here, end, spelled=True, fraction=True)
    scale = words.scales.at(page, end)
    if scale is None and words.has("articles", page.low(end)):
        scale = words.scales.at(page, end + 1)
    if scale is not None:
        spelled = Numeral(whole(Decimal(value) * scale[0]), here, scale[1], scale[0], spelled=True)
        return replace(spelled, rounded=False)
    if words.language == "en" and (page.low(end - 1) == "quarter" and page.low(here) == "quarter"):
        return None  # a part of a year or a town
    if words.language == "en" and not _a_half(page, here, end, words):
        return None
    if page.low(end - 1) == "of":
        end -= 1
    return Numeral(value, here, end, spelled=True, fraction=True)


def _a_half(page: Page, here: int, end: int, words: Words) -> bool:
    """Whether 'half' is a share: neither a part of a game or a year nor a part of a word."""
    if words.has("not_half", page.low(here - 1)) or (page.low(here - 1) == "-" and page.glued(here)):
        return False
    if end < page.stop and page.pieces[end].hyphened and words.units.at(page, end) is None:
        return False  # "half-jokingly"
    if words.has("after_half", page.low(end)) or page.low(end) in ("final", "finals"):
        return False
    return not (here < page.stop and page.pieces[here].hyphened)


def _one_part(page: Page, here: int, words: Words) -> Numeral | None:
    """'a fifth', 'one twenty-fifth', 'a trillionth'; never 'a third man' or 'a second'."""
    one = words.has("articles", page.low(here)) or words.small.at(page, here) == (1, here + 1)
    part = denominator(page, here + 1, words) if one else None
    if part is None:
        return None
    value, end, plural = part
    tied = page.pieces[here + 1].hyphened
    if plural or (value <= 2 and page.low(here + 1) != "half"):
        return None
    if not tied and page.kind(end) == "word" and not words.has("after_part", page.low(end)):
        return None
    return Numeral(share(1, value), here, end, spelled=True, fraction=True)


def _parts(page: Page, found: Numeral, words: Words) -> Numeral | None:
    """'three fifths', 'one hundred thirty fifths', 'deux tiers'."""
    if not found.spelled and page.kind(found.end) != "word":
        return None
    part = denominator(page, found.end, words)
    if part is None or (words.language == "en" and not part[2] and found.value != 1):
        return None
    if page.low(found.end) in ("seconds", "quarters") and page.low(found.first - 1) in ("last", "past", "next", "few"):
        return None
    if page.low(found.end) == "seconds":
        return None
    split = _given_back(page, found, words) or (found, part[0])
    top, bottom = split
    if (top.end > top.first and top.value == 0) or (found.end < page.stop and not isinstance(top.value, int)):
        return None
    return Numeral(share(top.value, bottom), found.first, part[1], spelled=found.spelled, fraction=True)


def _given_back(page: Page, found: Numeral, words: Words) -> tuple[Numeral, int] | None:
    """Where the end of the numeral belongs to the part: 'one hundred | thirty fifths', 'one hundred | one
    thousand fifths'.
    """
    unit = unit_part(page, found.end, words)
    last = found.end - 1
    if unit is None or not found.spelled or page.low(last - 1) in words.lexicon.joiners:
        return None
    tens = words.small.at(page, last)
    if tens is not None and 20 <= tens[0] < 100 and tens[0] % 10 == 0:
        begin, added = last, tens[0]
    elif page.low(last - 1) == "one" and (scale := words.scales.at(page, last)) is not None:
        begin, added = last - 1, scale[0]
    else:
        return None
    before = copy.copy(page)
    before.stop = begin
    top = cardinal(before, found.first, words)
    return None if top is None or top.end != begin else (top, added + unit[0])


def _stroke(page: Page, found: Numeral, words: Words) -> Numeral | None:
    """'3/4', and '2 1/4' after a whole number."""
    plain = _stroke_at(page, found.first)
    if plain is not None and found.end == found.first + 1:
        value, end = plain
        return replace(found, value=value, end=end, fraction=True)
    mixed = _stroke_at(page, found.end)
    if mixed is not None and found.end == found.first + 1 and isinstance(found.value, int) and mixed[0] < 1:
        return replace(found, value=whole(Decimal(found.value) + mixed[0]), end=mixed[1], fraction=True)
    return None


def _stroke_at(page: Page, here: int) -> tuple[Number, int] | None:
    if page.low(here + 1) != "/" or page.kind(here) != "number" or page.kind(here + 2) != "number":
        return None
    top, bottom = page.low(here), page.low(here + 2)
    if not (top.isdecimal() and bottom.isdecimal() and page.glued(here + 1) and page.glued(here + 2)):
        return None
    if int(bottom) == 0 or page.low(here + 3) == "/" or page.low(here - 1) == "/":
        return None
    if not page.bare and (int(bottom) not in _STROKES or int(top) >= int(bottom)):
        return None
    return share(int(top), int(bottom)), here + 3


def _ratio_of(page: Page, found: Numeral, words: Words) -> Numeral | None:
    """'one out of three', 'two in five', and 'one over three' where nothing is counted by it."""
    if words.language != "en" or not isinstance(found.value, int) or found.value < 1:
        return None
    cue = page.low(found.end)
    out_of = cue == "out" and page.low(found.end + 1) == "of"
    if not (out_of or cue in ("in", "over")):
        return None
    whole_ = cardinal(page, found.end + 1 + out_of, words)
    if whole_ is None or not isinstance(whole_.value, int) or whole_.value <= 0 or whole_.fraction:
        return None
    if not _fits(page, cue, found, whole_, words):
        return None
    return Numeral(share(found.value, whole_.value), found.first, whole_.end, spelled=found.spelled, fraction=True)


def _fits(page: Page, cue: str, found: Numeral, whole_: Numeral, words: Words) -> bool:
    """Whether the two numbers make a share: 'two in five', against 'two in five days' and '$2000 over 3 years'."""
    followed = page.kind(whole_.end) == "word"
    behind = page.low(whole_.end)
    if behind == "%":
        return False
    if cue == "over":
        return not followed and page.low(found.first - 1) not in ("$", "€", "£")
    if cue == "in":
        return (
            found.value < whole_.value
            and whole_.value in _IN
            and not _time(page, whole_.end, words)
            and found.value <= 9
        )
    return found.value <= whole_.value and found.value < 10 and (whole_.value in _IN or not followed)


_IN = frozenset({*range(2, 13), 20, 25, 50, 100, 500, 1000, 10_000, 100_000, 1_000_000})


def _time(page: Page, here: int, words: Words) -> bool:
    unit = words.units.at(page, here)
    return unit is not None and unit[0].duration


def _extended(page: Page, found: Numeral, words: Words, joining: bool) -> Numeral:
    """'one | and a half | million', 'one million | and a half', 'two thirds | of a million'."""
    if found.fraction and page.low(found.end) == "of" and words.has("articles", page.low(found.end + 1)):
        scale = words.scales.at(page, found.end + 2)
        if scale is not None:
            value = share(Decimal(found.value) * scale[0], 1)
            return replace(found, value=value, end=scale[1], scale=scale[0], fraction=False)
    if found.fraction and found.value < 100:
        scale = words.scales.at(page, found.end)
        if scale is not None and scale[0] >= 1000:
            value = share(Decimal(found.value) * scale[0], 1)
            return replace(found, value=value, end=scale[1], scale=scale[0], fraction=False)
    if found.fraction or not joining or page.low(found.end) not in words.lexicon.joiners | {"and"}:
        return found
    if not isinstance(found.value, int):
        return found
    more = _fraction_after(page, found.end + 1, words) or _units_and_fraction(page, found, words)
    if more is None:
        return found
    scale = words.scales.at(page, more.end)
    by = scale[0] if scale is not None and scale[0] >= 1000 else None
    if by is not None and found.scale == 1:  # one and a half million
        value = share(by * (Decimal(found.value) + Decimal(more.value)), 1)
        return replace(found, value=value, end=scale[1] if scale else more.end, scale=by)
    if by is not None and by < found.scale:  # one billion and a half million
        value = share(Decimal(found.value) + by * Decimal(more.value), 1)
        return replace(found, value=value, end=scale[1] if scale else more.end)
    step = found.scale if found.scale >= 1000 and found.value % found.scale == 0 else 1
    value = share(Decimal(found.value) + step * Decimal(more.value), 1)
    return replace(found, value=value, end=more.end, fraction=step == 1)


def _fraction_after(page: Page, here: int, words: Words) -> Numeral | None:
    found = _share_word(page, here, words, scaling=False) or _one_part(page, here, words)
    if found is None:
        top = cardinal(page, here, words)
        found = None if top is None else _parts(page, top, words)
    return found if found is not None and found.fraction and 0 < found.value < 1 else None


def _units_and_fraction(page: Page, found: Numeral, words: Words) -> Numeral | None:
    """'twenty | and three and three fifths'."""
    units = words.small.at(page, found.end + 1)
    if units is None or not 0 < units[0] < 10 or found.value % 10 or page.low(units[1]) not in words.lexicon.joiners:
        return None
    more = _fraction_after(page, units[1] + 1, words)
    return None if more is None else replace(more, value=more.value + units[0])
