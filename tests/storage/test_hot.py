"""The stored trace by one lookup: the same bytes from either database, and clear words where there is none to open."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from provenance.analysis.recording import recording
from provenance.analysis.standing import fresh_trace
from provenance.errors import DatabaseNotReady, InvalidInput
from provenance.storage.reads.hot import HotTrace, open_traces
from provenance.storage.session import make_engine, migrate, unmigrate, writing
from provenance.storage.writes.standings import mark_stale
from tests.databases import SqliteDatabases
from tests.records import every_kind


def test_the_bytes_are_those_that_were_computed(engine: sa.Engine, database_url: str) -> None:
    with recording(engine, "a test") as writer:
        claim = every_kind(writer)
    assert looked_up(database_url, claim.public_id) == [fresh_trace(engine, claim.public_id)]


def test_a_trace_that_something_changed_under_says_so(engine: sa.Engine, database_url: str) -> None:
    with recording(engine, "a test") as writer:
        claim = every_kind(writer)
    with writing(engine) as session:
        mark_stale(session, [claim.key])
    [found] = looked_up(database_url, claim.public_id)
    assert found is not None
    assert found.stale


def test_a_reader_sees_what_is_written_after_it_was_opened(engine: sa.Engine, database_url: str) -> None:
    async def read_write_read() -> list[bool]:
        reader = await open_traces(database_url)
        try:
            before = await reader.trace("clm_later")
            with recording(engine, "a test") as writer:
                claim = every_kind(writer)
            return [before is None, await reader.trace(claim.public_id) is not None]
        finally:
            await reader.close()

    assert asyncio.run(read_write_read()) == [True, True]


def test_an_id_that_nobody_has_gives_nothing(database_url: str) -> None:
    ids = ["clm_nobody", "", "\x00", "clm_\x00", "\ud800", "塔斯社", "clm_' OR '1'='1", "x" * 100_000]
    assert looked_up(database_url, *ids) == [None] * len(ids)


def test_a_database_without_standings_is_to_be_migrated(database_url: str) -> None:
    unmigrate(database_url)
    with pytest.raises(DatabaseNotReady, match=r"cannot be read: .*standing.*Run: provenance migrate"):
        looked_up(database_url)
    migrate(database_url, "20261122_create_the_record")
    assert looked_up(database_url, "clm_nobody") == [None]


# On SQLite alone, like the next three: a server's database has a name and no path that could be misread, be relative,
# lie in memory or be made by asking for it.
@pytest.mark.parametrize("name", ["what?.db", "a#b.db", "50%20.db", "two words.db", "ü.db", "a&mode=rwc.db", "a'b.db"])
def test_a_path_may_hold_any_character(tmp_path: Path, sqlite_databases: SqliteDatabases, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(sqlite_databases.template.read_bytes())
    url = sa.URL.create("sqlite", database=str(file)).render_as_string()
    engine = make_engine(url)
    with recording(engine, "a test") as writer:
        claim = every_kind(writer)
    engine.dispose()
    [found] = looked_up(url, claim.public_id)
    assert found is not None
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(name)] == []


def test_a_relative_path_is_read_from_where_the_program_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_databases: SqliteDatabases
) -> None:
    (tmp_path / "here.db").write_bytes(sqlite_databases.template.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert looked_up("sqlite:///here.db", "clm_nobody") == [None]


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"])
def test_a_database_in_memory_cannot_be_served(url: str) -> None:
    with pytest.raises(InvalidInput, match=r"a database in memory cannot be served\. Use sqlite:///FILE"):
        looked_up(url)


def test_a_file_that_is_not_there_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotReady, match=r"absent\.db cannot be read: .*Run: provenance migrate"):
        looked_up(f"sqlite:///{tmp_path}/absent.db")
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_not_there_is_named_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.storage.reads.hot.PATIENCE", 0.2)
    with pytest.raises(DatabaseNotReady, match="does not answer") as refused:
        looked_up(f"postgresql://desk:secret@/provenance?host={tmp_path}")
    assert "secret" not in refused.value.message


def looked_up(url: str, *public_ids: str) -> list[HotTrace | None]:
    async def look_up() -> list[HotTrace | None]:
        reader = await open_traces(url)
        try:
            return [await reader.trace(public_id) for public_id in public_ids]
        finally:
            await reader.close()

    return asyncio.run(look_up())
