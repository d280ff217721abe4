"""What is made to be copied goes to the clipboard with one press, and is selected by hand where no script runs."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.furnishing import DOZENS
from tests.browser.reader import Reader


def published(reader: Reader) -> str:
    """The page on which a claim is made to be copied."""
    return f"/claims/{claim(reader)}/publish"


def claim(reader: Reader) -> str:
    """The id of the claim that the story is about."""
    return reader.client.ask.independent_origins(DOZENS).claim.id


def test_one_press_copies_the_sentence_and_says_so(read_as: Opened, held: str) -> None:
    reader = read_as(held, permissions=["clipboard-read", "clipboard-write"])
    page = reader.open(published(reader))

    page.get_by_role("button", name="Copy A sentence to print, As plain text").press("Enter")

    expect(page.locator("#copied")).to_have_text("Copied.")
    copied: str = page.evaluate("navigator.clipboard.readText()")
    assert copied == reader.client.claims.publication(claim(reader)).sentence


def test_without_scripts_there_is_no_button_that_does_nothing(read_as: Opened, held: str) -> None:
    reader = read_as(held, java_script_enabled=False)
    page = reader.open(published(reader))

    assert page.locator("main button:visible").all_inner_texts() == ["Make it as of this day"]
    assert "is stated by 56 documents" in page.locator("#sentence-plain").input_value()
