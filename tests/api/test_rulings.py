"""Rulings over HTTP: an editor's signed range, cut hop or judgement of a zombie, beside what is reported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.telling import Api, Json, Story, story
from tests.api.test_corrections import KHABAR, MINISTRY, TASS, nothing_is_served_wrongly, supported
from tests.databases import Databases

SIGNED = {"method": "Two editors read both pages.", "signed_by": "Desk", "signed_at": "2022-01-20T12:00:00Z"}


def rule(api: Api, kind: str, **more: Any) -> Json:
    """A new ruling."""
    return api.post("/v1/rulings", kind=kind, **SIGNED, **more)


@pytest.fixture(scope="module")
def told_once(databases: Databases) -> Iterator[Story]:
    """The case, told once and cloned for every test."""
    with story(databases, tell) as told:
        yield told


@pytest.fixture
def api(told_once: Story) -> Iterator[Api]:
    """The app on a database that holds the case."""
    with told_once.running() as api:
        yield api


@pytest.fixture
def case(told_once: Story) -> Json:
    """What the case consists of, by what a ruling may aim at."""
    return told_once.told


def tell(api: Api) -> Json:
    """One tally with one claim, which Tass has from the ministry through Khabar 24."""
    tally = api.post("/v1/tallies", title="Attackers killed", measure="killed", event=api.event())["id"]
    claim = api.claim(tally=tally)
    report = api.report(claim, MINISTRY, KHABAR, TASS, document={"published": "2022-01-06"})
    return {
        "tally": tally,
        "claim": claim,
        "report": report["id"],
        "hop": report["attributions"][0]["id"],
        "ministry": api.source(MINISTRY),
        "khabar": api.source(KHABAR),
    }


def test_a_range_stands_beside_the_figures_and_changes_none(api: Api, case: Json) -> None:
    figures, trace = api.get("/v1/figures"), api.get(f"/v1/claims/{case['claim']}/trace")

    made = rule(
        api, "range", tally=case["tally"], low=10, high=26, scale="airwars", grade="weak", inclusions="Numbers."
    )

    assert (made["tally_title"], made["low"], made["high"]) == ("Attackers killed", 10, 26)
    assert (made["scale"], made["grade"]) == ("Airwars", "Weak")
    assert api.get(f"/v1/rulings/{made['id']}") == made
    assert (api.get("/v1/figures"), api.get(f"/v1/claims/{case['claim']}/trace")) == (figures, trace)


@pytest.mark.parametrize(
    "aim", [["hop"], ["claim", "ministry"], ["claim", "khabar"], ["claim", "ministry", "khabar"]], ids=" ".join
)
def test_a_cut_hop_supports_nothing_until_the_cut_is_let_go(api: Api, case: Json, aim: list[str]) -> None:
    field = {"hop": "attribution", "ministry": "upstream", "khabar": "downstream", "claim": "claim"}

    made = rule(api, "cut", **{field[name]: case[name] for name in aim})

    assert supported(api, case["claim"]) == [False]
    [edge] = [edge for edge in api.get(f"/v1/claims/{case['claim']}/trace")["edges"] if edge["cut"]]
    assert edge["cut"]["by"] == "Desk"
    nothing_is_served_wrongly(api)
    assert api.send("DELETE", f"/v1/rulings/{made['id']}").status_code == 204
    assert supported(api, case["claim"]) == [True]
    nothing_is_served_wrongly(api)


def test_a_cut_holds_whatever_the_moment_that_is_asked_for(api: Api, case: Json) -> None:
    rule(api, "cut", attribution=case["hop"])

    before = api.get(f"/v1/claims/{case['claim']}/trace", as_of="2022-01-07")

    assert [report["supported"] for report in before["reports"]] == [False]


def test_a_judgement_of_a_zombie_is_settled_and_can_be_turned(api: Api, case: Json) -> None:
    made = rule(api, "zombie", report=case["report"], upholds=True)
    nothing_is_served_wrongly(api)

    changed = api.send("PATCH", f"/v1/rulings/{made['id']}", json={"upholds": False, "method": "It says so below."})

    assert (changed.json()["upholds"], changed.json()["method"]) == (False, "It says so below.")
    nothing_is_served_wrongly(api)


def test_rulings_are_listed_by_what_they_touch(api: Api, case: Json) -> None:
    made = [
        rule(api, "range", tally=case["tally"], low=10)["id"],
        rule(api, "cut", attribution=case["hop"])["id"],
        rule(api, "zombie", report=case["report"], upholds=True)["id"],
    ]
    other = api.claim("Ten people were killed.")

    assert [each["id"] for each in api.items("/v1/rulings", claim=case["claim"])] == made
    assert [each["id"] for each in api.items("/v1/rulings", tally=case["tally"])] == made[:1]
    assert [each["id"] for each in api.items("/v1/rulings", kind="cut")] == made[1:2]
    assert api.items("/v1/rulings", claim=other) == []
    first = api.get("/v1/rulings", limit=2)
    assert [each["id"] for each in api.items("/v1/rulings", limit=2, cursor=first["next"])] == made[2:]


REFUSED: list[tuple[str, Json, str]] = [
    ("a range of no tally", {"kind": "range", "low": 1}, "tally"),
    ("a range without ends", {"kind": "range", "tally": "{tally}"}, "low"),
    ("a range upside down", {"kind": "range", "tally": "{tally}", "low": 9, "high": 8}, "low"),
    ("a range below zero", {"kind": "range", "tally": "{tally}", "low": -5}, "low"),
    (
        "a signature of tomorrow",
        {"kind": "range", "tally": "{tally}", "low": 1, "signed_at": "2099-01-01T00:00:00Z"},
        "signed_at",
    ),
    ("a range of an unknown tally", {"kind": "range", "tally": "tal_nothere", "low": 1}, "tally"),
    ("a range with a report", {"kind": "range", "tally": "{tally}", "low": 1, "report": "{report}"}, "report"),
    ("a scale without a grade", {"kind": "range", "tally": "{tally}", "low": 1, "scale": "Airwars"}, "grade"),
    (
        "a grade of another scale",
        {"kind": "range", "tally": "{tally}", "low": 1, "scale": "Airwars", "grade": "Provisional"},
        "grade",
    ),
    ("a cut of everything", {"kind": "cut", "claim": "{claim}"}, "upstream"),
    ("a cut of nothing", {"kind": "cut"}, "claim"),
    ("a cut of two things", {"kind": "cut", "attribution": "{hop}", "claim": "{claim}"}, "claim"),
    ("a cut of an unknown hop", {"kind": "cut", "attribution": "hop_nothere"}, "attribution"),
    (
        "a cut between one source and itself",
        {"kind": "cut", "claim": "{claim}", "upstream": "{khabar}", "downstream": "{khabar}"},
        "downstream",
    ),
    ("a cut with a range", {"kind": "cut", "attribution": "{hop}", "low": 3}, "low"),
    ("a zombie of no report", {"kind": "zombie", "upholds": True}, "report"),
    ("a zombie that may be one", {"kind": "zombie", "report": "{report}"}, "upholds"),
]


@pytest.mark.parametrize(("given", "field"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_ruling_that_cannot_be_is_refused_by_the_name_of_its_field(
    api: Api, case: Json, given: Json, field: str
) -> None:
    body = {name: value.format(**case) if isinstance(value, str) else value for name, value in given.items()}

    problem = api.refused("POST", "/v1/rulings", 422, json={**SIGNED, **body})

    assert [error["field"] for error in problem["errors"]] == [field]
    assert problem["errors"][0]["remedy"]


def test_an_unsigned_ruling_is_refused(api: Api, case: Json) -> None:
    body = {"kind": "range", "tally": case["tally"], "low": 1}

    problem = api.refused("POST", "/v1/rulings", 422, json=body)

    assert {error["field"] for error in problem["errors"]} == {"method", "signed_by", "signed_at"}


def test_a_range_cannot_become_a_zombie_nor_lose_both_its_ends(api: Api, case: Json) -> None:
    made = rule(api, "range", tally=case["tally"], low=10)
    address = f"/v1/rulings/{made['id']}"

    assert api.refused("PATCH", address, 422, json={"upholds": True})["errors"][0]["field"] == "upholds"
    assert api.refused("PATCH", address, 422, json={"low": None})["errors"][0]["field"] == "low"
    assert api.send("PATCH", address, json={"grade": "two of three agree"}).json()["scale"] == "own words"


def test_the_scales_that_are_offered_can_be_graded_by(api: Api, case: Json) -> None:
    scales = api.send("GET", "/v1/rulings/scales").json()

    assert [scale["name"] for scale in scales] == ["Airwars", "Iraq Body Count", "own words"]
    for scale in scales:
        for step in scale["grades"]:
            made = rule(api, "range", tally=case["tally"], low=1, scale=scale["name"], grade=step["grade"])
            assert (made["scale"], made["grade"]) == (scale["name"], step["grade"])
            assert step["meaning"].endswith(".")
