"""What a figure counts, in which role, where, for when, and of which other figure it is a part."""

from __future__ import annotations

import pytest

from provenance.extraction.article import Article
from provenance.extraction.figures import find_figures
from provenance.extraction.parsing import parse
from provenance.extraction.reading import FigureFound


def figures(text: str) -> tuple[FigureFound, ...]:
    return find_figures(Article(text, (), "en", doc=parse(text)))


@pytest.mark.parametrize(
    ("text", "counted", "role"),
    [
        (
            "The authorities confirmed nine killed firemen and medics.",
            "firemen and medics",
            "killed",
        ),
        ("By noon there were more than 1,000 injured.", "injured", "injured"),
        ("Dozens of attackers were eliminated.", "attackers", "eliminated"),
        ("Police arrested more than 3,800 protesters.", "protesters", "arrested"),
        ("Nearly 6,000 people have been detained so far.", "people", "detained"),
        ("About 2,500 Russian troops were deployed to Kazakhstan.", "Russian troops", "deployed"),
        ("The ministry evacuated some 400 families.", "families", "evacuated"),
        ("Some 1,500 residents had been moved to schools.", "residents", "displaced"),
        ("They relocated 300 families.", "families", "displaced"),
        ("The army moved 3,000 troops to the border.", "troops", None),
        ("Thirty-four civilians died in Almaty.", "civilians", "killed"),
        ("There were 26 deaths.", "deaths", "killed"),
        ("The bomb killed 40.", None, "killed"),
        ("The death toll rose to 15 on Friday.", None, "killed"),
        ("Officials put the number of dead at 225.", None, "killed"),
        ("Police Arrest 50 in Almaty After Riots Kill Protesters", None, "arrested"),
        ("More than half of voters backed it.", "voters", None),
    ],
)
def test_a_figure_says_what_it_counts_and_in_which_role(text: str, counted: str | None, role: str | None) -> None:
    figure = figures(text)[0]
    assert (figure.counted.text if figure.counted else None, figure.role) == (counted, role)


def test_the_words_that_say_the_role_are_pointed_at() -> None:
    printed = figures("The authorities confirmed eight killed police officers.")[0].role_printed
    assert printed is not None
    assert (printed.start, printed.text) == (32, "killed")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("At least 20 people were killed, including two children and three women.", [None, 0, 0]),
        ("Some 353 police officers, 12 of whom died, were hurt.", [None, 0]),
        ("Eight of the 12 hostages were freed.", [1, None]),
        ("Of the 225 dead, 19 were officers.", [None, 0]),
        ("They killed 26 men. They detained 18.", [None, None]),
        ("Twelve officers were killed and 353 wounded.", [None, None]),
    ],
)
def test_parts_point_at_their_wholes(text: str, parts: list[int | None]) -> None:
    assert [figure.part_of for figure in figures(text)] == parts


def test_a_part_has_the_role_of_its_whole_unless_it_has_its_own() -> None:
    whole, part = figures("At least 20 people were killed, including two children.")
    hurt, dead = figures("Some 353 police officers, 12 of whom died, were hurt.")
    assert (whole.role, part.role) == ("killed", "killed")
    assert (hurt.role, dead.role) == ("injured", "killed")


def test_place_and_moment_come_from_the_sentence_of_the_figure() -> None:
    figure, other = figures("So far, 12 people have been killed in Almaty. The fire burned 3 shops.")
    assert figure.as_of is not None
    assert figure.place is not None
    assert (figure.as_of.text, figure.place.text) == ("So far", "Almaty")
    assert (other.as_of, other.place) == (None, None)


@pytest.mark.parametrize(
    ("text", "totals"),
    [
        ("Two more died, bringing the toll to 225.", [False, True]),
        ("A total of 1,000 were evacuated.", [True]),
        ("They detained 18 people.", [False]),
    ],
)
def test_totals_are_marked(text: str, totals: list[bool]) -> None:
    assert [figure.total for figure in figures(text)] == totals


def test_without_a_grammar_what_stands_beside_the_number_is_taken_with_less_confidence() -> None:
    text = "Mehr als 1.000 Menschen wurden verletzt, mindestens 12 Polizisten starben."
    found = find_figures(Article(text, (), "de"))
    assert [(one.counted.text if one.counted else None, one.role) for one in found] == [
        ("Menschen", "injured"),
        ("Polizisten", "killed"),
    ]
    assert all(one.confidence < 0.9 for one in found)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Two news outlets reported the men dead.", None),
        ("Three doctors confirmed him dead.", None),
        ("Two men were reported dead.", "killed"),
    ],
)
def test_whoever_reports_others_dead_is_not_counted_among_them(text: str, role: str | None) -> None:
    [found] = figures(text)

    assert found.role == role
