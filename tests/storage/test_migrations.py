"""Migrations keep what is held, whichever way they go, and the program says what to do about a schema it cannot use."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from provenance.analysis.recording import recording
from provenance.errors import DatabaseNotReady
from provenance.storage.reads.history import unbroken
from provenance.storage.reads.search import Indexed
from provenance.storage.reads.searching_then import best
from provenance.storage.review import Review
from provenance.storage.session import make_engine, migrate, require_ready, schema_versions, unmigrate, writing
from provenance.storage.tables import ALL
from provenance.storage.writes.searching import index_all
from tests.records import Desk, every_kind

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def full(engine: sa.Engine) -> sa.Engine:
    """A database with rows in every table, the derived ones included."""
    with recording(engine, "a test") as writer:
        every_kind(writer)
    return engine


def test_every_table_has_rows_to_keep(full: sa.Engine) -> None:
    assert [table for table, rows in _contents(full).items() if not rows] == []


def test_one_step_down_and_up_again_keeps_every_row(full: sa.Engine, database_url: str) -> None:
    before = _contents(full)
    full.dispose()
    unmigrate(database_url, "-1")
    assert schema_versions(full)[0] != schema_versions(full)[1]
    assert _contents(full) == before
    full.dispose()
    migrate(database_url)
    require_ready(full)
    assert _contents(full) == before


def test_the_search_finds_again_once_the_index_is_made_anew(full: sa.Engine, database_url: str) -> None:
    found = _found(full)
    full.dispose()
    unmigrate(database_url, "20261122_create_the_record")
    migrate(database_url)
    assert _found(full) == []
    with writing(full) as session:
        index_all(session)
    assert found
    assert _found(full) == found


def test_what_reviews_rest_on_goes_down_and_up_again_with_an_unbroken_history(
    full: sa.Engine, database_url: str
) -> None:
    columns = "review_id, evidence_id"
    before = _rows(full, f"SELECT {columns} FROM review_evidence")
    full.dispose()
    unmigrate(database_url, "20261122_create_the_search_index")
    assert _rows(full, f"SELECT {columns} FROM review_evidence") == before != []
    full.dispose()
    migrate(database_url)
    assert _rows(full, f"SELECT {columns} FROM review_evidence WHERE recorded_to IS NULL") == before
    with Session(full) as session:
        chain = unbroken(session)
    assert (chain.broken_at, chain.entries > 0) == (None, True)


def test_a_review_without_reasons_has_words_in_their_place_only_while_there_must_be_some(
    full: sa.Engine, database_url: str
) -> None:
    with recording(full, "a test") as writer:
        claim = Desk(writer).claim("Ten died.")
        writer.add(Review(claim_id=claim.key, author="Checks", rating="False"))
    reasons = "SELECT reasons FROM review WHERE author = 'Checks'"
    full.dispose()
    unmigrate(database_url, "20261123_keep_hooks")
    assert _rows(full, reasons) == [("Its markup gives no reasons.",)]
    full.dispose()
    migrate(database_url)
    assert _rows(full, reasons) == [(None,)]


def test_all_the_way_down_leaves_nothing_and_up_again_a_database_that_works(full: sa.Engine, database_url: str) -> None:
    full.dispose()
    unmigrate(database_url)
    left = set(sa.inspect(full).get_table_names()) - {"alembic_version"}
    full.dispose()
    migrate(database_url)
    with recording(full, "a test") as writer:
        every_kind(writer)
    assert left == set()
    assert all(_contents(full).values())


def test_migrating_twice_changes_nothing(full: sa.Engine, database_url: str) -> None:
    before = _contents(full)
    migrate(database_url)
    assert _contents(full) == before


def test_alembic_itself_migrates_from_the_root_and_finds_nothing_left_to_do(database_url: str) -> None:
    unmigrate(database_url)
    up = _alembic("upgrade", "head", url=database_url)
    assert up.returncode == 0, up.stderr
    engine = make_engine(database_url)
    require_ready(engine)
    engine.dispose()
    check = _alembic("check", url=database_url)
    assert check.returncode == 0, check.stdout + check.stderr
    assert "No new upgrade operations detected" in check.stdout + check.stderr


def test_foreign_keys_are_enforced_again_after_a_migration(full: sa.Engine, database_url: str) -> None:
    full.dispose()
    unmigrate(database_url, "-1")
    migrate(database_url)
    with full.connect() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.execute(sa.text("DELETE FROM source"))


def test_an_empty_database_is_to_be_migrated(engine: sa.Engine, database_url: str) -> None:
    engine.dispose()
    unmigrate(database_url)
    with pytest.raises(DatabaseNotReady, match=r"has schema version none, .* Run: provenance migrate"):
        require_ready(engine)


def test_an_old_database_is_to_be_migrated(engine: sa.Engine, database_url: str) -> None:
    engine.dispose()
    unmigrate(database_url, "20261122_create_the_record")
    with pytest.raises(
        DatabaseNotReady, match=r"has schema version 20261122_create_the_record, .*Run: provenance migr"
    ):
        require_ready(engine)


def test_a_database_from_the_future_asks_for_the_newer_program(engine: sa.Engine, database_url: str) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '20991231_foresee_all'"))
    with pytest.raises(DatabaseNotReady, match=r"20991231_foresee_all, which .* a newer version made it. Install"):
        require_ready(engine)
    with pytest.raises(DatabaseNotReady, match=r"20991231_foresee_all, which .* a newer version made it. Install"):
        migrate(database_url)


def test_a_file_that_is_not_there_is_not_made_by_asking(tmp_path: Path) -> None:
    file = tmp_path / "absent.db"
    with pytest.raises(DatabaseNotReady, match=r"There is no database .*absent\.db\. Run: provenance migrate"):
        require_ready(make_engine(f"sqlite:///{file}"))
    assert not file.exists()


def test_a_file_that_is_no_database_is_told_from_an_old_one(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear editor, " * 200)
    with pytest.raises(DatabaseNotReady, match="file is not a database"):
        require_ready(make_engine(f"sqlite:///{file}"))
    with pytest.raises(DatabaseNotReady, match="file is not a database"):
        migrate(f"sqlite:///{file}")


def test_a_folder_that_is_not_there_is_named_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotReady, match=r"unable to open database file\. Check PROVENANCE_DATABASE_URL"):
        migrate(f"sqlite:///{tmp_path}/nowhere/provenance.db")


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotReady, match=r"Check PROVENANCE_DATABASE_URL") as refused:
        require_ready(make_engine(f"postgresql://desk:secret@/provenance?host={tmp_path}"))
    assert "secret" not in refused.value.message


def _rows(engine: sa.Engine, statement: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]


def _contents(engine: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    with engine.connect() as connection:
        tables = [table.__table__ for table in ALL]  # type: ignore[attr-defined]
        return {
            table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
            for table in tables
        }


def _found(engine: sa.Engine) -> list[list[int]]:
    with Session(engine) as session:
        found = [best(session, "almaty", kind, 10) for kind in Indexed] + [
            best(session, "eliminated", Indexed.CLAIM, 9)
        ]
    return [keys for keys in found if keys]


def _alembic(*words: str, url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "alembic", *words],
        cwd=ROOT,
        env={**os.environ, "PROVENANCE_DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
