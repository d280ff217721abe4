"""When it happened, when it was said and when it was published are told apart, each no more exactly than is known."""

from __future__ import annotations

import pytest

from tests.api.telling import Api, Json

DATES = [("claims", "happened"), ("reports", "said")]


def told(api: Api, noun: str, **dates: object) -> Json:
    """A claim, or a report of one, that is created with these dates."""
    if noun == "claims":
        return api.post("/v1/claims", text="Dozens were eliminated.", event=api.event(), **dates)
    page = api.document("Tass", published="2022-01-07")
    return api.post("/v1/reports", document=page, claim=api.claim(), **dates)


@pytest.mark.parametrize(("noun", "name"), DATES)
def test_a_day_is_kept_as_an_interval_and_answered_as_a_day(api: Api, noun: str, name: str) -> None:
    record = told(api, noun, **{name: "2022-01-06", f"{name}_basis": "printed"})
    assert {part: record[f"{name}_{part}"] for part in ("at", "printed", "precision", "basis")} == {
        "at": "2022-01-06",
        "printed": "2022-01-06",
        "precision": "day",
        "basis": "printed",
    }
    assert record[f"{name}_earliest"] == "2022-01-06T00:00:00Z"
    assert record[f"{name}_latest"] == "2022-01-06T23:59:59.999999Z"


@pytest.mark.parametrize(("noun", "name"), DATES)
def test_nothing_is_known_until_somebody_says_so_and_null_takes_it_back(api: Api, noun: str, name: str) -> None:
    record = told(api, noun)
    assert (record[f"{name}_at"], record[f"{name}_precision"], record[f"{name}_basis"]) == (None, "unknown", "unknown")
    address = f"/v1/{noun}/{record['id']}"
    known = api.send("PATCH", address, json={name: "2022-01-06T12:38+06:00"}).json()
    assert (known[f"{name}_at"], known[f"{name}_printed"]) == ("2022-01-06T06:38Z", "2022-01-06T12:38+06:00")
    forgotten = api.send("PATCH", address, json={name: None}).json()
    assert {key: forgotten[key] for key in record if key.startswith(name)} == {
        key: record[key] for key in record if key.startswith(name)
    }


@pytest.mark.parametrize(("noun", "name"), DATES)
def test_a_part_of_a_date_changes_and_the_rest_stays(api: Api, noun: str, name: str) -> None:
    record = told(api, noun, **{name: "2022-01-06"})
    changed = api.send("PATCH", f"/v1/{noun}/{record['id']}", json={f"{name}_basis": "inferred"}).json()
    assert (changed[f"{name}_at"], changed[f"{name}_basis"]) == ("2022-01-06", "inferred")


@pytest.mark.parametrize(("noun", "name"), DATES)
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"": "06.01.2022"}, ""),
        ({"": "2022-01-06T12:38"}, ""),
        ({"_precision": "day"}, "_precision"),
        ({"_earliest": "2022-01-06T00:00:00Z"}, "_latest"),
        ({"_earliest": "2022-01-06T00:00:00Z", "_latest": "2022-01-05T00:00:00Z"}, "_latest"),
        ({"_earliest": "2022-01-06T00:00:00Z", "_latest": "2022-01-06T12:00:00Z"}, "_precision"),
    ],
    ids=[
        "not ISO",
        "no zone",
        "a precision of nothing",
        "half an interval",
        "backwards",
        "an interval of no precision",
    ],
)
def test_a_date_that_contradicts_itself_is_refused(
    api: Api, noun: str, name: str, given: dict[str, str], field: str
) -> None:
    body: Json = {f"{name}{part}": value for part, value in given.items()}
    if noun == "claims":
        body |= {"text": "Dozens were eliminated.", "event": api.event()}
    else:
        body |= {"document": api.document("Tass"), "claim": api.claim()}
    problem = api.refused("POST", f"/v1/{noun}", 422, json=body)
    assert problem["errors"][0]["field"] == f"{name}{field}"
    assert problem["errors"][0]["remedy"]


def test_the_trace_tells_both_beside_when_it_was_published(api: Api) -> None:
    claim = api.post("/v1/claims", text="Dozens were eliminated.", event=api.event(), happened="2022-01-05")["id"]
    api.post("/v1/reports", document=api.document("Tass", published="2022-01-07"), claim=claim, said="2022-01-06")
    trace = api.get(f"/v1/claims/{claim}/trace")
    [report] = trace["reports"]
    assert trace["claim"]["happened_at"] == "2022-01-05"
    assert (report["said_at"], report["published_at"]) == ("2022-01-06", "2022-01-07")


def test_who_repeats_it_after_a_denial_is_listed_with_the_flags_and_cleared_when_the_page_tells_of_it(api: Api) -> None:
    claim, ministry = api.claim(), api.source("Health Ministry")
    day = {"effective": "2022-01-09", "reference": "its press release"}
    api.report(claim, "Health Ministry", "Tass", document={"published": "2022-01-08"})
    api.post("/v1/corrections", kind="disavowal", by=ministry, claim=claim, upstream=ministry, **day)
    late = api.report(claim, "Health Ministry", "Interfax", document={"published": "2022-01-10"})
    [flag] = api.items("/v1/flags", rule="zombie")
    assert (flag["claim"], flag["evidence"][0]["id"]) == (claim, late["id"])
    api.post("/v1/reports", document=late["document"], claim=claim, stance="denies")
    assert api.items("/v1/flags", rule="zombie") == []
