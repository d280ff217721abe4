"""The description of the API: valid, with a sentence and an example for each operation, and true to what is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from api.app import TAGS
from provenance.errors import InvalidInput
from provenance.storage.dates import ISO, read_date
from provenance.storage.session import writing
from provenance.storage.writes.intake import start_run
from tests.api.telling import Api, Json, the_app

DESCRIPTION: Json = the_app().openapi()
OPERATIONS = [
    (f"{method.upper()} {path}", operation)
    for path, methods in DESCRIPTION["paths"].items()
    for method, operation in methods.items()
]
named = pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])


def test_the_description_is_valid_openapi() -> None:
    validate(DESCRIPTION)


def test_the_description_says_what_this_is() -> None:
    info = DESCRIPTION["info"]

    assert info["title"]
    assert info["version"]
    assert info["license"] == {"name": "MIT", "identifier": "MIT"}
    assert [tag["name"] for tag in DESCRIPTION["tags"]] == list(TAGS)


@named
def test_each_operation_says_what_it_does_under_a_known_heading(name: str, operation: Json) -> None:
    assert operation["summary"], name
    assert operation["description"], name
    assert set(operation["tags"]) <= set(TAGS)


@named
def test_each_operation_has_examples_that_fit_their_schemas(name: str, operation: Json) -> None:
    examples = list(examples_of(operation))

    assert examples or name.startswith("DELETE ") or not in_json(operation), name
    for schema, example in examples:
        assert list(against(schema).iter_errors(example)) == []


@named
def test_each_parameter_is_described(name: str, operation: Json) -> None:
    for parameter in operation.get("parameters", []):
        assert parameter.get("description"), (name, parameter["name"])


@named
def test_no_parameter_is_described_as_null(name: str, operation: Json) -> None:
    for parameter in operation.get("parameters", []):
        assert {"type": "null"} not in parameter["schema"].get("anyOf", []), (name, parameter["name"])


@pytest.mark.parametrize(
    "written",
    ["2022", "2022-01", "2022-01-06", "2022-01-06T12:38+06:00", "2022-01-06 12:38Z", "2022-01-06T12:38:01.25-0330"],
)
def test_a_date_that_is_read_has_the_form_that_is_described(written: str) -> None:
    assert read_date(written)
    assert re.search(ISO, written)


@pytest.mark.parametrize(
    "written", ["", "22", "2022-13", "2022-00-01", "2022-01-32", "2022-01-06T24:00Z", "2022-01-06T12:38"]
)
def test_what_has_not_that_form_is_not_read(written: str) -> None:
    assert not re.search(ISO, written)
    with pytest.raises(InvalidInput):
        read_date(written)


@named
def test_each_problem_is_described_as_a_problem(name: str, operation: Json) -> None:
    for status, answer in operation["responses"].items():
        if status >= "400":
            assert list(answer["content"]) == ["application/problem+json"], (name, status)


def test_each_field_of_an_answer_is_described() -> None:
    answers = {name for name in DESCRIPTION["components"]["schemas"] if not name.endswith(("Create", "Change"))}
    schemas = DESCRIPTION["components"]["schemas"]
    for name in answers:
        for field, described in schemas[name].get("properties", {}).items():
            # Where FastAPI refers to another schema, it leaves the words to that one.
            referred = schemas.get(described.get("$ref", "").removeprefix("#/components/schemas/"), {})
            assert described.get("description") or referred.get("description"), (name, field)


def test_answers_are_as_they_are_described(api: Api) -> None:
    claim = api.claim()
    report = api.report(claim, "Interior Ministry", "Khabar 24", "Tass", document={"published": "2022-01-06"})
    api.post("/v1/tallies", title="Killed", measure="killed", event=api.event())
    review = api.post("/v1/reviews", claim=claim, author="Desk", rating="open", reasons="One origin.")
    found = {
        "claim_id": claim,
        "report_id": report["id"],
        "document_id": report["document"],
        "figure_id": report["figures"][0]["id"],
        "event_id": api.event(),
        "source_id": api.source("Tass"),
        "tally_id": api.items("/v1/tallies")[0]["id"],
        "review_id": review["id"],
        "noun": "claims",
        "record_id": claim,
        "change_id": api.items("/v1/history")[0]["change"],
        **parts(api),
    }
    for path, methods in DESCRIPTION["paths"].items():
        if "get" in methods and in_json(methods["get"]):
            query = {"q": "dozens"} if path.endswith("/search") else {}
            answer = api.get(path.format(**found), **query)
            schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            assert list(against(schema).iter_errors(answer)) == [], path


def parts(api: Api) -> dict[str, str]:
    """The ids of what belongs to another record."""
    source = f"/v1/sources/{api.source('Tass')}"
    api.post(f"{source}/interests", event=api.event(), interest="party", basis="commonly_known")
    whole = api.post(f"{source}/ties", kind="part_of", other=api.source("RIA"), basis="commonly_known")
    evidence = api.post("/v1/evidence", event=api.event(), kind="video", title="A street")
    return {
        "name_id": whole["names"][0]["id"],
        "tie_id": whole["ties"][0]["id"],
        "interest_id": whole["interests"][0]["id"],
        "evidence_id": evidence["id"],
        "correction_id": correction(api),
        "ruling_id": ruling(api),
        "ingestion_id": ingestion(api),
        "name": mapping(api),
        "key_id": api.items("/v1/keys")[0]["id"],
        **desk(api),
    }


def ingestion(api: Api) -> str:
    """The id of a run of bulk ingest, which only the command line starts."""
    with writing(api.app.state.engine) as session:
        start_run(session, "articles", {"event": None}, "an editor")
    identity: str = api.items("/v1/ingestions")[0]["id"]
    return identity


def mapping(api: Api) -> str:
    """The name of a saved mapping of columns."""
    answer = api.send("PUT", "/v1/mappings/tolls", json={"columns": {"claim_text": "Claim"}})
    name: str = answer.json()["name"]
    return name


def desk(api: Api) -> dict[str, str]:
    """The ids of what a desk keeps about a claim."""
    claim, ana = api.items("/v1/claims")[0]["id"], {"author": "Ana"}
    asked = {"asked": "the ministry", "how": "phone", "outcome": "no_reply", **ana}
    said = {"said": "Three confirmed it.", "says": "Three carried it.", "why": "A reader asked.", **ana}
    return {
        "note_id": api.post(f"/v1/claims/{claim}/notes", text="Ask the morgue.", **ana)["id"],
        "contact_id": api.post(f"/v1/claims/{claim}/contacts", **asked)["id"],
        "watch_id": api.post("/v1/watches", claim=claim, who="Ana")["id"],
        "own_correction_id": api.post("/v1/own-corrections", claim=claim, **said)["id"],
        "hook_id": api.post("/v1/hooks", url="https://receiver.example/hooks")["id"],
    }


def correction(api: Api) -> str:
    """The id of a correction."""
    claim = api.items("/v1/claims")[0]["id"]
    identity: str = api.post("/v1/corrections", kind="denial", by=api.source("RIA"), claim=claim)["id"]
    return identity


def ruling(api: Api) -> str:
    """The id of a ruling."""
    tally = api.items("/v1/tallies")[0]["id"]
    signed = {"method": "Counted.", "signed_by": "Desk", "signed_at": "2022-01-20T12:00:00Z"}
    identity: str = api.post("/v1/rulings", kind="range", tally=tally, low=1, **signed)["id"]
    return identity


def test_a_problem_is_as_it_is_described(api: Api) -> None:
    for address in ("/v1/claims/clm_a", "/v1/claims?x=1", "/v1/claims?limit=x", "/v1/nothing"):
        problem = api.send("GET", address).json()
        schema = {"$ref": "#/components/schemas/Problem"}
        assert list(against(schema).iter_errors(problem)) == []


def examples_of(operation: Json) -> Iterator[tuple[Json, Any]]:
    """Each example with its schema: of the body, where there is one, and of the answer."""
    if "requestBody" in operation:
        # A form holds files, which no example shows; each of its parts is described.
        for kind, content in operation["requestBody"]["content"].items():
            assert content.get("examples") or kind == "multipart/form-data"
            yield from ((content["schema"], each["value"]) for each in content.get("examples", {}).values())
    [answer] = [answer for status, answer in operation["responses"].items() if status < "300"]
    if "content" in answer and in_json(operation):
        content = answer["content"]["application/json"]
        yield content["schema"], content["example"]


def in_json(operation: Json) -> bool:
    """Whether an operation answers JSON, rather than the bytes of a copy."""
    [answer] = [answer for status, answer in operation["responses"].items() if status < "300"]
    return "application/json" in answer.get("content", {})


def against(schema: Json) -> OAS31Validator:
    """A validator for a schema of the description."""
    return OAS31Validator(schema | {"components": DESCRIPTION["components"]})
