"""Whether a claim is known already, asked over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.telling import Api, Json

DOZENS = "Dozens of attackers were eliminated in Almaty."


def ask(api: Api, **asked: Any) -> list[Json]:
    """The matches; the test fails if there is an error."""
    answer = api.send("POST", "/v1/match", json=asked)
    assert answer.status_code == 200, answer.text
    body: Json = answer.json()
    assert body["next"] is None
    items: list[Json] = body["items"]
    return items


def test_a_post_finds_the_claim_that_it_repeats(api: Api) -> None:
    claim = api.claim(DOZENS)
    api.claim("The airport was seized.")

    [match] = ask(api, text="BREAKING 🚨 dozens of attackers eliminated in #Almaty!! https://t.co/x — Desk (@desk)")

    assert (match["claim"], match["text"], match["same"]) == (claim, DOZENS, "likely")
    assert (match["event"], match["event_title"], match["tally"]) == (api.event(), "Unrest in Kazakhstan", None)
    assert 0 < match["score"] <= 1
    assert match["reasons"][0].startswith("They share ")
    assert {"field": "measure", "agreement": "agree", "reason": "Both count the killed."} in match["fields"]


def test_eight_killed_is_listed_as_another_account_of_eighteen_killed(api: Api) -> None:
    api.claim("Eighteen police officers were killed.")

    [match] = ask(api, text="Eight police officers were killed.")

    assert match["same"] == "different"
    assert match["fields"][0]["field"] == "quantity"
    assert match["fields"][0]["agreement"] == "differ"


def test_what_reports_print_and_through_whom_is_compared_too(api: Api) -> None:
    claim = api.claim("The police gave a number of the attackers that were killed.")
    api.report(claim, "Almaty police", "Khabar 24", "Tass", figure="26", document={"published": "2022-01-06"})
    proposal = api.report(
        api.claim("The police gave the number of attackers killed."),
        "Interior Ministry",
        "Khabar 24",
        "Interfax",
        figure="eight",
        document={"published": "2022-01-06"},
    )

    first, *_ = ask(api, report=proposal["id"])

    assert first["claim"] == claim
    assert first["same"] == "different"
    compared = {each["field"]: each["agreement"] for each in first["fields"]}
    assert compared == {"event": "agree", "quantity": "differ", "measure": "agree", "chain": "agree"} | {
        name: given for name, given in compared.items() if name == "polarity"
    }


def test_the_claim_of_a_report_is_not_a_match_of_itself(api: Api) -> None:
    report = api.report(api.claim(DOZENS), "Almaty police", "Tass")

    assert ask(api, report=report["id"]) == []


def test_nothing_is_known_in_an_empty_database_or_of_a_text_without_words(api: Api) -> None:
    assert ask(api, text="Dozens eliminated") == []
    api.claim(DOZENS)
    assert ask(api, text="🚨 https://t.co/x") == []


def test_the_best_are_listed_up_to_the_limit(api: Api) -> None:
    for day in range(7):
        api.claim(f"Attackers were seen on day {day} of the unrest.")

    assert len(ask(api, text="attackers seen")) == 5
    assert len(ask(api, text="attackers seen", limit=50)) == 7
    assert len(ask(api, text="attackers seen", limit=1)) == 1


def test_claims_of_another_event_are_listed_as_different(api: Api) -> None:
    api.claim(DOZENS)
    other = api.event("Another night")

    [match] = ask(api, text=DOZENS, event=other)

    assert match["same"] == "different"
    assert match["fields"][0] == {
        "field": "event",
        "agreement": "differ",
        "reason": "The known claim is about another event, “Unrest in Kazakhstan”.",
    }


def test_a_day_is_read_from_when_it_was_published(api: Api) -> None:
    api.claim("The airport was seized on 7 January 2022.")

    [match] = ask(api, text="The airport was seized on January 5", published_at="2022-01-09")

    assert match["same"] == "different"
    assert "Here it happened on 2022-01-05, in the known claim on 2022-01-07." in match["reasons"]


def test_nothing_is_changed_by_asking(api: Api) -> None:
    api.claim(DOZENS)
    before = api.items("/v1/history")

    ask(api, text=DOZENS)

    assert api.items("/v1/history") == before


REFUSED: list[tuple[str, Json, str]] = [
    ("nothing", {}, "text"),
    ("both", {"text": "a", "report": "rep_a"}, "text"),
    ("blank", {"text": "  "}, "text"),
    ("empty", {"text": ""}, "text"),
    ("too long", {"text": "a" * 10_001}, "text"),
    ("NUL", {"text": "a\x00b"}, "text"),
    ("half a character", {"text": "\ud83d"}, "text"),
    ("no such event", {"text": "a", "event": "evt_a"}, "event"),
    ("no such report", {"report": "rep_a"}, "report"),
    ("an event beside a report", {"report": "rep_a", "event": "evt_a"}, "event"),
    ("no date", {"text": "a", "published_at": "yesterday"}, "published_at"),
    ("limit", {"text": "a", "limit": 51}, "limit"),
    ("include", {"text": "a", "include": "all"}, "include"),
    ("unknown", {"text": "a", "lang": "en"}, "lang"),
]


@pytest.mark.parametrize(("body", "field"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_asked_is_refused_by_name(api: Api, body: Json, field: str) -> None:
    problem = api.refused("POST", "/v1/match", 422, json=body)

    assert [error["field"] for error in problem["errors"]] == [field]


@pytest.mark.parametrize(
    "text",
    [
        "'\"*()&|!:<->",
        "a:* & b",
        "NEAR(a b)",
        "9" * 4000,
        "а" * 10_000,
        "塔斯社",
        "٣٤ قتيلا",
        "a " * 5_000,
        "%",
    ],
    ids=["signs", "tsquery", "fts", "digits", "one word", "Chinese", "Arabic", "many", "percent"],
)
def test_whatever_is_asked_is_answered(api: Api, text: str) -> None:
    api.claim(DOZENS)

    assert ask(api, text=text) == []
