"""Merges and splits over HTTP: what would change is told first, and links to either id keep working."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.telling import Api, Json, Story, story
from tests.databases import Databases

Wordings = tuple[str, str]


@pytest.fixture(scope="module")
def told_once(databases: Databases) -> Iterator[Story]:
    """One statement in two wordings, to be cloned for every test."""
    with story(databases, tell_in_two_wordings) as told:
        yield told


@pytest.fixture
def api(told_once: Story) -> Iterator[Api]:
    """The app on a database that holds both wordings."""
    with told_once.running() as api:
        yield api


@pytest.fixture
def wordings(told_once: Story) -> Wordings:
    """The claims of "several" and of "dozens"."""
    return told_once.told["several"], told_once.told["dozens"]


def tell_in_two_wordings(api: Api) -> Json:
    """The founding article read as two claims, both by the police: "several" via Interfax, "dozens" via Tass."""
    article = api.document("Die Welt", title="Almaty")
    dozens, several = api.claim("Dozens of attackers were eliminated."), api.claim("Several were eliminated.")
    for claim, agency, figure in ((dozens, "Tass", "dozens"), (several, "Interfax", "several")):
        police, carrier, paper = map(api.source, ("Almaty police", agency, "Die Welt"))
        hops = [{"upstream": police, "downstream": carrier}, {"upstream": carrier, "downstream": paper}]
        figures = [{"text": figure, "measure": "killed"}]
        api.post("/v1/reports", claim=claim, document=article, attributions=hops, figures=figures)
    api.report(several, "Eyewitness", "Interfax", figure="several")
    return {"several": several, "dozens": dozens}


def merge(api: Api, noun: str, gone: str, kept: str, *, expect: int = 200, **query: Any) -> Json:
    """What merging one record into another answers."""
    headers = {"Provenance-Reason": "one statement in two wordings"}
    address = f"/v1/{noun}/{gone}/merge"
    answer = api.send("POST", address, json={"into": kept}, params=query, headers=headers)
    assert answer.status_code == expect, answer.text
    body: Json = answer.json()
    return body


def split(api: Api, noun: str, kept: str, given: Json, **query: Any) -> Json:
    """What splitting a record answers."""
    answer = api.send("POST", f"/v1/{noun}/{kept}/split", json=given, params=query)
    assert answer.status_code == 200, answer.text
    body: Json = answer.json()
    return body


def test_a_preview_tells_what_a_merge_does_and_writes_nothing(api: Api, wordings: Wordings) -> None:
    several, dozens = wordings
    trace = api.send("GET", f"/v1/claims/{several}/trace").content

    told = merge(api, "claims", several, dozens, dry_run=True)

    assert api.send("GET", f"/v1/claims/{several}/trace").content == trace
    done = merge(api, "claims", several, dozens)
    assert (told.pop("dry_run"), done.pop("dry_run")) == (True, False)
    assert (told.pop("change"), done.pop("change")[:4]) == (None, "chg_")
    assert told == done
    assert (done["kept"], done["gone"], done["moved"]) == (dozens, several, {"report": 2})
    effects = {effect["claim"]: effect for effect in done["claims"]}
    before, after = effects[dozens]["before"], effects[dozens]["after"]
    assert (before["documents"], after["documents"]) == (1, 2)
    assert (before["parties"], after["parties"], after["established_origins"]) == (1, 2, 2)
    assert (before["verdict"], after["verdict"]) == ("single", "unexamined")
    assert "single_origin" in [flag["rule"] for flag in effects[dozens]["flags_lost"]]
    assert effects[several]["after"] is None
    assert (done["concerned"], done["compared"]) == (2, 2)


@pytest.mark.parametrize("below", ["", "/trace", "/trace?as_of=2022-02-01"])
def test_a_gone_id_leads_to_the_same_address_of_the_other(api: Api, wordings: Wordings, below: str) -> None:
    several, dozens = wordings
    merge(api, "claims", several, dozens)

    for method in ("GET", "HEAD"):
        answer = api.send(method, f"/v1/claims/{several}{below}")
        assert answer.status_code == 308
        assert answer.headers["location"] == f"/v1/claims/{dozens}{below}"
        assert answer.headers["cache-control"] == "no-store"
    body = api.send("GET", f"/v1/claims/{several}{below}").json()
    assert body["merged_into"] == dozens
    assert body["location"] == f"/v1/claims/{dozens}{below}"
    assert body["why"] == "one statement in two wordings"
    assert body["at"].startswith("20")
    assert api.send("GET", answer.headers["location"]).status_code == 200


def test_before_the_merge_was_known_the_old_id_answers_itself(api: Api, wordings: Wordings) -> None:
    several, dozens = wordings
    before = api.get(f"/v1/claims/{several}/trace")
    held = api.get(f"/v1/claims/{several}")["recorded_from"]
    moment = _last_written(api)
    merge(api, "claims", several, dozens)

    then = api.get(f"/v1/claims/{several}/trace", known_at=moment)

    assert then["claim"]["id"] == several
    assert [report["id"] for report in then["reports"]] == [report["id"] for report in before["reports"]]
    assert api.get(f"/v1/claims/{several}", known_at=moment)["recorded_from"] == held
    query = f"known_at={quote(_last_written(api))}"
    answer = api.send("GET", f"/v1/claims/{several}/trace?{query}")
    assert (answer.status_code, answer.headers["location"]) == (308, f"/v1/claims/{dozens}/trace?{query}")


def test_a_field_in_the_wrong_place_is_not_said_to_be_known_there(api: Api, wordings: tuple[str, str]) -> None:
    several, dozens = wordings
    problem = api.refused("POST", f"/v1/claims/{several}/merge", 422, json={"into": dozens, "dry_run": True})
    [error] = problem["errors"]
    assert (error["field"], error["remedy"]) == ("dry_run", "Remove it, or correct its spelling. Known here: into.")


def test_both_records_tell_of_the_merge_in_their_histories(api: Api, wordings: Wordings) -> None:
    several, dozens = wordings
    done = merge(api, "claims", several, dozens)

    for one in wordings:
        [told, *_] = api.items(f"/v1/claims/{one}/history", noun="merge")
        assert (told["action"], told["noun"], told["why"]) == ("created", "merge", "one statement in two wordings")
        assert told["change"] == done["change"]
    assert "retired" in [entry["action"] for entry in api.items(f"/v1/claims/{several}/history")]


def test_a_report_sent_again_under_a_gone_id_is_the_same_report(api: Api, wordings: Wordings) -> None:
    several, _ = wordings
    api.source("TASS agency", "news_agency")
    document = api.document("Tass")
    hops = [{"upstream": api.source("Almaty police"), "downstream": api.ids["Tass"]}]
    given = {"claim": several, "document": document}
    api.post("/v1/reports", **given, attributions=hops)
    merge(api, "sources", api.ids["Tass"], api.ids["TASS agency"])

    api.refused("POST", "/v1/reports", 409, json={**given, "attributions": hops})


def test_after_a_split_both_ids_answer_as_before(api: Api, wordings: Wordings) -> None:
    traces = {one: api.send("GET", f"/v1/claims/{one}/trace") for one in wordings}
    several, dozens = wordings
    merge(api, "claims", several, dozens)
    assert [item["id"] for item in api.items("/v1/claims", q="several")] == [dozens]

    told = split(api, "claims", dozens, {"claim": several}, dry_run=True)
    done = split(api, "claims", dozens, {"claim": several})

    assert told["claims"] == done["claims"]
    assert (done["split_off"], done["gone"], done["moved"]) == (several, None, {"report": 2})
    for one, before in traces.items():
        after = api.send("GET", f"/v1/claims/{one}/trace")
        assert (after.content, after.headers["etag"]) == (before.content, before.headers["etag"])
    assert [item["id"] for item in api.items("/v1/claims", q="several")] == [several]


def test_a_claim_that_would_only_be_made_has_no_id_yet(api: Api, wordings: Wordings) -> None:
    several, _ = wordings
    own = [report["id"] for report in api.items("/v1/reports", claim=several)]
    given = {"reports": own[:1], "text": "Others were eliminated."}

    told = split(api, "claims", several, given, dry_run=True)

    assert told["split_off"] is None
    made = next(effect for effect in told["claims"] if effect["before"] is None)
    assert (made["claim"], made["text"], made["after"]["documents"]) == (None, "Others were eliminated.", 1)
    done = split(api, "claims", several, given)
    assert api.get(f"/v1/claims/{done['split_off']}")["text"] == "Others were eliminated."


def test_filters_and_bodies_follow_a_merge(api: Api, wordings: Wordings) -> None:
    several, dozens = wordings
    merge(api, "claims", several, dozens)

    assert len(api.items("/v1/reports", claim=several)) == 3
    report = api.report(several, "Almaty police", "RIA")
    assert report["claim"] == dozens
    changed = api.send("PATCH", f"/v1/claims/{several}", json={"note": "One statement."})
    assert (changed.status_code, changed.headers["location"]) == (308, f"/v1/claims/{dozens}")


def test_two_rows_for_one_agency_are_one_source_and_the_search_finds_it_by_either_name(
    api: Api, wordings: Wordings
) -> None:
    claim = api.claim()
    api.source("TASS agency", "news_agency")
    api.report(claim, "Almaty police", "TASS agency", "Tass")
    kept, gone = api.ids["Tass"], api.ids["TASS agency"]

    done = merge(api, "sources", gone, kept)

    assert done["moved"] == {"source_name": 1, "attribution": 1}
    assert done["dropped"] == {"attribution": 1}
    [found] = api.items("/v1/sources", q="TASS agency")
    assert found["id"] == kept
    assert api.get(f"/v1/claims/{claim}/trace")["reports"][0]["paths"] == [["Almaty police", "Tass"]]
    for below in ("", "/claims?role=carrier"):
        answer = api.send("GET", f"/v1/sources/{gone}{below}")
        assert (answer.status_code, answer.headers["location"]) == (308, f"/v1/sources/{kept}{below}")
    assert {item["id"] for item in api.items("/v1/claims", source=gone)} == {claim, wordings[1]}
    split(api, "sources", kept, {"source": gone})
    assert api.get(f"/v1/claims/{claim}/trace")["reports"][0]["paths"] == [["Almaty police", "TASS agency", "Tass"]]


def test_what_cannot_be_merged_is_refused_by_its_field(api: Api, wordings: Wordings) -> None:
    several, dozens = wordings
    elsewhere = api.claim("Dozens.", event=api.event("Another night"))
    for gone, kept, status in (
        (several, several, 422),
        (several, elsewhere, 422),
        (several, "clm_nowhere", 422),
        ("clm_nowhere", dozens, 404),
    ):
        problem = api.refused("POST", f"/v1/claims/{gone}/merge", status, json={"into": kept})
        assert status == 404 or [each["field"] for each in problem["errors"]] == ["into"]
    stale = {"If-Match": '"0000000000000000"'}
    api.refused("POST", f"/v1/claims/{several}/merge", 412, json={"into": dozens}, headers=stale)
    api.refused("POST", f"/v1/claims/{several}/merge", 422, json={"into": dozens}, params={"dryrun": "true"})


ODD = (None, 5, "", "\x00", "\ud83d", "x" * 3000, ["\x00"], [None], {"a": 1}, "clm_nowhere", ["rep_nowhere"])


@pytest.mark.parametrize(
    ("noun", "deed", "fields"),
    [
        ("claims", "merge", ["into"]),
        ("claims", "split", ["claim", "reports", "text", "tally", "note"]),
        ("sources", "merge", ["into"]),
        ("sources", "split", ["source", "name", "kind", "country", "hops", "documents", "names", "ties"]),
    ],
)
def test_an_odd_value_in_a_body_is_refused_and_writes_nothing(
    api: Api, wordings: Wordings, noun: str, deed: str, fields: list[str]
) -> None:
    record = wordings[0] if noun == "claims" else api.ids["Tass"]
    written = len(api.items("/v1/history", limit=100))
    for field in fields:
        for odd in ODD:
            answer = api.send("POST", f"/v1/{noun}/{record}/{deed}", json={field: odd})
            assert answer.status_code == 422, (field, odd, answer.text)
    assert len(api.items("/v1/history", limit=100)) == written
    for odd in ("clm_%00", "clm_x%2Fy", "clm_é", "src_" + "x" * 400):
        assert api.send("POST", f"/v1/{noun}/{odd}/{deed}", json={"into": record}).status_code in (404, 422)


def test_an_agency_that_says_everything_is_previewed_in_part(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.analysis.regrouping.COMPARED", 2)
    for number in range(4):
        api.report(api.claim(f"{number} were killed."), "Interior Ministry", "Interfax", figure=str(number))
    api.source("Ministry of the Interior", "government_body")

    told = merge(api, "sources", api.ids["Interior Ministry"], api.ids["Ministry of the Interior"], dry_run=True)

    assert (told["concerned"], told["compared"]) == (4, 2)


def _last_written(api: Api) -> str:
    """The moment of the newest change, as the database has it."""
    at: str = api.items("/v1/history", sort="-at", limit=1)[0]["at"]
    return at
