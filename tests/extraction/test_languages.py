"""A text gets a language where that is certain, and none where it is a guess."""

from __future__ import annotations

import pytest

from provenance.extraction.languages import language_of, reads

SENTENCES = {
    "en": "The ministry said on Thursday that eight police officers had been killed in the riots.",
    "de": "Das Ministerium teilte am Donnerstag mit, dass acht Polizisten bei den Unruhen getötet wurden.",
    "fr": "Le ministère a annoncé jeudi que huit policiers avaient été tués pendant les émeutes.",
    "ru": "Министерство сообщило в четверг, что во время беспорядков погибли восемь полицейских.",
    "kk": "Министрлік бейсенбіде тәртіпсіздік кезінде сегіз полиция қызметкері қаза тапқанын хабарлады.",
    "ar": "قالت الوزارة يوم الخميس إن ثمانية من رجال الشرطة قتلوا في أعمال الشغب التي وقعت في المدينة.",
    "zh": "内政部星期四表示，八名警察在骚乱中丧生，一千多人受伤。",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_known_by_its_language(language: str) -> None:
    assert language_of(SENTENCES[language]) == language


@pytest.mark.parametrize(
    "text", ["", "  \n ", "8", "Khabar 24", "Almaty", "ok", "🙂🙂🙂", "https://example.org/the/of/and"]
)
def test_names_and_scraps_have_no_language(text: str) -> None:
    assert language_of(text) is None


def test_a_quoted_line_does_not_change_the_language_of_a_long_text() -> None:
    assert language_of(f"{SENTENCES['en']} " * 40 + SENTENCES["ru"] + f" {SENTENCES['en']}" * 40) == "en"


def test_a_book_is_no_slower_than_an_article_and_a_half_surrogate_is_no_error() -> None:
    assert language_of(f"{SENTENCES['de']} \ud83d " * 20_000) == "de"


def test_only_a_language_with_a_grammar_is_read() -> None:
    assert reads("en")
    assert not reads("de")
    assert not reads(None)
