"""At the desk nobody speaks for a colleague: whoever proposes signs as themselves and changes what is their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.api.telling import Api, Json, running
from tests.keys import Headers

CONTACT = {"asked": "press office", "how": "phone", "outcome": "no_reply"}


@pytest.fixture
def api(database_url: str) -> Iterator[Api]:
    """The app with one claim, where whoever says nothing is an admin."""
    with running(database_url) as api:
        api.ids["claim"] = api.claim()
        yield api


def of_claim(api: Api, part: str) -> str:
    return f"/v1/claims/{api.ids['claim']}/{part}"


def typed(api: Api, headers: Headers, **fields: str) -> httpx.Response:
    return api.send("POST", f"/claims/{api.ids['claim']}/desk", data=fields, headers=headers)


def hidden(page: str, name: str, near: str) -> str:
    [form] = [one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'value="{near}"' in one][:1]
    found = re.search(f'name="{name}" value="([^"]*)"', form)
    assert found is not None, form
    return found[1].replace("&#34;", '"')


def test_a_contributor_signs_as_nobody_else(api: Api, bolat: Headers) -> None:
    forged: list[tuple[str, str, Json]] = [
        (of_claim(api, "notes"), "author", {"text": "x"}),
        (of_claim(api, "contacts"), "author", CONTACT),
        ("/v1/watches", "who", {"claim": api.ids["claim"]}),
    ]
    for address, field, body in forged:
        refused = api.refused("POST", address, 422, json={**body, field: "Ana"}, headers=bolat)
        assert refused["errors"][0]["field"] == field
        assert api.send("POST", address, json={**body, field: "Bolat"}, headers=bolat).json()[field] == "Bolat"
        assert api.post(address, **body, **{field: "Ana"})[field] == "Ana", "an editor may name others"


def test_a_contributor_changes_only_notes_and_contacts_of_their_own(api: Api, bolat: Headers) -> None:
    changes = {"notes": ({"text": "x"}, {"text": "y"}), "contacts": (CONTACT, {"outcome": "answered"})}
    for noun, (body, change) in changes.items():
        anas = api.post(of_claim(api, noun), **body, author="Ana")["id"]
        own = api.send("POST", of_claim(api, noun), json=body, headers=bolat).json()["id"]
        assert "Ana" in api.refused("PATCH", f"/v1/{noun}/{anas}", 403, json=change, headers=bolat)["detail"]
        api.refused("DELETE", f"/v1/{noun}/{anas}", 403, headers=bolat)
        assert api.send("PATCH", f"/v1/{noun}/{own}", json=change, headers=bolat).status_code == 200
        assert api.send("DELETE", f"/v1/{noun}/{own}", headers=bolat).status_code == 204
    watch = api.post("/v1/watches", claim=api.ids["claim"], who="Ana")["id"]
    api.refused("DELETE", f"/v1/watches/{watch}", 403, headers=bolat)


def test_a_contributor_moves_claims_that_are_theirs_or_nobodys(api: Api, bolat: Headers) -> None:
    desk = of_claim(api, "desk")
    for sent in ({"state": "to_check"}, {"holder": "Bolat"}, {"holder": "Ana"}):
        assert api.send("PATCH", desk, json=sent, headers=bolat).status_code == 200, sent
    api.refused("PATCH", desk, 403, json={"holder": "Bolat"}, headers=bolat)
    api.refused("DELETE", desk, 403, headers=bolat)
    page = api.send("GET", f"/claims/{api.ids['claim']}/desk", headers=bolat).text
    kept = typed(api, bolat, do="moved", state="to_check", holder="Bolat", version=hidden(page, "version", "moved"))
    assert kept.status_code == 403
    assert "Ana has this claim" in kept.text
    assert api.get(desk)["holder"] == "Ana"


def test_a_form_that_does_not_say_what_its_sender_saw_changes_nothing(api: Api) -> None:
    note = api.post(of_claim(api, "notes"), text="as it was")["id"]
    watch = api.post("/v1/watches", claim=api.ids["claim"], who="a test")["id"]
    before = api.get(of_claim(api, "desk"))
    for fields in (
        {"do": "moved", "state": "to_check", "holder": "Ana"},
        {"do": "taken-off"},
        {"do": "note-changed", "record": note, "text": "overwritten"},
        {"do": "note-gone", "record": note},
        {"do": "unwatched", "record": watch},
    ):
        assert typed(api, {}, **fields).status_code == 428, fields
    assert api.get(of_claim(api, "desk")) == before


def test_a_form_that_is_sent_twice_adds_one_note(api: Api) -> None:
    page = api.send("GET", f"/claims/{api.ids['claim']}/desk").text
    once = hidden(page, "once", "noted")
    first, second = (typed(api, {}, do="noted", text="They call back.", once=once) for _ in range(2))
    assert (first.status_code, first.headers["location"]) == (second.status_code, second.headers["location"])
    assert first.status_code == 303
    typed(api, {}, do="noted", text="Other words, after going back.", once=once)
    assert len(api.get(of_claim(api, "desk"))["notes"]) == 2
