"""Adding and changing over HTTP: whole or not at all, by whom and why, and never over somebody else's change."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import Session, col, select

from provenance.storage.history import History
from provenance.vocabulary import Role
from tests.api.telling import Api, Json
from tests.keys import new_key

NOUNS = ["claims", "sources", "documents", "events", "tallies", "reports", "reviews"]


def add(api: Api, noun: str) -> Json:
    """A new record of a kind, as its creation answered."""
    match noun:
        case "claims":
            return api.get(f"/v1/claims/{api.claim()}")
        case "sources":
            return api.get(f"/v1/sources/{api.source('Khabar 24')}")
        case "documents":
            return api.get(f"/v1/documents/{api.document('Tass')}")
        case "events":
            return api.get(f"/v1/events/{api.event()}")
        case "tallies":
            return api.post("/v1/tallies", title="Killed", measure="killed", event=api.event())
        case "reports":
            return api.report(api.claim(), "Interior Ministry", "Tass", figure=None)
        case _:
            return api.post("/v1/reviews", claim=api.claim(), author="Desk", rating="open", reasons="One origin.")


CHANGES: dict[str, Json] = {
    "claims": {"note": "As translated by the desk."},
    "sources": {"country": "KZ"},
    "documents": {"title": "Night in Almaty"},
    "events": {"place": "Almaty"},
    "tallies": {"cumulative": True},
    "reports": {"hedge": "reportedly"},
    "reviews": {"upholds": False},
}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_record_is_read_changed_and_read_again(api: Api, noun: str) -> None:
    created = add(api, noun)
    address = f"/v1/{noun}/{created['id']}"

    changed = api.send("PATCH", address, json=CHANGES[noun])

    assert changed.status_code == 200, changed.text
    read = api.get(address)
    assert changed.json() == read
    assert {name: read[name] for name in CHANGES[noun]} == CHANGES[noun]
    untouched = set(created) - set(CHANGES[noun]) - {"recorded_from"}
    assert {name: read[name] for name in untouched} == {name: created[name] for name in untouched}


def test_what_was_created_is_found_at_its_location(api: Api) -> None:
    answer = api.send("POST", "/v1/events", json={"title": "Unrest in Kazakhstan", "began": "2022-01-02T00:00:00Z"})

    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/events/{answer.json()['id']}"
    found = api.send("GET", answer.headers["location"])
    assert found.json() == answer.json()
    assert found.headers["etag"] == answer.headers["etag"]


def test_a_report_keeps_its_words_hops_and_figures(api: Api) -> None:
    text = "Dozens of attackers were eliminated, a police spokeswoman said."
    spokeswoman, khabar, tass = (api.source(name) for name in ("Saltanat Azirbek", "Khabar 24", "Tass"))
    hops = [
        {
            "upstream": spokeswoman,
            "downstream": khabar,
            "manner": "said",
            "cue": "said",
            "cue_start": 58,
            "cue_end": 62,
        },
        {"upstream": khabar, "downstream": tass, "manner": "quoted"},
    ]
    document = api.document("Tass", text=text, language="en", published="2022-01-06T12:38+06:00")
    figures = [{"text": "Dozens", "text_start": 0, "text_end": 6, "measure": "killed"}]

    report = api.post(
        "/v1/reports",
        claim=api.claim(),
        document=document,
        quote=text,
        quote_start=0,
        quote_end=len(text),
        attributions=hops,
        figures=figures,
    )

    assert report["chains"] == [["Saltanat Azirbek", "Khabar 24", "Tass"]]
    assert report["origin_classes"] == ["named"]
    assert report["published_at"] == "2022-01-06T06:38Z"
    assert [(hop["upstream"], hop["downstream"], hop["manner"]) for hop in report["attributions"]] == [
        ("Saltanat Azirbek", "Khabar 24", "said"),
        ("Khabar 24", "Tass", "quoted"),
    ]
    [figure] = report["figures"]
    assert (figure["quote"], figure["no_quote_reason"]) == (text, None)
    assert api.get(f"/v1/documents/{document}")["reports"][0]["id"] == report["id"]
    assert api.get(f"/v1/figures/{figure['id']}")["text_end"] == 6


def test_a_report_without_hops_shows_whom_the_page_does_not_name(api: Api) -> None:
    tass = api.source("Tass")
    hop = {"upstream": None, "downstream": tass}

    report = api.report(api.claim(), "Tass", attributions=[hop])

    assert report["chains"] == [["Tass"]]
    assert report["origin_classes"] == ["not_stated"]
    assert (report["attributions"][0]["upstream"], report["attributions"][0]["upstream_id"]) == (None, None)


def test_a_source_gains_names_ties_and_interests(api: Api) -> None:
    spokeswoman, police = api.source("Saltanat Azirbek"), api.source("Almaty police")
    address = f"/v1/sources/{spokeswoman}"

    api.post(f"{address}/names", name="Салтанат Азирбек", language="ru")
    api.post(f"{address}/interests", event=api.event(), interest="party", basis="commonly_known")
    source = api.post(f"{address}/ties", kind="speaks_for", other=police, basis="commonly_known")

    assert [(name["name"], name["kind"]) for name in source["names"]] == [
        ("Saltanat Azirbek", "primary"),
        ("Салтанат Азирбек", "alias"),
    ]
    [tie] = source["ties"]
    assert (tie["source"], tie["kind"], tie["other"], tie["undated"]) == (
        "Saltanat Azirbek",
        "speaks_for",
        "Almaty police",
        True,
    )
    assert api.get(f"/v1/sources/{police}")["ties"] == [tie]
    assert source["interests"] == api.get(f"/v1/events/{api.event()}")["interests"]


def test_an_event_says_what_was_searched_and_what_is_counted(api: Api) -> None:
    tally = api.post("/v1/tallies", title="Killed", measure="killed", event=api.event())
    part = api.post("/v1/tallies", title="Police", measure="killed", event=api.event(), parent=tally["id"])
    searched = {"languages": ["en"], "searched_by": "desk", "searched_until": "2026-11-22T00:00:00Z"}

    event = api.post(f"/v1/events/{api.event()}/coverage", **searched)

    assert [entry["languages"] for entry in event["coverage"]] == [["en"]]
    assert [entry["id"] for entry in event["tallies"]] == [tally["id"], part["id"]]
    whole = api.get(f"/v1/tallies/{tally['id']}")
    assert [entry["title"] for entry in whole["parts"]] == ["Police"]
    assert api.get(f"/v1/tallies/{part['id']}")["parent_title"] == "Killed"


def test_null_means_null_and_what_is_left_out_stays(api: Api) -> None:
    event = api.post("/v1/events", title="Unrest", place="Almaty", description="At night.")

    changed = api.send("PATCH", f"/v1/events/{event['id']}", json={"place": None}).json()

    assert (changed["place"], changed["description"]) == (None, "At night.")


@pytest.mark.parametrize("noun", NOUNS)
def test_a_change_based_on_an_old_version_is_refused(api: Api, noun: str) -> None:
    address = f"/v1/{noun}/{add(api, noun)['id']}"
    old = api.send("GET", address).headers["etag"]
    newer = api.send("PATCH", address, json=CHANGES[noun], headers={"If-Match": old})
    assert newer.status_code == 200
    assert newer.headers["etag"] != old

    problem = api.refused("PATCH", address, 412, json=CHANGES[noun], headers={"If-Match": old})

    assert problem["errors"][0]["field"] == "If-Match"
    assert api.send("GET", address).headers["etag"] == newer.headers["etag"]


@pytest.mark.parametrize("noun", NOUNS)
def test_who_has_the_current_version_is_not_sent_it_again(api: Api, noun: str) -> None:
    address = f"/v1/{noun}/{add(api, noun)['id']}"
    first = api.send("GET", address)

    again = api.send("GET", address, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})

    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert api.send("GET", address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_history_says_whose_key_wrote_and_why(api: Api, database_url: str) -> None:
    key = {"Authorization": f"Bearer {new_key(database_url, Role.EDITOR, 'Айгерим')}"}
    headers = {**key, "Provenance-Author": "Айгерим".encode(), "Provenance-Reason": "first reading"}
    named = api.send("POST", "/v1/events", json={"title": "one"}, headers=headers).json()["id"]
    unnamed = api.event("two")
    other = api.send("POST", "/v1/events", json={"title": "three"}, headers={**key, "Provenance-Author": "Ben"})

    with Session(api.app.state.engine) as session:
        entries = session.exec(select(History).where(col(History.public_id).in_([named, unnamed]))).all()

    assert {entry.public_id: (entry.who, entry.why) for entry in entries} == {
        named: ("api: Айгерим", "first reading"),
        unnamed: ("api: a test", None),
    }
    assert other.status_code == 422
    assert "the key that was sent is that of Айгерим, who is named in the history" in other.json()["detail"]


def test_a_time_before_the_first_year_is_refused(api: Api) -> None:
    given = {"title": "x", "began": "0001-01-01T00:00:00+14:00"}

    assert "years 1 to 9999" in api.refused("POST", "/v1/events", 422, json=given)["detail"]


def test_nothing_of_a_report_is_kept_when_its_last_figure_is_wrong(api: Api) -> None:
    claim, document, tass = api.claim(), api.document("Tass"), api.source("Tass")
    figures = [{"text": "8"}, {"text": "9", "low": 10, "high": 9}]
    given = {"claim": claim, "document": document, "attributions": [{"downstream": tass}], "figures": figures}

    problem = api.refused("POST", "/v1/reports", 422, json=given)

    assert "figures.1" in problem["errors"][0]["field"]
    assert api.items("/v1/reports") == []


READING = {"claim": "CLAIM", "document": "DOCUMENT"}
VERDICT = {"author": "Desk", "rating": "open", "reasons": "One origin."}
HALF = "half a character: \ud83d"


NOT_VALID: list[tuple[str, Json, str]] = [
    ("/v1/claims", {"text": "x"}, "event"),
    ("/v1/claims", {"text": "x", "event": "evt_unknown"}, "event"),
    ("/v1/claims", {"text": "", "event": "EVENT"}, "text"),
    ("/v1/claims", {"text": "x", "event": "EVENT", "kind": "rumour"}, "kind"),
    ("/v1/claims", {"text": "x", "event": "EVENT", "tale": "y"}, "tale"),
    ("/v1/claims", {"text": "nul \x00", "event": "EVENT"}, "text"),
    ("/v1/claims", {"text": "x", "event": "EVENT", HALF: "y"}, "body"),
    ("/v1/claims", {"text": "x", "event": HALF}, "event"),
    ("/v1/sources", {"name": "Tass", "kind": "agency"}, "kind"),
    ("/v1/sources", {"name": HALF, "kind": "person"}, "name"),
    ("/v1/documents", {"publisher": "TASS", "published": "06.01.2022"}, "published"),
    ("/v1/documents", {"publisher": "TASS", "published": "2022-13"}, "published"),
    ("/v1/documents", {"publisher": "TASS", "published_precision": "day"}, "published_precision"),
    ("/v1/events", {"title": "x", "began": "2022-01-06T12:00:00"}, "began"),
    ("/v1/events", {"title": "x", "began": "2022-01-07T00:00:00Z", "ended": "2022-01-06T00:00:00Z"}, "ended"),
    ("/v1/reports", {**READING, "quote": "x", "quote_start": 0, "quote_end": 99}, "quote"),
    ("/v1/reports", {**READING, "attributions": [{"upstream": "TASS", "downstream": "TASS"}]}, "attributions.0"),
    ("/v1/reports", {**READING, "figures": [{"text": "9", "low": 2, "high": 1}]}, "figures.0"),
    ("/v1/reports", {**READING, "confidence": 2}, "confidence"),
    ("/v1/reviews", {"claim": "CLAIM", **VERDICT, "evidence": ["evi_no"]}, "evidence"),
    ("/v1/sources/TASS/ties", {"kind": "part_of", "other": "TASS", "basis": "commonly_known"}, "other"),
    ("/v1/sources/TASS/ties", {"kind": "part_of", "other": "RIA", "basis": "cited"}, "reference"),
    ("/v1/sources/TASS/ties", {"kind": "examined_no_tie", "other": "RIA", "basis": "commonly_known"}, "signed_by"),
]


def test_what_is_not_valid_is_refused_with_its_field_and_a_remedy(api: Api, subtests: pytest.Subtests) -> None:
    names = {
        "EVENT": api.event(),
        "TASS": api.source("Tass"),
        "RIA": api.source("RIA"),
        "CLAIM": api.claim(),
        "DOCUMENT": api.document("Tass", text="Eight were killed."),
    }
    for address, given, field in NOT_VALID:
        with subtests.test(address, given=given):
            address = address.replace("TASS", names["TASS"])
            problem = api.refused("POST", address, 422, json=named(given, names))
            error = problem["errors"][0]
            assert field in error["field"]
            assert error["message"]
            assert error["remedy"]


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/v1/sources/SOURCE/names", {"name": "Tass"}),
        ("/v1/sources/SOURCE/ties", {"kind": "part_of", "other": "OTHER", "basis": "commonly_known"}),
    ],
)
def test_what_is_held_already_is_a_conflict(api: Api, address: str, given: Json) -> None:
    names = {"SOURCE": api.source("Tass"), "OTHER": api.source("RIA")}
    api.send("POST", address.replace("SOURCE", names["SOURCE"]), json=named(given, names))

    api.refused("POST", address.replace("SOURCE", names["SOURCE"]), 409, json=named(given, names))


STRANGE = ["unknown", "%00", "clm_%00", "..", "clm_" + "a" * 5000, "%F0%9F%98%80", "' OR 1=1"]


def test_an_unknown_id_is_not_found(api: Api, subtests: pytest.Subtests) -> None:
    for noun in NOUNS:
        for identity in STRANGE:
            with subtests.test(noun, identity=identity):
                api.refused("GET", f"/v1/{noun}/x{identity}", 404)
                api.refused("PATCH", f"/v1/{noun}/x{identity}", 404, json={})


def test_an_id_of_another_kind_is_not_found(api: Api) -> None:
    api.refused("GET", f"/v1/sources/{api.claim()}", 404)


def named(given: Any, names: dict[str, str]) -> Any:
    """What is given, with the names of this test's records replaced by their ids."""
    match given:
        case dict():
            return {key: named(value, names) for key, value in given.items()}
        case list():
            return [named(value, names) for value in given]
        case str():
            return names.get(given, given)
        case _:
            return given


@pytest.mark.parametrize("began", [0, 1641, 1.5, "1641427200"])
def test_a_number_is_no_time_and_is_never_read_as_seconds(api: Api, began: object) -> None:
    problem = api.refused("POST", "/v1/events", 422, json={"title": "Unrest", "began": began})

    assert (problem["errors"][0]["field"], "it is a number" in problem["detail"].lower()) == ("began", True)
