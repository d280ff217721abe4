"""Writers take turns, nothing is left half-written, and what the database gives up is told from what it refuses."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session, col

from provenance.analysis.recording import recording
from provenance.analysis.standing import fresh_trace
from provenance.errors import Busy, GivenUp, OutcomeUnknown, ProvenanceError, TooCostly, TooMany
from provenance.storage.event import Event as Happening
from provenance.storage.event import EventCreate
from provenance.storage.session import MOST_CONNECTIONS, make_engine, reading, writing
from provenance.storage.standing import Standing
from provenance.storage.taking_turns import Turns
from provenance.storage.writes.events import create_event
from tests.databases import PostgresqlDatabases, SqliteDatabases
from tests.records import Desk

COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def titles(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return sorted(session.scalars(sa.select(col(Happening.title))))


def test_writers_of_one_process_take_turns_in_the_order_in_which_they_came() -> None:
    turns, order = Turns(), list[int]()

    def write(number: int) -> None:
        with turns.turn():
            order.append(number)

    with turns.turn():
        threads = [Thread(target=write, args=(number,)) for number in range(5)]
        for waiting, thread in enumerate(threads, 1):
            thread.start()
            while len(turns._waiting) < waiting:
                pass
    for thread in threads:
        thread.join()

    assert order == [0, 1, 2, 3, 4]


def test_no_more_writers_wait_than_may_and_none_for_ever() -> None:
    turns = Turns()

    with turns.turn(), ThreadPoolExecutor(1) as other:
        with pytest.raises(TooMany) as crowded, turns.turn(most=0):
            pass
        late = other.submit(lambda: turns.turn(patience=0.01).__enter__())
        assert isinstance(late.exception(), TooMany)
    with turns.turn(most=0):
        pass

    assert crowded.value.again_in > 0


def test_whoever_fails_in_their_turn_passes_it_on() -> None:
    turns = Turns()

    with pytest.raises(ZeroDivisionError), turns.turn():
        raise ZeroDivisionError

    with turns.turn(most=0):
        pass


def test_many_writers_at_once_all_write(engine: Engine) -> None:
    def write(number: int) -> None:
        with recording(engine, "a test") as writer:
            create_event(writer, EventCreate(title=f"{number:02}"))

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(write, range(24)))

    assert titles(engine) == [f"{number:02}" for number in range(24)]


@contextmanager
def held_by_another_program(url: str) -> Iterator[None]:
    """Another program writes, and does not end."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with psycopg.connect(url.replace("+psycopg", "")) as other:
            other.execute("SELECT pg_advisory_xact_lock(hashtext('provenance.writing'))")
            yield


def test_a_lock_that_another_program_holds_is_told_as_such_and_nothing_is_written(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.storage.session.SQLITE_PRAGMAS", ("PRAGMA busy_timeout = 50",))
    monkeypatch.setattr("provenance.storage.session.POSTGRESQL_TURN", impatient())
    engine = make_engine(database_url)

    with held_by_another_program(database_url), pytest.raises(Busy) as refused, writing(engine):
        pass
    with recording(engine, "a test") as writer:
        create_event(writer, EventCreate(title="afterwards"))

    assert "nothing was written" in refused.value.message
    assert titles(engine) == ["afterwards"]
    engine.dispose()


def impatient() -> sa.TextClause:
    """How a writer waits for its turn on PostgreSQL, for tests that cannot wait."""
    from provenance.storage.session import POSTGRESQL_TURN

    return sa.text(POSTGRESQL_TURN.text.replace("10000", "50"))


def stale_claim(engine: Engine) -> str:
    """A claim with one report, about which nothing has been computed since."""
    with recording(engine, "a test") as writer:
        desk = Desk(writer)
        claim = desk.claim("Dozens of attackers were killed.")
        desk.report(claim, "Almaty police", "Khabar 24", figures=["dozens"])
        public_id = claim.public_id
    with writing(engine, derived=True) as session:
        session.execute(sa.update(Standing).values(stale=True, trace="{}", etag="old"))
    return public_id


def test_whoever_reads_a_trace_never_waits_for_those_who_write(engine: Engine) -> None:
    public_id = stale_claim(engine)

    with writing(engine):
        meanwhile = fresh_trace(engine, public_id)
        with reading(engine) as session:
            stored = session.scalars(sa.select(col(Standing.etag))).all()
    afterwards = fresh_trace(engine, public_id)

    assert json.loads(meanwhile.body)["documents"] == 1
    assert (stored, afterwards) == (["old"], meanwhile)


def test_nor_for_another_program(engine: Engine, database_url: str) -> None:
    public_id, began = stale_claim(engine), monotonic()

    with held_by_another_program(database_url):
        meanwhile = fresh_trace(engine, public_id)
    with writing(engine), pytest.raises(TooMany), writing(engine, waits=False):
        pass

    assert json.loads(meanwhile.body)["documents"] == 1
    assert monotonic() - began < 9, "it waited"
    assert fresh_trace(engine, public_id) == meanwhile


def test_a_program_in_memory_has_one_connection_and_every_other_one_as_many_as_may_be_used_at_once(
    database_url: str,
) -> None:
    engine = make_engine(database_url)
    with ExitStack() as many:
        for _ in range(MOST_CONNECTIONS):
            many.enter_context(engine.connect())
    engine.dispose()

    with make_engine("sqlite://").connect() as alone:
        assert alone.scalar(sa.text("SELECT 1")) == 1


def test_what_is_acknowledged_on_sqlite_is_on_the_disk(sqlite_databases: SqliteDatabases) -> None:
    with sqlite_databases.fresh() as url:
        engine = make_engine(url)
        with engine.connect() as connection:
            said = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
        engine.dispose()

    assert said == ["wal", 2]


def test_a_question_that_takes_too_long_is_given_up_and_the_next_one_is_answered(database_url: str) -> None:
    engine = make_engine(database_url, seconds=0.05)
    began = monotonic()

    with pytest.raises(TooCostly) as given_up, reading(engine) as session:
        session.execute(sa.text(COUNTING))
    with reading(engine) as session:
        assert session.scalar(sa.text("SELECT 1")) == 1

    assert "Narrow it" in given_up.value.message
    assert monotonic() - began < 15
    engine.dispose()


def test_a_write_may_take_longer_than_a_question(database_url: str) -> None:
    engine = make_engine(database_url, seconds=0.02)
    counted = COUNTING.replace("FROM n)", "FROM n WHERE i < 300000)")

    with writing(engine) as session:
        assert session.scalar(sa.text(counted)) == 300_000

    with pytest.raises(TooCostly), reading(engine) as session:
        session.execute(sa.text(COUNTING))
    engine.dispose()


@pytest.mark.parametrize("code", ["40001", "40P01"])
def test_what_postgresql_undoes_may_be_tried_again(postgresql_databases: PostgresqlDatabases, code: str) -> None:
    with postgresql_databases.fresh() as url:
        engine = make_engine(url)
        with pytest.raises(GivenUp) as undone, writing(engine) as session:
            session.execute(sa.text(f"DO $$ BEGIN RAISE EXCEPTION 'forced' USING ERRCODE = '{code}'; END $$"))
        engine.dispose()

    assert not undone.value.lost


def _lose(engine: Engine, url: str) -> None:
    with recording(engine, "a test") as writer:
        create_event(writer, EventCreate(title="lost"))
        _end_connection(url, writer.session)


def _end_connection(url: str, session: Session) -> None:
    mine = session.scalar(sa.text("SELECT pg_backend_pid()"))
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (mine,))


