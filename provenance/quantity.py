"""What a printed figure asserts: an interval with a qualifier, never a bare number, derived from the printed words.

House readings, each the narrowest that the words allow:

- Figures without a unit count whole people or things: "more than 1,000" begins at 1,001 and "fewer than 50" ends at
  49. With a unit (money, percent) the printed number itself is the end.
- "About" and its kin lie within `ABOUT_SHARE` on either side. "Almost" lies within it on the lower side only, short of
  the number, "just over" on the upper side only.
- Nothing printed above "at least" or below "up to" bounds the other side, so it is unbounded, not 0 and not a guess.
- "4.5 thousand" shows itself to be rounded and is read as "about"; "4,500" and "20 thousand" are read as printed.
- "Several dozen" asserts no more than "dozens": a word that gives no number does not multiply.
- Words such as "dozens" are intervals under a named policy, and a contradiction must hold under every one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from provenance.errors import InvalidInput
from provenance.number_words import Bound, VagueWord
from provenance.numerals import Number, Reading, read_phrase, says_not_given, whole
from provenance.vocabulary import Qualifier, Relation

# No style guide fixes how far "about" reaches; a tenth keeps "about 20" from 25 and "about 5,800" from 5,000.
ABOUT_SHARE = Decimal("0.1")

WORKING_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``, both included; None is unbounded."""

    low: Number | None
    high: Number | None

    @property
    def unbounded(self) -> bool:
        """Whether it says nothing."""
        return self.low is None and self.high is None

    def disjoint(self, other: Interval) -> bool:
        """Whether no number lies in both."""
        return _below(self, other) or _below(other, self)


@dataclass(frozen=True, slots=True)
class Policy:
    """A named, versioned convention for words that give no number."""

    name: str
    version: int
    words: Mapping[VagueWord, Interval]


