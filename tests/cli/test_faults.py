"""When a disk is full, a file may not be written, is damaged or gone: a sentence that says so, the right exit code, and
nothing lost. Each of these is really done to it.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

import httpx
import pytest

from benchmarks.reliability.servers import postgresql
from provenance.analysis.recording import recording
from provenance.storage.session import migrate, unmigrate
from tests.databases import SqliteDatabases, opened, scratch_folder
from tests.keys import new_key
from tests.records import Desk
from tests.serving import served

ROOT = Path(__file__).parent.parent.parent
KIB = 1024
EVENT = {"title": "Night in Almaty"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of twelve megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be made here to fill it: {mounted.stderr.strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.fixture
def on_disk(small_disk: Path, sqlite_databases: SqliteDatabases) -> str:
    """A database on that disk, with one claim."""
    file = small_disk / "p.db"
    shutil.copyfile(sqlite_databases.template, file)
    with opened(f"sqlite:///{file}") as engine, recording(engine, "a test") as writer:
        Desk(writer).claim("Nine died.")
    return f"sqlite:///{file}"


@pytest.fixture
def held(tmp_path: Path, sqlite_databases: SqliteDatabases) -> Path:
    """A database with one claim, in a folder of its own."""
    file = tmp_path / "p.db"
    shutil.copyfile(sqlite_databases.template, file)
    with opened(f"sqlite:///{file}") as engine, recording(engine, "a test") as writer:
        Desk(writer).claim("Nine died.")
    _fold_in(file)
    return file


def test_a_full_disk_is_told_over_http_and_what_is_sent_again_is_written(small_disk: Path, on_disk: str) -> None:
    headers = {"Authorization": f"Bearer {new_key(on_disk)}"}
    with served(on_disk, keyed=False) as url, httpx.Client(base_url=url, headers=headers, timeout=30) as client:
        assert client.post("/v1/events", json=EVENT).status_code == 201
        with _filled(small_disk):
            refused = client.post("/v1/events", json={"title": "x" * 400, "description": "y" * 200_000})
            read = client.get("/v1/events")
        again = client.post("/v1/events", json=EVENT)
    assert refused.status_code == 507, refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["retry-after"] == "60"
    assert "disk of the server is full" in refused.json()["detail"]
    assert (read.status_code, again.status_code) == (200, 201)
    assert len(read.json()["items"]) == 2
    assert _provenance("verify", on_disk).returncode == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["backup", "{disk}/p.backup"], r"No space left on device: .*p\.backup"),
        (["load", "kazakhstan-2022"], r"(database or disk is full|disk I/O error).*Make room"),
    ],
    ids=["backup", "load"],
)
def test_a_command_that_finds_no_room_says_so_and_leaves_all_as_it_was(
    small_disk: Path, on_disk: str, words: list[str], says: str
) -> None:
    before = _state(on_disk)
    with _filled(small_disk):
        said = _provenance(words[0], on_disk, *(word.format(disk=small_disk) for word in words[1:]))
    assert said.returncode == 2, said.stderr
    assert re.search(says, said.stderr)
    assert "Traceback" not in said.stderr
    assert _state(on_disk) == before
    assert [one.name for one in small_disk.iterdir() if "backup" in one.name] == []
    assert _provenance("verify", on_disk).returncode == 0


def test_a_migration_that_finds_no_room_leaves_the_old_schema_whole(small_disk: Path, on_disk: str) -> None:
    unmigrate(on_disk, "20261122_create_the_record")
    before = _state(on_disk)
    with _filled(small_disk):
        said = _provenance("migrate", on_disk)
    assert (said.returncode, _state(on_disk)) == (2, before), said.stderr
    assert re.search(r"(database or disk is full|disk I/O error).*Make room", said.stderr)
    assert _provenance("migrate", on_disk).returncode == 0
    assert _provenance("verify", on_disk).returncode in (0, 1)


def test_a_database_on_a_disk_that_may_not_be_written_is_told_with_the_remedy(small_disk: Path, on_disk: str) -> None:
    _fold_in(small_disk / "p.db")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for words in (["load", "kazakhstan-2022"], ["migrate"], ["serve", "--port", "0"], ["claims"]):
        said = _provenance(words[0], on_disk, *words[1:])
        assert said.returncode == 2, (words, said.stderr)
        assert re.search(r"(readonly|read-only|unable to open).*[Ww]rite", said.stderr), said.stderr
        assert "Traceback" not in said.stderr


def test_a_database_that_is_moved_away_while_it_is_served_is_missed_and_found_again(held: Path) -> None:
    url = f"sqlite:///{held}"
    headers = {"Authorization": f"Bearer {new_key(url)}"}
    elsewhere = held.with_name("moved.db")
    with served(url, keyed=False) as address, httpx.Client(base_url=address, headers=headers, timeout=30) as client:
        [claim] = client.get("/v1/claims").json()["items"]
        asked = ("/v1/claims", f"/v1/claims/{claim['id']}/trace", "/claims", "/readyz")
        _move(held, elsewhere)
        gone = [client.get(one) for one in asked] + [client.post("/v1/events", json=EVENT)]
        assert [one.status_code for one in gone] == [503] * len(gone), [one.text[:200] for one in gone]
        assert [one.headers.get("retry-after") for one in gone if one.url.path != "/readyz"] == ["5"] * 4
        assert not held.exists()
        _move(elsewhere, held)
        assert [client.get(one).status_code for one in asked] == [200] * len(asked)
        assert client.post("/v1/events", json=EVENT).status_code == 201
    assert _provenance("verify", url).returncode == 0


def test_a_server_of_postgresql_that_stops_while_it_is_used_is_waited_for(tmp_path: Path) -> None:
    with scratch_folder() as folder, postgresql(folder) as server:
        migrate(server.url)
        with opened(server.url) as engine, recording(engine, "a test") as writer:
            claim = Desk(writer).claim("Nine died.").public_id
        headers = {"Authorization": f"Bearer {new_key(server.url)}"}
        with (
            served(server.url, keyed=False) as address,
            httpx.Client(base_url=address, headers=headers, timeout=60) as client,
        ):
            asked = ("/v1/claims", f"/v1/claims/{claim}/trace", "/readyz")
            assert [client.get(one).status_code for one in asked] == [200] * 3
            server.stop()
            gone = [client.get(one) for one in asked] + [client.post("/v1/events", json=EVENT)]
            server.start()
            back = [_asked_until_it_answers(client, one) for one in asked]
            written = client.post("/v1/events", json=EVENT)
    assert [one.status_code for one in gone] == [503] * 4, [one.text[:200] for one in gone]
    assert all(one.headers["content-type"] == "application/problem+json" for one in gone)
    assert (back, written.status_code) == ([200] * 3, 201)


def test_a_backup_that_is_put_in_the_place_of_the_database_is_served_at_once(held: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{held}"
    headers = {"Authorization": f"Bearer {new_key(url)}"}
    assert _provenance("backup", url, str(tmp_path / "one.backup")).returncode == 0
    assert _provenance("restore", f"sqlite:///{tmp_path}/restored.db", str(tmp_path / "one.backup")).returncode == 0
    with served(url, keyed=False) as address, httpx.Client(base_url=address, headers=headers, timeout=30) as client:
        made = client.post("/v1/claims", json={"text": "Ten died.", "event": _event(client)}).json()["id"]
        assert client.get(f"/v1/claims/{made}/trace").status_code == 200
        _move(held, tmp_path / "before.db")
        _move(tmp_path / "restored.db", held)
        assert client.get(f"/v1/claims/{made}").status_code == 404
        assert client.get(f"/v1/claims/{made}/trace").status_code == 404
        assert client.get("/v1/claims").status_code == 200


def test_a_damaged_file_is_found_by_verify_and_told_over_http(held: Path) -> None:
    url = f"sqlite:///{held}"
    headers = {"Authorization": f"Bearer {new_key(url)}"}
    _fold_in(held)
    _damage(held, "claim")
    said = _provenance("verify", url)
    assert said.returncode == 1, said.stderr
    assert re.search(r"Pages: \d+ places?", said.stdout)
    assert "Restore the newest backup that is whole" in said.stderr
    with served(url, keyed=False) as address, httpx.Client(base_url=address, headers=headers, timeout=30) as client:
        answers = [client.get("/v1/claims"), client.get("/claims")]
        documents = client.get("/v1/documents")
    assert [one.status_code for one in answers] == [503, 503], [one.text[:300] for one in answers]
    assert "file of the database is damaged" in answers[0].json()["detail"]
    assert "retry-after" not in answers[0].headers
    assert documents.status_code == 200, documents.text
    backup = _provenance("backup", url, str(held.with_name("p.backup")))
    assert (backup.returncode, held.with_name("p.backup").exists()) == (2, False)
    assert "restore the newest backup" in backup.stderr


def test_a_damaged_beginning_is_told_before_anything_is_served(held: Path) -> None:
    with held.open("r+b") as file:
        file.write(b"\0" * 100)
    for words in (["serve", "--port", "0"], ["claims"], ["verify"], ["backup"]):
        said = _provenance(words[0], f"sqlite:///{held}", *words[1:])
        assert said.returncode == 2, (words, said.stdout, said.stderr)
        assert "The file is damaged" in said.stderr
        assert "Traceback" not in said.stderr


def test_a_port_that_is_taken_is_named_with_another_one(held: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = _provenance("serve", f"sqlite:///{held}", "--port", str(port))
    assert said.returncode == 2
    assert re.search(rf"port {port} on 127\.0\.0\.1 cannot be used: .*choose another one", said.stderr)


def _asked_until_it_answers(client: httpx.Client, address: str) -> int:
    """The last of a few answers: connections that broke are noticed one by one."""
    for _ in range(5):
        status = client.get(address).status_code
        if status == HTTPStatus.OK:
            break
    return status


def _event(client: httpx.Client) -> str:
    return str(client.get("/v1/events").json()["items"][0]["id"])


def _provenance(command: str, url: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "provenance", "--database", url, command, *words],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def _filled(disk: Path) -> Iterator[None]:
    """Nothing more fits on the disk meanwhile."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream, pytest.raises(OSError, match="No space left"):
        _write_on(stream)
    try:
        yield
    finally:
        filler.unlink()


def _write_on(stream: IO[bytes]) -> None:
    while True:
        stream.write(b"\0" * KIB)


def _state(url: str) -> dict[str, Any]:
    """All that a database holds, and how it is made."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [name for name, sql in made if sql and sql.startswith("CREATE TABLE")]
        return {"made": made} | {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}


def _fold_in(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _move(file: Path, to: Path) -> None:
    for beside in ("", "-wal", "-shm"):
        one = file.with_name(file.name + beside)
        if one.exists():
            one.rename(to.with_name(to.name + beside))


def _damage(file: Path, table: str) -> None:
    """Flip bytes in the page of a table."""
    with closing(sqlite3.connect(file)) as connection:
        [(page,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
        [(size,)] = connection.execute("PRAGMA page_size")
    with file.open("r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\xff" * 64)
