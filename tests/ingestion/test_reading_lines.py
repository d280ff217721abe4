"""Lines of JSON are read line by line: each gets its own answer, in order, and a bad one costs no other."""

from __future__ import annotations

import json

import pytest

from provenance.errors import InvalidInput
from provenance.ingestion.reading_lines import answer_lines, published

SENTENCE = "Police said that eight officers were killed."


def line(**given: object) -> str:
    return json.dumps(given)


def test_each_line_is_answered_in_order_with_its_id() -> None:
    lines = [line(id=name, text=SENTENCE) for name in ("a", 2, None)]
    answers = list(answer_lines(lines, workers=1))
    assert [answer["id"] for answer in answers] == ["a", 2, None]
    assert all(answer["figures"][0]["value"] == 8 for answer in answers)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("no json", "the line is no JSON"),
        ("[1]", "the line is no object"),
        (line(id="x"), "text: it must be a text"),
        (line(id="x", text=5), "text: it must be a text"),
        (line(id="x", text="a", published_at="Thursday"), "published_at: 'Thursday' is no date"),
        (line(id="x", text="a", published_at=2022), "published_at: it must be a date"),
        (line(id="x", text="a", language=5), "language: it must be a BCP 47 tag"),
        (line(id="x", text="a", lang="en"), "lang: there is no such field"),
        ('{"id": "x", "text": "\\ud800"}', "text: it holds half a"),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_the_others_are_read(bad: str, why: str) -> None:
    first, refused, last = answer_lines([line(id=1, text=SENTENCE), bad, "", line(id=3, text=SENTENCE)], workers=1)
    assert (first["id"], last["id"]) == (1, 3)
    assert refused["error"].startswith(why)
    assert refused["line"] == 2


def test_bad_lines_alone_are_all_answered() -> None:
    assert [answer["line"] for answer in answer_lines(["x", "y"], workers=1)] == [1, 2]


def test_weekdays_are_read_from_the_day_of_publication() -> None:
    [answer] = answer_lines([line(text="Police said on Wednesday that it is over.", published_at="2022-01-06")])
    [date] = answer["dates"]
    assert date["earliest"] < "2022-01-05T13" < date["latest"]


def test_a_day_is_read_as_its_noon_and_a_time_as_itself() -> None:
    assert str(published("2022-01-06")) == "2022-01-06 12:00:00+00:00"
    assert str(published("2022-01-06T21:05+06:00")) == "2022-01-06 15:05:00+00:00"
    assert published(None) is None
    with pytest.raises(InvalidInput, match="is no date"):
        published("soon")
