"""The fuzz drill in small: some operations, a few requests of each, with a key and without one; and what the drill
itself goes by. `PROVENANCE_FUZZ=all pytest tests/fuzz/test_operations.py` tries all operations.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random

import pytest

from benchmarks.reliability.fuzz import operations_in
from benchmarks.reliability.fuzzing import NOBODY, PHASES, Found, Task, fuzz, referring
from benchmarks.reliability.ground import Ground, prepared
from benchmarks.reliability.wanted import is_beyond_a_schema
from tests.api.telling import the_app
from tests.conftest import STORIES
from tests.databases import SqliteDatabases

FEW = 6
OPERATIONS = operations_in(the_app())
EVERYTHING = os.environ.get("PROVENANCE_FUZZ") == "all"
# Chance of one and the same beginning, so that a failure comes again. Each bound of each field is a matter of minutes.
TRIED = OPERATIONS if EVERYTHING else Random(7).sample(OPERATIONS, 4)
ASKED = PHASES if EVERYTHING else ("examples", "fuzzing")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, sqlite_databases: SqliteDatabases) -> Ground:
    with sqlite_databases.fresh() as url:
        return prepared(tmp_path_factory.mktemp("fuzz"), STORIES / "almaty-night", Path(url.partition("///")[2]))


@pytest.mark.parametrize("operation", TRIED)
def test_an_operation_answers_as_it_is_described(ground: Ground, operation: str) -> None:
    found = [fuzz(Task(operation, role, FEW, 1, ASKED), ground) for role in (NOBODY, "admin")]

    assert [one.trouble for one in found] == [[], []]
    assert all(one.requests >= FEW for one in found), "otherwise nothing was tried"


def test_the_ground_has_a_record_for_each_kind_that_a_request_refers_to(ground: Ground) -> None:
    asked = {name.strip("{}") for operation in OPERATIONS for name in operation.split("/") if name.startswith("{")}

    # What only a command or a job makes, and what is named and not numbered.
    assert asked - ground.ids.keys() == {"copy_id", "ingestion_id", "key_id", "name", "noun"}


def test_references_lead_to_what_is_there_wherever_they_stand() -> None:
    ids = {"source_id": ("src_a", "src_b"), "claim_id": ("clm_a",)}
    said = {"claim": "x", "note": "y", "hop": {"upstream": "x", "downstream": None}, "sources": ["x", "y"]}

    assert referring(said, ids, 1) == {
        "claim": "clm_a",
        "note": "y",
        "hop": {"upstream": "src_b", "downstream": None},
        "sources": ["src_b", "src_a"],
    }


def test_what_was_found_is_read_again_as_it_was() -> None:
    found = Found("admin: GET /v1", 3, 0.5, {200: 2, 422: 1}, {"not_a_server_error": 3})

    assert Found.read({**vars(found), "statuses": {"200": 2, "422": 1}}) == found


NO_EVENT = {"field": "event", "message": "event: there is no event 'evt_1'.", "remedy": "Add it first."}
TOO_MANY = {"field": "limit", "message": "It is too large.", "remedy": "Send 200 or less."}


@pytest.mark.parametrize(
    ("errors", "beyond"),
    [
        pytest.param([NO_EVENT], True, id="what nobody could foretell"),
        pytest.param([TOO_MANY], False, id="what is described"),
        pytest.param([NO_EVENT, TOO_MANY], False, id="one of each"),
        pytest.param([{**TOO_MANY, "message": "It ends before it begins."}], False, id="said of another field"),
        pytest.param([], False, id="nothing that is named"),
    ],
)
def test_only_a_refusal_that_a_description_cannot_foretell_is_passed_over(
    errors: list[dict[str, str]], beyond: bool
) -> None:
    assert is_beyond_a_schema(json.dumps({"detail": "…", "errors": errors})) is beyond
