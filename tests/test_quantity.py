"""What printed figures assert, and when two of them may be compared."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provenance.errors import InvalidInput
from provenance.number_words import LEXICONS, VagueWord
from provenance.numerals import Number
from provenance.quantity import (
    ACLED,
    PLAIN,
    POLICIES,
    Answer,
    Comparison,
    Interval,
    Measured,
    Quantity,
    agrees,
    comparable,
    contradicts,
    disjoint,
    interval,
    read_quantity,
    relate,
)
from provenance.vocabulary import Qualifier as Q
from provenance.vocabulary import Relation

Read = tuple[Q, Number | None, Number | None, Number | None]

ENGLISH: dict[str, Read] = {
    # as pages about Kazakhstan in January 2022 print them
    "8": (Q.EXACT, 8, 8, 8),
    "two": (Q.EXACT, 2, 2, 2),
    "six": (Q.EXACT, 6, 6, 6),
    "4,578": (Q.EXACT, 4578, 4578, 4578),
    "20,000": (Q.EXACT, 20000, 20000, 20000),
    "another 238": (Q.EXACT, 238, 238, 238),
    "one four-year-old girl": (Q.EXACT, 1, 1, 1),
    "164 (denied)": (Q.EXACT, 164, 164, 164),
    "164 (retracted)": (Q.EXACT, 164, 164, 164),
    "more than 1,000": (Q.MORE_THAN, 1000, 1001, None),
    "more than 10": (Q.MORE_THAN, 10, 11, None),
    "at least 8": (Q.AT_LEAST, 8, 8, None),
    "at least eight": (Q.AT_LEAST, 8, 8, None),
    "at least ten": (Q.AT_LEAST, 10, 10, None),
    "at least 5,135": (Q.AT_LEAST, 5135, 5135, None),
    "almost 400": (Q.ABOUT, 400, 360, 399),
    "almost 1,000": (Q.ABOUT, 1000, 900, 999),
    "nearly 6,000": (Q.ABOUT, 6000, 5400, 5999),
    "just under 4,600": (Q.ABOUT, 4600, 4140, 4599),
    "about 103": (Q.ABOUT, 103, 92, 114),
    "around 160": (Q.ABOUT, 160, 144, 176),
    "approximately 1,000": (Q.ABOUT, 1000, 900, 1100),
    "some 9,900": (Q.ABOUT, 9900, 8910, 10890),
    "4.5 thousand": (Q.ABOUT, 4500, 4050, 4950),
    "20 / about 20": (Q.ABOUT, 20, 18, 22),
    "up to 750": (Q.UP_TO, 750, None, 750),
    "fewer than 50": (Q.FEWER_THAN, 50, None, 49),
    "dozens": (Q.VAGUE, None, 24, None),
    "several dozen": (Q.VAGUE, None, 24, None),
    "hundreds": (Q.VAGUE, None, 200, None),
    "several": (Q.VAGUE, None, 3, None),
    "none given": (Q.NOT_GIVEN, None, None, None),
    "a group, number unknown": (Q.NOT_GIVEN, None, None, None),
    "an equal number": (Q.UNREADABLE, None, None, None),
    # as others do
    "twelve": (Q.EXACT, 12, 12, 12),
    "twenty-one officers": (Q.EXACT, 21, 21, 21),
    "two thousand three hundred and six": (Q.EXACT, 2306, 2306, 2306),
    "two hundred and fifty-three thousand": (Q.EXACT, 253_000, 253_000, 253_000),
    "half a million": (Q.EXACT, 500_000, 500_000, 500_000),
    "18 million": (Q.EXACT, 18_000_000, 18_000_000, 18_000_000),
    "two dozen": (Q.EXACT, 24, 24, 24),
    "all 13": (Q.EXACT, 13, 13, 13),
    "zero": (Q.EXACT, 0, 0, 0),
    "164²": (Q.EXACT, 164, 164, 164),
    "about 20 thousand": (Q.ABOUT, 20000, 18000, 22000),
    "1.5 million": (Q.ABOUT, 1_500_000, 1_350_000, 1_650_000),
    "8 or so": (Q.ABOUT, 8, 7, 9),
    "just over 1,000": (Q.MORE_THAN, 1000, 1001, 1100),
    "more than a hundred": (Q.MORE_THAN, 100, 101, None),
    "1,000-plus": (Q.AT_LEAST, 1000, 1000, None),
    "1,000+": (Q.AT_LEAST, 1000, 1000, None),
    "8 or more": (Q.AT_LEAST, 8, 8, None),
    "no fewer than 20": (Q.AT_LEAST, 20, 20, None),
    "no more than 20": (Q.UP_TO, 20, None, 20),
    "as many as 20": (Q.UP_TO, 20, None, 20),
    "between 10 and 20": (Q.RANGE, None, 10, 20),
    "10-20": (Q.RANGE, None, 10, 20),
    "10–20 people": (Q.RANGE, None, 10, 20),
    "eight to ten": (Q.RANGE, None, 8, 10),
    "10 to 20 thousand": (Q.RANGE, None, 10_000, 20_000),
    "1 000": (Q.EXACT, 1000, 1000, 1000),
    "1 000 injured": (Q.EXACT, 1000, 1000, 1000),
    "٨": (Q.EXACT, 8, 8, 8),
    "tens of thousands": (Q.VAGUE, None, 20_000, None),
    "at least several dozen": (Q.VAGUE, None, 24, None),
}


def read_as(quantity: Quantity) -> Read:
    return quantity.qualifier, quantity.value, quantity.low, quantity.high


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items(), ids=list(ENGLISH))
def test_a_printed_phrase_asserts_an_interval(text: str, expected: Read) -> None:
    assert read_as(read_quantity(text)) == expected


ELSEWHERE: dict[tuple[str, str], Read] = {
    ("de", "Dutzende"): (Q.VAGUE, None, 24, None),
    ("de", "mehr als 1.000 Verletzte"): (Q.MORE_THAN, 1000, 1001, None),
    ("de", "einundzwanzig Polizisten"): (Q.EXACT, 21, 21, 21),
    ("de", "zweihundertfünfzig"): (Q.EXACT, 250, 250, 250),
    ("de", "knapp 400"): (Q.ABOUT, 400, 360, 399),
    ("de", "rund 1,5 Millionen"): (Q.ABOUT, 1_500_000, 1_350_000, 1_650_000),
    ("de", "zwischen 10 und 20"): (Q.RANGE, None, 10, 20),
    ("de", "acht Tote, darunter ein Kind"): (Q.EXACT, 8, 8, 8),
    ("de", "Zehntausende"): (Q.VAGUE, None, 20_000, None),
    ("fr", "des dizaines"): (Q.VAGUE, None, 20, None),
    ("fr", "plus de 1\u202f000 blessés"): (Q.MORE_THAN, 1000, 1001, None),
    ("fr", "quatre-vingt-dix-sept"): (Q.EXACT, 97, 97, 97),
    ("fr", "une vingtaine"): (Q.ABOUT, 20, 18, 22),
    ("fr", "plus d'une centaine"): (Q.MORE_THAN, 100, 101, None),
    ("fr", "jusqu'à 750"): (Q.UP_TO, 750, None, 750),
    ("ru", "десятки"): (Q.VAGUE, None, 20, None),
    ("ru", "desyatki"): (Q.VAGUE, None, 20, None),
    ("ru", "несколько десятков человек"): (Q.VAGUE, None, 20, None),
    ("ru", "более 1 тыс."): (Q.MORE_THAN, 1000, 1001, None),
    ("ru", "более двадцати"): (Q.MORE_THAN, 20, 21, None),
    ("ru", "сто шестьдесят четыре"): (Q.EXACT, 164, 164, 164),
    ("ru", "две тысячи двести"): (Q.EXACT, 2200, 2200, 2200),
    ("ru", "4 578"): (Q.EXACT, 4578, 4578, 4578),
    ("ru", "не менее 8"): (Q.AT_LEAST, 8, 8, None),
    ("ru", "от 10 до 20"): (Q.RANGE, None, 10, 20),
}


@pytest.mark.parametrize(("where", "expected"), ELSEWHERE.items(), ids=[" ".join(where) for where in ELSEWHERE])
def test_german_french_and_russian_phrases_are_read_in_their_own_words(where: tuple[str, str], expected: Read) -> None:
    language, text = where
    assert read_as(read_quantity(text, language)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "two officers and one soldier",
        "8/317",
        "20 of 30",
        "ten times as many",
        "8th",
        "not 8",
        "none",
        "-5",
        "a group",
        "twice as many",
        "dozens or hundreds",
        "fewer than dozens",
        "more than 8 at most",
        "between 20 and 10",
        "1.000",
        "9" * 30,
        "officials say 8",
    ],
)
def test_what_cannot_be_read_for_certain_is_unreadable_and_not_absent(text: str) -> None:
    assert read_as(read_quantity(text)) == (Q.UNREADABLE, None, None, None)


@pytest.mark.parametrize("language", ["de", "fr", "ru"])
def test_a_comma_before_three_digits_is_refused_where_it_may_be_a_decimal(language: str) -> None:
    assert read_quantity("1,000", language).qualifier is Q.UNREADABLE
    assert read_quantity("1.000", language).value == 1000


def test_nothing_printed_is_refused_rather_than_read() -> None:
    with pytest.raises(InvalidInput, match="leave the figure out") as caught:
        read_quantity("  ")
    assert caught.value.field == "text"


def test_a_figure_whose_low_end_is_above_its_high_end_is_refused() -> None:
    with pytest.raises(InvalidInput, match="above its high end") as caught:
        Quantity("20-10", Q.RANGE, 20, 20, 10)
    assert caught.value.field == "low"


def test_money_and_shares_are_not_counted_in_whole_pieces() -> None:
    dollars = read_quantity("more than $1,000")
    assert (dollars.low, dollars.unit) == (1000, "$")
    share = read_quantity("about 5 per cent")
    assert (share.low, share.high, share.unit) == (Decimal("4.5"), Decimal("5.5"), "percent")


@pytest.mark.parametrize(("word", "plain", "acled"), [("dozens", 24, 12), ("several", 3, 3), ("hundreds", 200, 100)])
def test_a_word_is_read_by_the_policy_that_is_asked_for(word: str, plain: int, acled: int) -> None:
    quantity = read_quantity(word)
    assert interval(quantity, PLAIN) == Interval(plain, None)
    assert interval(quantity, ACLED) == Interval(acled, acled)


@pytest.mark.parametrize("text", ["a busload", ""])
def test_a_vague_figure_entered_by_hand_keeps_its_ends_under_every_policy(text: str) -> None:
    entered = Quantity(text, Q.VAGUE, None, 20, 60)
    assert [interval(entered, policy) for policy in (PLAIN, ACLED)] == [Interval(20, 60)] * 2


def test_every_policy_reads_every_vague_word() -> None:
    assert {frozenset(policy.words) for policy in POLICIES.values()} == {frozenset(VagueWord)}


def test_dozens_contradicts_eight_but_not_twelve_which_one_policy_reads_it_as() -> None:
    dozens = read_quantity("dozens")
    assert disjoint(dozens, read_quantity("12"), PLAIN)
    assert not contradicts(dozens, read_quantity("12"))
    assert contradicts(dozens, read_quantity("8"))


def test_an_unreadable_figure_neither_agrees_nor_contradicts() -> None:
    unreadable = read_quantity("an equal number")
    assert not agrees(unreadable, unreadable)
    assert not contradicts(unreadable, read_quantity("8"))


def counting(text: str, **changed: object) -> Measured:
    fields: dict[str, object] = {
        "measure": "killed",
        "counted": "security forces",
        "place": "Almaty",
        "period": "5 January 2022",
        "cumulative": True,
    }
    return Measured(read_quantity(text), **(fields | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("measure", "injured"),
        ("counted", "attackers"),
        ("place", "Kazakhstan"),
        ("period", "6 January 2022"),
        ("cumulative", False),
        ("unit", "percent"),
    ],
)
def test_figures_that_differ_in_one_field_are_not_comparable_and_it_is_named(field: str, value: object) -> None:
    different = counting("8", **{field: value})
    assert comparable(counting("8"), different) == Comparison(Answer.NO, field)
    assert relate(counting("8"), different) == (Relation.NOT_COMPARABLE, field)


@pytest.mark.parametrize("field", ["measure", "counted", "place", "period", "cumulative"])
def test_a_missing_field_leaves_the_comparison_open_and_is_named(field: str) -> None:
    assert comparable(counting("8"), counting("8", **{field: None})) == Comparison(Answer.UNKNOWN, field)


def test_a_known_difference_decides_whatever_else_is_missing() -> None:
    assert comparable(counting("8", measure=None), counting("8", place="Kyiv")) == Comparison(Answer.NO, "place")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("8", "eight", (Relation.AGREEING, None)),
        ("8", "at least 8", (Relation.COMPATIBLE, None)),
        ("8", "12", (Relation.CONFLICTING, None)),
        ("dozens", "26", (Relation.COMPATIBLE, None)),
        ("dozens", "several", (Relation.COMPATIBLE, None)),
        ("dozens", "8", (Relation.CONFLICTING, None)),
        ("8", "an equal number", (Relation.UNKNOWN, "quantity")),
    ],
)
def test_comparable_figures_agree_overlap_or_conflict(
    one: str, other: str, expected: tuple[Relation, str | None]
) -> None:
    assert relate(counting(one), counting(other)) == expected
    assert relate(counting(other), counting(one)) == expected


QUALIFIERS = ["", "more than ", "at least ", "about ", "almost ", "up to ", "fewer than ", "just over "]


@settings(max_examples=1000, deadline=None)
@given(number=st.integers(1, 10**12), lead=st.sampled_from(QUALIFIERS), mark=st.sampled_from(["", ",", " ", "\u202f"]))
def test_any_number_is_read_as_printed_however_its_digits_are_grouped(number: int, lead: str, mark: str) -> None:
    quantity = read_quantity(lead + f"{number:,}".replace(",", mark))
    assert quantity.value == number
    assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high


BELOW_TEN = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
ONES = BELOW_TEN + TEENS
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(number: int) -> str:
    for size, word in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            return f"{spelled(number // size)} {word}" + (f" and {spelled(rest)}" if rest else "")
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")


@settings(max_examples=1000, deadline=None)
@given(number=st.integers(1, 10**9 - 1))
@example(number=1_000_001)
def test_a_number_in_words_is_read_as_the_same_number(number: int) -> None:
    assert read_quantity(spelled(number)).value == number


WORDS = sorted({word for words in LEXICONS.values() for word in (*words.before, *words.vague, *words.small)})


@settings(max_examples=1500, deadline=None)
@given(
    text=st.text(min_size=1, max_size=30).filter(str.strip)
    | st.lists(st.sampled_from([*WORDS, "1,5", "20", "-", "/", "to", "and", "²"]), min_size=1, max_size=5).map(
        " ".join
    ),
    language=st.sampled_from(["en", "de", "fr", "ru", "kk"]),
)
def test_any_text_is_read_or_refused_and_never_breaks(text: str, language: str) -> None:
    quantity = read_quantity(text, language)
    assert quantity.text == text
    if quantity.qualifier in (Q.UNREADABLE, Q.NOT_GIVEN):
        assert (quantity.value, quantity.low, quantity.high) == (None, None, None)
    else:
        assert quantity.low is not None or quantity.high is not None
    assert {interval(quantity, policy) for policy in POLICIES.values()}


phrases = st.sampled_from([text for text in ENGLISH if ENGLISH[text][0] not in (Q.NOT_GIVEN, Q.UNREADABLE)])


@settings(max_examples=500, deadline=None)
@given(a=phrases, b=phrases, c=st.integers(0, 10**6))
def test_a_number_that_satisfies_both_figures_rules_out_a_contradiction(a: str, b: str, c: int) -> None:
    one, other = read_quantity(a), read_quantity(b)
    assert contradicts(one, other) == contradicts(other, one)
    held = [within(c, interval(one, policy)) and within(c, interval(other, policy)) for policy in POLICIES.values()]
    assert not (any(held) and contradicts(one, other))
    assert not (agrees(one, other) and disjoint(one, other))


def within(number: int, bounds: Interval) -> bool:
    return (bounds.low is None or bounds.low <= number) and (bounds.high is None or number <= bounds.high)
