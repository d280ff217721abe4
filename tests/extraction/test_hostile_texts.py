"""Texts made to be slow are read with work in proportion to their length: the calls grow no faster than the text."""

from __future__ import annotations

import cProfile
import pstats

import pytest

from provenance.extraction.reader import read

SHORT = 100
HOSTILE = {
    "quotations": "“It is calm,” police said, Tass reported. ",
    "quotations that never close": "“It is calm, he said, ",
    "quotation marks": '""""""""""',
    "commas": ",,,,,,,,,,",
    "digits": "7777777777",
    "blanks": "          ",
    "speakers in a row": "police said, ",
    "sentences that credit the one before": "This was reported by Tass. ",
}


def calls(text: str) -> int:
    """How many functions are called while a text is read."""
    profile = cProfile.Profile()
    profile.runcall(read, text, language="en")
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_four_times_the_text_is_at_most_ten_times_the_work(piece: str) -> None:
    calls(piece * 5)
    assert calls(piece * SHORT * 4) < 10 * calls(piece * SHORT)


@pytest.mark.parametrize("mark", ['"', ",", "“", "’", ".", "(", "-", "…"])
def test_a_long_run_of_one_mark_says_nothing(mark: str) -> None:
    reading = read(mark * 20_000, language="en")
    assert (reading.statements, reading.figures) == ((), ())


def test_words_on_both_sides_of_a_run_of_marks_keep_their_places() -> None:
    text = f"Police said that eight officers were killed. {'-' * 500} Tass reported that two were hurt."
    contents = [one.content for one in read(text, language="en").statements]
    assert [one.text for one in contents] == ["that eight officers were killed", "that two were hurt"]
    assert all(text[one.start : one.end] == one.text for one in contents)


def test_a_paragraph_of_ten_thousand_words_in_quotation_marks_that_never_close_is_read() -> None:
    reading = read("Police said: “" + "it is calm and " * 2_500, language="en")
    assert len(reading.statements) <= 2
