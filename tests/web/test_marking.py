"""Marks on a text: nested as a page needs them, whatever crosses what, and never a word lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.web.marking import Closes, Mark, Opens, Token, blocks, woven
from api.web.versions import changes
from provenance.extraction.zones import find_zones

TEXT = "Dozens were killed, police said, as Tass reported."


def outline(tokens: Sequence[Token]) -> str:
    """Tokens as brackets: `<a` opens, `<a…` opens again, `a>` closes for good, `…a>` closes for a while."""
    told = []
    for one in tokens:
        match one:
            case str():
                told.append(one)
            case Opens(mark, again):
                told.append(f"<{mark.of}{'…' if again else ''}|")
            case Closes(mark, last):
                told.append(f"|{'' if last else '…'}{mark.of}>")
    return "".join(told)


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        ([("a", 0, 6)], "<a|Dozens|a> were killed"),
        ([("a", 0, 18), ("b", 0, 6)], "<a|<b|Dozens|b> were killed|a>"),
        ([("a", 0, 11), ("b", 7, 18)], "<a|Dozens <b|were|…b>|a><b…| killed|b>"),
        ([("a", 0, 6), ("b", 0, 6)], "<b|<a|Dozens|a>|b> were killed"),
    ],
    ids=["alone", "one inside the other", "one across the other", "two on the same words"],
)
def test_marks_are_nested_however_they_lie(marks: list[tuple[str, int, int]], told: str) -> None:
    laid = [Mark(start, end, "statement", of) for of, start, end in marks]

    assert outline(list(woven(TEXT, 0, 18, laid))) == told


@given(st.lists(st.tuples(st.integers(0, 49), st.integers(1, 50)).map(sorted), max_size=8))
def test_no_word_is_lost_and_every_mark_is_closed_in_the_order_of_opening(spans: list[list[int]]) -> None:
    marks = [Mark(start, end, "figure", f"m{place}") for place, (start, end) in enumerate(spans) if start < end]

    tokens = list(woven(TEXT, 0, len(TEXT), marks))

    open_now: list[str] = []
    closed: list[str] = []
    for one in tokens:
        if isinstance(one, Opens):
            open_now.append(one.mark.of)
        elif isinstance(one, Closes):
            assert open_now.pop() == one.mark.of
            closed += [one.mark.of] if one.last else []
    assert "".join(one for one in tokens if isinstance(one, str)) == TEXT
    assert (open_now, sorted(closed)) == ([], sorted(mark.of for mark in marks))


def test_a_quote_over_two_paragraphs_is_one_statement_with_one_beginning_and_one_end() -> None:
    text = "“They came at night.\n\nThey broke the doors,” police said."

    laid = blocks(text, find_zones(text), [Mark(0, 44, "statement", "a")])

    assert [outline(block.tokens) for block in laid] == [
        "<a|“They came at night.|…a>",
        "<a…|They broke the doors,”|a> police said.",
    ]
    assert [block.start for block in laid] == [0, 22]


def test_offsets_count_code_points_where_a_character_takes_two_units() -> None:
    text = "👮 Dozens, police said"

    [block] = blocks(text, find_zones(text), [Mark(2, 8, "figure", "a")])

    assert outline(block.tokens) == "👮 <a|Dozens|a>, police said"


def test_a_mark_that_a_shorter_text_no_longer_has_is_left_out() -> None:
    [block] = blocks("Dozens", find_zones("Dozens"), [Mark(3, 40, "figure", "a")])

    assert outline(block.tokens) == "Dozens"


def test_what_changed_between_versions_is_told_word_by_word_and_the_rest_is_left_out() -> None:
    lines = [f"Line {number} stays as it was, with all its words.\n" for number in range(40)]
    later = [*lines[:20], "Eighteen were hurt.\n", *lines[20:]]

    told = changes("Eight were killed.\n" + "".join(lines), "Nine were killed.\n" + "".join(later))

    assert (told.words_in, told.words_out) == (4, 1)
    kinds = [one.kind for one in told.stretches]
    assert kinds[:2] == ["out", "in"]
    assert kinds.count("gap") == 2
    assert sum(len(one.text) for one in told.stretches) < 700
