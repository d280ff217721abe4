"""The history over HTTP: who changed what, and undoing it."""

from __future__ import annotations

from typing import Any

import pytest

from provenance.analysis.recording import recording
from provenance.storage.claim import Claim
from provenance.storage.reads import changes
from provenance.storage.writes.finding import known
from provenance.vocabulary import Role, Visibility
from tests.api.telling import Api, Json
from tests.keys import new_key

ANA = {"Provenance-Author": "Ana", "Provenance-Reason": "The agency's word."}


def change(api: Api, address: str, **given: Any) -> Json:
    """A record after a change by Ana."""
    answer = api.send("PATCH", address, json=given, headers=ANA)
    assert answer.status_code == 200, answer.text
    body: Json = answer.json()
    return body


def test_the_history_of_a_claim_says_who_changed_what_and_why(api: Api) -> None:
    claim = api.claim("Dozens were killed.")
    change(api, f"/v1/claims/{claim}", text="Dozens were eliminated.")

    newest, first = api.items(f"/v1/claims/{claim}/history")

    assert (newest["who"], newest["why"], newest["action"], newest["noun"], newest["record"]) == (
        "api: Ana",
        "The agency's word.",
        "changed",
        "claim",
        claim,
    )
    assert newest["changes"] == [{"field": "text", "before": "Dozens were killed.", "after": "Dozens were eliminated."}]
    assert (first["action"], first["before"], first["changes"]) == ("created", None, [])
    assert first["after"]["event"] == api.event()
    assert newest["undoable"] is True
    assert newest["id"] == f"ent_{newest['hash'][:20]}"


def test_what_refers_to_others_is_shown_by_id_and_name(api: Api) -> None:
    document = api.document("Tass")
    change(api, f"/v1/documents/{document}", publisher=api.source("Interfax"))

    newest = api.items(f"/v1/documents/{document}/history")[0]

    assert newest["changes"] == [
        {"field": "publisher", "before": "Tass", "after": "Interfax"},
        {"field": "publisher_id", "before": api.source("Tass"), "after": api.source("Interfax")},
    ]


def test_the_history_of_a_whole_has_its_parts(api: Api) -> None:
    report = api.report(api.claim(), "Interior Ministry", "Khabar 24", "Tass")
    source = f"/v1/sources/{api.source('Tass')}"
    api.post(f"{source}/names", name="ТАСС", language="ru")
    api.post(f"{source}/ties", kind="part_of", other=api.source("RIA"), basis="commonly_known")
    evidence = api.post("/v1/evidence", event=api.event(), kind="video", title="A street")["id"]
    step = {"step": "seen", "outcome": "real", "by": "us", "at": "2022-01-09T00:00:00Z"}
    api.post(f"/v1/evidence/{evidence}/verifications", **step)

    assert nouns(api, f"/v1/reports/{report['id']}/history") == ["attribution", "attribution", "figure", "report"]
    assert nouns(api, f"{source}/history") == ["source", "source_name", "source_name", "tie"]
    assert nouns(api, f"/v1/sources/{api.source('RIA')}/history") == ["source", "source_name", "tie"]
    assert nouns(api, f"/v1/evidence/{evidence}/history") == ["evidence", "verification"]


def test_what_holds_no_longer_has_its_history_all_the_same(api: Api) -> None:
    whole = api.post(f"/v1/sources/{api.source('Tass')}/names", name="ТАСС")
    name = next(one["id"] for one in whole["names"] if one["name"] == "ТАСС")
    assert api.send("DELETE", f"/v1/names/{name}").status_code == 204

    assert [entry["action"] for entry in api.items(f"/v1/names/{name}/history")] == ["retired", "created"]


def test_the_whole_history_is_filtered_and_turned_page_by_page(api: Api) -> None:
    claim = api.claim()
    change(api, f"/v1/claims/{claim}", note="Read with care.")

    assert [entry["record"] for entry in api.items("/v1/history", who="api: Ana")] == [claim]
    assert nouns(api, "/v1/history", noun="event") == ["event"]
    assert [entry["action"] for entry in api.items("/v1/history", record=claim)] == ["changed", "created"]
    assert api.items("/v1/history", until="2020") == []
    assert len(api.items("/v1/history", since="2020", action="changed")) == 1

    every = api.items("/v1/history", sort="at")
    assert [entry["previous"] for entry in every[1:]] == [entry["hash"] for entry in every[:-1]]
    turned, cursor = [], None
    while True:
        page = api.get("/v1/history", limit=1, sort="at", **({"cursor": cursor} if cursor else {}))
        turned += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert turned == every


def test_a_change_holds_all_that_one_request_wrote(api: Api) -> None:
    claim = api.claim()
    report = api.report(claim, "Interior Ministry", "Khabar 24", "Tass")
    identity = api.items(f"/v1/reports/{report['id']}/history")[0]["change"]

    found = api.get(f"/v1/history/{identity}")

    assert [entry["noun"] for entry in found["items"]] == ["report", "attribution", "attribution", "figure"]
    assert (found["entries"], found["undoable"], found["obstacles"]) == (4, True, [])
    first = api.get(f"/v1/history/{identity}", limit=3)
    rest = api.get(f"/v1/history/{identity}", limit=3, cursor=first["next"])
    assert first["items"] + rest["items"] == found["items"]


