"""What changed on the way, over HTTP: which two rows, from what to what, how sure, and as of any moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.telling import Api, Json, Story, story
from tests.databases import Databases


@pytest.fixture(scope="module")
def told_once(databases: Databases) -> Iterator[Story]:
    """The injured officers, to be cloned for every test."""
    with story(databases, tell_of_the_injured) as told:
        yield told


@pytest.fixture
def api(told_once: Story) -> Iterator[Api]:
    """The app on a database that holds the injured officers."""
    with told_once.running() as api:
        yield api


@pytest.fixture
def injured(told_once: Story) -> str:
    """The claim of the injured officers."""
    claim: str = told_once.told["claim"]
    return claim


def tell_of_the_injured(api: Api) -> Json:
    """317 injured officers, who are 137 on one page and more than 300 on another."""
    claim = api.claim("317 officers were injured.")
    told = [("317", "Rosbalt", "2022-01-05"), ("137", "d1softballnews", "2022-01-06"), ("317", "LCI", "2022-01-07")]
    for figure, publisher, published in (*told, ("more than 300", "Knack", "2022-01-08")):
        api.report(claim, "Interior Ministry", publisher, figure=figure, document={"published": published})
    return {"claim": claim}


def drift(api: Api, claim: str, **parameters: object) -> list[Json]:
    return api.items(f"/v1/claims/{claim}/drift", **parameters)


def changed(items: list[Json]) -> list[tuple[str, str, str]]:
    return [(item["kind"], item["from"], item["to"]) for item in items]


def test_an_item_names_both_rows_the_field_both_values_and_how_sure_it_is(api: Api, injured: str) -> None:
    [first, second] = drift(api, injured)

    reports = {item["publisher"]: item["id"] for item in api.items("/v1/reports", claim=injured)}
    assert first == {
        "field": "figure",
        "kind": "transposed_digits",
        "from": "317",
        "to": "137",
        "sure": "certain",
        "against": "earliest",
        "stronger": False,
        "reason": "“317” in the earliest report that says so (Rosbalt, 2022-01-05) is “137” in d1softballnews, "
        "2022-01-06: two neighbouring digits changed places.",
        "before": first["before"]
        | {"report": reports["Rosbalt"], "publisher": "Rosbalt", "published_at": "2022-01-05"},
        "after": first["after"] | {"report": reports["d1softballnews"], "publisher_id": api.source("d1softballnews")},
    }
    assert api.get(f"/v1/figures/{first['after']['figure']}")["text"] == "137"
    assert (second["kind"], second["after"]["publisher"]) == ("rounding", "Knack")


def test_what_was_not_out_yet_has_not_changed_yet(api: Api, injured: str) -> None:
    assert changed(drift(api, injured, as_of="2022-01-05")) == []
    assert changed(drift(api, injured, as_of="2022-01-06")) == [("transposed_digits", "317", "137")]
    assert len(drift(api, injured, as_of="2022-01-08")) == 2


def test_what_was_not_held_yet_is_not_compared(api: Api, injured: str) -> None:
    before = api.items("/v1/history")[0]["at"]
    api.report(injured, "Interior Ministry", "TASS", figure="713", document={"published": "2022-01-09"})

    assert len(drift(api, injured)) == 3
    assert len(drift(api, injured, known_at=before)) == 2


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ({"field": "figure"}, ["transposed_digits", "rounding"]),
        ({"field": "source"}, []),
        ({"kind": "rounding"}, ["rounding"]),
        ({"sure": "certain"}, ["transposed_digits", "rounding"]),
        ({"sort": "-published"}, ["rounding", "transposed_digits"]),
    ],
)
def test_each_filter_lets_through_what_it_says(api: Api, injured: str, asked: dict[str, str], kinds: list[str]) -> None:
    assert [item["kind"] for item in drift(api, injured, **asked)] == kinds


def test_one_report_can_be_asked_about(api: Api, injured: str) -> None:
    [_, rounded] = drift(api, injured)
    assert drift(api, injured, report=rounded["after"]["report"]) == [rounded]


@pytest.mark.parametrize("sort", ["published", "-published"])
def test_pages_follow_one_another(api: Api, injured: str, sort: str) -> None:
    whole = drift(api, injured, sort=sort)
    first = api.get(f"/v1/claims/{injured}/drift", sort=sort, limit=1)
    second = api.get(f"/v1/claims/{injured}/drift", sort=sort, limit=1, cursor=first["next"])

    assert [*first["items"], *second["items"]] == whole
    assert second["next"] is None


def test_a_cursor_of_another_claim_is_refused(api: Api, injured: str) -> None:
    cursor = api.get(f"/v1/claims/{injured}/drift", limit=1)["next"]
    problem = api.refused("GET", f"/v1/claims/{api.claim('Other.')}/drift", 422, params={"limit": 1, "cursor": cursor})
    assert problem["errors"][0]["field"] == "cursor"


def test_what_nobody_knows_is_refused(api: Api, injured: str) -> None:
    api.refused("GET", "/v1/claims/clm_nobody/drift", 404)
    api.refused("GET", f"/v1/claims/{injured}/drift", 422, params={"kind": "worse"})
    api.refused("GET", f"/v1/claims/{injured}/drift", 422, params={"colour": "red"})


def test_a_figure_that_drifted_is_flagged_with_its_row(api: Api, injured: str) -> None:
    [flag] = api.items("/v1/flags", claim=injured, rule="figure_drift")
    assert "“317” became “137”" in flag["reason"]
    [item] = [one for one in drift(api, injured) if one["kind"] == "transposed_digits"]
    assert item["after"]["figure"] in {row["id"] for row in flag["evidence"]}
