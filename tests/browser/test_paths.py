"""The ways that people take through the pages: with a mouse, with a keyboard alone, without scripts, and on paper."""

from __future__ import annotations

import io
import re

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from provenance.vocabulary import Role
from tests.browser.checks import axe_by_day, cut_off
from tests.browser.conftest import Opened
from tests.browser.furnishing import DOZENS, REVIEWING, TITLE
from tests.browser.reader import Reader
from tests.databases import SqliteDatabases
from tests.keys import new_key
from tests.serving import served

PASTED = """Spokeswoman repeats toll of the night

ALMATY, January 6. Dozens of attackers were killed when police buildings in Almaty were attacked in the \
night to 6 January, police spokeswoman Saltanat Azirbek told the television station Khabar 24.
"""
PAPER = 718  # pixels: A4 between its margins


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
    expect(page.locator(".counts")).to_have_text(counted, use_inner_text=True)


def test_an_article_that_is_pasted_is_read_at_once_saved_and_counts_in_the_claim_once_accepted(editor: Reader) -> None:
    page = editor.open("/read")

    page.get_by_label("The article’s words, its headline first").fill(PASTED)
    page.get_by_label("Published by").fill("Evening Mail")
    page.get_by_label("Published on").fill("2022-01-06")
    expect(page.locator("#found .stated")).to_contain_text("Saltanat Azirbek")
    page.get_by_role("button", name="Save, and decide").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Spokeswoman repeats toll of the night")
    told = page.locator(".stated > li", has_text="in the night to 6 January").first
    told.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("status").first).to_contain_text("Accepted")
    page.locator(".stated > li.accepted").first.get_by_role("heading").get_by_role("link").click()
    expect(page.locator("#reports")).to_contain_text("Evening Mail")
    expect(page.locator("#sources")).to_contain_text("Saltanat Azirbek")


def test_somebody_logs_in_with_a_key_decides_and_logs_out(read_as: Opened, furnished: SqliteDatabases) -> None:
    with furnished.fresh() as url, served(url, keyed=False, **REVIEWING) as base:
        reader = read_as(base)
        page = reader.open("/desk")
        expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
        key = new_key(url, Role.EDITOR, "Aigerim")
        page.get_by_label("Your key").fill(key)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/desk")
        expect(page.get_by_role("banner")).to_contain_text("Aigerim")

        article = document(reader, key)
        page = reader.open(article)
        page.locator(".stated > li.proposed").first.get_by_role("button", name="Accept").click()
        expect(page.get_by_role("status").first).to_contain_text("Accepted")

        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("status")).to_contain_text("You are logged out")
        page = reader.open(article)
        expect(page.get_by_role("button", name="Accept")).to_have_count(0)


def test_proposals_are_decided_by_single_keys(editor: Reader) -> None:
    page = editor.open(document(editor))
    waiting = page.locator(".stated > li.proposed")
    before = waiting.count()

    page.get_by_role("heading", level=1).click()
    page.keyboard.press("j")
    expect(waiting.first).to_be_focused()
    page.keyboard.press("a")

    expect(page.get_by_role("status").first).to_contain_text("Accepted")
    assert waiting.count() == before - 1
    # The words stand there before the script runs; it is at work once it leads to the next that waits.
    expect(page.locator(".stated > li.proposed.current")).to_be_focused()
    page.keyboard.press("r")
    expect(page.get_by_role("status").first).to_contain_text("Rejected")
    assert waiting.count() == before - 2


def test_words_are_selected_by_keyboard_and_become_a_statement(editor: Reader) -> None:
    page = editor.open(document(editor))

    page.locator("#text").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+End")
    page.keyboard.press("Enter")
    form = page.locator("form.stating")
    expect(form.get_by_label("The words, exactly as the document has them")).to_have_value(
        re.compile("Police say dozens")
    )
    assert axe_by_day(page) == []

    by_keyboard(page, form.get_by_label("What is asserted"), "Dozens of attackers died in Almaty, as the police say.")
    by_keyboard(page, form.get_by_label("Named first"), "Saltanat Azirbek")
    by_keyboard(page, form.get_by_label("As printed"), "dozens")
    by_keyboard(page, form.get_by_label("What happened to them"), "killed")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("Added")
    expect(page.locator(".stated")).to_contain_text("Dozens of attackers died in Almaty, as the police say.")


def test_a_keyboard_alone_leads_from_the_first_page_to_a_claim_and_always_shows_where_it_is(reader: Reader) -> None:
    page = reader.open("/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Go to the content")).to_be_focused()
    tab_to(page, page.get_by_role("searchbox").first)
    page.keyboard.type("dozens attackers")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    tab_to(page, page.get_by_role("main").get_by_role("link", name="Dozens of attackers were killed").first)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Dozens of attackers were killed")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_without_scripts_a_claim_is_found_redrawn_and_a_proposal_accepted(read_as: Opened, worked_on: str) -> None:
    reader = read_as(worked_on, java_script_enabled=False)
    page = reader.open("/search?q=dozens+attackers")
    page.get_by_role("main").get_by_role("link", name="Dozens of attackers were killed").first.click()
    expect(page.locator("#chain svg").first).to_be_visible()
    page.get_by_label("As published by").fill("2022-01-06")
    page.get_by_role("button", name="Redraw").click()
    expect(page.get_by_role("main")).to_contain_text("As of 6 January 2022")

    page = reader.open("/read")
    page.get_by_label("The article’s words, its headline first").fill(PASTED.replace("repeats", "confirms"))
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#found .stated")).to_contain_text("Saltanat Azirbek")

    page = reader.open(document(reader))
    waiting = page.locator(".stated > li.proposed")
    before = waiting.count()
    waiting.first.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("status").first).to_contain_text("Accepted")
    assert waiting.count() == before - 1


def test_a_claim_is_printed_whole(reader: Reader) -> None:
    page = reader.open(claim(reader))
    page.emulate_media(media="print")
    reader.wide(PAPER)

    assert cut_off(page) == []
    printed = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    reports = reader.client.ask.independent_origins(DOZENS).reports
    printed = " ".join(printed.split())
    assert {report.publisher for report in reports if report.publisher not in printed} == set()


def claim(reader: Reader) -> str:
    """The page of the claim that the story is about."""
    return f"/claims/{reader.first('/v1/claims', q=DOZENS)['id']}"


def document(reader: Reader, key: str | None = None) -> str:
    """The page of the article whose proposals wait, which is for the desk while none is accepted."""
    return f"/documents/{reader.first('/v1/documents', key, q=TITLE)['id']}"


def by_keyboard(page: Page, field: Locator, words: str) -> None:
    """Go on to a field, and type."""
    tab_to(page, field)
    page.keyboard.type(words)


def tab_to(page: Page, wanted: Locator) -> None:
    """Press the key until it is there; wherever it stands on the way must be seen."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWS_FOCUS), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is more than {FAR} steps away")


FAR = 60
SHOWS_FOCUS = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return document.activeElement === document.body || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2);
}"""
