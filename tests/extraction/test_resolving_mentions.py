"""What the words of a mention say: names, descriptions, titles, offices, and words that identify nobody."""

from __future__ import annotations

import pytest

from provenance.extraction.parsing import parse
from provenance.extraction.resolving.kinds import Gender, described
from provenance.extraction.resolving.mentions import read_mention
from provenance.extraction.resolving.wording import Form, Wording
from provenance.extraction.resolving.words import page_of
from provenance.vocabulary import LinkStatus, SourceKind
from tests.extraction.resolved import proposed, span, statements


def read(sentence: str) -> Wording:
    """What the words in square brackets say."""
    start, end = sentence.index("["), sentence.index("]") - 1
    text = sentence.replace("[", "").replace("]", "")
    return read_mention(page_of(text, parse(text)), start, end)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("It was reported by [the Russian state agency Tass].", "Tass"),
        ("According to [the Interfax news agency], nobody was hurt.", "Interfax"),
        ("[The German agency dpa] reported it.", "dpa"),
        ("[The Kazakh television station Khabar 24] said so.", "Khabar 24"),
        ("[the newspaper Le Monde] wrote so.", "Le Monde"),
        ("According to [the Kazakh Ministry of Health], it was so.", "Kazakh Ministry of Health"),
        ("[The Kazakh government] said so.", "Kazakh government"),
        ("[Almaty police] said so.", "Almaty police"),
        ("[President Tokayev] said so.", "Tokayev"),
        ("[Interior Ministry spokesman John Smith] said so.", "John Smith"),
        ("[Deputy Health Minister Azhar Giniyat] said so.", "Azhar Giniyat"),
        ("[US Secretary of State Antony Blinken] said so.", "Antony Blinken"),
        ("[Lt. Gen. Abdel Fattah al-Burhan] said so.", "Abdel Fattah al-Burhan"),
        ("[Ned Price, the spokesman for the State Department,] said so.", "Ned Price"),
        ("[The spokesman for the ministry, Ned Price,] said so.", "Ned Price"),
        ("[The police chief of Almaty, General Kanat Taimerdenov,] said so.", "Kanat Taimerdenov"),
        ("[Ukraine's President Volodymyr Zelensky] said so.", "Volodymyr Zelensky"),
        ("[The Syrian Observatory for Human Rights, a war monitor,] said so.", "Syrian Observatory for Human Rights"),
        ("In [Reporters Without Borders’] ranking, the country is last.", "Reporters Without Borders"),
        ("[The US and EU] called for calm.", "US and EU"),
        ("[Pope Francis] said so.", "Pope Francis"),
        ("[the Clinton campaign] said so.", "Clinton campaign"),
    ],
)
def test_a_name_is_found_among_the_words_that_describe(sentence: str, name: str) -> None:
    assert read(sentence).name == name


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("It was reported by the Russian state agency [Tass].", "the Russian state agency Tass"),
        ("[The Kazakh television station] Khabar 24 said so.", "The Kazakh television station Khabar 24"),
        ("[The Russian state agency] Ria Novosti said so.", "The Russian state agency Ria Novosti"),
    ],
)
def test_a_name_that_was_cut_from_its_noun_is_put_together_again(sentence: str, whole: str) -> None:
    text = sentence.replace("[", "").replace("]", "")
    wording = read(sentence)

    assert text[wording.start : wording.end] == whole


@pytest.mark.parametrize(
    ("sentence", "of"),
    [
        ("[A spokesman for the Interior Ministry] said so.", "Interior Ministry"),
        ("[Interior Ministry spokesman John Smith] said so.", "Interior Ministry"),
        ("[Interior ministry spokesman John Smith] said so.", "Interior ministry"),
        ("[A doctor at Central Hospital] said so.", "Central Hospital"),
        ("[Lufthansa's spokeswoman] said so.", "Lufthansa"),
    ],
)
def test_whom_somebody_speaks_or_works_for_is_read(sentence: str, of: str) -> None:
    assert read(sentence).of == of


