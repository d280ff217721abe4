"""`POST /v1/read`: an article comes back with all that was read out of it, and nothing is held afterwards."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Any

import pytest

from api import dependencies
from api.examples_reading import READING
from tests.api.telling import Api

SENTENCE = "Police said that eight officers were killed."
MORE = "It was a long night in the city, and shops stayed closed until noon."


def read(api: Api, **given: Any) -> Any:
    answer = api.send("POST", "/v1/read", json=given)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_example_of_the_description_is_about_the_same_as_the_answer(api: Api) -> None:
    answer = read(api, text=READING.text, published_at="2022-01-06")
    [statement] = answer["statements"]
    assert [link["source"] for link in statement["chain"]][-1] == READING.statements[0].chain[-1].source
    assert statement["content"]["text"] == READING.statements[0].content.text
    assert (answer["figures"][0]["low"], answer["figures"][0]["role"]) == (24, "eliminated")


def test_nothing_is_saved(api: Api) -> None:
    read(api, text=SENTENCE)
    assert [api.items(f"/v1/{noun}") for noun in ("documents", "claims", "reports", "sources")] == [[], [], [], []]


def test_a_page_is_read_from_its_markup(api: Api) -> None:
    html = (
        "<html lang='en'><head><title>Riots</title></head><body><article><h1>Riots in Almaty</h1>"
        f"<p>{SENTENCE} {MORE}</p></article></body></html>"
    )
    answer = read(api, html=html, id="p")
    assert (answer["id"], answer["figures"][0]["value"]) == ("p", 8)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": "a", "html": "b"}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "a", "published_at": "soon"}, "published_at"),
        ({"text": "a", "words": "b"}, "words"),
        ({"text": 5}, "text"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_field(api: Api, body: dict[str, Any], field: str) -> None:
    problem = api.refused("POST", "/v1/read", 422, json=body)
    assert problem["errors"][0]["field"] == field


def test_a_text_is_refused_while_many_others_are_being_read(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.dependencies._reading", BoundedSemaphore(1))
    with dependencies._reading:
        answer = api.send("POST", "/v1/read", json={"text": SENTENCE})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
        assert "Send this one again" in answer.json()["detail"]
        assert api.items("/v1/claims") == []
    assert read(api, text=SENTENCE)["figures"][0]["value"] == 8


def test_whoever_gives_nothing_to_read_is_not_told_that_they_gave_both(api: Api) -> None:
    detail = api.refused("POST", "/v1/read", 422, json={})["detail"]

    assert "nothing to read" in detail
    assert "not both" not in detail
