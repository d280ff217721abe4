"""Whole numbers and decimals in running text: digits, numerals, and both with scales ("4 thousand 3 hundred and 21").

Unlike `provenance.numerals`, which reads a phrase or refuses it, this reads what begins at a place of a text and says
where it ends.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from decimal import Context, Decimal, DecimalException

from provenance.extraction.figures.page import Page
from provenance.extraction.figures.parts import denominator
from provenance.extraction.figures.words import SUFFIXES, Words
from provenance.numerals import LARGEST, Number, read_digits, share, whole

_POWER = Context(prec=28, Emax=300, Emin=-300)
_SMALLEST_BIG_SCALE = 1000
_LARGEST_SCALE = 10**12
# Letters that scale a number also with a blank in front: of the others, "10 b" may be anything.
_WITH_BLANK = frozenset({"k", "K", "M", "G", "mn", "mln", "mil", "mio", "Mio", "bn", "bln", "mrd", "Mrd", "tn", "tln"})


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in the text: its pieces from ``first`` to before ``end``, and where its characters are.

    ``scale`` is its largest scale word, ``fraction``: it is a share or has one, ``rounded``: its digits have a
    fraction before a scale; ``doubtful``: its mark may be for decimals or for thousands.
    """

    value: Number
    first: int
    end: int
    scale: int = 1
    spelled: bool = False
    fraction: bool = False
    rounded: bool = False
    doubtful: bool = False


def cardinal(page: Page, here: int, words: Words, below: int | None = None, joining: bool = True) -> Numeral | None:
    """The number that begins here; ``below``: only with scales under this one; ``joining``: over an 'and'."""
    base = _base(page, here, words)
    if base is None:
        return None
    found = _hundreds(page, base, words, joining)
    found = _scaled(page, found, words, below, joining)
    return found if found.value <= LARGEST * 1000 else None


def digits(page: Page, here: int, words: Words) -> Numeral | None:
    """The number in digits here, with a letter behind it that scales it."""
    text = page.pieces[here].text
    scaled = _scale_at(page, here + 1, words) is not None
    value, doubtful = _value(text, words.lexicon.groups, scaled)
    if value is None:
        return None
    found = Numeral(value, here, here + 1, doubtful=doubtful)
    suffix = page.pieces[here + 1].text if here + 1 < page.stop else ""
    if suffix in SUFFIXES and (page.glued(here + 1) or suffix in _WITH_BLANK) and not _a_generation(page, here):
        by = SUFFIXES[suffix]
        return replace(found, value=_times(value, by), end=here + 2, scale=by, rounded=isinstance(value, Decimal))
    return found


def _a_generation(page: Page, here: int) -> bool:
    """'5G' is a network, not five thousand million."""
    return page.low(here + 1) == "g" and len(page.pieces[here].text) == 1


def _base(page: Page, here: int, words: Words) -> Numeral | None:
    if here >= page.stop:
        return None
    kind = page.kind(here)
    if kind == "number":
        return digits(page, here, words)
    if kind != "word":
        return None
    for table in (words.hundreds, words.small):
        found = table.at(page, here)
        if found is not None:
            value, end = found
            if table is words.hundreds and (more := words.small.at(page, end)) is not None and more[0] < 100:
                value, end = value + more[0], more[1]
            return _with_point(page, Numeral(value, here, end, spelled=True), words)
    if words.has("articles", page.low(here)) and _scale_at(page, here + 1, words):
        return Numeral(1, here, here + 1, spelled=True)
    if _bare_scale(page, here, words):
        return Numeral(1, here, here, spelled=True)
    return None


def _bare_scale(page: Page, here: int, words: Words) -> bool:
    scale = words.scales.at(page, here)
    if scale is None:
        return False
    if words.bare_scales:
        return words.lexicon.vague.get(page.low(here)) is None
    return page.low(here) in ("hundred", "thousand") and words.scales.at(page, here + 1) is not None


def _with_point(page: Page, found: Numeral, words: Words) -> Numeral:
    """'five point five', 'two hundred point seventy-one'."""
    if not words.has("point", page.low(found.end)):
        return found
    places, here = "", found.end + 1
    while (digit := words.small.at(page, here)) is not None and len(places) < 12:
        places, here = places + str(digit[0]), digit[1]
    if not places:
        return found
    return replace(found, value=whole(Decimal(f"{found.value}.{places}")), end=here)