def test_undoing_over_http_is_a_change_with_its_reason_and_the_record_is_as_before(api: Api) -> None:
    claim = api.claim("Dozens were killed.")
    before = api.get(f"/v1/claims/{claim}")
    change(api, f"/v1/claims/{claim}", text="Dozens were eliminated.")
    identity = api.items(f"/v1/claims/{claim}/history")[0]["change"]

    answer = api.send(
        "POST",
        f"/v1/history/{identity}/undo",
        headers={"Provenance-Author": "Ben", "Provenance-Reason": "It was right before."},
    )

    assert answer.status_code == 201, answer.text
    undone = answer.json()
    assert answer.headers["location"] == f"/v1/history/{undone['id']}"
    assert (undone["who"], undone["why"]) == ("api: Ben", "It was right before.")
    assert undone["items"][0]["changes"] == [
        {"field": "text", "before": "Dozens were eliminated.", "after": "Dozens were killed."}
    ]
    after = api.get(f"/v1/claims/{claim}")
    assert {**after, "recorded_from": None} == {**before, "recorded_from": None}
    assert api.get(f"/v1/claims/{claim}/trace")["claim"]["text"] == "Dozens were killed."
    assert api.items("/v1/claims", q="eliminated") == []


def test_the_reason_of_an_undoing_may_stand_in_its_body_and_nothing_else_may(api: Api) -> None:
    claim = api.claim("Dozens were killed.")
    change(api, f"/v1/claims/{claim}", text="Dozens were eliminated.")
    address = f"/v1/history/{api.items(f'/v1/claims/{claim}/history')[0]['change']}/undo"

    api.refused("POST", address, 422, json={"because": "of a typing slip"})
    api.refused("POST", address, 400, content=b"{", headers={"Content-Type": "application/json"})
    assert api.post(address, why="It was right before.")["why"] == "It was right before."


def test_the_history_is_not_filtered_by_a_noun_that_there_is_not(api: Api) -> None:
    api.refused("GET", "/v1/history?noun=rumour", 422)


def test_a_refused_undoing_names_record_field_and_remedy(api: Api) -> None:
    claim = api.claim("One.")
    change(api, f"/v1/claims/{claim}", text="Two.")
    change(api, f"/v1/claims/{claim}", text="Three.")
    third, second, _ = (entry["change"] for entry in api.items(f"/v1/claims/{claim}/history"))

    problem = api.refused("POST", f"/v1/history/{second}/undo", 409)

    assert claim in problem["detail"]
    assert f"Undo {third} first" in problem["detail"]
    assert [error["field"] for error in problem["errors"]] == ["text"]
    assert [entry["undoable"] for entry in api.items(f"/v1/claims/{claim}/history")] == [True, False, False]
    told = api.get(f"/v1/history/{second}")
    assert (told["undoable"], len(told["obstacles"])) == (False, 1)


@pytest.mark.parametrize(
    "address",
    ["/v1/claims/clm_none/history", "/v1/claims/src_a/history", "/v1/claims/a%00/history", "/v1/history/chg_none"],
)
def test_what_was_never_written_has_no_history(api: Api, address: str) -> None:
    api.refused("GET", address, 404)


def test_a_record_is_asked_for_under_its_own_noun(api: Api) -> None:
    claim = api.claim()
    api.refused("GET", f"/v1/sources/{claim}/history", 404)
    api.refused("GET", f"/v1/flags/{claim}/history", 422)
    api.refused("GET", "/v1/history?record=clm_none", 422)
    api.refused("GET", "/v1/history?since=2023&until=2022", 422)
    api.refused("POST", "/v1/history/chg_none/undo", 404)


def test_what_is_not_for_everybody_is_in_no_history(api: Api) -> None:
    claim = api.claim()
    with recording(api.app.state.engine, "ana") as writer:
        writer.change(known(writer.session, Claim, claim), {"visibility": Visibility.DESK})

    outside = {"Authorization": f"Bearer {new_key(api.app.state.settings.database_url, Role.READER, 'Rita')}"}
    api.refused("GET", f"/v1/claims/{claim}/history", 404, headers=outside)
    assert claim not in api.send("GET", "/v1/history", headers=outside).text
    assert claim in [entry["record"] for entry in api.items("/v1/history")], "those who work here see it"


def test_large_changes_are_not_judged_in_passing(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "LARGE", 2)
    report = api.report(api.claim(), "Interior Ministry", "Tass")

    newest = api.items(f"/v1/reports/{report['id']}/history")[0]

    assert newest["undoable"] is None
    assert api.get(f"/v1/history/{newest['change']}")["undoable"] is True


def nouns(api: Api, address: str, **parameters: Any) -> list[str]:
    """What kinds of records the entries of a history are about."""
    return sorted(entry["noun"] for entry in api.items(address, **parameters))
