"""To whom something is shown must be somebody, and whoever narrows a person is told where the name still stands."""

from __future__ import annotations

from time import monotonic

import pytest

from provenance.storage.reads import still_standing
from tests.api.telling import Api, Json
from tests.keys import Headers

NAME = "Saule Omarova"


@pytest.fixture
def witness(api: Api) -> str:
    """A witness whom a claim and the title of a document name; another claim names somebody who is called alike."""
    witness = api.source(NAME, "witness")
    api.ids["named"] = api.claim("SAULE OMAROVA saw dozens killed.")
    api.ids["title"] = api.document("Tass", title=f"{NAME} speaks")
    api.claim("Omar Saulebek saw dozens killed.")
    return witness


def shown(api: Api, record: str, to: str, headers: Headers, **more: object) -> Json:
    answer = api.send("PUT", f"/v1/visibility/{record}", json={"visibility": to, **more}, headers=headers)
    assert answer.status_code == 200, answer.text
    read = api.send("GET", f"/v1/visibility/{record}", headers=headers)
    assert answer.headers["etag"] == read.headers["etag"], "the next change is based on it"
    body: Json = answer.json()
    return body


def test_whoever_narrows_a_person_is_told_where_the_name_still_stands_in_public(
    api: Api, witness: str, ana: Headers
) -> None:
    told = shown(api, witness, "desk", ana)
    stands = {(one["noun"], one["record"], one["field"]) for one in told["still_stands"]}
    assert stands == {("claim", api.ids["named"], "text"), ("document", api.ids["title"], "title")}
    assert (told["still_stands_count"], told["still_stands_complete"]) == (2, True)

    shown(api, api.ids["named"], "desk", ana)
    again = shown(api, witness, "desk", ana)
    assert [one["record"] for one in again["still_stands"]] == [api.ids["title"]]
    assert shown(api, witness, "public", ana)["still_stands"] == []
    assert shown(api, api.source("Tass"), "desk", ana)["still_stands"] == [], "an agency is no person"


def test_looking_where_a_name_stands_ends_in_time_and_says_so(
    api: Api, witness: str, ana: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, still_standing.SECONDS / 2])
    monkeypatch.setattr(still_standing, "monotonic", lambda: next(clock, monotonic()))
    told = shown(api, witness, "desk", ana)
    assert not told["still_stands_complete"]
    assert told["still_stands_count"] < 2


def test_nothing_is_shown_to_a_name_that_nobody_bears(api: Api, witness: str, ana: Headers, bolat: Headers) -> None:
    sent = {"visibility": "named", "people": ["Bolat", "Nobody"]}
    refused = api.refused("PUT", f"/v1/visibility/{witness}", 422, json=sent, headers=ana)
    assert "nobody called Nobody has a key that is good" in refused["detail"]
    sent["people"] = ["bolat"]
    alike = api.refused("PUT", f"/v1/visibility/{witness}", 422, json=sent, headers=ana)
    assert "Did you mean Bolat?" in alike["detail"]
    assert api.get(f"/v1/sources/{witness}")["id"] == witness, "what is refused narrows nothing"
    assert shown(api, witness, "named", ana, people=["Bolat"])["people"] == ["Ana", "Bolat"]


@pytest.mark.parametrize("name", ["Ana Müller", " ana  MÜLLER ", "Ana Mu\N{COMBINING DIAERESIS}ller"])
@pytest.mark.parametrize("revoked", [False, True], ids=["good", "revoked"])
def test_a_second_key_for_a_name_is_made_only_for_the_same_person(api: Api, name: str, revoked: bool) -> None:
    first = api.post("/v1/keys", name="Ana Müller", role="editor")
    if revoked:
        assert api.send("DELETE", f"/v1/keys/{first['id']}").status_code == 204
    refused = api.refused("POST", "/v1/keys", 409, json={"name": name, "role": "contributor"})
    assert first["id"] in refused["detail"]
    assert "writes as Ana Müller" in refused["detail"]
    assert ("opens nothing any more" in refused["detail"]) == revoked
    assert api.post("/v1/keys", name=name, role="contributor", same_person=True)["name"] == "Ana Müller"
    assert api.post("/v1/keys", name="Ana Muller", role="contributor")["name"] == "Ana Muller"
