"""Whom pronouns and descriptions stand for, in sentences of our own."""

from __future__ import annotations

import pytest

from provenance.vocabulary import LinkStatus
from tests.extraction.resolved import chain, means, proposed, span, statements


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


TOLD = "The press service told Interfax that roads were closed. It said bridges were open."


@pytest.mark.parametrize(
    ("text", "content", "who", "meant"),
    [
        ("Hamas said ten had died. Israel sent tanks. The group wants talks.", "talks", "The group", "Hamas"),
        ("Tass said it rained. The Defence Ministry of Russia spoke. The ministry wants talks.", "talks",
         "The ministry", "Ministry of Defence of Russia"),
        ("The World Health Organization met in Geneva. The UN agency wants talks.", "talks", "The UN agency",
         "World Health Organization"),
    ],
    ids=["a movement as a group", "a ministry that the registry knows", "an agency of the United Nations"],
)  # fmt: skip
def test_known_bodies_are_found_behind_what_they_are_called(text: str, content: str, who: str, meant: str) -> None:
    *_, one = statements(text, proposed(text, content, who, cue="wants"))

    assert one.chain[0].source == meant


def test_whoever_was_told_something_is_not_the_next_to_speak() -> None:
    first = proposed(TOLD, "that roads were closed", "The press service", "Interfax", cue="told")
    _, then = statements(TOLD, first, proposed(TOLD, "bridges were open", "It", cue="said"))

    assert (then.chain[0].source, then.chain[0].status) == ("press service", LinkStatus.UNRESOLVED)
    assert then.chain[0].antecedent == span(TOLD, "The press service")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("A group calling itself the Red Dawn", "Red Dawn"),
        ("Their commander, who goes by the name Sokol,", "Sokol"),
        ("A fighter identified only as Abu Omar", "Abu Omar"),
    ],
)
def test_the_name_that_somebody_goes_by_is_their_name(words: str, name: str) -> None:
    text = f"{words} said that it was calm."
    [one] = statements(text, proposed(text, "that it was calm", words.rstrip(","), cue="said"))

    assert (one.chain[0].source, one.chain[0].status) == (name, LinkStatus.RESOLVED)


def test_a_name_is_what_the_words_behind_its_comma_tell_even_if_it_looks_like_a_person() -> None:
    text = "Rights Watchers, a group that counts arrests, met Tokayev. The group wants talks."
    *_, one = statements(text, proposed(text, "talks", "The group", cue="wants"))

    assert one.chain[0].source == "Rights Watchers"


def test_a_name_set_apart_at_the_end_of_a_sentence_is_that_of_whom_it_describes() -> None:
    text = "Ten died, the agency Antara reported, quoting the head of the rescue agency, Budi Santoso."
    head = "the head of the rescue agency"
    [one] = statements(text, proposed(text, "Ten died", head, "the agency Antara", cue="reported"))

    assert one.chain[0].source == "Budi Santoso"


@pytest.mark.parametrize("words", ["State television", "Local radio", "The state broadcaster"])
def test_a_broadcaster_of_some_sort_is_not_the_one_that_was_named_before(words: str) -> None:
    text = f"The BBC spoke of two trains at noon. {words} said that nine people had died."
    [statement] = statements(text, proposed(text, "nine people had died", words, cue="said"))

    assert [link.status for link in statement.chain] == [LinkStatus.UNRESOLVED]
    assert chain(statement) == [None]
