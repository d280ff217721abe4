"""Every quantity in a running text, as the interval that its words assert; and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from provenance.extraction.article import Article
from provenance.extraction.figures import find_figures
from provenance.extraction.reading import FigureFound
from provenance.numerals import Number
from provenance.quantity import read_quantity
from provenance.vocabulary import FigureKind, Qualifier


def figures(text: str, language: str = "en") -> tuple[FigureFound, ...]:
    return find_figures(Article(text, (), language))


def intervals(text: str, language: str = "en") -> list[tuple[str, Number | None, Number | None]]:
    return [(figure.text, figure.low, figure.high) for figure in figures(text, language)]


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("The ministry counts eight killed officers.", "eight", 8, 8),
        ("There are more than 1,000 injured.", "more than 1,000", 1001, None),
        ("Almost 40 shops burned.", "Almost 40", 36, 39),
        ("No fewer than 19 ships passed.", "No fewer than 19", 19, None),
        ("Up to 700 workers left.", "Up to 700", None, 700),
        ("Fewer than a thousand live there.", "Fewer than a thousand", None, 999),
        ("About 500 or more came.", "500 or more", 500, None),
        ("It was 200 or less then.", "200 or less", None, 200),
        ("Dozens of attackers were eliminated.", "Dozens", 24, None),
        ("Several hundred marched.", "Several hundred", 200, None),
        ("Hundreds of millions of people saw it.", "Hundreds of millions", 200_000_000, None),
        ("A handful of guards stayed.", "A handful of", 2, None),
        ("A dozen people and a couple of guards.", "A dozen", 12, 12),
        ("Between 10 and 20 people died.", "Between 10 and 20", 10, 20),
        ("Some 5 or 6 cars burned.", "5 or 6", 5, 6),
        ("It took 10-20 soldiers.", "10-20", 10, 20),
        ("There were 10 to 20 thousand people.", "10 to 20 thousand", 10_000, 20_000),
        ("More than 20 and fewer than 35 came.", "More than 20 and fewer than 35", 21, 34),
        ("One and a half million people live there.", "One and a half million", 1_500_000, 1_500_000),
        ("Half a million people live there.", "Half a million", 500_000, 500_000),
        ("Two hundred and fifty-three thousand people.", "Two hundred and fifty-three thousand", 253_000, 253_000),
        ("A crowd of 40 000 gathered.", "40 000", 40_000, 40_000),
        ("The press counts 3 lakh voters.", "3 lakh", 300_000, 300_000),
        ("Both cities were closed.", "Both", 2, 2),
        ("Protests went on for hours.", "hours", 2, None),
        ("It was the largest wave in years.", "years", 2, None),
        ("Minus five was the answer.", "Minus five", -5, -5),
        ("It was about minus 20 then.", "about minus 20", -22, -18),
    ],
)
def test_words_of_a_figure_become_the_interval_that_they_assert(
    text: str, words: str, low: Number | None, high: Number | None
) -> None:
    assert intervals(text)[0] == (words, low, high)


@pytest.mark.parametrize(
    ("text", "kind", "low", "unit"),
    [
        ("Turnout was 20%.", FigureKind.PERCENT, 20, "percent"),
        ("It rose by 2.1 percentage points.", FigureKind.PERCENT, Decimal("2.1"), "percentage points"),
        ("Two thirds of the seats.", FigureKind.FRACTION, Decimal("0.666666666666667"), None),
        ("About 3/4 of them left.", FigureKind.FRACTION, Decimal("0.675"), None),
        ("One in five voters stayed home.", FigureKind.FRACTION, Decimal("0.2"), None),
        ("It cost $10,000.", FigureKind.MONEY, 10_000, "$"),
        ("It cost 5,000 tenge.", FigureKind.MONEY, 5_000, "₸"),
        ("It cost US$ 1MM.", FigureKind.MONEY, 1_000_000, "$"),
        ("It cost EUR 20.", FigureKind.MONEY, 20, "€"),
        ("Millions of dollars vanished.", FigureKind.MONEY, 2_000_000, "$"),
        ("The price more than doubled.", FigureKind.RATIO, 2, "times"),
        ("The price rose tenfold.", FigureKind.RATIO, 10, "times"),
        ("On the third night.", FigureKind.ORDINAL, 3, None),
        ("It ranks 155th out of 180 countries.", FigureKind.RANK, 155, None),
        ("It is 30 km away.", FigureKind.MEASUREMENT, 30, "km"),
        ("A 50-kilometre march.", FigureKind.MEASUREMENT, 50, "km"),
        ("The siege took three weeks.", FigureKind.DURATION, 3, "week"),
        ("It took half an hour.", FigureKind.DURATION, Decimal("0.5"), "hour"),
        ("The 45-year-old driver fled.", FigureKind.AGE, 45, "year"),
        ("A driver aged 45 fled.", FigureKind.AGE, 45, "year"),
        ("Saule Omarova, 45, fled.", FigureKind.AGE, 45, "year"),
    ],
)
def test_kinds_of_figures_are_told_apart(text: str, kind: FigureKind, low: Number, unit: str | None) -> None:
    figure = figures(text)[0]
    assert (figure.kind, figure.low, figure.unit) == (kind, low, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Khabar 24 reported it.",
        "A Boeing 737 crashed.",
        "The G20 met.",
        "Covid and COVID-19 spread.",
        "He drove along Route 66.",
        "Under Article 5 they must act.",
        "It is on page 3 and in chapter 12.",
        "World War Two and the First World War.",
        "It began on 5 January 2022.",
        "It began on January 5, 2022, at 10:30.",
        "In 2022 it began; by 2030 it ends.",
        "The 1990s were quiet.",
        "In the 20th century it was quiet.",
        "It is one of the largest producers.",
        "This one matters, and one can hope.",
        "No one was hurt.",
        "There is no information on civilian deaths.",
        "Call +7 727 123 4567 for help.",
        "See https://example.org/2022/01/300-dead?id=12 for more.",
        "They won 2-1.",
        "1. Introduction",
        "The server 192.168.1.2 is down.",
        "He lives at No. 10 now.",
        "How many came? Not so many.",
        "It was 10 p.m. in Almaty.",
        "The 5G network and the 4x4 car.",
    ],
)
def test_names_dates_and_pronouns_are_no_figures(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize("text", ["2022", "737", "192.168.1.2", "one"])
def test_a_number_and_nothing_else_is_a_number(text: str) -> None:
    assert [figure.kind for figure in figures(text)] == [FigureKind.COUNT] * (text.count(".") + 1)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("In 2022, 300 people died.", ["300"]),
        ("Some 2000 people came.", ["Some 2000"]),
        ("In Almaty 18 people were killed.", ["18"]),
        ("The toll rose from 12 to 15.", ["12", "15"]),
        ("I paid $2000 over 3 years.", ["$2000", "3"]),
        ("He has 353 police, 12 of whom died.", ["353", "12"]),
        ("Police Arrest 50 in Almaty After Riots Kill 12", ["50", "12"]),
        ("He did exercises 22,24,26,31.", ["22", "24", "26", "31"]),
    ],
)
def test_figures_beside_names_and_years_are_kept_apart(text: str, read: list[str]) -> None:
    assert [figure.text for figure in figures(text)] == read


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Mindestens 12 Tote, 3.000 Verletzte.", [("Mindestens 12", 12, None), ("3.000", 3000, 3000)]),
        ("de", "Die Hälfte, 3,5 Millionen, blieb.", [("Die Hälfte", Decimal("0.5"), Decimal("0.5"))]),
        (
            "fr",
            "Des dizaines de morts, plus de 1 000 blessés.",
            [("Des dizaines", 20, None), ("plus de 1 000", 1001, None)],
        ),
        (
            "fr",
            "Deux tiers, entre 10 et 20.",
            [("Deux tiers", Decimal("0.666666666666667"), Decimal("0.666666666666667"))],
        ),
        ("ru", "Не менее двадцати пяти погибших.", [("Не менее двадцати пяти", 25, None)]),
        ("ru", "Десятки убитых, около 40 раненых 5 января.", [("Десятки", 20, None), ("около 40", 36, 44)]),
    ],
)
def test_other_languages_are_read_through_their_own_words(
    language: str, text: str, expected: list[tuple[str, Number | None, Number | None]]
) -> None:
    assert intervals(text, language)[: len(expected)] == expected


def test_the_number_itself_and_both_ends_of_a_range_have_spans_of_their_own() -> None:
    text = "Between 10 and 20 died, and more than 1,000 were injured."
    between, more = figures(text)
    assert text[between.number_start or 0 : between.number_end] == "10"
    assert text[between.second_start or 0 : between.second_end] == "20"
    assert text[more.number_start or 0 : more.number_end] == "1,000"


def test_more_than_a_share_leaves_the_share_itself_out() -> None:
    half, count = figures("More than half of them, and more than 10 others.")
    assert (half.low, half.low_open, half.qualifier) == (Decimal("0.5"), True, Qualifier.MORE_THAN)
    assert (count.low, count.low_open) == (11, False)


def test_whose_money_it_is_is_said_where_the_page_says_it() -> None:
    read = [(figure.text, figure.currency) for figure in figures("US$5 million, $3, €2.9bn and 30 Canadian dollars.")]
    assert read == [("US$5 million", "USD"), ("$3", "$"), ("€2.9bn", "EUR"), ("30 Canadian dollars", "CAD")]


def test_a_rank_points_at_the_number_out_of_which_it_is_one() -> None:
    rank, whole = figures("Norway ranks 155th out of 180 states.")
    assert (rank.kind, rank.out_of, whole.value) == (FigureKind.RANK, 1, 180)


@pytest.mark.parametrize(
    "phrase",
    ["more than 1,000", "at least eight", "nearly 40", "dozens", "20 percent", "4.5 thousand", "10-20", "$3.2 billion"],
)
def test_a_figure_read_again_from_its_own_words_is_the_same(phrase: str) -> None:
    figure = figures(f"They say {phrase} today.")[0]
    again = read_quantity(figure.text)
    assert (figure.qualifier, figure.value, figure.low, figure.high, figure.unit) == (
        again.qualifier,
        again.value,
        again.low,
        again.high,
        again.unit,
    )


def test_spans_point_at_their_words_in_any_script() -> None:
    text = "🙂 Über 1.000 Menschen — двенадцать, 12 000 людей; «Dozens» of 3\u202f000."
    for language in ("en", "de", "fr", "ru", "ar", ""):
        for figure in figures(text, language):
            assert text[figure.start : figure.end] == figure.text


@pytest.mark.parametrize(
    "piece", ["1,", "12 people and ", "one hundred and ", "more than ", "thousand ", "-", "10 of 20 ", "+1-"]
)
def test_work_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    short, long = (_steps(piece * count) for count in (100, 800))
    assert long < 8 * short * 1.5 + 2000


def _steps(text: str) -> int:
    """How many calls reading a text takes: no clock, so that a busy machine does not decide."""
    import sys

    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    find_figures(Article("1", (), "en"))
    sys.setprofile(count)
    try:
        find_figures(Article(text, (), "en"))
    finally:
        sys.setprofile(None)
    return calls
