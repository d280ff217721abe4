"""The explorer of the API shows every operation, and its forms lead to answers."""

from __future__ import annotations

import json

import pytest

from api.web.described import asking, noun
from tests.web.browsing import Leaf, Web

MOST_BYTES = 150_000


def test_every_operation_of_the_interface_is_explored_under_its_noun(web: Web) -> None:
    document = web.api.get("/openapi.json")
    described = {
        (method.upper(), path): operation["summary"]
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }

    explored: dict[tuple[str, str], str] = {}
    for address in web.open("/explorer").links("//ul[contains(@class, 'nouns')]//a").values():
        page = web.open(address)
        assert len(page.response.content) < MOST_BYTES, address
        assert len(set(page.root.xpath("//@id"))) == len(page.root.xpath("//@id")), f"ids stand twice at {address}"
        explored |= operations_of(page)

    assert explored == described


def operations_of(page: Leaf) -> dict[tuple[str, str], str]:
    sections = page.root.xpath("//section[contains(@class, 'operation')]")
    return {
        (each.xpath("string(.//form/@data-method)"), each.xpath("string(.//form/@data-path)")): each.xpath("string(h2)")
        for each in sections
    }


def test_a_form_that_reads_leads_to_the_answer_without_scripts_and_leaves_out_what_is_empty(web: Web) -> None:
    page = web.open("/explorer/claims")
    [form] = page.root.xpath("//form[@data-path='/v1/claims/{claim_id}/trace']")
    fields = dict(form.form_values())

    led = web.api.send("GET", form.get("action"), params=fields)

    assert led.status_code == 303
    assert led.headers["location"] == f"/v1/claims/{fields['claim_id']}/trace"
    assert web.api.get(led.headers["location"])["documents"] == 56


def test_the_way_from_a_form_leads_to_operations_of_ours_only_and_needs_all_parts_of_the_address(web: Web) -> None:
    assert "no operation" in web.open("/explorer/go?operation=//elsewhere.example/", 404).text
    told = web.open("/explorer/go?operation=/v1/claims/{claim_id}&claim_id=%20", 422)
    assert "Give claim_id" in told.text


def test_what_was_typed_into_a_part_of_an_address_stays_in_that_part(web: Web) -> None:
    asked = {"operation": "/v1/claims/{claim_id}", "claim_id": "a/../b?x=1", "as_of": "2022-01-09"}

    led = web.api.send("GET", "/explorer/go", params=asked)

    assert led.headers["location"] == "/v1/claims/a%2F..%2Fb%3Fx%3D1?as_of=2022-01-09"


def test_a_filter_that_is_called_as_a_part_of_the_address_is_stays_a_filter(web: Web) -> None:
    asked = "operation=/v1/{noun}/{record_id}/history&noun=claims&record_id=clm_a&noun=report"

    led = web.api.send("GET", f"/explorer/go?{asked}")

    assert led.headers["location"] == "/v1/claims/clm_a/history?noun=report"


def test_a_write_says_that_it_writes_and_an_example_of_its_body_is_ready_to_be_changed(web: Web) -> None:
    page = web.open("/explorer/claims")
    [section] = page.root.xpath("//section[@id='add-a-claim']")

    assert "This writes." in section.text_content()
    assert json.loads(section.xpath("string(.//textarea)"))["text"].startswith("Dozens")
    reading = web.open("/explorer/reading").part("//section[contains(@class, 'operation')]")
    assert "This writes." not in reading
    assert "Nothing is written." in reading


def test_fields_within_fields_are_told_with_the_way_to_them(web: Web) -> None:
    reports = noun(web.api.get("/openapi.json"), "reports")
    assert reports is not None
    added = next(each for each in reports.operations if each.title == "Add a report")

    assert added.body is not None
    names = {field.name: field for field in added.body.fields}
    assert {"claim", "attributions", "attributions[].upstream", "figures[].text"} <= set(names)
    assert names["claim"].required
    assert "asserts" in names["stance"].choices


@pytest.mark.parametrize("address", ["/explorer/nothing", "/explorer/go"])
def test_what_is_not_described_is_not_found(web: Web, address: str) -> None:
    assert "explorer lists" in web.open(address, 404).text


def test_a_form_begins_with_what_is_asked_of_this_list_and_ends_with_what_every_list_takes(web: Web) -> None:
    listing = asking(web.api.get("/openapi.json"), "/v1/claims")
    assert listing is not None

    names = [field.name for field in listing.taking("path", "query")]

    assert names[0] == "q"
    assert set(names[-5:]) == {"as_of", "known_at", "sort", "limit", "cursor"}


def test_an_address_that_only_writes_is_not_one_to_be_read(web: Web) -> None:
    assert asking(web.api.get("/openapi.json"), "/v1/what-if") is None


def test_those_who_look_for_documentation_in_the_usual_place_are_led_to_the_explorer(web: Web) -> None:
    assert web.api.send("GET", "/docs").headers["location"] == "/explorer"
