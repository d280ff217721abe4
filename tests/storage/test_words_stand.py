"""Words that are shown as a document's words stand in the document, and a report is held once."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from provenance.analysis.recording import recording
from provenance.errors import Conflict, InvalidInput
from provenance.storage.document import Document, DocumentChange
from provenance.storage.figure import Figure, FigureCreate
from provenance.storage.report import Attribution, AttributionCreate, Report, ReportChange, ReportCreate
from provenance.storage.writes.documents import change_document
from provenance.storage.writes.reports import change_report, create_report
from provenance.storage.writes.writer import Writer
from tests.records import QUOTE, TEXT, Desk

TWICE = "Dozens were killed. The police said: dozens were killed, 18 of them in Almaty."


def report(
    writer: Writer, text: str | None = TEXT, cue: str | None = None, figure: str | None = None, **said: Any
) -> Report:
    desk = Desk(writer)
    hop = AttributionCreate(
        upstream=desk.source("Khabar 24").public_id, downstream=desk.source("Tass").public_id, cue=cue
    )
    given = ReportCreate(
        document=desk.document("Tass", text=text).public_id,
        claim=desk.claim().public_id,
        attributions=[hop],
        figures=[FigureCreate(text=figure)] if figure else [],
        **said,
    )
    return create_report(writer, given)


def test_words_that_stand_once_in_the_text_get_their_place(engine: sa.Engine) -> None:
    with recording(engine, "a test") as writer:
        made = report(writer, quote=QUOTE, cue="told", figure="Dozens")
        hop = writer.session.execute(sa.select(Attribution)).scalars().one()
        figure = writer.session.execute(sa.select(Figure)).scalars().one()
    assert (made.quote_start, made.quote_end) == (0, len(QUOTE))
    assert (hop.cue_start, hop.cue_end) == (TEXT.index("told"), TEXT.index("told") + 4)
    assert (figure.text_start, figure.text_end) == (0, 6)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"quote": "Hundreds were shot"}, "quote"),
        ({"quote": QUOTE, "cue": "denied"}, "attributions.0.cue"),
        ({"quote": QUOTE, "figure": "hundreds"}, "figures.0.text"),
    ],
    ids=["a quote", "a cue", "a figure"],
)
def test_words_that_do_not_stand_in_the_text_are_refused(engine: sa.Engine, said: dict[str, Any], field: str) -> None:
    with (
        pytest.raises(InvalidInput, match=r"does not stand in the text; give the document's exact words") as refused,
        recording(engine, "a test") as writer,
    ):
        report(writer, **said)
    assert refused.value.field == field


def test_words_that_differ_in_capitals_are_refused_with_how_they_stand(engine: sa.Engine) -> None:
    with pytest.raises(InvalidInput, match=r"at 0 it says 'Dozens'"), recording(engine, "a test") as writer:
        report(writer, figure="dozens")


def test_words_that_stand_several_times_are_refused_with_the_places(engine: sa.Engine) -> None:
    with (
        pytest.raises(InvalidInput, match=r"2 times, at 7 and 44; give the start"),
        recording(engine, "a test") as writer,
    ):
        report(writer, TWICE, quote="were killed")


def test_a_number_is_not_found_inside_a_longer_number(engine: sa.Engine) -> None:
    with pytest.raises(InvalidInput, match="'8' does not stand"), recording(engine, "a test") as writer:
        report(writer, TWICE, figure="8")


def test_a_figure_is_looked_for_in_the_quote_first(engine: sa.Engine) -> None:
    text = "26 people were hurt. The ministry said that 26 attackers died."
    with recording(engine, "a test") as writer:
        report(writer, text, quote="26 attackers died", figure="26")
        figure = writer.session.execute(sa.select(Figure)).scalars().one()
    assert figure.text_start == text.rindex("26")


def test_words_of_a_text_that_is_not_held_are_taken_as_transcribed(engine: sa.Engine) -> None:
    with recording(engine, "a test") as writer:
        made = report(writer, None, quote="Whatever it said", cue="told", figure="26")
    assert (made.quote, made.quote_start) == ("Whatever it said", None)


def test_a_text_that_comes_later_must_have_the_words_that_were_transcribed(engine: sa.Engine) -> None:
    with recording(engine, "a test") as writer:
        made = report(writer, None, quote=QUOTE)
        document = writer.session.get_one(Document, made.document_id).public_id
        report_id = made.public_id
    missing, there = ({"text": text} for text in ("Something else.", TEXT))
    with (
        pytest.raises(InvalidInput, match=f"^text: the report '{report_id}' has words that are not in it"),
        recording(engine, "a test") as writer,
    ):
        change_document(writer, document, DocumentChange.model_validate(missing))
    with recording(engine, "a test") as writer:
        change_document(writer, document, DocumentChange.model_validate(there))
        held = writer.session.execute(sa.select(Report).where(col(Report.public_id) == report_id)).scalars()
        assert [row.quote_end for row in held if row.recorded_to is None] == [len(QUOTE)]


def test_a_quote_that_is_changed_gets_its_new_place(engine: sa.Engine) -> None:
    with recording(engine, "a test") as writer:
        made = report(writer, quote=QUOTE)
        change_report(writer, made.public_id, ReportChange.model_validate({"quote": "Tass reports"}))
        assert made.quote_start == TEXT.index("Tass reports")
        with pytest.raises(InvalidInput, match=r"^quote: "):
            change_report(writer, made.public_id, ReportChange.model_validate({"quote": "Invented words"}))


def test_a_report_that_is_sent_twice_is_held_once(engine: sa.Engine) -> None:
    with recording(engine, "a test") as writer:
        desk = Desk(writer)
        claim, document = desk.claim(), desk.document("Tass", text=TEXT)
        held = desk.report(claim, "Khabar 24", "Tass", document=document, quote=QUOTE, figures=["Dozens"])
        with pytest.raises(Conflict, match=f"'{held.public_id}' says the same.*PATCH /v1/reports/{held.public_id}"):
            desk.report(claim, "Khabar 24", "Tass", document=document, quote=QUOTE, figures=["Dozens"])
        desk.report(claim, "Saltanat Azirbek", "Tass", document=document, quote=QUOTE, figures=["Dozens"])
        count = sa.select(sa.func.count()).select_from(Report).where(col(Report.recorded_to).is_(None))
        assert writer.session.scalar(count) == 2
