"""What falls without something, asked by names and answered in words."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from provenance.analysis import impact
from tests.api.telling import Json
from tests.web.browsing import Web


def _id(web: Web, name: str) -> str:
    [found] = [item["id"] for item in web.api.items("/v1/sources", q=name) if item["name"] == name]
    return str(found)


def test_what_falls_is_told_with_the_counts_that_programs_get(web: Web) -> None:
    khabar = _id(web, "Khabar 24")
    answer = _answer(web, "/v1/what-if", sources=[khabar])

    page = web.open(f"/what-if?source={khabar}")

    reports = answer["reports_fallen"] + answer["reports_standing"]
    told = page.part("//section[@class='answer']")
    assert (
        f"Without Khabar 24, {answer['reports_fallen']} of the {reports} reports of {answer['claims']} claims" in told
    )
    lost = [item["text"] for item in answer["items"] if item["loses_all_support"]]
    assert lost
    assert all(text in page.part("//section[@id='lost']") for text in lost)


def test_a_name_leads_to_an_address_that_can_be_passed_on(web: Web) -> None:
    sent = web.api.send("GET", "/what-if?q=TASS&linked=&as_of=2022-01-07")

    assert sent.status_code == 303
    assert parse_qs(urlsplit(sent.headers["location"]).query) == {"source": [_id(web, "TASS")], "as_of": ["2022-01-07"]}


def test_a_name_that_several_sources_share_is_asked_back(web: Web) -> None:
    page = web.open("/what-if?q=ministry")

    offered = page.root.xpath("//input[@type='checkbox'][@name='source']/@value")
    assert {_id(web, "Ministry of Health of Kazakhstan"), _id(web, "Ministry of Defence of Kazakhstan")} <= set(offered)
    assert not page.root.xpath("//section[@class='answer']")


def test_a_name_that_nobody_has_finds_no_source_and_says_what_to_do(web: Web) -> None:
    assert "No source is called “zzzz”" in web.open("/what-if?q=zzzz").text


def test_with_linked_sources_the_whole_state_is_taken_away(web: Web) -> None:
    state = _id(web, "State of Kazakhstan")
    linked = _answer(web, "/v1/what-if", sources=[state], with_linked=True)["withdrawn"]["sources"]

    told = web.open(f"/what-if?source={state}&linked=1").part("//section[@class='answer']")

    assert f"Without State of Kazakhstan and {len(linked) - 1} sources linked with it" in told


def test_a_step_between_two_sources_is_named_by_its_ends(web: Web) -> None:
    sent = web.api.send("GET", "/what-if?downstream=Khabar+24&upstream=Interior+Ministry+spokesman")
    assert sent.status_code == 303

    assert "Without what Khabar 24 has from Interior Ministry spokesman" in web.open(sent.headers["location"]).text


def test_one_begins_with_those_on_whom_a_claim_rests(web: Web) -> None:
    page = web.open(f"/what-if?claim={web.claim('dozens')}")

    assert "Saltanat Azirbek" in page.links("//section[@id='begin']//a")
    assert "Named first in 31 of 57 reports" in page.part("//section[@id='begin']")


def test_what_is_too_wide_for_one_answer_says_so_beside_the_form(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impact, "MOST_CLAIMS", 1)
    khabar = _id(web, "Khabar 24")

    page = web.open(f"/what-if?source={khabar}", 422)

    assert "Give one event" in page.part("//form//p[@role='alert']")
    assert page.root.xpath(f"//input[@name='source'][@value='{khabar}'][@checked]")
    assert "Give one event" in web.open(f"/sources/{khabar}").part("//section[@id='falls']")


def _answer(web: Web, address: str, **question: Any) -> Json:
    answer: Json = web.api.send("POST", address, json=question).json()
    return answer
