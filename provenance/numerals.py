"""Reads the number out of a printed phrase: digits as a language groups them, numerals, and what qualifies them.

It refuses rather than guesses: a phrase with two figures, an unknown leading word or a mark that may be a decimal or
a grouping comes back as None.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache
from typing import TypeVar

from provenance.number_words import LEXICONS, Bound, Lexicon, VagueWord

Number = int | Decimal
_Scaled = tuple[Number, int, bool]
_Meaning = TypeVar("_Meaning")

# What a database keeps in eight bytes; a longer row of digits is an account or telephone number, not a figure.
LARGEST = 10**18

_FIFTEEN = Context(prec=15)

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009]+")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_AGE = re.compile(r"\b\w+-(?:year|month|week|day)s?-olds?\b|\b\d+-(?:jährig|летн)\w*", re.IGNORECASE)
_TOKEN = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*|[^\W\d_]+|[^\s\w]")
_SIGNS = {
    ">": Bound.MORE,
    "≥": Bound.AT_LEAST,
    "<": Bound.FEWER,
    "≤": Bound.UP_TO,
    "~": Bound.ABOUT,
    "≈": Bound.ABOUT,
}
_DASHES = frozenset("-–—‑")
_CURRENCIES = {sign: sign for sign in "$€£¥₸₽₴"}
_UNITS = {
    "%": "percent",
    **dict.fromkeys(("percent", "per cent", "prozent", "pour cent", "процент", "процента", "процентов"), "percent"),
    **dict.fromkeys(("dollar", "dollars", "долларов"), "$"),
    **dict.fromkeys(("euro", "euros", "евро"), "€"),
    **dict.fromkeys(("tenge", "тенге"), "₸"),
    **dict.fromkeys(("rubles", "roubles", "рублей"), "₽"),
}
# After a number these make something else of it: an ordinal, a rate, a share.
_NOT_A_COUNT = frozenset({"times", "st", "nd", "rd", "th", "mal", "fois", "раз", "раза", "x", "in", "sur"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase holds: one number, or two ends, or a vague word; ``rounded``: it shows itself to be rounded."""

    number: Number | None = None
    upper: Number | None = None
    vague: VagueWord | None = None
    bound: Bound | None = None
    rounded: bool = False
    unit: str | None = None


def lexicon(language: str) -> Lexicon:
    """The words of a language ('en-GB' is 'en'); of one that is not known, English marks and no other words."""
    return LEXICONS.get(language.lower().partition("-")[0], LEXICONS["en"])


def says_not_given(text: str, language: str) -> bool:
    """Whether the phrase says that there is no number."""
    return _any_of(lexicon(language).not_given).search(" ".join(_tokens(text))) is not None


def read_phrase(text: str, language: str) -> Reading | None:
    """Reads a phrase; None where it cannot be read for certain.

    >>> read_phrase("more than 1,000 people", "en").number
    1000
    >>> read_phrase("не менее двадцати пяти", "ru").number
    25
    >>> read_phrase("two officers and one soldier", "en") is None
    True
    """
    return _Reader(_tokens(text), lexicon(language)).read()


def read_digits(text: str, groups: str, scaled: bool = False) -> Number | None:
    """Digits with their marks; ``groups`` is the language's mark for thousands, ``scaled``: a scale word follows.

    One mark before exactly three digits may be either, so it is read as the language has it, and where the language
    has it as a decimal mark only before a scale word: nobody prints a thousandth of a person.

    >>> read_digits("4,578", ","), read_digits("4.578", "."), read_digits("4 578", "."), read_digits("4.578", ",")
    (4578, 4578, 4578, None)
    >>> read_digits("1.234.567,89", ".")
    Decimal('1234567.89')
    """
    text = re.sub(r"[ '’]", "", text)
    marks = re.findall(r"[.,]", text)
    if not marks:
        return whole(Decimal(text)) if len(text) <= 18 else None
    decimal = marks[-1] if len(set(marks)) > 1 or (len(marks) == 1 and _decimal(text, marks[0], groups, scaled)) else ""
    head, _, tail = text.rpartition(decimal) if decimal else (text, "", "")
    if len(head) > 23 or len(tail) > 9 or not re.fullmatch(r"\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+", head):
        return None
    if not decimal and len(marks) == 1 and marks[0] != groups:
        return None
    return whole(Decimal(f"{re.sub('[.,]', '', head)}.{tail or 0}"))


