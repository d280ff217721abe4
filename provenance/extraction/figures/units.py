"""What a number is a number of where that is no person or thing: per cent, money, lengths, hours, years of age."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.extraction.figures.page import Page
from provenance.extraction.figures.words import SUFFIXES, Unit, Words, data
from provenance.vocabulary import FigureKind

# Symbols of one letter that are also words or initials: taken only where they touch the number.
_TOUCHING = frozenset("tgVWl")


@dataclass(frozen=True, slots=True)
class Measured:
    """What stands behind or before a number: its kind, its unit, whose money, and how far the words go.

    ``by`` multiplies: "£1m" is a million.
    """

    kind: FigureKind
    end: int
    unit: str | None = None
    currency: str | None = None
    by: int = 1


def money_before(page: Page, here: int) -> tuple[Unit, int] | None:
    """'$', 'US$' or 'USD' in front of a number, and the place behind it."""
    signs = data()["money"]
    raw = page.pieces[here].text if here < page.stop else ""
    if len(raw) == 1 and raw in signs:
        return Unit(signs[raw]["unit"], signs[raw]["currency"]), here + 1
    if page.low(here + 1) in signs and page.glued(here + 1) and raw.lower() + page.low(here + 1) in data()["signed"]:
        return Unit("$", data()["signed"][raw.lower() + page.low(here + 1)]), here + 2
    if raw.isupper() and len(raw) == 3 and page.kind(here + 1) == "number":
        for money in signs.values():
            if raw.lower() in money["words"]:
                return Unit(money["unit"], money["currency"]), here + 1
    return None


def unit_after(page: Page, here: int, words: Words, money: Unit | None) -> Measured | None:
    """The unit behind a number, also over a hyphen ('50-kilometre')."""
    if here >= page.stop:
        return None
    tied = page.low(here) in ("-", "‑") and page.glued(here) and page.glued(here + 1)
    at = here + 1 if tied else here
    points = words.phrases["percentage_points"].at(page, at)
    if points is not None:
        return Measured(FigureKind.PERCENT, points[1], "percentage points")
    percent = words.percent.at(page, at)
    if percent is not None:
        return Measured(FigureKind.PERCENT, percent[1], "percent")
    age = _age(page, at, words)
    if age is not None:
        return age
    if money is not None:
        return _rest_of_money(page, here)
    if words.has("articles", page.low(at)) and page.low(at - 1) in ("half", "quarter"):
        at += 1  # "half an hour"
    elif words.language == "fr" and page.low(at) in ("d", "de"):
        at += 1  # "3,5 millions d'euros"
    return _unit(page, at, words, tied)


def _rest_of_money(page: Page, here: int) -> Measured | None:
    if page.pieces[here].text == "m" and page.glued(here):
        return Measured(FigureKind.MONEY, here + 1, by=SUFFIXES["M"])
    return None


def _age(page: Page, here: int, words: Words) -> Measured | None:
    old = words.phrases["old"].at(page, here)
    if old is None or (words.language in ("de", "fr") and not page.pieces[here].hyphened):
        return None
    unit = words.units.at(page, here)
    return Measured(FigureKind.AGE, old[1], unit[0].name if unit is not None and unit[0].duration else "year")


def _unit(page: Page, here: int, words: Words, tied: bool) -> Measured | None:
    raw = page.pieces[here].text if here < page.stop else ""
    long = _symbol(page, here, words)
    if long is not None:
        return long
    named = words.units.at(page, here)
    if named is None:
        return None
    unit, end = named
    if unit.currency is not None:
        return Measured(FigureKind.MONEY, end, unit.name, unit.currency)
    if raw.istitle() and len(raw) > 1 and not tied:
        return None  # "20 Pounds" may be a name
    return Measured(FigureKind.DURATION if unit.duration else FigureKind.MEASUREMENT, end, unit.name)


def _symbol(page: Page, here: int, words: Words) -> Measured | None:
    """'km/h', 'm²' and the like: pieces that touch one another."""
    for length in (3, 2, 1):
        if here + length > page.stop or any(not page.glued(here + n) for n in range(1, length)):
            continue
        raw = page.text[page.pieces[here].start : page.pieces[here + length - 1].end]
        unit = words.symbols.get(raw)
        if unit is None or (raw in _TOUCHING and not page.glued(here)):
            continue
        if unit.currency is not None:
            return Measured(FigureKind.MONEY, here + length, unit.name, unit.currency)
        return Measured(FigureKind.MEASUREMENT, here + length, unit.name)
    return None
