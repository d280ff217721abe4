"""Proving a database: whatever somebody writes past the program is found, by the record and the field it touched."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.analysis.recording import recording
from provenance.analysis.standing import differences
from provenance.storage.claim import Claim, ClaimChange
from provenance.storage.history import History, change_id
from provenance.storage.reads.history import sealed_up_to, unbroken
from provenance.storage.reads.replaying import Mismatch, Trouble, mismatches
from provenance.storage.source import SourceChange
from provenance.storage.tables import FACTS
from provenance.storage.writes.claims import change_claim
from provenance.storage.writes.sources import change_source
from provenance.storage.writes.undoing import undo
from provenance.storage.writes.writer import Writer
from tests.databases import Databases, opened
from tests.records import Desk, every_kind

DENIED = "Nobody was eliminated."


@pytest.fixture(scope="module")
def like_told(databases: Databases) -> Iterator[Databases]:
    """Databases that all begin with the same story, told once."""
    with databases.fresh() as url:
        with opened(url) as engine:
            tell(engine)
        yield databases.like(url)


@pytest.fixture
def told(like_told: Databases) -> Iterator[sa.Engine]:
    """A database with rows of every kind, of which some were changed, let go, brought back and undone."""
    with like_told.fresh() as url, opened(url) as engine:
        yield engine


def tell(engine: sa.Engine) -> None:
    """Write the story."""
    with recording(engine, "ana") as writer:
        claim = every_kind(writer)
    with recording(engine, "ben") as writer:
        change_claim(writer, claim.public_id, ClaimChange.model_validate({"text": DENIED}))
        tass = Desk(writer).source("Tass")
        change_source(writer, tass.public_id, SourceChange.model_validate({"name": "TASS"}))
        interfax = Desk(writer).source("Interfax").public_id
    with recording(engine, "eva") as writer:
        change_source(writer, interfax, SourceChange.model_validate({"note": "An agency."}))
    with recording(engine, "eva") as writer:
        undo(writer, changes(engine)[-1])
    with recording(engine, "eva") as writer:
        undo(writer, changes(engine)[-1])


def changes(engine: sa.Engine) -> list[str]:
    """The ids of all changes."""
    with Session(engine) as session:
        return [
            change_id(at) for at in session.scalars(sa.select(col(History.at)).distinct().order_by(col(History.at)))
        ]


@contextmanager
def behind_the_back(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Write as somebody does who has the database but not the program, and heeds no foreign key."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("PRAGMA foreign_keys = OFF")
        else:
            connection.execute(sa.text("SET session_replication_role = replica"))
            connection.commit()
        try:
            with connection.begin():
                yield connection
        finally:
            if isinstance(raw := connection.connection.driver_connection, sqlite3.Connection):
                raw.execute("PRAGMA foreign_keys = ON")
            else:
                connection.execute(sa.text("SET session_replication_role = DEFAULT"))
                connection.commit()


def tamper(engine: sa.Engine, *statements: str) -> None:
    """Do this behind the program's back; each statement must hit something."""
    with behind_the_back(engine) as connection:
        for statement in statements:
            assert connection.execute(sa.text(statement)).rowcount > 0, statement


def found(engine: sa.Engine) -> list[Mismatch]:
    """Where records and history do not agree."""
    with Session(engine) as session:
        return list(mismatches(session))


def test_what_the_program_wrote_agrees_whatever_it_was(told: sa.Engine) -> None:
    assert found(told) == []
    with Session(told) as session:
        assert unbroken(session).breaks == ()
        nouns = set(session.scalars(sa.select(col(History.noun))))
    assert nouns == {str(table.__tablename__) for table in FACTS}


@pytest.mark.parametrize(
    ("tampering", "trouble", "noun", "field"),
    [
        ("UPDATE claim SET text = 'Yes.' WHERE version_of IS NULL", Trouble.OTHER_VALUE, "claim", "text"),
        ("UPDATE claim SET text = 'Yes.' WHERE version_of IS NOT NULL", Trouble.OTHER_PAST, "claim", "text"),
        ("DELETE FROM claim WHERE version_of IS NOT NULL", Trouble.OTHER_PAST, "claim", None),
        ("DELETE FROM figure WHERE text = '26'", Trouble.NO_RECORD, "figure", None),
        ("DELETE FROM tie WHERE kind = 'examined_no_tie'", Trouble.NO_RECORD, "tie", None),
        ("UPDATE figure SET value = 27 WHERE text = '26'", Trouble.OTHER_VALUE, "figure", "value"),
        ("UPDATE figure SET qualifier = 'nonsense' WHERE text = '26'", Trouble.OTHER_VALUE, "figure", "qualifier"),
        ("UPDATE coverage SET languages = '[]'", Trouble.OTHER_VALUE, "coverage", "languages"),
        ("UPDATE tie SET visibility = 'desk' WHERE reference IS NOT NULL", Trouble.OTHER_VALUE, "tie", "visibility"),
        (
            "UPDATE correction SET recorded_to = (SELECT max(at) FROM history)",
            Trouble.OTHER_TIME,
            "correction",
            "recorded_to",
        ),
        (
            "UPDATE ruling SET recorded_from = (SELECT max(at) FROM history)",
            Trouble.OTHER_TIME,
            "ruling",
            "recorded_from",
        ),
        ("UPDATE review SET public_id = 'rev_other'", Trouble.NO_ENTRY, "review", None),
        ("UPDATE attribution SET claim_id = claim_id + 1000", Trouble.UNFOLLOWED, "attribution", "claim_id"),
        ("UPDATE figure SET text_length = text_length + 1", Trouble.UNFOLLOWED, "figure", "text_length"),
    ],
)
def test_a_record_that_was_edited_or_removed_is_found(
    told: sa.Engine, tampering: str, trouble: Trouble, noun: str, field: str | None
) -> None:
    tamper(told, tampering)
    assert (trouble, noun, field) in {(one.trouble, one.noun, one.field) for one in found(told)}
    with Session(told) as session:
        assert unbroken(session).breaks == ()


