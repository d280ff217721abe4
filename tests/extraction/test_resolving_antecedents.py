"""Whom pronouns and descriptions stand for, in sentences of our own."""

from __future__ import annotations

import pytest

from provenance.vocabulary import LinkStatus
from tests.extraction.resolved import means, proposed, span, statements


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        pytest.param(
            "Khabar 24 announced new measures. “The operation will go on in the city,” it said at noon.",
            "it | said",
            "Khabar 24",
            id="it after the broadcaster",
        ),
        pytest.param(
            "Lufthansa has cancelled its flights to Almaty. “Nobody will fly,” the airline group said at noon.",
            "the airline group | said",
            "Lufthansa",
            id="the airline group after Lufthansa",
        ),
        pytest.param(
            "The mayor, Bauyrzhan Toleuov, met Anna Weber. She wept. He said that the square was empty now.",
            "He | said",
            "Bauyrzhan Toleuov",
            id="he after a man and a woman",
        ),
        pytest.param(
            "Anna Weber, a nurse, met the governor, Ivan Petrov. “There are no beds,” she said at noon.",
            "she | said",
            "Anna Weber",
            id="she after a woman and a man",
        ),
        pytest.param(
            "State Department spokesman Ned Price spoke to reporters. Calm was needed, Price said at noon.",
            "Price | said",
            "Ned Price",
            id="a surname after the full name",
        ),
        pytest.param(
            "Tokayev extended the curfew. The president, Kassym-Jomart Tokayev, spoke late. Later Tokayev said yes.",
            "Tokayev | extended",
            "Kassym-Jomart Tokayev",
            id="a surname before the full name",
        ),
        pytest.param(
            "President Tokayev spoke on television. It rained. The president said that gangs were at work.",
            "The president | said",
            "Tokayev",
            id="the president",
        ),
        pytest.param(
            "Spokeswoman Saltanat Azirbek briefed the press. The spokeswoman said that the square was empty.",
            "The spokeswoman | said",
            "Saltanat Azirbek",
            id="the spokeswoman",
        ),
        pytest.param(
            "Gov. David Monreal took office in spring. The shots fell at night, the governor said at noon.",
            "the governor | said",
            "David Monreal",
            id="a shortened title",
        ),
        pytest.param(
            "Human Rights Watch blamed the army. It rained. The New York-based group said that soldiers had fired.",
            "The New York-based group | said",
            "Human Rights Watch",
            id="where a group has its seat",
        ),
        pytest.param(
            "Mr. Clinton and Hillary Clinton came late. Hillary Clinton was tired. Mrs. Clinton said that it was over.",
            "Mrs. Clinton | said",
            "Hillary Clinton",
            id="Mrs tells which",
        ),
        pytest.param(
            "Reporters asked the Lisakovsk police about it. Later the police said that the square was empty.",
            "the police | said",
            "Lisakovsk police",
            id="the police of the city",
        ),
    ],
)
def test_words_lead_to_whom_the_text_named_before(text: str, words: str, source: str) -> None:
    assert means(text, words) == source


def test_a_surname_that_looks_like_a_plural_is_a_name_where_the_text_gives_it_elsewhere() -> None:
    text = "Bernie Sanders came late. Sanders said that it was over. Riders said that it was not."

    assert means(text, "Sanders | said") == "Bernie Sanders"
    assert means(text, "Riders | said") is None


def test_the_surface_form_the_guess_and_its_ground_are_all_kept() -> None:
    text = "Lufthansa has cancelled its flights. “Nobody will fly,” the airline group said."
    [statement] = statements(text, proposed(text, "“Nobody will fly,”", "the airline group", cue="said"))
    [link] = statement.chain

    assert (link.as_named, link.source, link.status) == ("the airline group", "Lufthansa", LinkStatus.RESOLVED)
    assert link.antecedent == span(text, "Lufthansa")
    assert statement.confidences["source"] < 0.9


def test_whoever_is_named_only_in_what_is_said_did_not_say_it() -> None:
    text = "Ned Price spoke. “Ivan Petrov was wrong,” he said."
    [statement] = statements(text, proposed(text, "“Ivan Petrov was wrong,”", "he", cue="said"))

    assert statement.chain[0].source == "Ned Price"


def test_the_official_without_anybody_before_stays_unresolved() -> None:
    text = "The square was empty, the official said."
    [statement] = statements(text, proposed(text, "The square was empty", "the official", cue="said"))
    [link] = statement.chain

    assert (link.as_named, link.source, link.status) == ("the official", None, LinkStatus.UNRESOLVED)


def test_the_official_after_a_nameless_one_points_back_and_is_still_nobody() -> None:
    text = "A senior official said that shots fell. The square was empty, the official said."
    first = proposed(text, "shots fell", "A senior official", cue="said")
    second = proposed(text, "The square was empty", "the official", cue="said")

    _, link = (one.chain[0] for one in statements(text, first, second))

    assert (link.source, link.status) == (None, LinkStatus.UNRESOLVED)
    assert link.antecedent == span(text, "A senior official")


def test_who_stands_for_the_one_its_clause_hangs_on() -> None:
    text = "The crowd cheered Anna Weber, who said that the square was empty."
    [statement] = statements(text, proposed(text, "the square was empty", "who", cue="said"))

    assert (statement.chain[0].source, statement.chain[0].as_named) == ("Anna Weber", "Anna Weber")


def test_whoever_is_only_named_under_a_picture_is_nobodys_antecedent() -> None:
    from provenance.extraction.reading import Zone
    from provenance.vocabulary import ZoneKind

    text = "Anna Weber spoke at noon.\n\nPhoto: Maria Petrova\n\n“The square is empty,” she said."
    credit = span(text, "Photo: Maria Petrova")
    zones = [
        Zone(ZoneKind.BODY, 0, credit.start - 2),
        Zone(ZoneKind.CREDIT, credit.start, credit.end),
        Zone(ZoneKind.BODY, credit.end + 2, len(text)),
    ]
    [statement] = statements(text, proposed(text, "“The square is empty,”", "she", cue="said"), zones=zones)

    assert statement.chain[0].source == "Anna Weber"
