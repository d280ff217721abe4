"""What was acknowledged and is not yet in the file lies in the log beside it: neither goes without the other."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import col

from provenance.analysis.recording import recording
from provenance.cli.options import opened as opened_by_a_command
from provenance.errors import ProvenanceError
from provenance.storage.backup.restoring import restore
from provenance.storage.backup.taking import back_up
from provenance.storage.event import Event, EventCreate
from provenance.storage.own_log import is_foreign
from provenance.storage.session import make_engine, migrate, reading, require_ready, schema_versions
from provenance.storage.writes.events import create_event
from tests.databases import SqliteDatabases, opened


@contextmanager
def left_by_a_kill(file: Path, to: Path, *titles: str) -> Iterator[None]:
    """Write events, and leave copies of the file and its log as they are where nobody closes them."""
    with opened(f"sqlite:///{file}") as engine:
        tell(engine, *titles)
        for ending in ("", "-wal"):
            shutil.copyfile(f"{file}{ending}", f"{to}{ending}")
        yield


def tell(engine: Engine, *titles: str) -> None:
    for title in titles:
        with recording(engine, "a test") as writer:
            create_event(writer, EventCreate(title=title))


def titles(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return set(session.scalars(sa.select(col(Event.title))))


@pytest.fixture
def killed(sqlite_databases: SqliteDatabases, tmp_path: Path) -> Path:
    """A database whose last write is in its log alone."""
    with (
        sqlite_databases.fresh() as url,
        left_by_a_kill(Path(url.removeprefix("sqlite:///")), tmp_path / "p.db", "A fire"),
    ):
        return tmp_path / "p.db"


def test_a_file_that_was_moved_without_its_log_is_not_made_anew_and_loses_nothing(killed: Path, tmp_path: Path) -> None:
    moved, url = tmp_path / "moved.db", f"sqlite:///{killed}"
    killed.rename(moved)
    log = Path(f"{killed}-wal").read_bytes()

    def asked_by_a_command() -> None:
        with opened_by_a_command(url):
            pass

    for attempt in (
        lambda: migrate(url),
        lambda: schema_versions(make_engine(url, new=True)),
        lambda: require_ready(make_engine(url)),
        asked_by_a_command,
    ):
        with pytest.raises(ProvenanceError, match=r"p\.db-wal beside it.*Put the file back") as refused:
            attempt()
        assert "Run: provenance migrate" not in refused.value.message
        assert (killed.exists(), Path(f"{killed}-wal").read_bytes() == log) == (False, True)

    moved.rename(killed)
    with opened(url) as engine:
        assert titles(engine) == {"A fire"}


def test_a_backup_is_not_restored_to_where_the_log_of_a_file_lies_that_was_moved(killed: Path, tmp_path: Path) -> None:
    with opened(f"sqlite:///{killed}") as engine:
        back_up(engine, tmp_path / "one.backup")
        killed.rename(tmp_path / "moved.db")
    Path(f"{killed}-wal").write_bytes(b"what was written last")
    with pytest.raises(ProvenanceError, match=r"p\.db-wal already"):
        restore(tmp_path / "one.backup", f"sqlite:///{killed}")


def test_the_log_of_one_database_is_never_laid_over_another_one(killed: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    migrate(f"sqlite:///{other}")
    with opened(f"sqlite:///{other}") as engine:
        tell(engine, "A flood", "A storm")
    assert not is_foreign(killed, Path(f"{killed}-wal"))
    other_kept = other.read_bytes()

    shutil.copyfile(other, killed)

    with (
        pytest.raises(ProvenanceError, match=r"p\.db-wal is not of the database"),
        opened(f"sqlite:///{killed}") as engine,
    ):
        titles(engine)
    assert killed.read_bytes() == other_kept
    Path(f"{killed}-wal").rename(tmp_path / "away")
    with opened(f"sqlite:///{killed}") as engine:
        assert titles(engine) == {"A flood", "A storm"}


def test_a_log_that_would_empty_a_database_of_an_earlier_program_is_not_its_own(killed: Path) -> None:
    with opened(f"sqlite:///{killed}") as engine:
        tell(engine, "x" * 400, "y" * 400)
    with closing(sqlite3.connect(killed)) as connection:
        connection.execute("PRAGMA user_version = 0")
        connection.execute("CREATE TABLE long (words TEXT)")
        connection.execute("INSERT INTO long VALUES (?)", ("z" * 100_000,))
        connection.commit()
    small = killed.with_name("small.db")
    with closing(sqlite3.connect(small)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE small (words TEXT)")
        connection.commit()
        shutil.copyfile(f"{small}-wal", f"{killed}-wal")

    assert is_foreign(killed, Path(f"{killed}-wal"))


def test_an_empty_file_is_not_taken_for_a_new_database_while_a_log_lies_beside_it(killed: Path) -> None:
    killed.write_bytes(b"")
    with pytest.raises(ProvenanceError, match=r"p\.db-wal is not of the database"):
        migrate(f"sqlite:///{killed}")
    assert Path(f"{killed}-wal").stat().st_size


def test_whoever_has_a_file_open_does_not_go_on_with_another_one_and_the_log_of_the_first(
    sqlite_databases: SqliteDatabases, tmp_path: Path
) -> None:
    file = tmp_path / "p.db"
    shutil.copyfile(sqlite_databases.template, file)
    copy = tmp_path / "copy.db"
    shutil.copyfile(file, copy)
    with opened(f"sqlite:///{file}") as engine:
        tell(engine, "A fire")
        file.rename(tmp_path / "before.db")
        copy.rename(file)
        with pytest.raises(ProvenanceError, match=r"Another file was put in the place .*p\.db-wal"):
            titles(engine)
        for ending in ("-wal", "-shm"):
            Path(f"{file}{ending}").rename(f"{tmp_path}/before.db{ending}")
        assert titles(engine) == set()
    with opened(f"sqlite:///{tmp_path}/before.db") as engine:
        assert titles(engine) == {"A fire"}


ANOTHER_PROGRAM = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
print(*[title for title, in connection.execute("SELECT title FROM event ORDER BY title")], sep="|")
connection.close()
"""


