"""The chain of a claim as it is drawn: counted from what reports declare, in its place, and the same in words."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import combinations
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from api.web.drawing.chain import draw_chain
from api.web.drawing.chain_boxes import MOST_IN_COLUMN
from api.web.drawing.chain_graph import MOST_DOCUMENTS, chain_graph
from api.web.drawing.chain_labels import INSIDE
from api.web.drawing.chain_layout import Picture, laid_out
from api.web.drawing.chain_parts import NOBODY, NOT_ESTABLISHED, ChainGraph, Kind
from api.web.drawing.text_width import width
from provenance.analysis.trace import trace
from provenance.answers_trace import Trace
from provenance.vocabulary import CorrectionKind, Stance, TieKind
from tests.builders import Says, correction, picture, report, tie

STATE = (
    tie("Saltanat Azirbek", TieKind.SPEAKS_FOR, "Almaty police"),
    tie("Almaty police", TieKind.PART_OF, "State of Kazakhstan"),
    tie("Khabar 24", TieKind.OWNED_BY, "State of Kazakhstan"),
)
THREE_AGENCIES = report(
    "Saltanat Azirbek",
    "Tass",
    "Die Welt",
    also=[("Saltanat Azirbek", "RIA", "Die Welt"), ("Saltanat Azirbek", "Interfax", "Die Welt")],
)
CUT = "an editor"


def traced(*reports: Says, **told: object) -> Trace:
    return Trace.model_validate(trace(picture(*reports, ties=STATE, **told), ()))  # type: ignore[arg-type]


def graph(*reports: Says) -> ChainGraph:
    return chain_graph(traced(*reports))


def many(count: int, *chain: str | None) -> list[Says]:
    """So many reports of the same chain, each by a publisher of its own."""
    return [report(*chain, f"Paper {place} of {chain[-1]}") for place in range(count)]


def story(seed: int, count: int) -> Trace:
    """Reports with chains drawn by lot: linked and other sources, words that identify nobody, and hops taken back."""
    lot = random.Random(seed)
    firsts = ["Saltanat Azirbek", "Almaty police", "Eyewitness", "the authorities", "United Nations", None]
    firsts += [f"Member {place} of the city council of Almaty" for place in range(12)]
    carriers = ["Khabar 24", "Tass", "Interfax", "RIA", *(f"Agency {place}" for place in range(15))]
    chains = [(lot.choice(firsts), *lot.sample(carriers, lot.randint(1, 4))) for _ in range(count)]
    return traced(*(report(*chain, f"Paper {at}", cut=lot.random() < 0.1) for at, chain in enumerate(chains)))


def box(drawn: ChainGraph, *names: str, column: int | None = None) -> int:
    """The place of the box with these names."""
    return next(
        place
        for place, one in enumerate(drawn.boxes)
        if one.names == names and (column is None or one.column == column)
    )


def words(markup: Markup) -> str:
    return markup.striptags()


def told_part(markup: Markup) -> str:
    return Markup(markup[markup.index("<details") :]).striptags()


def test_three_agencies_that_one_report_quotes_together_are_one_step_and_not_three_ways() -> None:
    drawn = graph(THREE_AGENCIES)

    assert [one.names for one in drawn.boxes if one.kind is Kind.CARRIER] == [("Tass", "RIA", "Interfax")]
    assert [band.documents for band in drawn.bands] == [1, 1]


def test_no_way_is_drawn_that_no_report_declares() -> None:
    drawn = graph(report("Almaty police", "Khabar 24", "AP"), report("Eyewitness", "Khabar 24", "Die Welt"))

    ways = [(route.first.name, *route.steps, route.report.publisher) for route in drawn.routes]
    assert ways == [("Almaty police", ("Khabar 24",), "AP"), ("Eyewitness", ("Khabar 24",), "Die Welt")]


def test_a_carrier_is_never_drawn_as_the_one_named_first() -> None:
    drawn = graph(report("Khabar 24", "AP"))

    assert drawn.boxes[box(drawn, NOBODY)].column == 0
    assert drawn.boxes[box(drawn, "Khabar 24")].column == 1


@pytest.mark.parametrize("seed", range(4))
def test_as_many_routes_reach_a_box_as_leave_it_and_all_reach_the_documents(seed: int) -> None:
    drawn = chain_graph(story(seed, 40))

    come = Counter(place for band in drawn.bands for place in [band.target] * len(band.routes))
    go = Counter(place for band in drawn.bands for place in [band.source] * len(band.routes))
    for place, one in enumerate(drawn.boxes):
        assert come[place] == (len(one.routes) if one.column else 0)
        assert go[place] == (0 if one.kind is Kind.DOCUMENTS else len(one.routes))
    assert drawn.documents == 40 == drawn.boxes[-1].documents


def test_folded_carriers_keep_their_names_and_their_counts() -> None:
    big = [says for place in range(5) for says in many(3, "Almaty police", f"Agency {place}")]
    small = [report("Almaty police", f"Little agency {place}", f"Little paper {place}") for place in range(9)]
    drawn = graph(*big, *small)

    (more,) = (one for one in drawn.boxes if one.kind is Kind.MORE)
    assert sorted(more.names) == [f"Little agency {place}" for place in range(9)]
    assert more.documents == 9
    assert sum(one.documents for one in drawn.boxes if one.column == 1) == drawn.documents


@pytest.mark.parametrize("seed", range(3))
def test_no_column_grows_past_what_can_be_read(seed: int) -> None:
    drawn = chain_graph(story(seed, 90))

    # What folds stays within its group, so each group of the first column may add one box.
    most = MOST_IN_COLUMN + len(drawn.groups) + 1
    assert max(Counter(one.column for one in drawn.boxes).values()) <= most


def test_few_documents_stand_by_publisher_and_many_are_one_box() -> None:
    few = graph(*many(MOST_DOCUMENTS, "Almaty police"))
    dozens = graph(*many(MOST_DOCUMENTS + 1, "Almaty police"))

    assert [one.kind for one in few.boxes[1:]] == [Kind.DOCUMENT] * MOST_DOCUMENTS
    assert [(one.kind, one.documents) for one in dozens.boxes[1:]] == [(Kind.DOCUMENTS, MOST_DOCUMENTS + 1)]


def test_linked_sources_stand_together_and_what_identifies_nobody_stands_apart() -> None:
    drawn = graph(
        *many(3, "Saltanat Azirbek"), report("Almaty police", "Tass"), report("officials", "AP"), report("Die Welt")
    )

    groups = {one.names[0]: one.group for one in drawn.boxes if one.column == 0}
    assert groups["Saltanat Azirbek"] == groups["Almaty police"] is not None
    assert str(groups["Almaty police"]).startswith("Linked sources:")
    assert groups["officials"] == groups[NOBODY] == NOT_ESTABLISHED


def test_what_all_routes_pass_through_is_said_in_words_unless_there_is_only_one_document() -> None:
    two = words(draw_chain(traced(report("Eyewitness", "Khabar 24", "AP"), report("Eyewitness", "Khabar 24", "Tass"))))
    one = words(draw_chain(traced(report("Eyewitness", "Khabar 24", "AP"))))

    assert "All routes pass through Eyewitness and Khabar 24." in two
    assert "pass through" not in one


def test_a_hop_that_was_taken_back_is_dashed_and_says_by_whom() -> None:
    figure = draw_chain(traced(report("Almaty police", "Khabar 24", "AP", cut=True), report("Eyewitness", "Tass")))

    assert re.search(r'class="r[^"]* gone cut"', figure)
    assert f"Dashed: taken back by {CUT} (1 document)." in words(figure)
    assert f"taken back by {CUT}" in told_part(figure)


def test_a_source_that_denies_having_said_so_is_marked_on_the_picture_and_in_words() -> None:
    disowned = correction(CorrectionKind.DISAVOWAL, "Health Ministry", of="Health Ministry")
    figure = draw_chain(traced(report("Health Ministry", "Khabar 24", "AP"), corrections=[disowned]))

    assert words(figure).count("denies having said so") >= 2


def test_a_report_that_denies_carries_nothing_and_is_told_beside() -> None:
    figure = draw_chain(
        traced(report("Almaty police", "Tass"), report("Health Ministry", "Interfax", stance=Stance.DENIES))
    )

    assert "Not on these routes: 1 document denies it." in words(figure)
    assert "Health Ministry" not in words(figure)


def test_a_claim_that_no_document_states_says_so() -> None:
    figure = draw_chain(traced(report("Almaty police", "Tass", stance=Stance.DENIES)))

    assert "No document that is held states it" in words(figure)
    assert "<svg" not in figure


def test_a_way_through_more_carriers_than_columns_names_them_all() -> None:
    chain = ["Almaty police", *(f"Agency {place}" for place in range(7)), "AP"]
    figure = draw_chain(traced(report(*chain)))

    assert all(name in words(figure) for name in chain)


def test_a_circle_in_the_reports_is_drawn_from_left_to_right_all_the_same() -> None:
    drawn = graph(report("Khabar 24", "Tass", "AP"), report("Tass", "Khabar 24", "Die Welt"))

    assert all(drawn.boxes[band.source].column < drawn.boxes[band.target].column for band in drawn.bands)


def drawings() -> list[tuple[str, Picture]]:
    told = {f"{count} reports by lot {seed}": story(seed, count) for seed in range(3) for count in (2, 9, 60)}
    told["one report"] = traced(report("Almaty police", "Khabar 24", "AP"))
    told["very long names"] = traced(report("W" * 90, "Ministry of " * 12, "中央社" * 20))
    return [(name, laid_out(chain_graph(one))) for name, one in told.items()]


@pytest.mark.parametrize(("name", "drawn"), [pytest.param(*one, id=one[0]) for one in drawings()])
def test_boxes_do_not_overlap_labels_fit_and_no_band_runs_under_a_box(name: str, drawn: Picture) -> None:
    for one, other in combinations(drawn.boxes, 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart or one.y + one.height <= other.y + 0.5 or other.y + other.height <= one.y + 0.5, (one, other)
    for placed in drawn.boxes:
        assert placed.y >= 0
        assert placed.x + placed.width <= drawn.width
        assert placed.y + placed.height <= drawn.height
        assert sum(line.leading for line in placed.label.lines) <= placed.height
        for line in placed.label.lines:
            assert width(line.text, line.size) <= placed.width - 2 * INSIDE
    for ribbon in drawn.ribbons:
        for piece in ribbon.pieces[1:-1]:
            for placed in drawn.boxes:
                beside = placed.x + placed.width <= piece.left or placed.x >= piece.right
                over = piece.top + ribbon.thickness <= placed.y + 0.5
                assert beside or over or piece.top >= placed.y + placed.height - 0.5, (ribbon, placed)


@pytest.mark.parametrize("seed", range(2))
def test_the_frames_of_groups_and_their_names_meet_no_other_box(seed: int) -> None:
    drawn = laid_out(chain_graph(story(seed, 60)))

    assert drawn.groups
    for group in drawn.groups:
        for placed in drawn.boxes:
            if placed.box.column == 0 and placed.box.group != group.name:
                assert placed.y + placed.height <= group.y + 0.5 or placed.y >= group.y + group.height - 0.5


def test_the_words_name_every_source_and_every_document_of_the_picture() -> None:
    told = story(7, 15)
    text = told_part(draw_chain(told))

    named = {name for one in told.reports for path in one.paths for name in path}
    assert [name for name in sorted(named) if name not in text] == []
    assert "named first in" in text


def test_the_figure_is_sound_markup_without_anything_that_a_strict_policy_forbids() -> None:
    figure = draw_chain(traced(report('<b>"Police" & co</b>', "Khabar 24", "AP", cut=True), THREE_AGENCIES))

    ElementTree.fromstring(figure)
    assert "<b>" not in figure.replace("<b>1</b>", "").replace("<b>2</b>", "")
    assert not re.search(r'\sstyle=|<script|\son\w+="', figure)


def test_sources_link_to_their_pages_and_folded_documents_to_the_reports() -> None:
    figure = draw_chain(traced(*many(12, "Eyewitness")))

    assert 'href="/sources/src_Eyewitness"' in figure
    assert 'href="#reports"' in figure


def test_a_document_that_stands_alone_links_to_its_own_page() -> None:
    told = traced(report("Eyewitness", "AP"))

    assert f'href="/documents/{told.reports[0].document}"' in draw_chain(told)


def test_what_is_not_established_stands_below_what_is() -> None:
    drawn = laid_out(chain_graph(traced(report("Die Welt"), report("officials", "AP"), *many(9, "Almaty police"))))

    height = {placed.box.names[0]: placed.y for placed in drawn.boxes if placed.box.column == 0}
    assert height["Almaty police"] < min(height[NOBODY], height["officials"])


def test_a_hop_is_dated_by_the_earliest_report_on_its_own_route() -> None:
    early = report("the authorities", "Khabar 24", "AP", on="2022-01-06")
    late = report("the authorities", "Khabar 24", "Tass", on="2022-01-09")
    other = report("Eyewitness", "RIA", "Die Welt", on="2022-01-08")
    drawn = graph(late, early, other)

    assert drawn.boxes[box(drawn, "Khabar 24")].first_seen == "2022-01-06"
    assert drawn.boxes[box(drawn, "RIA")].first_seen == "2022-01-08"


def test_a_picture_of_dozens_of_documents_stays_light() -> None:
    lot = random.Random(5)
    chains = [
        ("Almaty police", *lot.sample(["Khabar 24", "Tass", "Interfax", "RIA"], lot.randint(0, 2))) for _ in range(56)
    ]
    figure = draw_chain(traced(*(report(*chain, f"A paper of some town {at}") for at, chain in enumerate(chains))))

    assert len(figure.encode()) < 45_000


def test_two_pictures_of_one_claim_as_of_two_dates_share_no_name() -> None:
    told = traced(report("Almaty police", "Tass"))
    names = [
        re.findall(r' id="([^"]+)"', draw_chain(told.model_copy(update={"as_of": moment})))
        for moment in (None, "2022-01-09T00:00:00Z")
    ]

    assert names[0]
    assert not set(names[0]) & set(names[1])
