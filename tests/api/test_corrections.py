"""Corrections over HTTP: what they may aim at, and that each leaves the claims that it touches as they now stand."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from sqlmodel import Session

from provenance.analysis.standing import differences
from tests.api.telling import Api, Json, Story, story
from tests.databases import Databases

MINISTRY, KHABAR, TASS = "Interior Ministry", "Khabar 24", "Tass"


def supported(api: Api, claim: str) -> list[bool]:
    """Of each report of a claim, whether a declared path supports it."""
    return [report["supported"] for report in api.get(f"/v1/claims/{claim}/trace")["reports"]]


def status(api: Api, claim: str) -> str:
    said: str = api.get(f"/v1/claims/{claim}")["status"]
    return said


def correct(api: Api, kind: str, by: str, **more: Any) -> Json:
    """A new correction by somebody."""
    return api.post("/v1/corrections", kind=kind, by=api.source(by), **more)


def nothing_is_served_wrongly(api: Api) -> None:
    """All that is stored of claims is what a recomputation gives, or is marked."""
    with Session(api.app.state.engine) as session:
        assert [each for each in differences(session) if not each.stale] == []


def two_chains(api: Api) -> Json:
    """The ministry told Khabar 24, which Tass quotes; Interfax has it from the ministry itself."""
    claim = api.claim()
    tass = api.report(claim, MINISTRY, KHABAR, TASS, document={"published": "2022-01-06"})
    interfax = api.report(claim, MINISTRY, "Interfax", document={"published": "2022-01-06"})
    return {"claim": claim, "tass": tass, "interfax": interfax}


@pytest.fixture(scope="module")
def told_once(databases: Databases) -> Iterator[Story]:
    """The two chains, to be cloned for every test."""
    with story(databases, two_chains) as told:
        yield told


@pytest.fixture
def api(told_once: Story) -> Iterator[Api]:
    """The app on a database that holds the two chains."""
    with told_once.running() as api:
        yield api


@pytest.fixture
def dozens(told_once: Story) -> Json:
    """The claim of the two chains and their reports."""
    return deepcopy(told_once.told)


def test_whoever_had_no_part_in_a_statement_can_deny_it_and_not_take_it_back(api: Api, dozens: Json) -> None:
    stranger = api.source("Health Ministry")
    given = {"by": stranger, "claim": dozens["claim"]}

    for kind in ("retraction", "correction"):
        problem = api.refused("POST", "/v1/corrections", 422, json={**given, "kind": kind})
        assert [error["field"] for error in problem["errors"]] == ["by"]
    api.post("/v1/corrections", **given, kind="denial")
    assert status(api, dozens["claim"]) == "disputed"

    tie = {"other": api.source(MINISTRY), "kind": "controlled_by", "basis": "commonly_known"}
    api.post(f"/v1/sources/{stranger}/ties", **tie)
    api.post("/v1/corrections", **given, kind="retraction")
    assert status(api, dozens["claim"]) == "retracted"


def test_nothing_takes_effect_before_it_has_happened(api: Api, dozens: Json) -> None:
    given = {"kind": "retraction", "by": api.source(MINISTRY), "claim": dozens["claim"], "effective": "2099-01-10"}
    problem = api.refused("POST", "/v1/corrections", 422, json=given)
    assert [error["field"] for error in problem["errors"]] == ["effective"]


def test_a_retraction_by_the_originator_cuts_all_that_it_said(api: Api, dozens: Json) -> None:
    correct(api, "retraction", MINISTRY, claim=dozens["claim"], upstream=api.source(MINISTRY), effective="2022-01-10")

    assert supported(api, dozens["claim"]) == [False, False]
    assert status(api, dozens["claim"]) == "retracted"
    nothing_is_served_wrongly(api)


def test_what_the_originator_stated_on_its_own_page_is_taken_back_with_the_rest(api: Api, dozens: Json) -> None:
    own = api.document(MINISTRY, published="2022-01-06")
    api.post("/v1/reports", claim=dozens["claim"], document=own)
    assert supported(api, dozens["claim"]) == [True, True, True]

    made = correct(api, "retraction", MINISTRY, claim=dozens["claim"], upstream=api.source(MINISTRY), effective="2022")

    assert supported(api, dozens["claim"]) == [False, False, False]
    [item] = api.get(f"/v1/corrections/{made['id']}/impact")["items"]
    assert (item["before"]["reports"], item["after"]["reports"]) == (3, 0)
    assert item["fallen"][2]["paths"][0]["broken_by"][0]["kind"] == "report"
    nothing_is_served_wrongly(api)


def test_an_undated_correction_takes_effect_with_the_document_that_carries_it(api: Api, dozens: Json) -> None:
    page = api.document("RIA", published="2022-01-10")
    correct(api, "retraction", MINISTRY, claim=dozens["claim"], document=page)
    trace = f"/v1/claims/{dozens['claim']}/trace"
    at = {"as_of": "2022-01-11"}
    assert api.get(trace, **at)["claim"]["status"] == "retracted"

    api.send("PATCH", f"/v1/documents/{page}", json={"published": "2022-01-12"})

    assert api.get(trace, **at)["claim"]["status"] == "standing"
    assert status(api, dozens["claim"]) == "retracted"
    nothing_is_served_wrongly(api)


def test_a_correction_of_one_relay_cuts_that_relay_alone(api: Api, dozens: Json) -> None:
    correct(
        api,
        "retraction",
        KHABAR,
        claim=dozens["claim"],
        upstream=api.source(MINISTRY),
        downstream=api.source(KHABAR),
        effective="2022-01-10",
    )

    assert supported(api, dozens["claim"]) == [False, True]
    nothing_is_served_wrongly(api)


def test_a_retracted_document_takes_all_its_reports_with_it_those_without_hops_too(api: Api) -> None:
    dozens, ten = api.claim(), api.claim("Ten people were killed.")
    page = api.document(MINISTRY, published="2022-01-06")
    api.post("/v1/reports", claim=dozens, document=page)
    hop = {"upstream": api.source("Almaty police"), "downstream": api.source(MINISTRY)}
    api.post("/v1/reports", claim=ten, document=page, attributions=[hop])
    api.report(ten, "Eyewitness", "Die Welt", document={"published": "2022-01-06"})

    correct(api, "retraction", MINISTRY, target_document=page, effective="2022-01-07")

    [listed] = api.get("/v1/corrections")["items"]
    assert (listed["target_document"], listed["claim"]) == (page, None)
    assert supported(api, dozens) == [False]
    assert sorted(supported(api, ten)) == [False, True]
    assert (status(api, dozens), status(api, ten)) == ("standing", "standing")
    trace = api.get(f"/v1/claims/{dozens}/trace")
    assert trace["independence"]["verdict"] == "not_established"
    assert [origin["withdrawn"] for origin in trace["origins"]] == [True]
    nothing_is_served_wrongly(api)


def test_the_correction_of_one_hop_touches_no_other_report(api: Api, dozens: Json) -> None:
    hop = dozens["tass"]["attributions"][1]["id"]

    made = correct(api, "retraction", TASS, attribution=hop, effective="2022-01-10")

    assert made["attribution"] == hop
    assert supported(api, dozens["claim"]) == [False, True]
    [listed] = api.get("/v1/corrections")["items"]
    assert listed == {name: made[name] for name in listed}
    assert (listed["claim"], listed["report"]) == (dozens["claim"], dozens["tass"]["id"])
    assert (listed["upstream_id"], listed["downstream"]) == (api.source(KHABAR), TASS)
    nothing_is_served_wrongly(api)


@pytest.mark.parametrize(
    ("kind", "by", "now"), [("denial", "Health Ministry", "disputed"), ("disavowal", MINISTRY, "denied")]
)
def test_a_denial_or_disavowal_disputes_and_cuts_nothing(api: Api, dozens: Json, kind: str, by: str, now: str) -> None:
    correct(api, kind, by, claim=dozens["claim"], upstream=api.source(MINISTRY), effective="2022-01-10")

    assert supported(api, dozens["claim"]) == [True, True]
    assert status(api, dozens["claim"]) == now


def test_what_replaces_a_claim_is_named_and_a_change_of_it_is_told(api: Api, dozens: Json) -> None:
    tally = api.post("/v1/tallies", title="Killed", measure="killed", event=api.event())["id"]
    api.send("PATCH", f"/v1/claims/{dozens['claim']}", json={"tally": tally})
    later = api.claim("26 attackers were killed.", tally=tally)
    api.report(later, MINISTRY, TASS, figure="26", document={"published": "2022-01-08"})

    made = correct(api, "supersession", MINISTRY, claim=dozens["claim"], replaced_by=later, effective="2022-01-08")
    api.send("PATCH", f"/v1/claims/{later}", json={"text": "26 armed attackers were killed."})

    assert made["replaced_by"] == later
    assert status(api, dozens["claim"]) == "superseded"
    [told] = api.get(f"/v1/claims/{dozens['claim']}/trace")["corrections"]
    assert told["replaced_by_text"] == "26 armed attackers were killed."
    nothing_is_served_wrongly(api)


def test_a_correction_that_is_aimed_at_another_claim_lets_the_first_one_stand(api: Api, dozens: Json) -> None:
    other = api.claim("Ten people were killed.")
    api.report(other, MINISTRY, TASS)
    made = correct(api, "retraction", MINISTRY, claim=dozens["claim"], effective="2022-01-10")
    assert status(api, dozens["claim"]) == "retracted"

    answer = api.send("PATCH", f"/v1/corrections/{made['id']}", json={"claim": other})

    assert answer.status_code == 200, answer.text
    assert (status(api, dozens["claim"]), status(api, other)) == ("standing", "retracted")
    assert supported(api, dozens["claim"]) == [True, True]
    assert supported(api, other) == [False]
    nothing_is_served_wrongly(api)


def test_a_correction_moves_from_a_document_to_a_hop_and_away(api: Api, dozens: Json) -> None:
    page, hop = dozens["tass"]["document"], dozens["interfax"]["attributions"][0]["id"]
    made = correct(api, "retraction", TASS, target_document=page, effective="2022-01-10")
    assert supported(api, dozens["claim"]) == [False, True]

    address = f"/v1/corrections/{made['id']}"
    moved = api.send("PATCH", address, json={"target_document": None, "attribution": hop})
    assert moved.status_code == 200, moved.text
    assert supported(api, dozens["claim"]) == [True, False]

    assert api.send("DELETE", address).status_code == 204
    assert supported(api, dozens["claim"]) == [True, True]
    api.refused("GET", address, 404)
    nothing_is_served_wrongly(api)


def test_a_correction_counts_from_its_latest_possible_time(api: Api, dozens: Json) -> None:
    correct(api, "retraction", MINISTRY, claim=dozens["claim"], effective="2022-01-10")
    at = {
        moment: api.get(f"/v1/claims/{dozens['claim']}/trace", as_of=moment)
        for moment in ("2022-01-10T12:00Z", "2022-01-10")
    }

    assert at["2022-01-10T12:00Z"]["claim"]["status"] == "standing"
    assert at["2022-01-10"]["claim"]["status"] == "retracted"


def test_a_date_may_be_an_interval_and_taken_away_again(api: Api, dozens: Json) -> None:
    made = correct(
        api,
        "retraction",
        MINISTRY,
        claim=dozens["claim"],
        effective_earliest="2022-01-09T15:33:00Z",
        effective_latest="2022-01-10T08:29:00Z",
        effective_precision="day",
        effective_basis="inferred",
    )
    assert made["effective"] == "2022-01-09/2022-01-10"

    changed = api.send("PATCH", f"/v1/corrections/{made['id']}", json={"effective": None})
    assert changed.json()["effective"] is None


REFUSED: list[tuple[str, Json, str]] = [
    ("no target", {}, "claim"),
    ("two targets", {"claim": "{claim}", "target_document": "{document}"}, "target_document"),
    ("a claim beside one hop", {"claim": "{claim}", "attribution": "{hop}"}, "attribution"),
    ("an upstream of a document", {"target_document": "{document}", "upstream": "{ministry}"}, "upstream"),
    ("a downstream alone", {"claim": "{claim}", "downstream": "{khabar}"}, "downstream"),
    ("a relay of itself", {"claim": "{claim}", "upstream": "{khabar}", "downstream": "{khabar}"}, "downstream"),
    ("an unknown claim", {"claim": "clm_nothere"}, "claim"),
    ("an unknown hop", {"attribution": "hop_nothere"}, "attribution"),
    ("an unknown document", {"target_document": "doc_nothere"}, "target_document"),
    ("an unknown carrier", {"claim": "{claim}", "document": "doc_nothere"}, "document"),
    ("an unknown speaker", {"claim": "{claim}", "by": "src_nothere"}, "by"),
    ("no date", {"claim": "{claim}", "effective": "soon"}, "effective"),
    ("half a date", {"claim": "{claim}", "effective_earliest": "2022-01-09T15:33:00Z"}, "effective_latest"),
    ("a retraction with a replacement", {"claim": "{claim}", "replaced_by": "{other}"}, "replaced_by"),
    (
        "a claim that replaces itself",
        {"kind": "correction", "claim": "{claim}", "replaced_by": "{claim}"},
        "replaced_by",
    ),
    (
        "a replacement of another event",
        {"kind": "correction", "claim": "{claim}", "replaced_by": "{elsewhere}"},
        "replaced_by",
    ),
    (
        "a hop with a replacement of another event",
        {"kind": "correction", "attribution": "{hop}", "replaced_by": "{elsewhere}"},
        "replaced_by",
    ),
    (
        "a document with a replacement of another event",
        {"kind": "correction", "target_document": "{document}", "replaced_by": "{elsewhere}"},
        "replaced_by",
    ),
    ("a misspelt field", {"claim": "{claim}", "efective": "2022"}, "efective"),
]


def test_a_correction_that_cannot_be_is_refused_by_the_name_of_its_field(api: Api, dozens: Json) -> None:
    names = {
        "claim": dozens["claim"],
        "other": api.claim("Ten people were killed."),
        "elsewhere": api.claim("A mill burned.", event=api.event("A fire")),
        "document": dozens["tass"]["document"],
        "hop": dozens["tass"]["attributions"][0]["id"],
        "ministry": api.source(MINISTRY),
        "khabar": api.source(KHABAR),
    }
    bodies = {case: {"kind": "retraction", "by": "{ministry}", **given} for case, given, _ in REFUSED}

    errors = {
        case: api.refused(
            "POST", "/v1/corrections", 422, json={name: value.format(**names) for name, value in body.items()}
        )["errors"]
        for case, body in bodies.items()
    }

    assert {case: [error["field"] for error in each] for case, each in errors.items()} == {
        case: [field] for case, _, field in REFUSED
    }
    assert [case for case, each in errors.items() if not each[0]["remedy"]] == []
    assert api.items("/v1/corrections") == []


def test_the_same_correction_is_recorded_once(api: Api, dozens: Json) -> None:
    same = {"kind": "denial", "by": api.source("Health Ministry"), "claim": dozens["claim"], "effective": "2022-01-10"}
    held = api.post("/v1/corrections", **same)

    problem = api.refused("POST", "/v1/corrections", 409, json=same)

    assert held["id"] in problem["detail"]
    api.post("/v1/corrections", **{**same, "effective": "2022-01-11"})


def test_a_change_that_leaves_two_targets_is_refused_and_changes_nothing(api: Api, dozens: Json) -> None:
    made = correct(api, "retraction", MINISTRY, claim=dozens["claim"])
    address = f"/v1/corrections/{made['id']}"

    problem = api.refused("PATCH", address, 422, json={"target_document": dozens["tass"]["document"]})

    assert problem["errors"][0]["field"] == "target_document"
    assert api.get(address) == made
    api.refused("PATCH", address, 422, json={"claim": None})
