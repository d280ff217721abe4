"""The ways that people take through the pages: with a mouse, with a keyboard alone, and without scripts."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.furnishing import DOZENS
from tests.browser.reader import Reader


def test_a_reader_goes_from_a_search_over_a_claim_and_its_source_to_what_falls_without_it(reader: Reader) -> None:
    page = reader.open("/")

    page.get_by_role("searchbox").first.fill("dozens attackers")
    page.get_by_role("button", name="Search").first.click()
    page.get_by_role("main").get_by_role("link", name="Dozens of attackers were killed").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dozens of attackers were killed")
    expect(page.locator(".answer")).to_contain_text("56")

    page.locator("#sources").get_by_role("link", name="Saltanat Azirbek").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saltanat Azirbek")

    page.get_by_role("link", name="What if it falls?").click()
    expect(page.get_by_role("main")).to_contain_text("reports fall")
    expect(page.get_by_role("main")).to_contain_text("Without Saltanat Azirbek")


def test_a_claim_is_drawn_anew_as_of_a_day(reader: Reader) -> None:
    page = reader.open(claim(reader))
    counted, drawn = page.locator(".counts").inner_text(), page.locator("#chain svg").first.inner_html()

    page.get_by_label("As published by").fill("2022-01-06")
    page.get_by_role("button", name="Redraw").click()

    page.wait_for_url("**as_of=2022-01-06**")
    expect(page.get_by_role("main")).to_contain_text("As of 6 January 2022")
    assert page.locator(".counts").inner_text() != counted
    assert page.locator("#chain svg").first.inner_html() != drawn
    page.get_by_role("link", name="Show everything held today").click()
    assert page.locator(".counts").inner_text() == counted


def claim(reader: Reader) -> str:
    """The page of the claim that the story is about."""
    return f"/claims/{reader.first('/v1/claims', q=DOZENS)['id']}"
