"""What is wrong with a field is said in plain words, with what to send instead."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.telling import Api

EVENT, REPORT, REVIEW = "/v1/events", "/v1/reports", "/v1/reviews"
FAULTS: list[tuple[str, Any, str, str, str]] = [
    (EVENT, {"title": "x", "tale": 1}, "tale", "no such field", "Known here: title, description, place, began, ended"),
    (EVENT, {}, "title", "required", "Add `title`: What happened, in a few words."),
    (EVENT, {"title": 8}, "title", "8 is not a text", 'such as "Tass"'),
    (EVENT, {"title": "x" * 501}, "title", "too long", "at most 500 characters"),
    (EVENT, [], "body", "not a JSON object", "Send a JSON object"),
    (REPORT, {"stance": "shouts"}, "stance", "'shouts' is none", "Use one of: asserts, denies, questions"),
    (REPORT, {"figures": [{"txt": "8"}]}, "figures.0.txt", "no such field", "Known here: text"),
    (REPORT, {"figures": ["8"]}, "figures.0", "'8' is not a JSON object", "Send a JSON object"),
    (REPORT, {"attributions": {}}, "attributions", "not a list", "Send a list"),
    (REPORT, {"confidence": 2}, "confidence", "too large", "1.0 or less"),
    (REPORT, {"quote_start": 1.5}, "quote_start", "not a whole number", "such as 8"),
    (REVIEW, {"reviewed_at": "2022-01-06T12:00:00"}, "reviewed_at", "no zone", "Add a zone, such as Z or +06:00."),
    (REVIEW, {"reviewed_at": "yesterday"}, "reviewed_at", "'yesterday' is not a time", "2022-01-06T12:38:00+06:00"),
    (REVIEW, {"upholds": "perhaps"}, "upholds", "not a truth value", "true or false"),
    (REVIEW, {"upholds": 0}, "upholds", "is a number", "true or false"),
    ("/v1/claims", {"text": "nul \x00", "event": "evt_a"}, "text", "NUL", "Send"),
]
RAW = re.compile(r"Input should|Value error|Field required|Extra inputs|valid (dictionary|string)|See `errors`")


@pytest.mark.parametrize(("address", "body", "field", "message", "remedy"), FAULTS)
def test_a_fault_is_said_in_plain_words_with_a_remedy(
    api: Api, address: str, body: Any, field: str, message: str, remedy: str
) -> None:
    problem = api.refused("POST", address, 422, json=body)

    [error] = [error for error in problem["errors"] if error["field"] == field]
    assert message in error["message"]
    assert remedy in error["remedy"]
    assert not RAW.search(str(problem))
    assert all(re.match(r"[A-Z].*[.!?]$", each["remedy"], re.DOTALL) for each in problem["errors"])


@pytest.mark.parametrize(
    ("query", "both"),
    [
        ("role=origin", ("role", "source")),
        ("published_from=2023&published_to=2022", ("published_from", "published_to")),
    ],
)
@pytest.mark.parametrize("where", ["claims", "figures", "reports"])
def test_filters_that_contradict_each_other_are_refused_by_both_names(
    api: Api, where: str, query: str, both: tuple[str, str]
) -> None:
    problem = api.refused("GET", f"/v1/{where}?{query}", 422)

    assert all(name in problem["detail"] for name in both)


def test_a_range_of_figures_that_is_upside_down_is_refused(api: Api) -> None:
    detail = api.refused("GET", "/v1/figures?low=9&high=8", 422)["detail"]

    assert "low" in detail
    assert "high" in detail
    assert api.items("/v1/figures", low=8, high=8) == []


def test_a_body_that_is_nested_too_deeply_is_told_so(api: Api) -> None:
    deep = '{"title":' * 100_000 + "1" + "}" * 100_000
    problem = api.refused("POST", EVENT, 400, content=deep, headers={"Content-Type": "application/json"})
    assert "nested too deeply" in problem["detail"]