def whole(number: Decimal) -> Number:
    """The number as an int where it is one."""
    return int(number) if number == number.to_integral_value() else number


def share(numerator: Number, denominator: Number) -> Number:
    """A share as a number, to fifteen digits: more than any page means, and few enough to be kept and compared.

    >>> share(2, 3), share(20, 5)
    (Decimal('0.666666666666667'), 4)
    """
    return whole(_FIFTEEN.divide(Decimal(numerator), Decimal(denominator)).normalize(_FIFTEEN))


def _decimal(text: str, mark: str, groups: str, scaled: bool) -> bool:
    head, _, tail = text.partition(mark)
    if len(tail) != 3 or len(head) > 3 or head.startswith("0"):
        return True
    return mark != groups and scaled


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    # One search for all of them: each figure of a claim is read again for every other that it is compared with.
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b" if phrases else "(?!)")


def _tokens(text: str) -> list[str]:
    text = _AGE.sub(" ", _ASIDE.sub(" ", _BLANKS.sub(" ", text.lower())))
    tokens = _TOKEN.findall(text)
    kept = []
    for place, token in enumerate(tokens):
        between_words = 0 < place < len(tokens) - 1 and tokens[place - 1].isalpha() and tokens[place + 1].isalpha()
        if token in "'’.,;:!?\"" or (token in _DASHES and between_words):
            continue
        kept.append(token)
    return kept


