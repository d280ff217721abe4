"""Stances, hedges, absences, kinds of claims, and what a headline repeats."""

from __future__ import annotations

import pytest

from provenance.extraction.reader import read
from provenance.extraction.resolving.hedges import hedge_in
from provenance.vocabulary import ClaimKind, Stance
from tests.extraction.resolved import chain, proposed, statements


@pytest.mark.parametrize(
    ("words", "hedge"),
    [
        ("Several people have reportedly died", "reportedly"),
        ("videos that are said to show shots", "are said to"),
        ("men who are now reported to be ill", "are now reported to"),
        ("the toll could not be independently verified", "could not be independently verified"),
        ("in a so-called peace march", "so-called"),
        ("Eight officers died", None),
        ("The websites could not be reached", None),
    ],
)
def test_words_that_hedge_are_found_as_printed(words: str, hedge: str | None) -> None:
    assert hedge_in(words) == hedge


@pytest.mark.parametrize(
    ("content", "hedge"), [("the toll may rise", "may"), ("the shots fell in May", None), ("the toll will rise", None)]
)
def test_may_hedges_and_the_month_of_may_does_not(content: str, hedge: str | None) -> None:
    text = f"Police said that {content}."
    [statement] = statements(text, proposed(text, content, "Police", cue="said"))

    assert statement.hedge == hedge


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("denied", Stance.DENIES),
        ("said", Stance.ASSERTS),
        ("did not confirm", Stance.MENTIONS),
        ("declined to comment on whether", Stance.MENTIONS),
        ("questioned whether", Stance.QUESTIONS),
        ("retracted the report", Stance.RETRACTS),
    ],
)
def test_the_cue_tells_what_is_done_with_the_claim(cue: str, stance: Stance) -> None:
    text = f"The ministry {cue} that troops had fired."
    [statement] = statements(text, proposed(text, "troops had fired", "The ministry", cue=cue))

    assert statement.stance is stance


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("eight officers had died", ClaimKind.FIGURE),
        ("dozens had died", ClaimKind.FIGURE),
        ("shots had fallen on Thursday", ClaimKind.EVENT),
        ("the group was responsible for it", ClaimKind.RESPONSIBILITY),
        ("the curfew will end soon", ClaimKind.PREDICTION),
        ("there was no information on deaths", ClaimKind.ABSENCE),
        ("“A quiet night”", ClaimKind.QUOTATION),
    ],
)
def test_the_kind_of_a_claim_is_guessed_from_its_words(content: str, kind: ClaimKind) -> None:
    text = f"Khabar 24 said that {content}."
    [statement] = statements(text, proposed(text, content, "Khabar 24", cue="said"))

    assert statement.kind is kind


def test_no_information_on_deaths_is_an_absence_in_the_articles_own_voice() -> None:
    text = "The army came at night. So far there has been no word on civilian deaths. It rained."
    [statement] = statements(text)

    assert statement.content.text == "So far there has been no word on civilian deaths"
    assert (statement.kind, statement.chain, statement.rule) == (ClaimKind.ABSENCE, (), "absence")


def test_who_gives_no_figures_is_named_as_the_one_who_is_silent() -> None:
    text = "The Interior Ministry confirmed the raid. The ministry gave no figures."
    [statement] = statements(text)

    assert statement.kind is ClaimKind.ABSENCE
    assert chain(statement) == ["Interior Ministry"]


def test_an_absence_that_somebody_states_is_not_found_twice() -> None:
    text = "Police said that there were no reports of casualties."
    [statement] = statements(text, proposed(text, "there were no reports of casualties", "Police", cue="said"))

    assert statement.kind is ClaimKind.ABSENCE
    assert statement.rule == "a rule"


def test_a_place_that_cannot_be_reached_is_no_absence() -> None:
    assert statements("The websites could not be reached. The exact location was therefore unclear.") == ()


HEADLINE = "Eight officers dead in Almaty riots – troops on their way"
BODY = f"{HEADLINE}\n\nIt was a long night. Eight police officers died in the riots, the Interior Ministry said."


def test_a_headline_is_tied_to_the_statement_that_it_repeats_and_takes_its_chain() -> None:
    said = proposed(BODY, "Eight police officers died in the riots", "the Interior Ministry", cue="said")
    head, body = statements(BODY, said, headline=HEADLINE)

    assert head.content.text == "Eight officers dead in Almaty riots"
    assert (head.rule, head.restates) == ("headline", 1)
    assert head.chain == body.chain
    assert head.confidence < body.confidence


def test_a_headline_with_another_figure_is_not_tied_to_the_statement() -> None:
    text = BODY.replace("Eight officers dead in Almaty riots", "Ninety arrests during a calm weekend")
    said = proposed(text, "Eight police officers died in the riots", "the Interior Ministry", cue="said")
    head, _ = statements(text, said, headline=text.partition("\n")[0])

    assert (head.restates, head.chain) == (None, ())


