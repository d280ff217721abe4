"""The plot of a tally: legible with one figure and with forty; what is open, coarse or withdrawn is drawn as that."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from lxml import etree
from markupsafe import Markup

from api.web.drawing.labelling import Box, Wanted, placed
from api.web.drawing.ledger_measures import Measured, measured
from api.web.drawing.ledger_plot import NARROW, WIDE, described, draw_ledger
from api.web.drawing.ledger_scene import Repeat, panels
from api.web.drawing.time_axis import domain
from provenance.vocabulary import FigureStatus
from tests.web.ledgers import Given, days, ledger_of

SVG = "{http://www.w3.org/2000/svg}"
PARTIES = ("State of Kazakhstan", "Human Rights Watch", "Radio Azattyq", "Memorial")
FORTY = [
    Given(f"clm_{number}", 40 + 4 * number, 40 + 4 * number, at=day, party=PARTIES[number % 4])
    for number, day in enumerate(days(date(2022, 1, 5), 40))
]


def drawing(*given: Given, repeats: tuple[Repeat, ...] = ()) -> list[etree._Element]:
    """The two forms of a plot, each as an element."""
    root = etree.fromstring(f"<both>{draw_ledger(*ledger_of(*given), repeats)}</both>")
    return list(root)


def words(svg: etree._Element) -> list[str]:
    """What stands in a picture, each once."""
    return list(dict.fromkeys("".join(text.itertext()) for text in svg.iter(f"{SVG}text")))


def panel(*given: Given, form: Any = WIDE) -> Measured:
    """The first panel of a plot, measured out."""
    [first, *_] = panels(*_parts(*given))
    return measured(first, domain(dot.span for dot in first.dots if dot.span), form)


def _parts(*given: Given) -> tuple[Any, Any]:
    ledger, series = ledger_of(*given)
    return ledger.figures, series


def test_one_figure_is_drawn_with_its_number_its_day_and_whose_it_is() -> None:
    wide, narrow = drawing(Given("clm_a", 103, 103))

    for svg in (wide, narrow):
        assert {"103", "State of Kazakhstan"} <= set(words(svg))
        assert [link.get("href") for link in svg.iter(f"{SVG}a")] == ["/claims/clm_a"]
    assert "9 Jan2022" in words(wide)


def test_of_forty_figures_each_has_a_mark_and_most_have_words() -> None:
    for form in (WIDE, NARROW):
        plot = panel(*FORTY, form=form)

        assert len(plot.dots) == 40
        assert len(plot.words) > 20


def test_words_find_places_that_do_not_meet() -> None:
    crowd = [Wanted(str(number), f"{number} dead", 100 + number * 5, 80 + number % 3, 14) for number in range(12)]

    boxes = [place.box for place in placed(crowd, [], Box(0, 0, 400, 200))]

    assert len(boxes) > 6
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))


def test_what_counts_somebody_else_has_a_panel_of_its_own() -> None:
    wide, _ = drawing(Given("clm_a", 103, 103), Given("clm_b", 149, 149, counted="civilians"))

    assert {"Total", "Civilians"} <= set(words(wide))


def test_an_open_figure_ends_in_an_arrow_on_its_open_side() -> None:
    above, below = panel(Given("clm_a", 40, None)), panel(Given("clm_a", None, 49))

    assert [head["v"] > 40 for head in above.heads] == [True]
    assert [head["v"] < 49 for head in below.heads] == [True]
    assert panel(Given("clm_a", 40, 40)).heads == []


def test_a_year_stretches_over_the_axis_and_does_not_stretch_it() -> None:
    plot = panel(Given("clm_a", 225, 225, at="2022-01-15"), Given("clm_b", 227, 227, at="2022"))

    [tail] = plot.tails
    assert plot.times[0] < tail["t"] < tail["t2"] < plot.times[1]
    assert plot.times[1] - plot.times[0] < 10 * 24 * 3600 * 1000


def test_a_withdrawn_figure_is_hollow_crossed_and_off_the_line() -> None:
    given = [
        Given("clm_a", 40, 40, at="2022-01-08"),
        Given("clm_b", 164, 164, at="2022-01-09", status=FigureStatus.RETRACTED),
        Given("clm_c", 225, 225, at="2022-01-15"),
    ]
    plot = panel(*given)

    [line] = plot.lines
    assert [round(point["v"]) for point in line.points] == [40, 225]
    assert [dot["fill"] == dot["colour"] for dot in plot.dots] == [True, False, True]
    assert ["taken back" in act["title"] for act in plot.acts] == [True]


def test_days_on_which_a_withdrawn_figure_was_repeated_are_struck_on_its_level() -> None:
    given = Given("clm_b", 164, 164, at="2022-01-09", status=FigureStatus.RETRACTED)
    again = tuple(
        Repeat("clm_b", f"rep_{n}", name, day)
        for n, (name, day) in enumerate([("BR24", "2022-01-15"), ("taz", "2022-01-15"), ("UN News", "2022-01-11")])
    )
    wide, _ = drawing(given, repeats=again)

    titles = [title.text for title in wide.iter(f"{SVG}title")]
    assert "Repeated after withdrawal, 15 January 2022: BR24 and taz" in titles
    assert "taken back, repeated by 3 reports, not confirmed" in words(wide)
    assert (
        "164 was repeated in 3 reports after it was withdrawn; no editor has confirmed any of them yet."
        in described(*ledger_of(given), again)
    )


def test_no_line_joins_what_was_given_by_people_whom_nobody_names() -> None:
    given = (Given("clm_a", 40, 40, at="2022-01-08"), Given("clm_b", 227, 227, at="2022-03-14"))

    assert len(panel(*given).lines) == 1
    assert panel(*(replace(one, established=False) for one in given)).lines == []


def test_a_party_that_nobody_stands_for_is_hollow_and_keeps_the_colour_of_its_name() -> None:
    plot = panel(Given("clm_a", 225, 225), Given("clm_b", 227, 227, established=False))

    assert len({dot["colour"] for dot in plot.dots}) == 1
    assert [dot["fill"] == dot["colour"] for dot in plot.dots] == [True, False]
    assert "State of Kazakhstan: nobody named" in [word["text"] for word in plot.words]


def test_parties_differ_in_shape_and_not_only_in_colour() -> None:
    assert len({dot["shape"] for dot in panel(*FORTY).dots}) == 4


@pytest.mark.parametrize(("most", "log"), [(900, False), (20_000, True)])
def test_the_scale_is_logarithmic_only_where_figures_span_more_than_two_orders_and_says_so(
    most: int, log: bool
) -> None:
    wide, _ = drawing(Given("clm_a", 20, 20), Given("clm_b", most, most, at="2022-01-12"))

    assert any("each line is ten times the one below" in text.lower() for text in words(wide)) is log


def test_a_figure_without_a_number_is_no_zero() -> None:
    assert draw_ledger(*ledger_of(Given("clm_a", None, None))) == Markup("")


def test_a_figure_without_a_date_is_drawn_all_the_same() -> None:
    assert len(panel(Given("clm_a", 40, 40, at=None), Given("clm_b", 50, 50)).dots) == 2


def test_a_picture_holds_nothing_that_a_strict_page_forbids() -> None:
    svg = str(draw_ledger(*ledger_of(*FORTY)))

    assert not re.search(r"style=|<style|<script|\son\w+=|https?://(?!www\.w3\.org/)|xlink", svg)
    assert not re.search(r"\bid=", svg)
