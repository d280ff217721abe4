"""An article over HTTP: from its words to proposals, and from three articles to one claim with one origin."""

from __future__ import annotations

import json

import pytest

from tests.api.telling import Api, Json

FIRST = (
    "Fire in the harbour of Port Salis\n\n"
    "Nine dock workers were killed in a fire at the Port Salis grain terminal on Tuesday, a spokesman for the "
    "Interior Ministry told Khabar 24.\n"
)
SECOND = (
    "Port Salis fire kills nine\n\n"
    "Nine dock workers were killed at the grain terminal in Port Salis, Tass reported, citing the Interior Ministry.\n"
)
THIRD = (
    "Grain terminal burns in Port Salis\n\n"
    "According to the Interior Ministry, nine dock workers were killed in the fire at the terminal of Port Salis.\n"
)


def ingested(api: Api, **given: object) -> Json:
    answer = api.send("POST", "/v1/ingest", json=given)
    assert answer.status_code == 200, answer.text
    body: Json = answer.json()
    return body


def test_an_article_becomes_a_document_with_proposed_reports(api: Api) -> None:
    found = ingested(api, text=FIRST, publisher="Die Welt", published_at="2022-03-03", url="https://welt.test/1")

    assert (found["outcome"], found["document"]["publisher"]) == ("added", "Die Welt")
    assert (found["document"]["published_at"], found["document"]["url"]) == ("2022-03-03", "https://welt.test/1")
    [report] = [one for one in found["reports"] if one["rule"] != "headline"]
    assert [link["source"] for link in report["chain"]][1:] == ["Khabar 24"]
    assert (report["known"], report["figures"][0]["low"], report["figures"][0]["high"]) == (False, 9, 9)
    assert FIRST[report["start"] : report["end"]] == report["quote"]


def test_what_is_proposed_waits_to_be_decided(api: Api) -> None:
    found = ingested(api, text=FIRST)

    waiting = {item["id"] for item in api.items("/v1/reports", state="proposed")}

    assert waiting == {report["id"] for report in found["reports"]}
    assert api.items("/v1/claims") == []


def test_three_articles_about_one_fire_join_one_claim_and_its_single_origin_shows(api: Api) -> None:
    outlets = {"Die Welt": FIRST, "Le Monde": SECOND, "El Pais": THIRD}
    found = [ingested(api, text=text, publisher=outlet, published_at="2022-03-03") for outlet, text in outlets.items()]

    of_nine = [
        {report["claim"] for report in one["reports"] if [figure["value"] for figure in report["figures"]] == [9]}
        for one in found
    ]
    assert of_nine[0] == of_nine[1] == of_nine[2]
    [claim] = of_nine[0]
    ids = [report["id"] for one in found for report in one["reports"] if report["claim"] == claim]
    answer = api.send("POST", "/v1/reports/decide", json={"decision": "accept", "reports": ids})
    assert answer.status_code < 300, answer.text

    trace = api.get(f"/v1/claims/{claim}/trace")
    assert (trace["documents"], trace["independence"]["verdict"]) == (3, "single")
    assert trace["independence"]["parties"] == 1


def test_the_same_article_twice_is_one_document(api: Api) -> None:
    first, second = ingested(api, text=FIRST), ingested(api, text=FIRST)

    assert (first["outcome"], second["outcome"]) == ("added", "known")
    assert first["document"]["id"] == second["document"]["id"]
    assert second["reports"] == []


def test_a_dry_run_answers_what_would_be_proposed_and_holds_nothing(api: Api) -> None:
    found = ingested(api, text=FIRST, dry_run=True)

    assert found["dry_run"]
    assert found["reports"]
    assert api.items("/v1/documents") == []


def test_a_page_is_read_for_its_words(api: Api) -> None:
    page = (
        "<html lang='en'><head><title>Fire</title></head><body><article><h1>Fire in Port Salis</h1>"
        "<p>Nine dock workers were killed in a fire at the grain terminal of Port Salis, the Interior Ministry said on "
        "the day after it. The harbour stayed closed, and the ferry did not leave.</p></article></body></html>"
    )

    found = ingested(api, html=page, url="https://tass.com/world/1")

    assert found["document"]["publisher"] == "TASS"
    assert any(report["figures"] and report["figures"][0]["value"] == 9 for report in found["reports"])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "text"),
        ({"text": FIRST, "html": "<p>x</p>"}, "text"),
        ({"text": "   "}, "text"),
        ({"text": FIRST, "published_at": "yesterday"}, "published"),
        ({"text": FIRST, "event": "evt_nowhere"}, "event"),
        ({"text": FIRST, "publisher": "src_nowhere"}, "publisher"),
        ({"url": "http://169.254.169.254/latest"}, "url"),
        ({"url": "http://127.0.0.1/"}, "url"),
        ({"url": "file:///etc/passwd"}, "url"),
    ],
    ids=json.dumps,
)
def test_what_cannot_be_taken_in_is_refused_by_the_name_of_the_field(api: Api, given: Json, field: str) -> None:
    problem = api.refused("POST", "/v1/ingest", 422, json=given)

    assert problem["errors"][0]["field"] == field
    assert api.items("/v1/documents") == []


def test_whoever_takes_an_article_in_stands_in_its_history(api: Api) -> None:
    headers = {"Provenance-Author": "Desk"}
    body = api.send("POST", "/v1/ingest", json={"text": FIRST}, headers=headers).json()

    [change] = api.get(f"/v1/documents/{body['document']['id']}/history")["items"]

    assert change["who"] == "api: Desk"
