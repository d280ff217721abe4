"""Whatever is sent as a body is taken or refused, on both databases; it never makes the server fail."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.examples import GIVEN
from tests.api.telling import Api, Json

WHERE = {
    "event": "/v1/events",
    "tally": "/v1/tallies",
    "source": "/v1/sources",
    "document": "/v1/documents",
    "claim": "/v1/claims",
    "report": "/v1/reports",
    "review": "/v1/reviews",
    "correction": "/v1/corrections",
    "ruling": "/v1/rulings",
    "name": "/v1/sources/{source}/names",
    "tie": "/v1/sources/{source}/ties",
    "interest": "/v1/sources/{source}/interests",
    "coverage": "/v1/events/{event}/coverage",
}
DECIDED = ("review", "correction", "ruling")
ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 2**31, 2**63, 10**40, 1e308, -0.5, float("nan"), float("inf")]),
    st.sampled_from(["", " ", "\x00", "\ud83d", "x" * 3000, "2022", "2022-01-06", "9999-12-31T23:59:59-14:00", "0001"]),
    st.text(max_size=8),
    st.lists(st.none() | st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_body_with_an_odd_value_anywhere_is_taken_or_refused(api: Api, data: st.DataObject) -> None:
    noun = data.draw(st.sampled_from([*WHERE]))
    ids = known(api)
    address = WHERE[noun].format(**ids)
    body = referring(GIVEN[noun], ids)
    kind, part = data.draw(st.sampled_from(parts_of(noun, body)))
    field = data.draw(st.sampled_from(fields_of(api, kind)))
    part[field] = data.draw(ODD)
    # Drawn before anything is sent, because what is answered depends on what earlier examples have left behind.
    change = {data.draw(st.sampled_from([*body])): data.draw(ODD)}

    answer = api.send("POST", address, json=body)

    assert answer.status_code in (201, 409, 422), (noun, body, answer.text)
    if answer.status_code == 201 and noun in ("event", "tally", "source", "document", "claim", "report", *DECIDED):
        changed = api.send("PATCH", answer.headers["location"], json=change)
        assert changed.status_code in (200, 409, 422), (noun, body, changed.text)


def known(api: Api) -> dict[str, str]:
    """The records that bodies refer to, added once."""
    if "claim" not in api.ids:
        api.ids["claim"] = api.claim()
        api.ids["document"] = api.document("Tass", text=GIVEN["document"]["text"])
        api.source("Khabar 24")
        api.source("Saltanat Azirbek")
    return {
        "event": api.event(),
        "source": api.ids["Saltanat Azirbek"],
        "claim": api.ids["claim"],
        "by": api.ids["Khabar 24"],
        "document": api.ids["document"],
        "publisher": api.ids["Tass"],
        "upstream": api.ids["Saltanat Azirbek"],
        "downstream": api.ids["Tass"],
        "other": api.ids["Khabar 24"],
    }


def referring(given: Json, ids: dict[str, str]) -> Json:
    """An example body that refers to records of this test."""
    body: Json = {name: ids.get(name, value) for name, value in deepcopy(given).items() if name != "tally"}
    if "attributions" in given:
        body["attributions"] = [{"upstream": ids["upstream"], "downstream": ids["downstream"]}]
    return body


def parts_of(noun: str, body: Json) -> list[tuple[str, Json]]:
    """A body and its parts, each with the name of its schema."""
    names = {"name": "SourceName", "interest": "Interest", "coverage": "Coverage"}
    parts = [(f"{names.get(noun, noun.title())}Create", body)]
    for field, schema in (("attributions", "AttributionCreate"), ("figures", "FigureCreate")):
        parts += [(schema, part) for part in body.get(field, ())]
    return parts


def fields_of(api: Api, schema: str) -> list[str]:
    """All fields that a body of this kind may have."""
    return sorted(api.app.openapi()["components"]["schemas"][schema]["properties"])
