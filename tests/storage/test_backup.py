"""A backup holds a whole database as it was at one moment, and fills an empty one of either kind, or nothing."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from provenance.analysis.recording import recording
from provenance.errors import Conflict, InvalidInput
from provenance.storage.backup.file import checked
from provenance.storage.backup.lines import End, end_line, read_row
from provenance.storage.backup.listing import backups_in, keep_newest
from provenance.storage.backup.restoring import restore
from provenance.storage.backup.taking import back_up
from provenance.storage.session import migrate, require_ready, schema_versions, unmigrate
from provenance.storage.tables import ALL
from provenance.storage.writes.searching import index_all
from tests.databases import Databases, Dialect, PostgresqlDatabases, SqliteDatabases, opened
from tests.records import Desk, every_kind

Copy = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def full(engine: sa.Engine) -> sa.Engine:
    """A database with rows in every table."""
    with recording(engine, "a test") as writer:
        every_kind(writer)
        # Its rows are written one by one, past what keeps the index.
        index_all(writer.session)
    return engine


@pytest.fixture(params=list(Dialect), ids=lambda kind: f"into-{kind}")
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place of each kind for a backup: a file that is not there, or a migrated database without rows."""
    if request.param is Dialect.SQLITE:
        yield f"sqlite:///{tmp_path / 'restored.db'}"
        return
    server: PostgresqlDatabases = request.getfixturevalue("postgresql_databases")
    with server.fresh() as url:
        yield url