@pytest.mark.parametrize(
    ("sentence", "gender"),
    [
        ("[A spokeswoman] said so.", Gender.WOMAN),
        ("[Mr. Price] said so.", Gender.MAN),
        ("[He] said so.", Gender.MAN),
        ("[The official] said so.", None),
    ],
)
def test_words_show_a_gender_or_leave_it_open(sentence: str, gender: Gender | None) -> None:
    assert read(sentence).gender is gender


@pytest.mark.parametrize(
    "words",
    ["Experts", "The authorities", "Media reports", "Several Kazakh Telegram channels", "A senior official", "Locals"],
)
def test_words_that_identify_nobody_stay_unresolved(words: str) -> None:
    text = f"{words} said that shots were heard."
    [statement] = statements(text, proposed(text, "shots were heard", words, cue="said"))
    [link] = statement.chain

    assert (link.as_named, link.source, link.status) == (words, None, LinkStatus.UNRESOLVED)
    assert link.kind is not None
    assert link.kind.placeholder


def test_the_police_without_a_name_are_police_and_unresolved() -> None:
    text = "The police said that shots were heard."
    [statement] = statements(text, proposed(text, "shots were heard", "The police", cue="said"))
    [link] = statement.chain

    assert (link.kind, link.status) == (SourceKind.POLICE, LinkStatus.UNRESOLVED)


def test_a_spokesman_of_a_ministry_is_a_source_by_his_office() -> None:
    text = "A spokesman for the Interior Ministry said that shots were heard."
    [statement] = statements(
        text, proposed(text, "shots were heard", "A spokesman for the Interior Ministry", cue="said")
    )
    [link] = statement.chain

    assert link.source == "spokesman for the Interior Ministry"
    assert (link.kind, link.status) == (SourceKind.SPOKESPERSON, LinkStatus.RESOLVED)


def test_the_ministry_that_a_spokesman_is_of_is_the_one_mentioned_last() -> None:
    text = "The mayor was silent. The Zedland Ministry of Rivers met. A spokesman for the ministry said that it rained."
    [statement] = statements(text, proposed(text, "it rained", "A spokesman for the ministry", cue="said"))

    assert statement.chain[0].source == "spokesman for the Zedland Ministry of Rivers"


def test_a_country_speaks_as_its_government() -> None:
    text = "Russia said that the troops would leave."
    [statement] = statements(text, proposed(text, "the troops would leave", "Russia", cue="said"))
    [link] = statement.chain

    assert (link.kind, link.country) == (SourceKind.GOVERNMENT_BODY, "RU")


def test_a_nationality_gives_the_country() -> None:
    assert read("[The Kazakh television station Khabar 24] said so.").country == "KZ"
    assert read("[US officials] said so.").country == "US"


def test_letters_in_brackets_stand_for_the_name_before_them() -> None:
    text = "The Kazakh Mountain Rescue Service (KMRS) went out. KMRS said that ten climbers were safe."
    found = proposed(text, "ten climbers were safe", span(text, "KMRS", 1), cue="said")

    assert [link.source for link in statements(text, found)[0].chain] == ["Kazakh Mountain Rescue Service"]


def test_plurals_of_persons_identify_nobody_and_those_of_outlets_are_several_carriers() -> None:
    kinds = [found.kind for noun in ("doctors", "news agencies", "spokesmen") if (found := described(noun))]

    assert kinds == [SourceKind.UNNAMED, SourceKind.COLLECTIVE, SourceKind.UNNAMED]


def test_a_possessive_pronoun_makes_the_office_that_of_its_owner() -> None:
    text = "Michelle Bachelet spoke in Geneva. Her office said that the toll was rising."
    [statement] = statements(text, proposed(text, "the toll was rising", "Her office", cue="said"))

    assert statement.chain[0].source == "Michelle Bachelet's office"


def test_a_statement_that_a_ministry_put_out_is_the_ministrys() -> None:
    text = "A statement from the Defence Ministry said that the troops would leave."
    [statement] = statements(
        text, proposed(text, "the troops would leave", "A statement from the Defence Ministry", cue="said")
    )

    assert statement.chain[0].source == "Defence Ministry"
    assert statement.chain[0].as_named == "A statement from the Defence Ministry"


def test_a_lone_pronoun_is_nobodys_name() -> None:
    assert read("[he] said so.").form is Form.PRONOUN
