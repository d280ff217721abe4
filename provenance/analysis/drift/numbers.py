"""What became of a printed number, or of the words that qualify it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log10

from provenance.analysis.drift.comparing import Pair, pairs, weaker
from provenance.analysis.drift.found import Drift, sentence, side
from provenance.analysis.picture import ClaimPicture, FigureView, ReportView
from provenance.number_words import LEXICONS, VagueWord
from provenance.numerals import Number, read_phrase
from provenance.quantity import Quantity, contradicts
from provenance.vocabulary import DriftField, DriftKind, Qualifier, Sureness

# Synonyms across languages: "desyatki" and "dizaines" are tens, and are translated as dozens and back.
ORDERS = {
    VagueWord.FEW: 0,
    VagueWord.SEVERAL: 0,
    VagueWord.TENS: 1,
    VagueWord.DOZENS: 1,
    VagueWord.HUNDREDS: 2,
    VagueWord.THOUSANDS: 3,
    VagueWord.TENS_OF_THOUSANDS: 4,
    VagueWord.HUNDREDS_OF_THOUSANDS: 5,
    VagueWord.MILLIONS: 6,
    VagueWord.TENS_OF_MILLIONS: 7,
    VagueWord.HUNDREDS_OF_MILLIONS: 8,
    VagueWord.BILLIONS: 9,
}
SILENT = frozenset({Qualifier.NOT_GIVEN, Qualifier.UNREADABLE})
DOWN = frozenset({Qualifier.MORE_THAN, Qualifier.AT_LEAST})
UP = frozenset({Qualifier.UP_TO, Qualifier.FEWER_THAN})
# A number that is printed without reserve passes for exact; only the last digits may have been rounded away.
UNMARKED_SHARE = 10

WORDS = {
    DriftKind.TRANSPOSED_DIGITS: "two neighbouring digits changed places",
    DriftKind.MAGNITUDE: "another order of size",
    DriftKind.ROUNDING: "rounded",
    DriftKind.NUMBER: "another number",
    DriftKind.QUALIFIER_DROPPED: "the words that qualified the number are gone",
    DriftKind.QUALIFIER_ADDED: "the number is qualified where it was not",
    DriftKind.QUALIFIER_CHANGED: "the number is qualified in another way",
    DriftKind.UNIT: "a number of something else",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a figure; ``stronger``: the second asserts more."""

    kind: DriftKind
    field: DriftField
    stronger: bool = False


def found(picture: ClaimPicture) -> Iterator[Drift]:
    """Figures that differ from those they are compared with."""
    for pair in pairs(picture, reading):
        for was, now in aligned(printed(pair.was), printed(pair.now)):
            change = changed(was.measured.quantity, now.measured.quantity)
            # Where most print the round number, the exact one may be somebody's own sum.
            if change and not (change.kind is DriftKind.ROUNDING and pair.outvoted):
                yield _drift(pair, was, now, change)


def reading(report: ReportView) -> Hashable | None:
    """The figures of a report as they compare; None where it prints none that can be read."""
    return tuple(sorted(map(str, map(_sign, printed(report))))) or None


def printed(report: ReportView) -> tuple[FigureView, ...]:
    """The figures that can be compared: "none given" is no figure, and what nobody could read is not known."""
    return tuple(figure for figure in report.figures if figure.qualifier not in SILENT)


def aligned(was: Sequence[FigureView], now: Sequence[FigureView]) -> list[tuple[FigureView, FigureView]]:
    """Which figure answers to which, the likest first; a figure without a counterpart has changed nothing."""
    costs = sorted(
        ((distance(one, other), i, j) for i, one in enumerate(was) for j, other in enumerate(now)),
    )
    left, right = set(range(len(was))), set(range(len(now)))
    found = []
    for _, i, j in costs:
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            found.append((was[i], now[j]))
    return found


def distance(was: FigureView, now: FigureView) -> float:
    """How unlike two figures are: what they count weighs more than how much they are."""
    change = changed(was.measured.quantity, now.measured.quantity)
    names = ("measure", "counted", "place")
    others = sum(2.0 for name in names if getattr(was.measured, name) != getattr(now.measured, name))
    if change is None or change.field is DriftField.QUALIFIER:
        return others + (0.0 if change is None else 0.05)
    sizes = size(was.measured.quantity), size(now.measured.quantity)
    apart = abs(log10(sizes[0]) - log10(sizes[1])) if min(sizes) > 0 else 1.0
    return others + (0.1 if change.kind is DriftKind.TRANSPOSED_DIGITS else min(0.2 + apart, 1.9))


def changed(was: Quantity, now: Quantity) -> Change | None:
    """What became of a figure, or None where the second says the same, or no less than the first leaves open.

    >>> from provenance.quantity import read_quantity as read
    >>> changed(read("317"), read("137")).kind.value, changed(read("dozens"), read("hundreds")).kind.value
    ('transposed_digits', 'magnitude')
    >>> changed(read("more than 1,000"), read("1,000")).kind.value
    'qualifier_dropped'
    >>> changed(read("353"), read("more than 350")).kind.value
    'rounding'
    >>> changed(read("десятки", "ru"), read("dozens")) is None
    True
    """
    if was.qualifier in SILENT or now.qualifier in SILENT:
        return None
    if was.unit != now.unit:
        return Change(DriftKind.UNIT, DriftField.UNIT)
    words = _word(was), _word(now)
    if words[0] is not None and words[1] is not None:
        step = ORDERS[words[1]] - ORDERS[words[0]]
        return Change(DriftKind.MAGNITUDE, DriftField.FIGURE, step > 0) if step else None
    if was.value is not None and now.value is not None:
        return _renumbered(was, now, was.value, now.value)
    if (was.low, was.high) == (now.low, now.high):
        return None
    kind = DriftKind.NUMBER if words[0] is not None or contradicts(was, now) else DriftKind.ROUNDING
    return Change(kind, DriftField.FIGURE, size(now) > size(was))