class _Reader:
    """Goes over the tokens once, from what leads to what follows."""

    def __init__(self, tokens: list[str], words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.here = 0
        self.bounds: set[Bound] = set()
        self.unit: str | None = None

    def read(self) -> Reading | None:
        closing = self._lead()
        vague = self._take(self.words.vague)
        if vague is not None:
            return self._finish(vague=vague)
        about = self._take(self.words.rounded)
        if about is not None:
            return self._finish(number=about, rounded=True)
        first = self._number()
        if first is None:
            return None
        number, scale, fraction = first
        self._follow()
        second = self._second(closing)
        if second is None:
            return None if closing else self._finish(number=number, rounded=fraction and scale > 1)
        upper, upper_scale, _ = second
        if scale == 1 and number * upper_scale <= upper:  # "10 to 20 thousand"
            number *= upper_scale
        self._follow()
        return self._finish(number=number, upper=upper) if number <= upper and not self.bounds else None

    def _lead(self) -> str | None:
        """Passes what leads; answers the word that must stand between two numbers after 'between'."""
        while self.here < len(self.tokens) and not (self._at(self.words.vague) or self._at_number()):
            token = self.tokens[self.here]
            bound = self._take(self.words.before) or self._take(_SIGNS)
            if bound is not None:
                self.bounds.add(bound)
            elif self._take(_CURRENCIES):
                self.unit = _CURRENCIES[token]
            elif token in self.words.between:
                self.here += 1
                return self.words.between[token]
            elif self._at(self.words.skipped):
                self.here += self._at(self.words.skipped)
            else:
                return None
        return None

    def _follow(self) -> None:
        """Passes a unit and what qualifies the number from behind."""
        self.unit = self._take(_UNITS) or self._take(_CURRENCIES) or self.unit
        after = self._take(self.words.after) or self._take({"+": Bound.AT_LEAST})
        if after is not None:
            self.bounds.add(after)

    def _second(self, closing: str | None) -> _Scaled | None:
        start = self.here
        token = self.tokens[start] if start < len(self.tokens) else ""
        if token == closing or (closing is None and (token in self.words.ranges or token in _DASHES)):
            self.here += 1
            self._take(_CURRENCIES)
            found = self._number()
            if found is not None:
                return found
        self.here = start
        return None

    def _finish(
        self,
        number: Number | None = None,
        upper: Number | None = None,
        vague: VagueWord | None = None,
        rounded: bool = False,
    ) -> Reading | None:
        rest = self.tokens[self.here :]
        if len(self.bounds) > 1 or (rest and (rest[0] in _NOT_A_COUNT or rest[0] in _DASHES)) or self._counts_again():
            return None
        if (upper or number or 0) > LARGEST:
            return None
        return Reading(number, upper, vague, next(iter(self.bounds), None), rounded, self.unit)

    def _counts_again(self) -> bool:
        """Whether what follows holds another figure, so that nobody can say which one is meant."""
        while self.here < len(self.tokens):
            article = self.tokens[self.here] in self.words.articles
            if not article and (self._at(self.words.vague) or self._at_number()):
                return True
            self.here += 1
        return False

    def _number(self) -> _Scaled | None:
        """A number, the largest scale word in it, and whether its digits have a fraction."""
        if self.here >= len(self.tokens) or not self._at_number():
            return None
        return self._digits() if self.tokens[self.here][0].isdecimal() else self._spelled()

    def _digits(self) -> _Scaled | None:
        token = self.tokens[self.here]
        self.here += 1
        scale = self._take(self.words.scales) or 1
        number = read_digits(token, self.words.groups, scaled=scale > 1)
        if number is None:
            return None
        scaled = whole(Decimal(number) * scale)
        return scaled, scale, isinstance(number, Decimal)

    def _spelled(self) -> _Scaled | None:
        """'two hundred and fifty three thousand': what stands before a scale is multiplied, the rest is added."""
        total, part, largest = 0, 0, 1
        limit = 10 * LARGEST
        while True:
            if part % 100 == 0 and (small := self._take(self.words.small)) is not None:
                part += small
                if small == 0:
                    break
            elif part == 0 and (hundreds := self._take(self.words.hundreds)):
                part = hundreds
            elif (scale := self._scale_below(limit, part)) is not None:
                if scale == 100:
                    part = (part or 1) * 100
                else:
                    total, part, limit = total + (part or 1) * scale, 0, scale
                largest = max(largest, scale)
            elif not (part or total) or not self._joined():
                break
        return total + part, largest, False

    def _scale_below(self, limit: int, part: int) -> int | None:
        scale = self.words.scales.get(self.tokens[self.here]) if self.here < len(self.tokens) else None
        if scale is None or scale >= limit or (scale == 100 and part >= 100):
            return None
        self.here += 1
        return scale

    def _joined(self) -> bool:
        """Passes an 'and' inside a numeral, as in 'two hundred and six', and nowhere else."""
        if self.tokens[self.here : self.here + 1] and self.tokens[self.here] in self.words.joiners:
            self.here += 1
            if self.tokens[self.here - 2] in self.words.scales and self._at(self.words.small):
                return True
            self.here -= 1
        return False

    def _at_number(self) -> bool:
        spelled = self._at(self.words.small) or self._at(self.words.hundreds) or self._at(self.words.scales)
        return bool(spelled or self._at(self.words.rounded)) or self.tokens[self.here][0].isdecimal()

    def _at(self, phrases: Container[str]) -> int:
        """How many tokens from here make the longest of the phrases; 0 where there is none."""
        for length in range(min(5, len(self.tokens) - self.here), 0, -1):
            if " ".join(self.tokens[self.here : self.here + length]) in phrases:
                return length
        return 0

    def _take(self, phrases: Mapping[str, _Meaning]) -> _Meaning | None:
        """What the longest of the phrases here means, passing it."""
        length = self._at(phrases)
        self.here += length
        return phrases[" ".join(self.tokens[self.here - length : self.here])] if length else None
