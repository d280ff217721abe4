"""The first page, and what a page says when something is wrong."""

from __future__ import annotations

from tests.web.browsing import Web


def test_an_address_without_a_record_is_told_on_a_page_and_in_json_under_the_interface(web: Web) -> None:
    assert "There is nothing here" in web.open("/nothing", 404).text
    assert web.api.refused("GET", "/v1/nothing", 404)["title"] == "Not Found"


def test_no_page_asks_another_host_for_anything(web: Web) -> None:
    page = web.open("/")

    fetched = page.root.xpath("//script/@src | //img/@src | //link[@rel!='canonical']/@href")
    assert fetched
    assert all(address.startswith("/") for address in fetched)