PLAIN = Policy(
    "plain",
    1,
    {
        VagueWord.FEW: Interval(2, None),
        VagueWord.SEVERAL: Interval(3, None),
        VagueWord.TENS: Interval(20, None),
        VagueWord.DOZENS: Interval(24, None),
        VagueWord.HUNDREDS: Interval(200, None),
        VagueWord.THOUSANDS: Interval(2_000, None),
        VagueWord.TENS_OF_THOUSANDS: Interval(20_000, None),
        VagueWord.HUNDREDS_OF_THOUSANDS: Interval(200_000, None),
        VagueWord.MILLIONS: Interval(2_000_000, None),
        VagueWord.TENS_OF_MILLIONS: Interval(20_000_000, None),
        VagueWord.HUNDREDS_OF_MILLIONS: Interval(200_000_000, None),
        VagueWord.BILLIONS: Interval(2_000_000_000, None),
    },
)
# The coding rules of the Armed Conflict Location & Event Data project for fatalities: one low number for each word.
ACLED = Policy(
    "acled",
    1,
    {
        VagueWord.FEW: Interval(3, 3),
        VagueWord.SEVERAL: Interval(3, 3),
        VagueWord.TENS: Interval(10, 10),
        VagueWord.DOZENS: Interval(12, 12),
        VagueWord.HUNDREDS: Interval(100, 100),
        VagueWord.THOUSANDS: Interval(1_000, 1_000),
        VagueWord.TENS_OF_THOUSANDS: Interval(10_000, 10_000),
        VagueWord.HUNDREDS_OF_THOUSANDS: Interval(100_000, 100_000),
        VagueWord.MILLIONS: Interval(1_000_000, 1_000_000),
        VagueWord.TENS_OF_MILLIONS: Interval(10_000_000, 10_000_000),
        VagueWord.HUNDREDS_OF_MILLIONS: Interval(100_000_000, 100_000_000),
        VagueWord.BILLIONS: Interval(1_000_000_000, 1_000_000_000),
    },
)
POLICIES: Mapping[str, Policy] = {policy.name: policy for policy in (PLAIN, ACLED)}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: its words, what they make of the number, the number (None for words), and the interval.

    ``low`` and ``high`` of a vague figure are those of the policy under which it was read. ``language`` is the one
    that the words are in, so that `interval` can read them under another policy.
    """

    text: str
    qualifier: Qualifier
    value: Number | None
    low: Number | None
    high: Number | None
    unit: str | None = None
    language: str = "en"

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            text = f"{self.text!r}: its low end {self.low} is above its high end {self.high}; swap or mend them."
            raise InvalidInput(text, field="low")


def read_quantity(text: str, language: str = "en", policy: Policy = PLAIN) -> Quantity:
    """Reads a printed figure, a phrase and not a sentence, in English, German, French or Russian.

    What cannot be read for certain comes back as `unreadable`, which is not `not_given`: that is kept for pages that
    say that there is no number. Raises InvalidInput for an empty phrase, where nothing was printed at all.

    >>> read_quantity("more than 1,000")
    Quantity(text='more than 1,000', qualifier=<Qualifier.MORE_THAN: 'more_than'>, value=1000, low=1001, high=None, \
unit=None, language='en')
    >>> dozens = read_quantity("dozens")
    >>> dozens.value, dozens.low, dozens.high
    (None, 24, None)
    >>> read_quantity("десятки", "ru").low, read_quantity("des dizaines", "fr", ACLED).low
    (20, 10)
    >>> read_quantity("an equal number").qualifier.value, read_quantity("none given").qualifier.value
    ('unreadable', 'not_given')
    """
    if not text.strip():
        raise InvalidInput(
            "A figure needs its printed words; leave the figure out where none is printed.", field="text"
        )
    if says_not_given(text, language):
        return Quantity(text, Qualifier.NOT_GIVEN, None, None, None, language=language)
    readings = [read_phrase(part, language) for part in text.split("/")]
    found = [quantity_of(text, reading, language, policy) for reading in readings if reading is not None]
    known = [quantity for quantity in found if quantity is not None]
    if len(known) < len(readings) or len({(quantity.value, quantity.unit) for quantity in known}) > 1:
        return Quantity(text, Qualifier.UNREADABLE, None, None, None, language=language)
    return _loosest(known)


def interval(quantity: Quantity, policy: Policy = PLAIN) -> Interval:
    """The interval of a figure under a policy; only vague words differ from policy to policy.

    Vague words that no policy knows keep the interval that was recorded for them.

    >>> interval(read_quantity("dozens"), ACLED)
    Interval(low=12, high=12)
    """
    if quantity.qualifier is Qualifier.VAGUE and quantity.text.strip():
        known = read_quantity(quantity.text, quantity.language, policy)
        quantity = known if known.qualifier is Qualifier.VAGUE else quantity
    return Interval(quantity.low, quantity.high)


def language_of_words(text: str, qualifier: Qualifier, language: str | None) -> str:
    """The language that a recorded figure is read in: its document's, or English where a page was coded in English.

    >>> language_of_words("десятки", Qualifier.VAGUE, "ru"), language_of_words("dozens", Qualifier.VAGUE, "ru-RU")
    ('ru', 'en')
    """
    printed = (language or WORKING_LANGUAGE).partition("-")[0]
    readable = read_quantity(text, printed).qualifier is qualifier
    return printed if readable else WORKING_LANGUAGE


def agrees(a: Quantity, b: Quantity, policy: Policy = PLAIN) -> bool:
    """Whether two figures assert the same interval; one that could not be read agrees with nothing."""
    one = interval(a, policy)
    return not one.unbounded and one == interval(b, policy)


def disjoint(a: Quantity, b: Quantity, policy: Policy = PLAIN) -> bool:
    """Whether no number satisfies both figures under a policy."""
    return interval(a, policy).disjoint(interval(b, policy))


def contradicts(a: Quantity, b: Quantity, policies: Sequence[Policy] = tuple(POLICIES.values())) -> bool:
    """Whether no number satisfies both figures under any policy.

    "Dozens" and 12 do not contradict one another, for one policy reads the word as 12; "dozens" and 8 do.

    >>> dozens = read_quantity("dozens")
    >>> contradicts(dozens, read_quantity("12")), contradicts(dozens, read_quantity("8"))
    (False, True)
    """
    return all(disjoint(a, b, policy) for policy in policies)


class Answer(StrEnum):
    """The three answers to whether two figures can be compared."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two figures count the same; else the field that differs, or that is missing."""

    answer: Answer
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with what it counts; None is not known. A figure without a unit counts whole people or things."""

    quantity: Quantity
    measure: str | None
    counted: str | None
    place: str | None
    period: str | None
    cumulative: bool | None
    unit: str | None = None


def comparable(a: Measured, b: Measured) -> Comparison:
    """Whether two figures count the same: measure, population, place, period, cumulative or not, and unit agree.

    A field that is known to differ decides, whatever else is missing.

    >>> officers = Measured(read_quantity("12"), "killed", "officers", "Almaty", None, True)
    >>> attackers = Measured(read_quantity("dozens"), "killed", "attackers", "Almaty", None, True)
    >>> comparable(officers, attackers)
    Comparison(answer=<Answer.NO: 'no'>, field='counted')
    >>> comparable(officers, officers)
    Comparison(answer=<Answer.UNKNOWN: 'unknown'>, field='period')
    """
    pairs = {name: (getattr(a, name), getattr(b, name)) for name in _DECIDING}
    if _unit(a) != _unit(b):
        return Comparison(Answer.NO, "unit")
    for name, (one, other) in pairs.items():
        if one is not None and other is not None and one != other:
            return Comparison(Answer.NO, name)
    missing = next((name for name, pair in pairs.items() if None in pair), None)
    return Comparison(Answer.YES) if missing is None else Comparison(Answer.UNKNOWN, missing)


def relate(a: Measured, b: Measured) -> tuple[Relation, str | None]:
    """How one account's figure stands to another's, with the field that decides where they cannot be compared.

    Neither a later figure nor a larger one is preferred; whether one supersedes the other is decided elsewhere.
    """
    comparison = comparable(a, b)
    match comparison.answer:
        case Answer.NO:
            return Relation.NOT_COMPARABLE, comparison.field
        case Answer.UNKNOWN:
            return Relation.UNKNOWN, comparison.field
        case Answer.YES:
            return _relation(a.quantity, b.quantity)


_DECIDING = ("measure", "counted", "place", "period", "cumulative")


def _relation(a: Quantity, b: Quantity) -> tuple[Relation, str | None]:
    if interval(a).unbounded or interval(b).unbounded:
        return Relation.UNKNOWN, "quantity"
    if agrees(a, b):
        return Relation.AGREEING, None
    return (Relation.CONFLICTING if contradicts(a, b) else Relation.COMPATIBLE), None


def _unit(measured: Measured) -> str | None:
    return measured.unit or measured.quantity.unit


def _below(one: Interval, other: Interval) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def quantity_of(text: str, reading: Reading, language: str = "en", policy: Policy = PLAIN) -> Quantity | None:
    """What a reading of printed words asserts; None where its words give no bound at all ("fewer than dozens").

    >>> quantity_of("more than 18 million", Reading(18_000_000, bound=Bound.MORE)).low
    18000001
    """
    if reading.vague is not None:
        bounds = _vague_interval(policy.words[reading.vague], reading.bound)
        if bounds is None:
            return None
        return Quantity(text, Qualifier.VAGUE, None, bounds.low, bounds.high, reading.unit, language)
    number = reading.number
    if number is None:
        return None
    if reading.upper is not None:
        return Quantity(text, Qualifier.RANGE, None, number, reading.upper, reading.unit, language)
    bound = Bound.ABOUT if reading.rounded and reading.bound is None else reading.bound
    qualifier, bounds = _bounded(number, bound, counted=reading.unit is None and isinstance(number, int))
    return Quantity(text, qualifier, number, bounds.low, bounds.high, reading.unit, language)


def _vague_interval(word: Interval, bound: Bound | None) -> Interval | None:
    match bound:
        case None | Bound.ABOUT | Bound.ALMOST | Bound.JUST_OVER:
            return word
        case Bound.AT_LEAST | Bound.MORE:
            return Interval(word.low, None)
        case Bound.UP_TO | Bound.FEWER:
            return None  # nobody can say below what "fewer than dozens" lies


def _bounded(number: Number, bound: Bound | None, counted: bool) -> tuple[Qualifier, Interval]:
    step = 1 if counted else 0
    reach = abs(Decimal(number)) * ABOUT_SHARE
    near = whole(number - reach), whole(number + reach)
    if counted:
        near = math.floor(near[0]), math.ceil(near[1])
    match bound:
        case None:
            return Qualifier.EXACT, Interval(number, number)
        case Bound.AT_LEAST:
            return Qualifier.AT_LEAST, Interval(number, None)
        case Bound.MORE:
            return Qualifier.MORE_THAN, Interval(number + step, None)
        case Bound.JUST_OVER:
            return Qualifier.MORE_THAN, Interval(number + step, max(near[1], number + step))
        case Bound.ABOUT:
            return Qualifier.ABOUT, Interval(*near)
        case Bound.ALMOST:
            return Qualifier.ABOUT, Interval(min(near[0], number - step), number - step)
        case Bound.UP_TO:
            return Qualifier.UP_TO, Interval(None, number)
        case Bound.FEWER:
            return Qualifier.FEWER_THAN, Interval(None, number - step)


def _loosest(readings: Sequence[Quantity]) -> Quantity:
    """Of two ways in which one page prints one number ("20 / about 20"), the one that asserts less."""
    return next((reading for reading in readings if reading.qualifier is not Qualifier.EXACT), readings[0])
