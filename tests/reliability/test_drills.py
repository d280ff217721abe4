"""The drills of benchmarks/reliability in small, and proof that they would notice what they look for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from benchmarks.reliability.__main__ import crash, load
from benchmarks.reliability.asking import Answer
from benchmarks.reliability.deeds import Deed
from benchmarks.reliability.faults import FAULTS, Fault
from benchmarks.reliability.invariants import contradictions, verified
from benchmarks.reliability.ledger import Ledger, Promised
from benchmarks.reliability.page import page
from provenance.analysis.recording import recording
from tests.conftest import STORIES
from tests.records import Desk

# All that a first report leaves: what it is about and who is named in it come with it.
REPORT = {
    ("created", noun): number
    for noun, number in {
        "event": 1,
        "claim": 1,
        "source": 2,
        "source_name": 2,
        "document": 1,
        "report": 1,
        "attribution": 1,
        "figure": 1,
    }.items()
}
NOTE = Deed("w1 1", "note", "POST", "/v1/claims/clm_1/notes", {"text": "Ask"}, {("created", "desk_note"): 1})


def test_nothing_that_was_acknowledged_is_gone_or_there_twice_after_the_server_was_killed(
    database_url: str, tmp_path: Path
) -> None:
    found = crash(database_url, tmp_path, None, kills=3, seed=5, warm=True, life=0.7)
    assert found.trouble == []
    assert (found.lost, found.double, found.half_written) == (0, 0, 0)
    assert all((found.kills >= 3, found.acknowledged, found.retried)), "otherwise nothing was tried"


def test_a_crowd_loses_no_update_and_is_told_nothing_that_contradicts_itself(database_url: str, tmp_path: Path) -> None:
    found = load(
        database_url, tmp_path, seconds=3, seed=5, warm=True, story=STORIES / "almaty-night", writers=3, readers=6
    )
    assert found.trouble == []
    assert (found.lost_updates, found.double, found.half_written) == (0, 0, 0)
    assert 0 < found.counted < found.writes, "otherwise nothing was tried"


def promised(**said: Any) -> Promised:
    return Promised("w1 1", 200, {"text": "Ask"}, answer("Ask", **said), exact=True)


def answer(text: str, status: int = 200, etag: str = '"a"', **more: Any) -> Answer:
    return Answer(status, {"etag": etag}, json.dumps({"text": text, "flags": [], **more}).encode())


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (answer("Ask", status=404), "answers 404, not 200"),
        (answer("Ask", etag='"b"'), "is not byte for byte"),
        (answer("Asked"), "is not byte for byte what was acknowledged: text: 'Asked', not 'Ask'"),
    ],
    ids=["gone", "another version", "other words"],
)
def test_a_promise_that_is_broken_is_told(read: Answer, told: str) -> None:
    assert told in (promised().broken_by(read) or "")


def test_what_is_derived_may_change_while_what_was_stated_may_not() -> None:
    held = replace(promised(note="n"), exact=False)
    assert held.broken_by(Answer(200, {"etag": '"b"'}, b'{"text": "Ask", "flags": [1], "note": "n"}')) is None
    assert "note: 'm', not 'n'" in (held.broken_by(answer("Ask", note="m")) or "")


def write_a_report(engine: Engine, token: str) -> None:
    with recording(engine, "api: a drill", token) as writer:
        desk = Desk(writer)
        desk.report(desk.claim(), "Khabar 24", "Tass", figures=["dozens"])


def asked_for(ledger: Ledger, token: str, shape: dict[tuple[str, str], int]) -> None:
    deed = replace(NOTE, token=token, shape=shape)
    ledger.asks(deed)
    ledger.acknowledges(deed, Answer(201, {"location": "/v1/reports/rep_1"}, b"{}"))


def nothing_of_it(ledger: Ledger, _: Engine) -> None:
    asked_for(ledger, "w1 1", REPORT)


def less_than_asked(ledger: Ledger, engine: Engine) -> None:
    asked_for(ledger, "w1 1", {**REPORT, ("created", "figure"): 2})
    write_a_report(engine, "w1 1")


def it_twice(ledger: Ledger, engine: Engine) -> None:
    asked_for(ledger, "w1 1", REPORT)
    write_a_report(engine, "w1 1")
    write_a_report(engine, "w1 1")


def something_else(_: Ledger, engine: Engine) -> None:
    write_a_report(engine, "w9 9")


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        (nothing_of_it, "was acknowledged and is not in the history"),
        (less_than_asked, "note 'w1 1' left {"),
        (it_twice, "is there 2 times"),
        (something_else, "which nobody asked for"),
    ],
)
def test_what_the_history_holds_otherwise_than_it_was_asked_is_told(
    engine: Engine, database_url: str, happened: Callable[[Ledger, Engine], None], told: str
) -> None:
    ledger = Ledger(database_url)
    happened(ledger, engine)
    ledger.check_history([])
    assert told in " ".join(ledger.trouble)


def test_a_change_that_is_whole_and_was_asked_for_is_no_trouble(engine: Engine, database_url: str) -> None:
    ledger = Ledger(database_url)
    asked_for(ledger, "w1 1", REPORT)
    write_a_report(engine, "w1 1")
    assert ledger.check_history([]) == []
    assert (ledger.trouble, ledger.entries) == ([], sum(REPORT.values()))


def test_the_page_is_made_from_the_figures_that_were_kept(tmp_path: Path) -> None:
    kept = tmp_path / "reliability.json"
    held = {"on": "2026-11-23", "machine": "a machine", "command": "a command", "trouble": ["a report is lost"]}
    figures = {**held, "kills": 50, "acknowledged": 12345, "statuses": {"200": 7}}
    kept.write_text(json.dumps({"crash, sqlite": figures}), encoding="utf-8")
    made = page(kept)
    assert "| crash, sqlite | `a command` | 2026-11-23 | a machine | 1 |" in made
    assert "| writes acknowledged | 12,345 |" in made
    assert "- a report is lost" in made


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_each_fault_that_the_page_names_is_done_by_a_test(fault: Fault) -> None:
    told = (STORIES.parent.parent / fault.file).read_text(encoding="utf-8")
    assert f"def {fault.test}" in told


def test_a_trace_whose_counts_are_not_those_of_its_lists_contradicts_itself() -> None:
    trace = {
        "documents": 2,
        "certain": 1,
        "possible": 1,
        "reports": [{"document": "doc_1", "stance": "asserts"}, {"document": "doc_2", "stance": "denies"}],
        "parties": [],
        "origins": [{"established": True}],
        "independence": {"parties": 0, "established_origins": 1},
    }
    assert list(contradictions(trace)) == ["documents: 2, and 1 by its lists"]


def test_a_record_that_was_changed_past_the_program_fails_the_verification(engine: Engine, database_url: str) -> None:
    write_a_report(engine, "w1 1")
    assert verified(database_url) == []
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE claim SET text = 'Nobody was killed.'")
    assert any("Nobody was killed" in one or "clm_" in one for one in verified(database_url))
