"""An article is read whole: statements with their chains, the figures in them, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from provenance.answers_reading import ReadingAnswer
from provenance.extraction import parsing
from provenance.extraction.parallel import read_many
from provenance.extraction.parsing import parse
from provenance.extraction.reader import Unread, read, read_all
from provenance.extraction.reading import Reading
from provenance.extraction.showing import as_json
from provenance.vocabulary import ZoneKind

ARTICLE = """Riots in Almaty

ALMATY, Jan 6 - Dozens of attackers were eliminated, the broadcaster Khabar 24 quoted a spokesman for the Interior
Ministry as saying, the Russian state agency Tass reported on Thursday. More than 1,000 people were injured, the Health
Ministry said.

(Photo: Courier)
"""
NIGHT = datetime(2022, 1, 6, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(ARTICLE, published_at=NIGHT, place="KZ")


def test_a_statement_has_its_chain_from_the_origin_to_the_last_carrier(reading: Reading) -> None:
    dozens = next(one for one in reading.statements if one.content.text.startswith("Dozens"))
    assert [link.source for link in dozens.chain][1:] == ["Khabar 24", "TASS"]
    assert "spokesman for the Interior" in (dozens.chain[0].as_named or "")


def test_each_figure_knows_the_statement_in_which_it_stands(reading: Reading) -> None:
    dozens, thousand = reading.figures
    assert dozens.statement is not None
    assert reading.statements[dozens.statement].content.text.startswith("Dozens")
    assert thousand.statement not in (None, dozens.statement)
    assert (dozens.low, dozens.high, thousand.low, thousand.high) == (24, None, 1001, None)


def test_every_span_is_the_words_that_it_claims_to_be(reading: Reading) -> None:
    shown = as_json(reading)

    found = [*_spans(shown["statements"]), *_spans(shown["figures"]), *_spans(shown["dates"])]
    assert len(found) > 8
    assert [span for span in found if ARTICLE[span["start"] : span["end"]] != span["text"]] == []


def _spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _spans(one)


def test_what_is_sent_is_what_the_description_says(reading: Reading) -> None:
    assert ReadingAnswer.model_validate(as_json(reading, "page-1")).id == "page-1"


def test_a_credit_is_no_statement(reading: Reading) -> None:
    credit = next(zone for zone in reading.zones if zone.kind is ZoneKind.CREDIT)
    assert all(one.content.end <= credit.start for one in reading.statements)


def test_a_text_without_grammar_here_is_kept_and_says_so() -> None:
    text = "Десятки нападавших были ликвидированы, сообщила полиция. В больницах находятся более 60 человек. " * 3
    reading = read(text)
    assert (reading.language, reading.statements, reading.statements_read) == ("ru", (), False)
    assert any("no grammar" in note and "by hand" in note for note in reading.notes)
    assert reading.figures


def test_a_text_that_is_far_too_long_is_kept_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.extraction.reader.LONGEST_PARSED", 100)
    reading = read("Police said so. " * 10, language="en")
    assert reading.statements == ()
    assert any("160 characters" in note for note in reading.notes)


@pytest.mark.parametrize("text", ["", " \n\t", "🙂" * 50, "“", "\u202eالشرطة قالت", "a" * 5000, "“said” " * 300])
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    reading = read(text)
    assert reading.text == text
    assert all(0 <= one.content.start < one.content.end <= len(text) for one in reading.statements)


def test_many_texts_come_back_in_their_order_whatever_the_number_of_processes() -> None:
    texts = [Unread(f"Police said that {number} people were hurt.", language="en") for number in range(20)]
    alone = list(read_many(texts, as_json, workers=1))
    assert [answer["figures"][0]["value"] for answer in alone] == list(range(20))
    assert list(read_many(texts, as_json, workers=2)) == alone


def test_reading_together_and_one_by_one_is_the_same() -> None:
    texts = [ARTICLE, "Police said so.", "Kein Satz auf Englisch, sagte die Polizei am Donnerstag in Almaty."]
    assert [as_json(one) for one in read_all(Unread(text) for text in texts)] == [as_json(read(text)) for text in texts]


def test_no_sentence_crosses_the_beginning_of_a_zone() -> None:
    text = "Riots in Almaty\nPolice said so"
    from provenance.extraction.reading import Zone

    zones = (Zone(ZoneKind.HEADLINE, 0, 15), Zone(ZoneKind.BODY, 16, len(text)))
    assert [sentence.text.strip() for sentence in parse(text, zones).sents][-1] == "Police said so"


def test_a_model_that_is_not_there_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    from provenance.errors import NotInstalled

    with pytest.raises(NotInstalled, match="'no_such_model' is not installed: install it, or name another"):
        parsing._grammar("no_such_model")
