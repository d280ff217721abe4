"""Bulk ingest: it is killed and goes on, keeps what failed with its reason, and holds nothing twice."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from provenance.errors import NotFound
from provenance.ingestion import bulk, reading_ahead
from provenance.ingestion.bulk import Summary, ingest
from provenance.ingestion.loading import LoadFailure, Piece
from provenance.ingestion.sketching import sketch
from provenance.ingestion.sniff import Media
from provenance.ingestion.taking_in import Extracted, Given, extract
from provenance.storage.reads.asked import DocumentsAsked, Included, ReportsAsked
from provenance.storage.reads.documents import documents
from provenance.storage.reads.ingestions import IngestionsAsked, ingestion_detail, ingestions
from provenance.storage.reads.reports import reports
from provenance.storage.session import reading
from provenance.vocabulary import TakenIn
from tests.databases import SqliteDatabases, opened
from tests.readings import article

SENTENCE = "Officer number {0} was killed in district {0}, police said."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six articles."""
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(f"News of day {number}\n\n{SENTENCE.format(number)}\n", "utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is parsed: what is tested is what becomes of the documents."""

    def extract(loaded: Any, held: Any) -> Extracted:
        return Extracted(loaded, article(loaded.text).reading, sketch(loaded.text))

    monkeypatch.setattr(reading_ahead, "extract", extract)


def run(engine: Engine, origin: Path, **more: Any) -> Summary:
    return ingest(engine, str(origin), who="a tester", workers=1, **more)


def held(engine: Engine) -> int:
    with reading(engine) as session:
        return len(documents(session, DocumentsAsked(limit=200)).items)


def test_a_folder_is_taken_in_and_the_run_is_listed(engine: Engine, folder: Path) -> None:
    summary = run(engine, folder)

    assert summary.counts == {TakenIn.ADDED: 6}
    with reading(engine) as session:
        [item] = ingestions(session, IngestionsAsked()).items
    assert (item.id, item.added, item.failed, item.who) == (f"run_{summary.run}", 6, 0, "a tester")
    assert item.finished_at is not None


def test_what_is_held_already_is_known_and_not_held_twice(engine: Engine, folder: Path) -> None:
    run(engine, folder)

    assert run(engine, folder).counts == {TakenIn.KNOWN: 6}
    assert held(engine) == 6


def test_a_file_that_cannot_be_read_is_kept_with_its_reason_and_costs_no_other(engine: Engine, folder: Path) -> None:
    (folder / "3.txt").write_bytes(b"")

    summary = run(engine, folder)

    assert summary.counts == {TakenIn.ADDED: 5, TakenIn.FAILED: 1}
    with reading(engine) as session:
        [failure] = ingestion_detail(session, f"run_{summary.run}").failures
    assert failure.key.endswith("3.txt")
    assert "empty" in failure.reason


def test_a_document_whose_reading_breaks_is_told_and_costs_no_other(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = extract

    def breaks(loaded: Any, known: Any) -> Extracted:
        if "day 3" in loaded.text:
            raise ValueError("a bug of ours")
        return whole(loaded, known)

    monkeypatch.setattr(reading_ahead, "extract", breaks)

    summary = run(engine, folder)

    assert summary.counts == {TakenIn.ADDED: 5, TakenIn.FAILED: 1}
    assert "ValueError: a bug of ours" in summary.failures[0].reason


def test_a_run_that_was_stopped_goes_on_with_what_is_not_noted(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_after(monkeypatch, 3)
    with pytest.raises(KeyboardInterrupt):
        run(engine, folder)
    monkeypatch.undo()
    unread_here(monkeypatch)

    summary = run(engine, folder)

    assert (summary.resumed, summary.here) == (3, 3)
    assert summary.counts == {TakenIn.ADDED: 6}
    assert held(engine) == 6


def test_a_run_with_other_things_given_does_not_go_on_with_the_first(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_after(monkeypatch, 3)
    with pytest.raises(KeyboardInterrupt):
        run(engine, folder)
    monkeypatch.undo()
    unread_here(monkeypatch)

    assert run(engine, folder, given=Given(language="de")).resumed == 0


def test_standard_input_is_another_thing_each_time(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def piped(text: str) -> Summary:
        return ingest(engine, "-", who="a tester", workers=1, stdin=io.BytesIO(text.encode()))

    piped(SENTENCE.format(1))

    assert piped(SENTENCE.format(2)).counts == {TakenIn.ADDED: 1}


def test_whoever_looks_on_hears_how_far_it_is(engine: Engine, folder: Path) -> None:
    heard: list[tuple[int, int | None]] = []

    run(engine, folder, heard=lambda done, total: heard.append((done, total)))

    assert heard == [(number, 6) for number in range(1, 7)]


def test_there_is_no_run_of_another_name(engine: Engine) -> None:
    for name in ("run_1", "run_x", "run_", "run_99999999999999", "clm_1"):
        with reading(engine) as session, pytest.raises(NotFound):
            ingestion_detail(session, name)


def test_portions_come_back_in_their_order_with_the_failures_between() -> None:
    failure = LoadFailure("b", "b is broken.")
    portion: list[Piece | LoadFailure] = [piece("a"), failure, piece("c")]
    outcomes = [("a", LoadFailure("a", "")), ("c", LoadFailure("c", ""))]

    assert [key for key, _ in reading_ahead._in_order(portion, outcomes)] == ["a", "b", "c"]


# A process is started, killed while it writes, and started again: on SQLite, where the database is a file.
PROGRAM = """
import sys
from provenance.ingestion.bulk import ingest
from provenance.storage.session import make_engine

ingest(make_engine(sys.argv[1]), sys.argv[2], who="a tester", workers=1)
"""


def test_a_run_that_is_killed_loses_nothing_and_does_nothing_twice(
    sqlite_databases: SqliteDatabases, tmp_path: Path
) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(f"News of day {number}\n\n{SENTENCE.format(number)}\n", "utf-8")
    with sqlite_databases.fresh() as url, opened(url) as engine:
        killed = subprocess.Popen([sys.executable, "-c", PROGRAM, url, str(tmp_path)])
        some = until_some_are_held(engine, killed)
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()

        summary = ingest(engine, str(tmp_path), who="a tester", workers=1)

        assert 0 < some < 40
        assert summary.resumed >= some
        assert summary.counts == {TakenIn.ADDED: 40}
        with reading(engine) as session:
            names = [item.title for item in documents(session, DocumentsAsked(limit=200)).items]
            stated = reports(session, ReportsAsked(limit=200, include=Included.PROPOSED)).items
        assert {*names} == {f"News of day {number}" for number in range(40)}
        assert len(stated) == len({(report.document, report.quote) for report in stated}) > 0


WORKER = """
import os, sys, time
from provenance.ingestion.reading_ahead import _pool

if __name__ == "__main__":
    pool = _pool(1, sys.argv[1])
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""


def test_workers_end_with_whoever_started_them(sqlite_databases: SqliteDatabases, tmp_path: Path) -> None:
    program = tmp_path / "starts.py"
    program.write_text(WORKER, "utf-8")
    with sqlite_databases.fresh() as url:
        started = subprocess.Popen([sys.executable, str(program), url], stdout=subprocess.PIPE, text=True)
        assert started.stdout is not None
        worker = int(started.stdout.readline())
        started.kill()
        started.communicate()

        assert gone(worker)


def gone(process: int) -> bool:
    """Whether a process has ended, or ends within some seconds."""
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def until_some_are_held(engine: Engine, process: subprocess.Popen[bytes]) -> int:
    for _ in range(600):
        if (count := held(engine)) >= 3:
            return count
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.05)
    raise AssertionError("nothing was taken in within half a minute")


def stop_after(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Let the run be interrupted after some documents."""
    whole = reading_ahead.extracted

    def stopped(*given: Any) -> Iterator[Any]:
        for number, outcome in enumerate(whole(*given)):
            if number == count:
                raise KeyboardInterrupt
            yield outcome

    monkeypatch.setattr(bulk, "extracted", stopped)


def unread_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        reading_ahead,
        "extract",
        lambda loaded, known: Extracted(loaded, article(loaded.text).reading, sketch(loaded.text)),
    )


def piece(key: str) -> Piece:
    return Piece(key, b"words", Media.PLAIN)
