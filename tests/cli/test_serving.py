"""The server as a process: it stops as it is told, and whoever was being answered is answered."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest
import uvicorn

from provenance.cli.running import Server
from tests.databases import SqliteDatabases
from tests.keys import new_key

WRITERS = 20


@contextmanager
def serving(url: str, **chosen: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a port of its own, and its address; it is killed at the end if it still runs."""
    environment = {**os.environ, "PROVENANCE_DATABASE_URL": url, "PYTHONUNBUFFERED": "1", **chosen}
    with subprocess.Popen(
        [sys.executable, "-m", "provenance", "serve", "--port", "0", "--access-log"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert found, said
            yield process, found[0]
        finally:
            process.kill()


@pytest.fixture
def file(sqlite_databases: SqliteDatabases) -> Iterator[Path]:
    """A database in a file."""
    with sqlite_databases.fresh() as url:
        yield Path(url.removeprefix("sqlite:///"))


def test_a_server_that_is_told_to_stop_first_answers_all_that_is_under_way(file: Path) -> None:
    key = new_key(f"sqlite:///{file}")
    with serving(f"sqlite:///{file}", PROVENANCE_LOG_FORMAT="json") as (process, address):
        with held_up(file) as let_go, ThreadPoolExecutor(WRITERS) as writers:
            sent = [writers.submit(wrote, address, key, number) for number in range(WRITERS)]
            wait_for_requests(address, WRITERS)
            process.send_signal(signal.SIGTERM)
            refused_soon(address)
            assert process.poll() is None
            let_go()
            answers = [each.result() for each in sent]
        assert process.wait(30) == 0
        _, log = process.communicate()

    assert [answer.status_code for answer in answers] == [201] * WRITERS
    # With the last connection closed in order, all that was written ahead is in the file itself.
    assert not Path(f"{file}-wal").exists()
    with closing(sqlite3.connect(file)) as database:
        kept = {row[0] for row in database.execute("SELECT public_id FROM event WHERE recorded_to IS NULL")}
    assert kept == {answer.json()["id"] for answer in answers}
    assert '"level": "ERROR"' not in log
    assert key not in log


def test_a_second_signal_ends_it_at_once(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    server = Server(uvicorn.Config("api.app:create_app", log_config=None), lambda: None)

    server.handle_exit(signal.SIGTERM, None)
    assert (server.should_exit, ended) == (True, [])
    server.handle_exit(signal.SIGINT, None)

    assert ended == [128 + signal.SIGINT]
    assert capfd.readouterr().err == "Stopped at once; what was under way was not answered.\n"


@contextmanager
def held_up(file: Path) -> Iterator[Callable[[], None]]:
    """Nobody else can write until the end, or until what is yielded is called."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")

        def let_go() -> None:
            database.execute("ROLLBACK")

        yield let_go


def wrote(address: str, key: str, number: int) -> httpx.Response:
    """The answer to one write."""
    return httpx.post(
        f"{address}/v1/events",
        json={"title": f"Event {number}"},
        headers={"Authorization": f"Bearer {key}"},
        timeout=60,
    )


def wait_for_requests(address: str, most: int) -> None:
    """Wait until so many requests are under way, besides the one that asks."""
    end = monotonic() + 60
    while monotonic() < end:
        figures = httpx.get(f"{address}/metrics").text
        found = re.search(r"^provenance_requests_in_flight (\S+)", figures, re.MULTILINE)
        assert found, figures
        if float(found[1]) > most:
            return
        sleep(0.05)
    pytest.fail("The writes did not come to be under way.")


def refused_soon(address: str) -> None:
    """Wait until nobody is let in any more; whoever still is, is told that it stops."""
    end = monotonic() + 30
    while monotonic() < end:
        try:
            answer = httpx.get(f"{address}/readyz")
        except httpx.TransportError:
            return
        assert answer.status_code in (200, 503)
        sleep(0.02)
    pytest.fail("Somebody is still let in.")