def transposed(was: Number, now: Number) -> bool:
    """Whether two neighbouring digits changed places.

    >>> transposed(317, 137), transposed(317, 371), transposed(317, 713)
    (True, True, False)
    """
    one, other = str(was), str(now)
    if len(one) != len(other):
        return False
    differing = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    first, second = differing
    return one[first] == other[second] and one[second] == other[first]


def rounds(exact: Number, to: Number, qualifier: Qualifier) -> bool:
    """Whether a number with this qualifier is a fair rounding of an exact one.

    >>> rounds(353, 350, Qualifier.MORE_THAN), rounds(748, 750, Qualifier.UP_TO), rounds(164, 160, Qualifier.EXACT)
    (True, True, True)
    >>> rounds(353, 360, Qualifier.MORE_THAN), rounds(19, 9, Qualifier.EXACT)
    (False, False)
    """
    largest = Decimal(exact) / UNMARKED_SHARE if qualifier is Qualifier.EXACT else Decimal(exact)
    steps = (10**power for power in range(1, len(str(int(exact)))))
    short = Decimal(exact) - Decimal(to)
    return any(to % step == 0 and _near(short, step, qualifier) for step in steps if step <= largest)


def _near(short: Decimal, step: int, qualifier: Qualifier) -> bool:
    """Whether a number that falls short by this much was rounded to a multiple of the step, the way its words say."""
    if qualifier in DOWN:
        return 0 <= short < step
    if qualifier in UP:
        return 0 <= -short < step
    return abs(short) < step


def _renumbered(was: Quantity, now: Quantity, one: Number, other: Number) -> Change | None:
    if one == other:
        return _requalified(was.qualifier, now.qualifier)
    if rounds(other, one, was.qualifier) and was.qualifier is not Qualifier.EXACT:
        return None  # it is more exact than what it is compared with, so it was not made from that
    kind = DriftKind.NUMBER
    if transposed(one, other):
        kind = DriftKind.TRANSPOSED_DIGITS
    elif _power_of_ten(one, other):
        kind = DriftKind.MAGNITUDE
    elif rounds(one, other, now.qualifier):
        kind = DriftKind.ROUNDING
    return Change(kind, DriftField.FIGURE, other > one)


def _requalified(was: Qualifier, now: Qualifier) -> Change | None:
    if was is now:
        return None
    match was, now:
        case _, Qualifier.EXACT:
            # "Up to 750" and "about 750" allow fewer; "750" does not.
            return Change(DriftKind.QUALIFIER_DROPPED, DriftField.QUALIFIER, was not in DOWN)
        case Qualifier.EXACT, _:
            return Change(DriftKind.QUALIFIER_ADDED, DriftField.QUALIFIER, now in DOWN)
        case _:
            return Change(DriftKind.QUALIFIER_CHANGED, DriftField.QUALIFIER, now in DOWN and was not in DOWN)


def _power_of_ten(one: Number, other: Number) -> bool:
    small, large = sorted((one, other))
    return small > 0 and any(small * 10**power == large for power in range(1, 10))


def _word(quantity: Quantity) -> VagueWord | None:
    if quantity.qualifier is not Qualifier.VAGUE:
        return None
    read = read_phrase(quantity.text, quantity.language)
    return read.vague if read else None


def _sign(figure: FigureView) -> Hashable:
    quantity = figure.measured.quantity
    word = _word(quantity)
    if word is not None:
        return quantity.qualifier, ORDERS[word], quantity.unit
    return quantity.qualifier, quantity.value, quantity.low, quantity.high, quantity.unit


def size(quantity: Quantity) -> float:
    """About how much a figure is: its number, else the least or else the most that it allows."""
    return next((float(end) for end in (quantity.value, quantity.low, quantity.high) if end is not None), 0.0)


def _drift(pair: Pair, was: FigureView, now: FigureView, change: Change) -> Drift:
    before, after = side(pair.was, was), side(pair.now, now)
    return Drift(
        before=before,
        after=after,
        field=change.field,
        kind=change.kind,
        from_=was.text,
        to=now.text,
        sure=how_sure(pair.sure, was.measured.quantity, now.measured.quantity),
        against=pair.against,
        reason=sentence(before, after, was.text, now.text, WORDS[change.kind], pair.against),
        stronger=change.stronger,
        figure=now.id,
    )


def how_sure(most: Sureness, was: Quantity, now: Quantity) -> Sureness:
    """Digits are the same in every language; words of two are only possibly different."""
    numbers = was.value is not None and now.value is not None and was.value != now.value
    return most if numbers or len({_spoken(was), _spoken(now)} - {None}) <= 1 else weaker(most, Sureness.POSSIBLE)


def _spoken(quantity: Quantity) -> str | None:
    """The language of the words; None for digits alone. What has no lexicon here was read as English."""
    if not any(letter.isalpha() for letter in quantity.text):
        return None
    language = quantity.language.partition("-")[0]
    return language if language in LEXICONS else "en"