def titles_seen_by_another_program(file: Path) -> str:
    """What a program sees that opens the file, and closes it: the last one to do so clears the log away."""
    ran = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROGRAM, str(file)], capture_output=True, text=True, timeout=60, check=True
    )
    return ran.stdout.strip()


def test_looking_whose_log_it_is_takes_no_lock_away_from_those_who_write(
    sqlite_databases: SqliteDatabases, tmp_path: Path
) -> None:
    file = tmp_path / "p.db"
    shutil.copyfile(sqlite_databases.template, file)
    with opened(f"sqlite:///{file}") as writer:
        tell(writer, "A fire")
        log = Path(f"{file}-wal").stat().st_ino
        # Another engine of this process meets the file, and looks at it.
        with opened(f"sqlite:///{file}") as reader:
            assert titles(reader) == {"A fire"}
        assert titles_seen_by_another_program(file) == "A fire"
        assert Path(f"{file}-wal").stat().st_ino == log, "it is in use"
        tell(writer, "A shot")
        assert titles_seen_by_another_program(file) == "A fire|A shot"
    with opened(f"sqlite:///{file}") as engine:
        assert titles(engine) == {"A fire", "A shot"}


def test_each_new_file_has_a_number_of_its_own_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    numbers = set()
    for name in ("one.db", "two.db"):
        migrate(f"sqlite:///{tmp_path}/{name}")
        with opened(f"sqlite:///{tmp_path}/{name}") as engine:
            tell(engine, "A fire")
            with closing(sqlite3.connect(tmp_path / name)) as connection:
                numbers.add(connection.execute("PRAGMA user_version").fetchone()[0])
            modes = {stat.S_IMODE(one.stat().st_mode) for one in tmp_path.glob(f"{name}*")}
        assert modes == {0o600}
    assert 0 not in numbers
    assert len(numbers) == 2
