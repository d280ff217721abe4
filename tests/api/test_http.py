"""What HTTP itself promises: HEAD, Allow, version tags, content types, and a beginning at the root."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api.methods import Heads
from tests.api.telling import Api


def test_allow_names_every_method_of_an_address(api: Api) -> None:
    assert api.send("DELETE", "/v1/claims").headers["allow"] == "GET, HEAD, POST"
    assert api.send("PUT", "/v1/ties/tie_a").headers["allow"] == "DELETE, GET, HEAD, PATCH"
    assert api.send("GET", "/v1/sources/src_a/names").headers["allow"] == "POST"
    assert api.send("POST", "/openapi.json").status_code == 405


def test_an_address_that_has_the_form_of_a_record_and_is_none_takes_what_it_takes_itself(api: Api) -> None:
    assert api.send("PUT", "/v1/reports/decide").headers["allow"] == "POST"
    assert api.send("PUT", "/v1/reports/rep_a").headers["allow"] == "GET, HEAD, PATCH"


@pytest.mark.parametrize("address", ["/", "/v1", "/v1/claims", "/healthz", "/openapi.json"])
def test_head_answers_as_get_does_without_the_body(api: Api, address: str) -> None:
    got, head = api.send("GET", address), api.send("HEAD", address)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    assert head.headers["content-length"] == got.headers["content-length"]


def test_head_of_what_is_sent_in_parts_makes_no_more_than_it_has_begun() -> None:
    made: list[int] = []

    def parts() -> Iterator[bytes]:
        for number in range(1000):
            made.append(number)
            yield b"a row\n"

    whole = Starlette(routes=[Route("/rows", lambda _: StreamingResponse(parts(), media_type="text/csv"))])
    head = TestClient(Heads(whole)).head("/rows")

    assert (head.status_code, head.content, head.headers["content-type"]) == (200, b"", "text/csv; charset=utf-8")
    assert len(made) <= 2


def test_head_of_a_ready_trace_has_its_version_and_no_body(api: Api) -> None:
    address = f"/v1/claims/{api.claim()}/trace"
    api.get(address)

    head = api.send("HEAD", address)

    assert (head.content, head.headers["etag"]) == (b"", api.send("GET", address).headers["etag"])


def test_the_root_of_the_interface_leads_to_addresses_that_answer(api: Api) -> None:
    entrance = api.get("/v1")

    addresses = [entrance["explorer"], entrance["description"], *entrance["first_questions"].values()]
    for address in addresses:
        assert api.send("GET", address.replace("{id}", api.claim())).status_code == 200, address


@pytest.mark.parametrize("malformed", ["abc", '"abc', "", "W/abc", '"a" "b"'])
def test_a_malformed_version_is_told_from_an_old_one(api: Api, malformed: str) -> None:
    address = f"/v1/events/{api.event()}"

    problem = api.refused("PATCH", address, 422, json={"place": "Almaty"}, headers={"If-Match": malformed})

    assert problem["errors"][0]["field"] == "If-Match"
    assert "quotation marks" in problem["errors"][0]["remedy"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_that_is_not_sent_as_json_is_refused_with_the_header_to_send(api: Api, kind: str) -> None:
    answer = api.send("POST", "/v1/events", content=b'{"title": "x"}', headers={"Content-Type": kind})

    assert answer.status_code == 415
    assert "Content-Type: application/json" in answer.json()["detail"]


@pytest.mark.parametrize("body", ['{"title": "x", "title": "y"}', '{"title": "x", "note": {"title": 1, "title": 2}}'])
def test_a_key_that_stands_twice_is_named(api: Api, body: str) -> None:
    problem = api.refused(
        "POST", "/v1/events", 422, content=body.encode(), headers={"Content-Type": "application/json"}
    )

    assert problem["errors"][0]["field"] == "title"
    assert api.items("/v1/events") == []
