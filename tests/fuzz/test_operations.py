"""The fuzz drill in small: some operations, a few requests of each, with a key and without one."""

from __future__ import annotations

import pytest

from benchmarks.reliability.fuzzing import NOBODY, Found, Ground, Task, fuzz, prepared
from benchmarks.reliability.wanted import is_beyond_a_schema
from tests.conftest import STORIES

FEW = 2


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return prepared(tmp_path_factory.mktemp("fuzz"), STORIES / "almaty-night")


@pytest.mark.parametrize("role", [NOBODY, "admin"])
@pytest.mark.parametrize("operation", ["GET /v1/sources", "GET /v1/claims/{claim_id}", "POST /v1/sources"])
def test_an_operation_answers_as_it_is_described(ground: Ground, operation: str, role: str) -> None:
    found = fuzz(Task(operation, role, FEW, seed=1), ground)

    assert found.trouble == []
    assert found.requests > FEW, "otherwise nothing was tried"


def test_what_was_found_is_read_again_as_it_was() -> None:
    found = Found("admin: GET /v1", 3, 0.5, {200: 2, 422: 1}, {"not_a_server_error": 3})

    assert Found.read({**vars(found), "statuses": {"200": 2, "422": 1}}) == found


def test_only_a_refusal_that_a_description_cannot_foretell_is_passed_over() -> None:
    assert is_beyond_a_schema("event: there is no event 'evt_1'. Add it first.")
    assert not is_beyond_a_schema("limit: it is not between 1 and 200.")