def _hundreds(page: Page, base: Numeral, words: Words, joining: bool) -> Numeral:
    scale = words.scales.at(page, base.end)
    if scale is None or scale[0] >= _SMALLEST_BIG_SCALE or not _scalable(base, scale[0]):
        return base
    by, end = scale
    found = replace(base, value=_times(base.value, by), end=end, scale=by, rounded=isinstance(base.value, Decimal))
    joined = joining and page.low(end) in words.lexicon.joiners
    rest = _base(page, end + joined, words)
    if rest is None or isinstance(rest.value, Decimal) or (not rest.spelled and not joined) or by < 100:
        return _with_point(page, found, words)
    if joined and _a_share(page, rest, words):
        return found
    dozen = words.scales.at(page, rest.end)
    if dozen is not None and dozen[0] < by and rest.value > 0:
        rest = replace(rest, value=rest.value * dozen[0], end=dozen[1])
    elif dozen is not None and dozen[0] == by:
        return found
    if not 0 < rest.value < by or rest.first == rest.end:
        return found
    return _with_point(page, replace(found, value=found.value + rest.value, end=rest.end), words)


def _scalable(base: Numeral, by: int) -> bool:
    """'2.12 hundred', 'nineteen hundred', '322 hundred', 'three dozen'; never 'two thousand dozen'."""
    return base.scale == 1 and (not base.spelled or base.value < 100)


def _scaled(page: Page, found: Numeral, words: Words, below: int | None, joining: bool) -> Numeral:
    scale = words.scales.at(page, found.end)
    if scale is None or scale[0] < _SMALLEST_BIG_SCALE or found.scale >= _SMALLEST_BIG_SCALE:
        return found
    by, end = scale
    if below is not None and by >= below:
        return found
    rounded = isinstance(found.value, Decimal)
    largest = by
    value = _times(found.value, by)
    while largest < _LARGEST_SCALE and (again := words.scales.at(page, end)) and again[0] >= _SMALLEST_BIG_SCALE:
        if value > LARGEST:
            break
        value, end, largest = _times(value, again[0]), again[1], max(largest, again[0])
    found = replace(found, value=value, end=end, scale=largest, rounded=rounded)
    return _with_rest(page, found, words, by, joining)


def _with_rest(page: Page, found: Numeral, words: Words, below: int, joining: bool) -> Numeral:
    """'two thousand | and two hundred': the rest is smaller than the last scale, or it is another number."""
    joined = joining and page.low(found.end) in words.lexicon.joiners
    rest = cardinal(page, found.end + joined, words, below, joining)
    if rest is None or not 0 < rest.value < below or isinstance(rest.value, Decimal):
        return found
    if joined and _a_share(page, rest, words):
        return found
    if _scale_at(page, rest.end, words) or (not rest.spelled and not joined and rest.scale == 1):
        return found
    if joined and not rest.spelled and page.pieces[found.first].kind != "number":
        return found
    return replace(found, value=found.value + rest.value, end=rest.end)


def _a_share(page: Page, rest: Numeral, words: Words) -> bool:
    """Whether what stands behind the 'and' is a share: 'one million | and two thirds'."""
    if words.shares.at(page, rest.first) is not None:
        return True
    part = denominator(page, rest.end, words)
    return part is not None and rest.value < part[0] and (part[2] or rest.value == 1)


def _scale_at(page: Page, here: int, words: Words) -> int | None:
    scale = words.scales.at(page, here)
    return None if scale is None else scale[0]


def _times(value: Number, by: int) -> Number:
    return whole(Decimal(value) * by)


def _value(text: str, groups: str, scaled: bool) -> tuple[Number | None, bool]:
    """What digits say, and whether their one mark may be for decimals or for thousands."""
    if not text[0].isdecimal() and text[0] != ".":
        return _vulgar(text), False
    if not _PLAIN.issuperset(text):
        return _power(text), False
    if text[0] == ".":
        return whole(Decimal(f"0{text}")), False
    text = "".join(character for character in text if character not in " \u00a0\u202f\u2009'’")
    if text.count(",") > 1 and not _in_threes(text):
        return whole(Decimal(text.replace(",", ""))), False
    value = read_digits(text, groups, scaled)
    if value is not None or not 0 < text.count(".") + text.count(",") < 2:
        return value, False
    return whole(Decimal(text.replace(",", "."))), True


_PLAIN = frozenset("0123456789., '’\u00a0\u202f\u2009")


def _in_threes(text: str) -> bool:
    return all(len(group) == 3 for group in text.partition(".")[0].split(",")[1:])


def _vulgar(text: str) -> Number | None:
    """'¾' as Unicode defines it."""
    numerator, _, denominator = unicodedata.normalize("NFKC", text).partition("⁄")
    return share(int(numerator), int(denominator)) if denominator.isdecimal() else None


def _power(text: str) -> Number | None:
    """'1e10', '1.1^23', '1.3x10^6'."""
    try:
        if "x10^" in text:
            return share(_POWER.create_decimal(text.replace("x10^", "e")), 1)
        base, caret, exponent = text.partition("^")
        if not caret:
            return share(_POWER.create_decimal(text), 1)
        # Powers as every calculator shows them, which is floating point.
        return share(Decimal(float(base) ** int(exponent.lstrip("+").replace("--", ""))), 1)
    except (DecimalException, ValueError, OverflowError, ZeroDivisionError):
        return None