def test_a_headline_without_figure_or_body_is_no_statement() -> None:
    assert statements("A long night in Almaty\n\nIt rained.", headline="A long night in Almaty") == ()


def test_a_statement_of_the_headline_itself_is_tied_to_the_body_too() -> None:
    text = "Eight officers died in riots, ministry says\n\nIn Almaty eight officers died, the Interior Ministry said."
    head = proposed(text, "Eight officers died in riots", "ministry", cue="says")
    body = proposed(text, "In Almaty eight officers died", "the Interior Ministry", cue="said")

    first, second = statements(text, head, body, headline=text.partition("\n")[0])

    assert (first.restates, second.restates) == (1, None)


DEPOT = (
    "Twelve people were killed in the fire at the Velden fuel depot, the fire service said. Residents said nobody had "
    "warned them of the fire at the depot."
)


def headed(headline: str, body: str = DEPOT) -> list[tuple[str, str | None]]:
    """What is stated in a headline, and the words of the text that each of it says again."""
    found = read(f"{headline}\n\n{body}\n").statements
    return [
        (one.content.text, None if one.restates is None else found[one.restates].content.text)
        for one in found
        if one.content.start < len(headline)
    ]


@pytest.mark.parametrize("marks", ["“”", "‘’", "''", '""'])
def test_who_is_quoted_in_a_headline_is_quoted_with_the_quotation_and_not_with_what_it_is_about(marks: str) -> None:
    quotation = f"{marks[0]}we were not warned{marks[1]}"

    assert headed(f"Fire at Velden depot: {quotation}, say residents") == [(quotation, None)]


def test_a_headline_without_a_figure_does_not_say_again_that_there_were_so_many() -> None:
    assert headed("People killed in fire at Velden fuel depot", DEPOT.partition(" Residents")[0]) == []


def test_a_headline_says_again_what_the_text_states_only_where_the_figure_is_that_of_the_text() -> None:
    told = "Twelve people were killed in the fire at the Velden fuel depot"

    assert headed("12 killed in fire at Velden depot") == [("12 killed in fire at Velden depot", told)]
    assert headed("Nine killed in fire at Velden depot") == [("Nine killed in fire at Velden depot", None)]


def test_what_somebody_says_in_a_headline_is_not_what_somebody_else_says_below_it() -> None:
    words = "Twelve killed in fire at Velden depot"
    told = "Twelve people were killed in the fire at the Velden fuel depot"

    assert headed(f"{words}, residents say") == [(words, None)]
    assert headed(f"{words}, fire service says") == [(words, told)]


def test_confidence_stands_by_field_and_the_whole_is_no_surer_than_its_parts() -> None:
    text = "Ned Price spoke. “Calm is needed,” he said."
    [statement] = statements(text, proposed(text, "“Calm is needed,”", "he", cue="said"))

    assert set(statement.confidences) == {"content", "cue", "source", "chain", "stance"}
    assert statement.confidence <= min(statement.confidences["content"], statement.confidences["chain"])


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("The spokesman called the claim baseless.", Stance.DENIES),
        ("The mayor called the report a lie.", Stance.DENIES),
        ("The mayor dismissed the reports as untrue.", Stance.DENIES),
        ("It is not true that the dam burst, the mayor said.", Stance.DENIES),
        ("The mayor said the claim was false.", Stance.DENIES),
        ("There is no truth to the report that the dam burst, the mayor said.", Stance.DENIES),
        ("The mayor called the flood a disaster.", Stance.ASSERTS),
        ("The mayor said the alarm was false.", Stance.ASSERTS),
        ("Engineers cast doubt on the figures.", Stance.QUESTIONS),
    ],
)
def test_whoever_calls_a_claim_untrue_denies_it(sentence: str, stance: Stance) -> None:
    [statement] = read(sentence, language="en").statements

    assert statement.stance is stance


@pytest.mark.parametrize("words", ["No one was killed", "Nobody was hurt", "There were no casualties"])
def test_that_nobody_was_killed_is_an_absence_and_no_figure(words: str) -> None:
    found = read(f"{words}, the governor said.", language="en")

    assert [(one.kind, chain(one)) for one in found.statements] == [(ClaimKind.ABSENCE, [None])]
    assert found.figures == ()


def test_who_could_not_verify_something_is_named_for_it() -> None:
    text = "The army took the town on Monday. Tass could not independently verify this."
    *_, statement = read(text, language="en").statements

    assert (statement.kind, chain(statement)) == (ClaimKind.ABSENCE, ["TASS"])


def test_what_was_said_ends_where_the_writer_adds_what_was_not_said() -> None:
    text = "The army said its guns downed 31 drones; it did not mention casualties."
    [said] = read(text, language="en").statements

    assert said.content.text == "its guns downed 31 drones"