def test_a_connection_that_is_lost_before_the_end_loses_the_write_and_says_so(
    postgresql_databases: PostgresqlDatabases,
) -> None:
    with postgresql_databases.fresh() as url:
        engine = make_engine(url)
        with pytest.raises(GivenUp) as lost:
            _lose(engine, url)
        held = titles(engine)
        engine.dispose()

    assert (lost.value.lost, held) == (True, [])


def test_a_connection_that_is_lost_while_it_is_committed_leaves_the_outcome_unknown(
    postgresql_databases: PostgresqlDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgresql_databases.fresh() as url:
        engine = make_engine(url)
        commit = Session.commit

        def cut(session: Session) -> None:
            _end_connection(url, session)
            commit(session)

        monkeypatch.setattr(Session, "commit", cut)
        with pytest.raises(OutcomeUnknown) as unknown, recording(engine, "a test") as writer:
            create_event(writer, EventCreate(title="who knows"))
        engine.dispose()

    assert "Idempotency-Key" in unknown.value.message


class Struck(Exception):
    """The disk, the power, anything."""


@contextmanager
def striking_at(engine: Engine, place: int) -> Iterator[Event]:
    """Fail before the statement at a place of a transaction that writes; tells whether there was one."""
    struck, count = Event(), 0

    def before(connection: sa.Connection, *_: Any) -> None:
        nonlocal count
        if connection.get_execution_options().get("writes"):
            count += 1
            if count == place:
                struck.set()
                raise Struck

    sa.event.listen(engine, "before_cursor_execute", before)
    try:
        yield struck
    finally:
        sa.event.remove(engine, "before_cursor_execute", before)


def everything(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        return {name: connection.scalar(sa.text(f'SELECT count(*) FROM "{name}"')) or 0 for name in tables}


def test_whatever_fails_at_whichever_statement_nothing_is_half_written(engine: Engine) -> None:
    with recording(engine, "a test") as writer:
        desk = Desk(writer)
        claim = desk.claim("Dozens of attackers were killed.")
        desk.report(claim, "Almaty police", "Khabar 24", figures=["dozens"])
    before = everything(engine)

    def report() -> None:
        with recording(engine, "a test") as writer:
            Desk(writer).report(claim, "Interior Ministry", "Khabar 24", "Tass", figures=["several"])

    place, struck = 0, True
    while struck:
        place += 1
        with striking_at(engine, place) as strikes:
            try:
                report()
            except (Struck, ProvenanceError):
                assert everything(engine) == before, f"after the statement at place {place}"
        struck = strikes.is_set()

    after = everything(engine)
    assert place > 20
    assert {name for name in after if after[name] > before[name]} >= {"report", "attribution", "figure", "history"}