@pytest.fixture(scope="module")
def kept(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a database with rows in every table."""
    with sqlite_databases.fresh() as url, opened(url) as engine:
        with recording(engine, "a test") as writer:
            every_kind(writer)
        return back_up(engine, tmp_path_factory.mktemp("backups")).file


def test_all_that_was_held_stands_in_the_restored_database_of_either_kind(
    full: sa.Engine, empty: str, tmp_path: Path
) -> None:
    taken = back_up(full, tmp_path / "one.backup")
    restored = restore(taken.file, empty)
    with opened(empty) as engine:
        require_ready(engine)
        assert _contents(engine) == {**_contents(full), "browser_session": []}
        assert _index(engine) == _index(full) != []
    assert restored.manifest == taken.manifest == checked(taken.file)


def test_the_restored_database_counts_on_and_holds_its_rows_together(
    kept: Path, postgresql_databases: PostgresqlDatabases
) -> None:
    with postgresql_databases.fresh() as url, postgresql_databases.fresh() as other, opened(url) as engine:
        restore(kept, url)
        with opened(other) as fresh:
            assert _references(engine) == _references(fresh)
        with recording(engine, "a test") as writer:
            Desk(writer).report(Desk(writer).claim("Nine died."), "Health Ministry", "AFP")
        with engine.connect() as connection, pytest.raises(sa.exc.IntegrityError):
            connection.execute(sa.text("DELETE FROM source"))


def test_a_backup_of_an_older_schema_is_restored_as_it_was_and_then_migrated(
    full: sa.Engine, database_url: str, empty: str, tmp_path: Path
) -> None:
    before = _contents(full)
    full.dispose()
    unmigrate(database_url, "20261123_let_people_in")
    taken = back_up(full, tmp_path / "older.backup")
    restored = restore(taken.file, empty)
    with opened(empty) as engine:
        assert (restored.indexed, schema_versions(engine)[0]) == (None, "20261123_let_people_in")
    migrate(empty)
    gone = {"browser_session", "audience", "redaction", "history"}
    with opened(empty) as engine:
        after = _contents(engine)
    assert {table: rows for table, rows in after.items() if table not in gone} == {
        table: rows for table, rows in before.items() if table not in gone
    }
    assert len(after["history"]) == len(before["history"])


def test_what_is_written_while_the_backup_is_taken_is_not_in_it(full: sa.Engine, tmp_path: Path) -> None:
    entries = _count(full, "history")

    def write(_done: int, _of: int) -> None:
        with recording(full, "a test") as writer:
            Desk(writer).claim(f"Written meanwhile, {_count(full, 'history')}.")

    taken = back_up(full, tmp_path / "one.backup", write)
    assert taken.manifest.entries == entries < _count(full, "history")


def test_only_its_owner_may_read_it_and_nothing_half_written_stays(full: sa.Engine, tmp_path: Path) -> None:
    def fail(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(full, tmp_path, fail)
    assert list(tmp_path.iterdir()) == []
    taken = back_up(full, tmp_path)
    assert stat.S_IMODE(taken.file.stat().st_mode) == 0o600
    with pytest.raises(InvalidInput, match=r"replaces nothing\. Name another file"):
        back_up(full, taken.file)


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _scratched(content: bytes) -> bytes:
    place = len(content) // 2
    return content[:place] + bytes(byte ^ 0xFF for byte in content[place : place + 16]) + content[place + 16 :]


def _flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _without_a_row(content: bytes) -> bytes:
    lines = gzip.decompress(content).splitlines(keepends=True)
    return gzip.compress(b"".join([*lines[:5], *lines[6:]]))


def _with_another_word(content: bytes) -> bytes:
    return gzip.compress(gzip.decompress(content).replace(b"Dozens", b"Tenths"))


def _with_more(content: bytes) -> bytes:
    return content + gzip.compress(b"[1]\n")


def _without_end(content: bytes) -> bytes:
    return gzip.compress(b"".join(gzip.decompress(content).splitlines(keepends=True)[:-1]))


def _of_a_later_format(content: bytes) -> bytes:
    return gzip.compress(gzip.decompress(content).replace(b'"version":1', b'"version":2', 1))


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (_cut, "it was cut off"),
        (_scratched, "damaged|is not JSON|is no row of|checksum|cut off"),
        (_without_a_row, "no row of|more than its manifest|checksum"),
        (_with_another_word, "its checksum does not fit"),
        (_with_more, "more than its manifest says"),
        (_without_end, "it was cut off"),
        (_of_a_later_format, "version 2 of the format"),
        (lambda _: b"", "middle of a line|cut off"),
        (lambda _: b"Dear editor, " * 99, "not packed as a backup is"),
        (lambda _: gzip.compress(b'{"head": {}}\n'), "does not begin as a backup does"),
        (lambda _: gzip.compress(b'{"format":"claim-provenance-backup","version":1}\n'), "its manifest is not as"),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_before_anything_is_made(
    kept: Path, tmp_path: Path, damage: Callable[[bytes], bytes], why: str
) -> None:
    bad = tmp_path / "bad.backup"
    bad.write_bytes(damage(kept.read_bytes()))
    with pytest.raises(InvalidInput, match=rf"bad\.backup cannot be restored: .*({why}).*Restore another one"):
        restore(bad, f"sqlite:///{tmp_path / 'restored.db'}")
    assert [one.wrong is None for one in backups_in(tmp_path)] == [False]
    assert sorted(tmp_path.iterdir()) == [bad]


def test_a_bit_that_is_wrong_anywhere_in_a_backup_is_noticed(kept: Path, tmp_path: Path) -> None:
    bad, content = tmp_path / "bad.backup", kept.read_bytes()
    refusals = []
    for place in range(0, len(content), len(content) // 100):
        bad.write_bytes(_flipped(content, place))
        refusal = _refusal(bad)
        # What is packed is filled up here and there with bits that nobody reads.
        assert refusal or gzip.decompress(bad.read_bytes()) == gzip.decompress(content)
        refusals.append(refusal)
    said = [refusal for refusal in refusals if refusal]
    assert len(said) > 90
    assert [one for one in said if not re.search(r"bad\.backup cannot be restored: .*Restore another one", one)] == []


def _refusal(backup: Path) -> str | None:
    try:
        checked(backup)
    except InvalidInput as refused:
        return refused.message
    return None


def test_a_backup_from_a_newer_program_asks_for_that_program(kept: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.backup"
    lines = gzip.decompress(kept.read_bytes()).splitlines(keepends=True)
    lines[0] = json.dumps(json.loads(lines[0]) | {"schema": "20991231_foresee_all", "program": "9.0"}).encode() + b"\n"
    newer.write_bytes(gzip.compress(_sealed_again(lines)))
    with pytest.raises(InvalidInput, match=r"20991231_foresee_all, .* newer version \(9\.0\) wrote it\. Install that"):
        restore(newer, f"sqlite:///{tmp_path / 'restored.db'}")


def test_a_place_that_holds_something_is_left_as_it_is(kept: Path, databases: Databases) -> None:
    with databases.fresh() as url, opened(url) as engine:
        with recording(engine, "a test") as writer:
            claim = Desk(writer).claim("Nine died.")
        with pytest.raises(Conflict, match="goes into an empty"):
            restore(kept, url)
        with engine.connect() as connection:
            assert connection.scalar(sa.text("SELECT public_id FROM claim")) == claim.public_id


def test_a_restore_that_fails_in_the_middle_leaves_the_place_as_it_was(kept: Path, empty: str, tmp_path: Path) -> None:
    def fail(done: int, _of: int) -> None:
        if done > 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(kept, empty, fail)
    if empty.startswith("sqlite"):
        assert list(tmp_path.iterdir()) == []
    else:
        with opened(empty) as engine:
            require_ready(engine)
            assert not any(_contents(engine).values())


def test_rows_that_lead_nowhere_are_not_restored(kept: Path, empty: str, tmp_path: Path) -> None:
    loose = tmp_path / "loose.backup"
    lines = gzip.decompress(kept.read_bytes()).splitlines(keepends=True)
    sources = next(one for one in json.loads(lines[0])["tables"] if one["name"] == "source_name")
    place = sources["columns"].index("source_id")
    start = 1
    for table in json.loads(lines[0])["tables"]:
        if table["name"] == "source_name":
            break
        start += table["rows"]
    row = json.loads(lines[start])
    row[place] = 999_999
    lines[start] = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    loose.write_bytes(gzip.compress(_sealed_again(lines)))
    with pytest.raises(Conflict, match="source_name"):
        restore(loose, empty)


def test_a_folder_keeps_the_newest_of_this_database_and_whatever_is_damaged_or_of_another(
    full: sa.Engine, kept: Path, tmp_path: Path
) -> None:
    other = tmp_path / f"provenance-other-{kept.name}"
    other.write_bytes(kept.read_bytes())
    damaged = tmp_path / "provenance-damaged.backup"
    damaged.write_bytes(kept.read_bytes()[:-9])
    own = [back_up(full, tmp_path).file for _ in range(3)]
    assert keep_newest(full, tmp_path, 2) == [own[0]]
    assert sorted(tmp_path.iterdir()) == sorted([other, damaged, *own[1:]])
    assert [one.file for one in backups_in(tmp_path)][:2] == [own[2], own[1]]


def _sealed_again(lines: list[bytes]) -> bytes:
    body = b"".join(lines[:-1])
    assert isinstance(read_row(lines[-1]), End)
    return body + end_line(End(len(lines) - 1, hashlib.sha256(body).hexdigest()))


def _contents(engine: sa.Engine) -> Copy:
    with engine.connect() as connection:
        tables: list[sa.Table] = [table.__table__ for table in ALL]  # type: ignore[attr-defined]
        return {
            table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
            for table in tables
            if sa.inspect(connection).has_table(table.name)
        }


def _index(engine: sa.Engine) -> list[tuple[Any, ...]]:
    key = "rowid" if engine.dialect.name == "sqlite" else "id"
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(f"SELECT {key}, body FROM search_entry ORDER BY 1"))]


def _count(engine: sa.Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(sa.table(table))).scalar_one())


def _references(engine: sa.Engine) -> set[str]:
    with engine.connect() as connection:
        found = sa.text("SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'")
        return set(connection.execute(found).scalars())
