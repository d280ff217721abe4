"""Errors: every one is a problem document, every meaning has a status, and nothing from inside gets out."""

from __future__ import annotations

import logging
from inspect import Parameter, signature
from typing import Any

import pytest
from httpx import Response

from api.problems import KINDS, kind_of
from provenance import errors
from provenance.errors import ProvenanceError
from tests.api.telling import Api

MEANINGS = [
    meaning for meaning in vars(errors).values() if isinstance(meaning, type) and issubclass(meaning, ProvenanceError)
]


@pytest.mark.parametrize("meaning", MEANINGS, ids=lambda meaning: meaning.__name__)
def test_each_meaning_has_a_status_and_a_kind_of_its_own(meaning: type[ProvenanceError]) -> None:
    assert meaning in KINDS
    beside: dict[str, Any] = {
        name: 1
        for name, one in signature(meaning).parameters.items()
        if one.kind is Parameter.KEYWORD_ONLY and one.default is Parameter.empty
    }
    assert kind_of(meaning("x", **beside)) is KINDS[meaning]
    assert [kind.key for kind in KINDS.values()].count(KINDS[meaning].key) == 1


def test_a_meaning_that_is_new_is_answered_like_the_one_it_belongs_to() -> None:
    class Unheard(errors.NotFound):
        """A new kind of not being there."""

    assert kind_of(Unheard("x")) is KINDS[errors.NotFound]


def test_an_address_that_leads_nowhere_is_a_problem(api: Api) -> None:
    problem = api.refused("GET", "/v1/nothing", 404)

    assert problem == {
        "type": "urn:provenance:problem:http-404",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at /v1/nothing. What there is stands in /openapi.json.",
        "instance": "/v1/nothing",
        "errors": [],
    }


def test_a_method_that_an_address_does_not_take_is_a_problem_that_says_what_it_takes(api: Api) -> None:
    assert "does not take DELETE" in api.refused("DELETE", "/v1/claims", 405)["detail"]
    assert "does not take POST" in api.refused("POST", "/v1/claims/clm_a/trace", 405)["detail"]
    assert api.send("POST", "/v1/claims/clm_a/trace").headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b"[1, 2", b'{"title": NaN, }', b"[" * 100_000])
def test_a_body_that_is_not_json_is_a_problem(api: Api, body: bytes) -> None:
    answer = api.send("POST", "/v1/events", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code in (400, 422), answer.text
    assert is_problem(answer)


@pytest.mark.parametrize("body", [[], "text", 1, None, [{"title": "x"}]])
def test_json_that_is_no_object_is_a_problem(api: Api, body: object) -> None:
    assert api.refused("POST", "/v1/events", 422, json=body)["errors"]


def test_a_form_instead_of_json_is_a_problem(api: Api) -> None:
    assert is_problem(api.send("POST", "/v1/events", data={"title": "x"}))


def test_a_body_that_is_too_large_is_refused_before_it_is_read_whole(api: Api) -> None:
    problem = api.refused("POST", "/v1/events", 413, json={"title": "x" * 5_000_000})

    assert "4,000,000 bytes" in problem["detail"]
    assert api.items("/v1/events") == []


def test_a_header_that_is_too_long_is_a_problem(api: Api) -> None:
    headers = {"Provenance-Author": "x" * 151}

    problem = api.refused("POST", "/v1/events", 422, json={"title": "x"}, headers=headers)

    assert problem["errors"][0]["field"] == "Provenance-Author"


def test_what_fails_inside_is_logged_and_not_sent(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("api.routers.events.reads.events", broken)
    with caplog.at_level(logging.ERROR):
        problem = api.refused("GET", "/v1/events", 500)

    assert "secret" not in str(problem)
    assert "the secret of the house" in caplog.text


def test_a_database_without_its_schema_is_not_ready(api: Api) -> None:
    assert api.get("/readyz") == {"status": "ready"}
    with api.app.state.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")

    problem = api.refused("GET", "/readyz", 503)

    assert problem["type"] == "urn:provenance:problem:not-ready"
    assert str(api.app.state.engine.url.database) not in problem["detail"]
    assert api.app.state.engine.dialect.name not in problem["detail"]
    assert api.get("/healthz") == {"status": "up"}


def is_problem(answer: Response) -> bool:
    return answer.headers["content-type"] == "application/problem+json" and answer.status_code >= 400


@pytest.mark.parametrize("kind", ["a {pattern}", "{method.__class__}", "{0}", "{"])
def test_a_content_type_that_looks_like_a_pattern_is_told_as_it_is(api: Api, kind: str) -> None:
    problem = api.refused("POST", "/v1/events", 415, content=b"{}", headers={"Content-Type": kind})

    assert kind in problem["detail"]