def test_a_record_that_no_entry_tells_of_is_found(told: sa.Engine) -> None:
    tamper(
        told,
        "INSERT INTO source (public_id, name, kind, visibility, recorded_from) "
        "SELECT 'src_slipped', 'Nobody', 'website', 'public', max(at) FROM history",
    )
    assert [(one.trouble, one.record) for one in found(told)] == [(Trouble.NO_ENTRY, "src_slipped")]


@pytest.mark.parametrize("cut", [1, 2, 3, 5, 20])
def test_entries_that_were_cut_off_at_the_end_are_found_though_every_seal_fits(told: sa.Engine, cut: int) -> None:
    with Session(told) as session:
        noted = unbroken(session).newest
    ids = f"(SELECT id FROM history ORDER BY id DESC LIMIT {cut})"
    tamper(told, f"DELETE FROM history WHERE id IN (SELECT id FROM {ids} AS last)")
    with Session(told) as session:
        assert unbroken(session).breaks == ()
        assert not sealed_up_to(session, noted)
    assert found(told)


def test_every_single_entry_is_missed_when_it_is_removed(told: sa.Engine) -> None:
    with Session(told) as session:
        keys = list(session.scalars(sa.select(col(History.id)).order_by(col(History.id))))
    for key in keys:
        with told.connect() as connection:
            connection.execute(sa.text("DELETE FROM history WHERE id = :id"), {"id": key})
            with Session(connection) as session:
                assert unbroken(session).breaks or list(mismatches(session)), key
            connection.rollback()


def test_a_falsified_entry_is_named_and_so_is_what_it_was_to_hide(told: sa.Engine) -> None:
    with Session(told) as session:
        entry = session.execute(
            sa.select(History).where(col(History.noun) == "claim", col(History.action) == "changed")
        ).scalar_one()
    said = json.dumps({**(entry.after or {}), "text": "Somebody was."})
    with behind_the_back(told) as connection:
        connection.execute(sa.text("UPDATE history SET after = :said WHERE id = :id"), {"said": said, "id": entry.id})
    with Session(told) as session:
        assert [(one.entry, "was changed" in one.what) for one in unbroken(session).breaks] == [(entry.id, True)]
    assert [(one.trouble, one.record, one.field) for one in found(told)] == [
        (Trouble.OTHER_VALUE, entry.public_id, "text")
    ]


UNREADABLE = {
    "sqlite": "UPDATE history SET before = '{broken', at = 'once' WHERE id = 3",
    # PostgreSQL itself keeps what is no time and no JSON out of its columns.
    "postgresql": "UPDATE history SET before = '[]', at = '2022-01-01T00:00:00Z' WHERE id = 3",
}


def test_an_entry_that_nobody_can_read_is_told_and_stops_nothing(told: sa.Engine) -> None:
    tamper(told, UNREADABLE[told.dialect.name])
    with Session(told) as session:
        assert unbroken(session).broken_at == 3
        about = session.get_one(History, 4).public_id
    tamper(told, f"DELETE FROM history WHERE public_id = '{about}'")
    assert (Trouble.NO_ENTRY, about) in {(one.trouble, one.record) for one in found(told)}


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE standing SET verdict = 'established'",
        "UPDATE standing SET documents = documents + 1",
        "UPDATE standing SET trace = replace(trace, 'police', 'army')",
        "UPDATE flag SET reason = 'All is well.'",
        "DELETE FROM flagged_figure",
        "DELETE FROM flag WHERE rule = (SELECT min(rule) FROM flag)",
    ],
)
def test_a_standing_or_a_flag_that_was_edited_is_found(told: sa.Engine, tampering: str) -> None:
    tamper(told, tampering)
    with Session(told) as session:
        assert [one for one in differences(session) if not one.stale]


def test_a_time_that_was_given_in_another_zone_is_the_same_time(engine: sa.Engine) -> None:
    almaty = datetime(2022, 1, 9, 21, 33, tzinfo=timezone(timedelta(hours=6)))
    with recording(engine, "ana") as writer:
        event = Desk(writer).event()
        writer.change(event, {"began": almaty})
    with recording(engine, "ana") as writer:
        row = writer.session.get_one(type(event), event.id)
        writer.change(row, {"description": "A night."})
    assert found(engine) == []


def test_entries_from_before_a_column_was_known_or_forgotten_are_compared_in_what_both_know(engine: sa.Engine) -> None:
    with recording(engine, "ana") as writer:
        claim = Desk(writer).claim()
    with Session(engine) as session, session.begin():
        writer = Writer(session, "ana")
        row = session.get_one(Claim, claim.id)
        writer.change(row, {"note": "Read with care."})
        entry = session.execute(sa.select(History).order_by(col(History.id).desc()).limit(1)).scalar_one()
        entry.after = {
            name: said for name, said in {**(entry.after or {}), "gone": 1}.items() if name != "happened_printed"
        }
    assert found(engine) == []


def test_the_proof_asks_few_questions_however_many_the_records(engine: sa.Engine) -> None:
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for _ in range(2):
        with recording(engine, "ana") as writer:
            for number in range(60):
                Desk(writer).claim(f"{number} were killed.")
        asked.clear()
        assert found(engine) == []
        counts.append(len(asked))
    assert counts[0] == counts[1]
