"""What the database itself refuses, whoever writes into it and past all checks of the program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from provenance.errors import Conflict, InvalidInput
from provenance.storage.document import DocumentChange
from provenance.storage.event import Event
from provenance.storage.record import new_public_id
from provenance.storage.report import Attribution, Report
from provenance.storage.session import writing
from provenance.storage.source import SourceName
from provenance.storage.tables import FACTS
from provenance.storage.writes.documents import change_document
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import NameKind, TieKind
from tests.databases import Databases, opened
from tests.records import NOON, TEXT, Desk, every_kind

FAR = len(TEXT)
CITED = {"basis": "cited", "reference": None, "document_id": None}
TABLES = SQLModel.metadata.tables


@pytest.fixture(scope="module")
def full(databases: Databases) -> Iterator[sa.Engine]:
    """A database with a row of every kind; no test here changes it."""
    with databases.fresh() as url, opened(url) as engine:
        with writing(engine) as session:
            every_kind(Writer(session, "a test"))
        yield engine


@pytest.fixture
def held(full: sa.Engine) -> Iterator[sa.Connection]:
    """A connection to that database; what a test does on it is undone."""
    with full.connect() as connection:
        yield connection
        connection.rollback()


# Each case: a row as it is held, what is different in a copy of it, and what refuses the copy.
REFUSED = {
    "a figure whose low is above its high": ("figure", {"low": 9.0, "high": 8.0}, "low_not_above_high"),
    "a ruling whose low is above its high": ("ruling", {"low": 9.0, "high": 8.0}, "low_not_above_high"),
    "a hop from a source to itself": ("attribution", {"upstream_id": sa.text("downstream_id")}, "joins_two"),
    "a quote that ends outside the text": (
        "report",
        {"quote": None, "quote_start": 0, "quote_end": FAR + 1},
        "quote_inside_text",
    ),
    "a quote that begins before the text": ("report", {"quote": None, "quote_start": -1}, "quote_inside_text"),
    "a quote whose span is reversed": (
        "report",
        {"quote": None, "quote_start": 9, "quote_end": 3},
        "quote_inside_text",
    ),
    "a quote whose span is empty": ("report", {"quote": None, "quote_start": 3, "quote_end": 3}, "quote_inside_text"),
    "a quote with half a span": ("report", {"quote_end": None}, "quote_whole"),
    "a quote that is longer than its span": ("report", {"quote_end": 3}, "span_is_the_quote"),
    "a cue that ends outside the text": ("attribution", {"cue_end": FAR + 1}, "cue_inside_text"),
    "a cue that begins before the text": ("attribution", {"cue_start": -4}, "cue_inside_text"),
    "a cue whose span is reversed": ("attribution", {"cue_start": 9, "cue_end": 8}, "cue_inside_text"),
    "a cue with half a span": ("attribution", {"cue_start": None}, "cue_whole"),
    "a figure that ends outside the text": ("figure", {"text_end": FAR + 1}, "text_inside_text"),
    "a figure that begins before the text": ("figure", {"text_start": -1}, "text_inside_text"),
    "a figure with half a span": ("figure", {"text_end": None}, "text_whole"),
    "a report that takes its document for longer": ("report", {"text_length": FAR + 9}, "foreign key"),
    "a hop that takes its document for longer": (
        "attribution",
        {"upstream_id": None, "text_length": FAR + 9},
        "foreign key",
    ),
    "a figure that takes its document for longer": ("figure", {"text_length": FAR + 9}, "foreign key"),
    "a hop of another claim than its report": ("attribution", {"upstream_id": None, "claim_id": 4711}, "foreign key"),
    "the same hop twice": ("attribution", {}, "unique"),
    "a text_length that is not the text's": ("document", {"text_length": FAR + 1}, "text_length_is_true"),
    "a text without its hash": ("document", {"content_hash": None}, "text_is_hashed"),
    "a precision without a date": (
        "document",
        {"published_earliest": None, "published_latest": None},
        "precision_has_a_date",
    ),
    "a date with one end": ("document", {"published_latest": None}, "published_whole"),
    "a date that ends before it begins": (
        "document",
        {"published_latest": datetime(2021, 1, 1, tzinfo=UTC)},
        "published_in_order",
    ),
    "a confidence of 110 %": ("report", {"confidence": 1.1}, "confidence_is_a_share"),
    "the same name twice for one source": ("source_name", {"kind": "alias"}, "unique"),
    "a second primary name of a source": ("source_name", {"name": "Another name"}, "unique"),
    "a tie of a source to itself": ("tie", {"other_id": sa.text("source_id")}, "joins_two"),
    "the same undated tie twice": ("tie", {}, "unique"),
    "a cited tie without reference": ("tie", {"kind": "owned_by", **CITED}, "cited_has_reference"),
    "a tie that ends before it begins": (
        "tie",
        {"valid_from": NOON, "valid_to": NOON - timedelta(days=1)},
        "valid_in_order",
    ),
    "an absence of a tie that nobody signed": (
        "tie",
        {"kind": "examined_no_tie", "signed_by": None},
        "absence_is_signed",
    ),
    "a cited interest without reference": ("interest", {"basis": "cited"}, "cited_has_reference"),
    "two interests of one source in one event": ("interest", {}, "unique"),
    "a correction without target": ("correction", {"claim_id": None, "upstream_id": None}, "has_a_target"),
    "a correction of what somebody said on no claim": (
        "correction",
        {"claim_id": None, "attribution_id": 1},
        "upstream_of_a_claim",
    ),
    "a correction that takes effect backwards": (
        "correction",
        {"effective_earliest": NOON, "effective_latest": NOON - timedelta(days=1)},
        "effective_in_order",
    ),
    "a range for no tally": ("ruling", {"kind": "range"}, "range_of_a_tally"),
    "a zombie that nobody has decided about": ("ruling", {"kind": "zombie"}, "zombie_or_not"),
    "a record merged into itself": ("merge", {"gone": sa.text("kept")}, "joins_two"),
    "a claim of what happened backwards": (
        "claim",
        {
            "happened_earliest": NOON,
            "happened_latest": NOON - timedelta(days=1),
            "happened_precision": "day",
        },
        "happened_in_order",
    ),
    "a saying that began and never ended": ("report", {"said_earliest": NOON, "said_precision": "day"}, "said_whole"),
    "a saying that is exact to the day and undated": ("report", {"said_precision": "day"}, "said_precision_fits"),
    "a cut of no hop": ("ruling", {"attribution_id": None, "claim_id": 1}, "cut_of_a_hop"),
    "a document that is a copy of itself": (
        "document_relation",
        {"of_document_id": sa.text("document_id")},
        "of_another_document",
    ),
    "a copy of a document and of a source": ("document_relation", {"of_source_id": 1}, "of_one_thing"),
    "a copy of nothing": ("document_relation", {"of_document_id": None}, "of_one_thing"),
    "an event that ends before it begins": (
        "event",
        {"began": NOON, "ended": NOON - timedelta(days=1)},
        "began_before_ended",
    ),
    "a tally that is a part of itself": ("tally", {"parent_id": "own id"}, "not_its_own_parent"),
    "the same bytes twice for one document": ("archived_copy", {}, "unique"),
    "an archived copy of bytes that are not held": ("archived_copy", {"sha256": "f" * 64}, "foreign key"),
    "a decision about no report": ("decision", {"report_id": 4711}, "foreign key"),
    "a claim of no event": ("claim", {"event_id": 4711}, "foreign key"),
}


@pytest.mark.parametrize(("noun", "change", "by"), REFUSED.values(), ids=REFUSED)
def test_the_database_refuses(held: sa.Connection, noun: str, change: dict[str, Any], by: str) -> None:
    with pytest.raises(sa.exc.IntegrityError) as refused:
        _copy(held, noun, change)
    assert _is_about(refused.value, by), f"refused, and not for that reason: {refused.value.orig}"


# What makes a copy of a held row a row of its own, where the copy would clash with it for another reason.
ACCEPTED: dict[str, dict[str, Any]] = {
    "source_name": {"kind": "alias", "name": "Another name"},
    "interest": {"source_id": 1},
    "document_relation": {"kind": "copy_of"},
    "attribution": {"upstream_id": None},
    "tie": {"valid_from": NOON},
    "review_evidence": {"evidence_id": 2},
    "merge": {"gone": "clm_another"},
    "archived_copy": {"document_id": 2},
    "desk_item": {"claim_id": 2},
    "watch": {"who": "Another"},
    "audience": {"person": "Ben"},
}


@pytest.mark.parametrize("noun", [str(table.__tablename__) for table in FACTS])
def test_the_database_accepts_a_copy_in_which_nothing_is_wrong(held: sa.Connection, noun: str) -> None:
    before = _count(held, noun)
    _copy(held, noun, ACCEPTED.get(noun, {}))
    assert _count(held, noun) == before + 1


@pytest.mark.parametrize("noun", [str(table.__tablename__) for table in FACTS])
def test_no_fact_has_two_rows_that_hold_now(held: sa.Connection, noun: str) -> None:
    same = {"public_id": held.scalar(sa.select(TABLES[noun].c.public_id).order_by(TABLES[noun].c.id))}
    with pytest.raises(sa.exc.IntegrityError) as refused:
        _copy(held, noun, ACCEPTED.get(noun, {}) | same)
    assert _is_about(refused.value, "unique")


@pytest.mark.parametrize("noun", [str(table.__tablename__) for table in FACTS])
def test_nothing_was_held_until_before_it_was_held(held: sa.Connection, noun: str) -> None:
    with pytest.raises(sa.exc.IntegrityError) as refused:
        _copy(held, noun, {"recorded_to": datetime(2020, 1, 1, tzinfo=UTC)})
    assert _is_about(refused.value, "recorded_in_order")


@pytest.mark.parametrize("noun", [str(table.__tablename__) for table in FACTS])
def test_an_earlier_state_cannot_still_hold(held: sa.Connection, noun: str) -> None:
    with pytest.raises(sa.exc.IntegrityError) as refused:
        _copy(held, noun, ACCEPTED.get(noun, {}) | {"version_of": 1})
    assert _is_about(refused.value, "earlier_states_are_closed")


def test_a_source_may_have_its_old_name_again_once_the_row_is_retired(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "a test"))
        tass = desk.source("Tass")
        for _ in range(2):
            desk.writer.retire(desk.writer.add(SourceName(name="ITAR-TASS", kind=NameKind.ALIAS, source_id=tass.key)))
        desk.writer.add(SourceName(name="ITAR-TASS", kind=NameKind.ALIAS, source_id=tass.key))


def test_a_text_that_arrives_later_is_the_measure_of_spans_that_come_after(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "a test"))
        document = desk.document("Tass")
        desk.report(desk.claim(), "Khabar 24", "Tass", document=document)
        change_document(desk.writer, document.public_id, DocumentChange.model_validate({"text": TEXT}))
        desk.report(desk.claim(), "Khabar 24", "Tass", document=document, quote="Dozens", quote_start=0, quote_end=6)
    with Session(engine) as session:
        lengths = {
            table: set(session.execute(sa.select(col(table.text_length)).distinct()).scalars())
            for table in (Report, Attribution)
        }
    assert lengths == {Report: {len(TEXT)}, Attribution: {len(TEXT)}}


def test_an_unknown_word_is_refused_by_its_name_and_not_as_an_error_of_the_statement(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "a test"))
        report = desk.report(desk.claim(), "Tass")
        with pytest.raises(InvalidInput, match="'shouts' is no Stance; use one of: asserts, denies"):
            desk.writer.change(report, {"stance": "shouts"})
        session.rollback()


def test_asking_for_an_unknown_word_is_refused_alike(engine: sa.Engine) -> None:
    with pytest.raises(InvalidInput, match="'shouts' is no Stance"), Session(engine) as session:
        session.execute(sa.select(Report).where(col(Report.stance) == "shouts")).all()


def test_a_time_without_a_zone_is_refused(engine: sa.Engine) -> None:
    with (
        pytest.raises(InvalidInput, match="2022-01-06T12:00:00 has no time zone; give one"),
        writing(engine) as session,
    ):
        Writer(session, "a test").add(Event(title="Almaty", began=datetime(2022, 1, 6, 12)))


@pytest.mark.parametrize("year", [1, 900, 2022, 9999])
def test_a_time_comes_back_as_it_was_given_in_any_year(engine: sa.Engine, year: int) -> None:
    began = datetime(year, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    with writing(engine) as session:
        Writer(session, "a test").add(Event(title="Almaty", began=began))
    with Session(engine) as session:
        assert session.execute(sa.select(col(Event.began))).scalar_one() == began


def test_a_time_that_no_calendar_has_in_utc_is_refused(engine: sa.Engine) -> None:
    before_the_calendar = datetime.fromisoformat("0001-01-01T00:00+06:00")
    with pytest.raises(InvalidInput, match="outside the years 1 to 9999"), writing(engine) as session:
        Writer(session, "a test").add(Event(title="Almaty", began=before_the_calendar))


def test_what_a_constraint_refuses_inside_a_write_is_a_conflict_that_names_it(engine: sa.Engine) -> None:
    with pytest.raises(Conflict, match=r"The database refuses this write: .*joins_two.* Read the record again"):
        _tie_a_source_to_itself(engine)
    with engine.connect() as connection:
        assert (_count(connection, "tie"), _count(connection, "source")) == (0, 0)


def test_two_hops_from_nobody_stated_to_one_source_are_one_too_many(held: sa.Connection) -> None:
    _copy(held, "attribution", {"upstream_id": None})
    with pytest.raises(sa.exc.IntegrityError) as refused:
        _copy(held, "attribution", {"upstream_id": None})
    assert _is_about(refused.value, "unique")


def _tie_a_source_to_itself(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "a test"))
        tie = desk.tie("Almaty police", TieKind.PART_OF, "Interior Ministry")
        desk.writer.change(tie, {"other_id": tie.source_id})


def _copy(connection: sa.Connection, noun: str, change: dict[str, Any]) -> None:
    table = TABLES[noun]
    row = connection.execute(sa.select(table).order_by(table.c.id)).mappings().first()
    assert row is not None, f"no {noun} to copy"
    fresh = max(connection.execute(sa.select(table.c.id)).scalars()) + 1
    values = {**row, "id": fresh, "public_id": new_public_id(noun), **change}
    values = {name: row[value.text] if isinstance(value, sa.TextClause) else value for name, value in values.items()}
    connection.execute(
        sa.insert(table), {name: fresh if value == "own id" else value for name, value in values.items()}
    )


def _count(connection: sa.Connection, noun: str) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(TABLES[noun])).scalar_one()


def _is_about(error: sa.exc.IntegrityError, by: str) -> bool:
    said = str(error.orig)
    match by:
        case "foreign key":
            return "foreign key" in said.lower()
        case "unique":
            return "UNIQUE constraint failed" in said or "duplicate key value" in said
        case _:
            return f"_{by}" in said
