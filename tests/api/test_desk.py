"""The desk over HTTP: who has which claim, whom it asked, what it watches, and what it says of its own mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from provenance.vocabulary import Role
from tests.api.telling import Api, Json, Story, story
from tests.databases import Databases
from tests.keys import new_key

TEXT = "Dozens of attackers were eliminated."


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
def claim(told_once: Story) -> str:
    """The claim that the desk is at work on."""
    identity: str = told_once.told["claim"]
    return identity


def tell(api: Api) -> Json:
    """One claim of the ministry in one agency, and the same in other words."""
    claim, twin = api.claim(TEXT), api.claim("Several attackers were eliminated.")
    for one, agency in ((claim, "Tass"), (twin, "Interfax")):
        api.report(one, "Interior Ministry", "Khabar 24", agency, document={"published": "2022-01-06"})
    return {"claim": claim, "twin": twin}


def as_ana(api: Api, method: str, address: str, given: Json | None = None, **headers: str) -> Any:
    """The answer to Ana."""
    return api.send(method, address, json=given, headers={"Provenance-Author": "Ana", **headers})


def ask(api: Api, claim: str, **more: Any) -> Json:
    """One entry of the contact log, by Ana: the ministry was called and did not reply."""
    given = {"asked": "the ministry", "how": "phone", "outcome": "no_reply", **more}
    answer = as_ana(api, "POST", f"/v1/claims/{claim}/contacts", given)
    assert answer.status_code == 201, answer.text
    body: Json = answer.json()
    return body


def test_a_claim_that_nobody_took_up_is_on_no_desk(api: Api, claim: str) -> None:
    kept = api.get(f"/v1/claims/{claim}/desk")

    assert (kept["state"], kept["holder"], kept["notes"], kept["steps"]) == (None, None, [], [])
    assert api.items("/v1/desk") == []


def test_a_claim_moves_on_and_every_step_says_who_took_it(api: Api, claim: str) -> None:
    as_ana(api, "PATCH", f"/v1/claims/{claim}/desk", {"state": "in_progress", "holder": "Ana"})
    as_ana(api, "PATCH", f"/v1/claims/{claim}/desk", {"state": "second_eye"})
    kept = api.send(
        "PATCH", f"/v1/claims/{claim}/desk", json={"holder": "Ben"}, headers={"Provenance-Author": "Ben"}
    ).json()

    assert [(step["who"], step["state"], step["holder"]) for step in kept["steps"]] == [
        ("api: Ana", "in_progress", "Ana"),
        ("api: Ana", "second_eye", "Ana"),
        ("api: Ben", "second_eye", "Ben"),
    ]
    [entry] = api.items("/v1/desk", state="second_eye", holder="Ben")
    assert (entry["claim"], entry["claim_text"], entry["state"]) == (claim, TEXT, "second_eye")
    assert api.items("/v1/desk", holder="Ana") == api.items("/v1/desk", state="published") == []


def test_whoever_read_an_older_state_does_not_overwrite_the_newer_one(api: Api, claim: str) -> None:
    read = api.send("GET", f"/v1/claims/{claim}/desk").headers["ETag"]
    assert as_ana(api, "PATCH", f"/v1/claims/{claim}/desk", {"state": "ready"}).status_code == 200

    stale = as_ana(api, "PATCH", f"/v1/claims/{claim}/desk", {"state": "to_check"}, **{"If-Match": read})

    assert stale.status_code == 412
    assert api.get(f"/v1/claims/{claim}/desk")["state"] == "ready"


def test_a_claim_that_is_taken_off_the_desk_keeps_its_notes_and_steps(api: Api, claim: str) -> None:
    as_ana(api, "PATCH", f"/v1/claims/{claim}/desk", {"state": "in_progress"})
    as_ana(api, "POST", f"/v1/claims/{claim}/notes", {"text": "Ask the morgue."})
    assert as_ana(api, "DELETE", f"/v1/claims/{claim}/desk").status_code == 204

    kept = api.get(f"/v1/claims/{claim}/desk")

    assert (kept["state"], [note["text"] for note in kept["notes"]]) == (None, ["Ask the morgue."])
    assert [step["state"] for step in kept["steps"]] == ["in_progress", None]
    assert api.items("/v1/desk") == []


def test_asked_the_ministry_at_ten_past_two_and_no_reply(api: Api, claim: str) -> None:
    ministry = api.source("Interior Ministry")
    ask(api, claim, source=ministry, at="2026-11-22T14:10:00Z")
    as_ana(api, "PATCH", f"/v1/claims/{claim}/desk", {"state": "in_progress", "holder": "Ana"})

    [entry] = api.items("/v1/desk")

    last = entry["last_contact"]
    assert (entry["contacts"], last["asked"], last["source"], last["at"], last["outcome"], last["author"]) == (
        1,
        "the ministry",
        "Interior Ministry",
        "2026-11-22T14:10:00Z",
        "no_reply",
        "Ana",
    )


def test_an_answer_that_came_after_all_is_put_into_the_log(api: Api, claim: str) -> None:
    first = ask(api, claim)
    changed = as_ana(api, "PATCH", f"/v1/contacts/{first['id']}", {"outcome": "answered", "words": "No list is kept."})

    assert changed.json() == api.get(f"/v1/contacts/{first['id']}")
    assert (changed.json()["outcome"], changed.json()["words"]) == ("answered", "No list is kept.")
    assert as_ana(api, "DELETE", f"/v1/contacts/{first['id']}").status_code == 204
    assert api.get(f"/v1/claims/{claim}/desk")["contacts"] == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"at": "2999-01-01T00:00:00Z"}, "at"),
        ({"source": "src_aaaaaaaaaaaaaaaa"}, "source"),
        ({"how": "pigeon"}, "how"),
        ({"outcome": "shrugged"}, "outcome"),
    ],
    ids=["in the future", "an unknown source", "an unknown way", "an unknown outcome"],
)
def test_a_contact_that_cannot_be_is_refused_with_its_field(api: Api, claim: str, given: Json, field: str) -> None:
    body = {"asked": "the ministry", "how": "phone", "outcome": "no_reply", **given}

    refused = as_ana(api, "POST", f"/v1/claims/{claim}/contacts", body)

    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]


def test_a_note_without_a_name_is_that_of_whoever_owns_the_key(api: Api, claim: str) -> None:
    assert api.post(f"/v1/claims/{claim}/notes", text="Who wrote this?")["author"] == "a test"
    note = api.post(f"/v1/claims/{claim}/notes", text="Ask the morgue.", author="Ben")
    assert (note["author"], note["text"]) == ("Ben", "Ask the morgue.")


def test_what_the_desk_notes_stands_in_no_answer_to_those_outside(api: Api, claim: str) -> None:
    secret = "zitterpappel"
    as_ana(api, "PATCH", f"/v1/claims/{claim}/desk", {"state": "in_progress", "holder": secret})
    as_ana(api, "POST", f"/v1/claims/{claim}/notes", {"text": secret})
    as_ana(api, "POST", "/v1/watches", {"claim": claim, "who": secret})
    ask(api, claim, asked=secret, words=secret)

    elsewhere = ("/v1/history", f"/v1/claims/{claim}/history", f"/v1/claims/{claim}/trace", f"/v1/claims/{claim}")
    outside = {"Authorization": f"Bearer {new_key(api.app.state.settings.database_url, Role.READER, 'Rita')}"}
    for address in (*elsewhere, "/v1/claims", "/v1/flags", "/v1/own-corrections"):
        assert secret not in api.send("GET", address, headers=outside).text, address
        # Those who work here find it in the history, and nowhere else.
        assert (secret in api.send("GET", address).text) == (address == "/v1/history"), address
    found = api.get("/v1/search", q=secret)
    assert [found[kind] for kind in ("claims", "sources", "documents", "events")] == [[], [], [], []]


@pytest.mark.parametrize("noun", ["claim", "event", "source", "tally"])
def test_one_watches_a_claim_an_event_a_source_or_a_tally(api: Api, claim: str, noun: str) -> None:
    tally = api.post("/v1/tallies", title="Killed", measure="killed", event=api.event())["id"]
    targets = {"claim": claim, "event": api.event(), "source": api.source("Tass"), "tally": tally}
    labels = {"claim": TEXT, "event": "Unrest in Kazakhstan", "source": "Tass", "tally": "Killed"}

    made = as_ana(api, "POST", "/v1/watches", {noun: targets[noun]}).json()

    assert (made["who"], made["noun"], made["watched"], made["label"]) == ("Ana", noun, targets[noun], labels[noun])
    assert api.items("/v1/watches", who="Ana", **{noun: targets[noun]}) == [made]
    assert as_ana(api, "POST", "/v1/watches", {noun: targets[noun]}).status_code == 409
    assert as_ana(api, "DELETE", f"/v1/watches/{made['id']}").status_code == 204
    assert api.items("/v1/watches") == []


def test_a_watch_on_nothing_or_on_two_things_is_refused(api: Api, claim: str) -> None:
    for given in ({}, {"claim": claim, "event": api.event()}):
        assert as_ana(api, "POST", "/v1/watches", given).status_code == 422


def test_the_desk_lists_what_somebody_watches(api: Api, claim: str, told_once: Story) -> None:
    for one in (claim, told_once.told["twin"]):
        as_ana(api, "PATCH", f"/v1/claims/{one}/desk", {"state": "to_check"})
    as_ana(api, "POST", "/v1/watches", {"claim": claim})

    [entry] = api.items("/v1/desk", watched_by="Ana")

    assert (entry["claim"], entry["watchers"]) == (claim, ["Ana"])
    assert len(api.items("/v1/desk")) == 2


def test_what_we_got_wrong_is_public_with_what_we_say_now(api: Api, claim: str) -> None:
    before = api.send("GET", f"/v1/claims/{claim}/trace").headers["ETag"]
    given = {"claim": claim, "said": "Three confirmed it.", "says": "Three carried it.", "why": "A reader asked."}

    made = as_ana(api, "POST", "/v1/own-corrections", given).json()

    assert {name: made[name] for name in given} == given
    assert made["author"] == "Ana"
    assert api.items("/v1/own-corrections", claim=claim) == [made]
    assert made["id"] in api.send("GET", "/v1/history").text
    assert api.send("GET", f"/v1/claims/{claim}/trace").headers["ETag"] == before
    changed = as_ana(api, "PATCH", f"/v1/own-corrections/{made['id']}", {"why": "Two readers asked."}).json()
    assert (changed["why"], changed["said"]) == ("Two readers asked.", made["said"])


def test_a_correction_of_ours_must_say_something_else_than_before(api: Api, claim: str) -> None:
    given = {"claim": claim, "said": "Three confirmed it.", "says": "Three  confirmed it.", "why": "A reader asked."}

    refused = as_ana(api, "POST", "/v1/own-corrections", given)

    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "says")


def test_a_merged_claim_hands_over_what_the_desk_keeps_and_a_split_gives_it_back(
    api: Api, claim: str, told_once: Story
) -> None:
    twin = told_once.told["twin"]
    for one, holder in ((claim, "Ana"), (twin, "Ben")):
        as_ana(api, "PATCH", f"/v1/claims/{one}/desk", {"state": "in_progress", "holder": holder})
        as_ana(api, "POST", "/v1/watches", {"claim": one})
        ask(api, one)
    as_ana(api, "POST", f"/v1/claims/{twin}/notes", {"text": "Ask the morgue."})
    before = [api.get(f"/v1/claims/{one}/desk") for one in (claim, twin)]

    merged = as_ana(api, "POST", f"/v1/claims/{twin}/merge", {"into": claim})
    assert merged.status_code == 200, merged.text
    kept = api.get(f"/v1/claims/{claim}/desk")

    assert (kept["holder"], len(kept["contacts"]), len(kept["notes"]), len(kept["watches"])) == ("Ana", 2, 1, 1)
    assert api.send("GET", f"/v1/claims/{twin}/desk").status_code == 308
    assert [entry["claim"] for entry in api.items("/v1/desk")] == [claim]
    assert as_ana(api, "POST", f"/v1/claims/{claim}/split", {"claim": twin}).status_code in (200, 201)
    after = [api.get(f"/v1/claims/{one}/desk") for one in (claim, twin)]
    assert [one["holder"] for one in after] == ["Ana", "Ben"]
    for name in ("contacts", "notes", "watches"):
        assert [[part["id"] for part in one[name]] for one in after] == [
            [part["id"] for part in one[name]] for one in before
        ]


def test_the_desk_as_it_was_is_told_for_an_earlier_moment(api: Api, claim: str) -> None:
    as_ana(api, "PATCH", f"/v1/claims/{claim}/desk", {"state": "in_progress", "holder": "Ana"})
    then = api.items("/v1/desk")[0]["changed_at"]
    as_ana(api, "PATCH", f"/v1/claims/{claim}/desk", {"state": "ready"})

    assert [entry["state"] for entry in api.items("/v1/desk", known_at=then)] == ["in_progress"]
    assert len(api.get(f"/v1/claims/{claim}/desk", known_at=then)["steps"]) == 1


def test_what_may_be_printed_says_what_the_trace_counts_and_where_it_stands(api: Api, claim: str) -> None:
    given = {"claim": claim, "said": "Two confirmed it.", "says": "One said it.", "why": "A reader asked."}
    made = as_ana(api, "POST", "/v1/own-corrections", given).json()
    trace = api.get(f"/v1/claims/{claim}/trace", as_of="2022-01-09")

    printed = api.get(f"/v1/claims/{claim}/publication", as_of="2022-01-09")

    assert printed["sentence"].startswith("As of 9 January 2022, in the documents held (no search is on record), ")
    assert f"is stated by {trace['documents']} document;" in printed["sentence"]
    assert printed["address"] == f"http://provenance.test/claims/{claim}?as_of=2022-01-09"
    assert printed["address"] in printed["citation"]
    assert printed["own_corrections"] == [made]
    assert api.refused("GET", "/v1/claims/nonsense/publication", 404)


def test_a_task_says_what_it_would_settle_and_is_found_by_claim_rule_and_holder(api: Api, claim: str) -> None:
    as_ana(api, "PATCH", f"/v1/claims/{claim}/desk", {"state": "in_progress", "holder": "Ana"})

    every = api.items("/v1/desk/tasks", limit=200)

    assert [task["rank"] for task in every] == list(range(1, len(every) + 1))
    flags = {(flag["rule"], flag["claim"]) for flag in api.items("/v1/flags", limit=200)}
    assert {(flag["rule"], flag["claim"]) for task in every for flag in task["flags"]} == flags
    [review] = api.items("/v1/desk/tasks", claim=claim, act="review")
    assert (review["settles"], review["rules"]) == (1, ["unverified_figure"])
    assert [(one["id"], one["state"], one["holder"]) for one in review["claims"]] == [(claim, "in_progress", "Ana")]
    mine = api.items("/v1/desk/tasks", holder="Ana", limit=200)
    assert [task["id"] for task in mine] == [
        task["id"] for task in every if claim in [one["id"] for one in task["claims"]]
    ]
    assert api.items("/v1/desk/tasks", rule="uncited_tie") == []
    assert "there is no rule" in api.refused("GET", "/v1/desk/tasks?rule=nonsense", 422)["detail"]


def test_the_pages_of_tasks_follow_each_other_without_gap(api: Api) -> None:
    every = api.items("/v1/desk/tasks", limit=200)
    found, cursor = [], None
    while True:
        page = api.get("/v1/desk/tasks", limit=2, **({} if cursor is None else {"cursor": cursor}))
        found += page["items"]
        if (cursor := page["next"]) is None:
            break

    assert len(every) > 4
    assert found == every


def test_one_carrier_that_two_claims_name_last_is_one_task(api: Api, told_once: Story) -> None:
    for one in (told_once.told["claim"], told_once.told["twin"]):
        api.report(one, "RIA", "Die Welt", document={"published": "2022-01-07"})

    [task] = api.items("/v1/desk/tasks", act="ask", source=api.source("RIA"))

    assert (task["settles"], task["rules"]) == (2, ["origin_not_stated"])
    assert {claim["id"] for claim in task["claims"]} == {told_once.told["claim"], told_once.told["twin"]}
    assert [source["name"] for source in task["sources"]] == ["RIA"]
    assert task["why"].startswith("It alone would clear 2 flags, of 2 claims, which 4 documents state.")
