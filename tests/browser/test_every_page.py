"""What holds for each kind of page: everybody can read it, by day and by night, on a phone as on a desk."""

from __future__ import annotations

import pytest

from api.web import pages
from docs import screenshots
from tests.browser.checks import axe_by_day, axe_by_night, axe_for_fingers, sticking_out
from tests.browser.page_types import PAGE_TYPES, PageType
from tests.browser.reader import PHONE, Reader

# Addresses that answer people without being a page.
NO_PAGES = ("/docs", "/explorer/go", "/reports/{report_id}")  # they lead on to a page


@pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.name)
def test_a_page_can_be_read_by_everybody_by_day_and_by_night_and_fits_a_phone(
    kind: PageType, passer_by: Reader
) -> None:
    page = kind.open(passer_by)

    assert axe_by_day(page) == []
    passer_by.wide(PHONE)
    assert sticking_out(page) == []
    assert axe_for_fingers(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe_by_night(page) == []


def test_each_route_of_a_page_is_among_the_kinds_of_pages_that_are_looked_at() -> None:
    routes = {path for path, route in pages.addresses() if "GET" in (route.methods or ())}

    assert {route for kind in PAGE_TYPES for route in kind.routes} | set(NO_PAGES) == routes


def test_each_kind_of_page_has_its_pictures_in_the_documentation() -> None:
    remedy = "run `make screenshots` and commit docs/pages.md and docs/pages/"

    assert (screenshots.HERE / "pages.md").read_text("utf-8") == screenshots.written(), remedy
    pictures = {view.file(kind) for kind in PAGE_TYPES for view in screenshots.VIEWS}
    assert {file.name for file in (screenshots.HERE / "pages").iterdir()} == pictures, remedy


def test_whatever_a_page_asks_of_another_host_or_complains_about_is_noted(passer_by: Reader) -> None:
    page = passer_by.open("/")

    page.evaluate("fetch('http://elsewhere.test/').catch(() => {})")
    page.evaluate(
        "() => { console.warn('something odd'); setTimeout(() => { throw new Error('something failed'); }); }"
    )
    page.evaluate("location.href = 'http://elsewhere.test/left'")
    page.wait_for_timeout(100)

    noted = "; ".join(passer_by.complaints)
    passer_by.complaints.clear()
    refused = "Connecting to 'http://elsewhere.test/' violates"
    for complaint in (
        refused,
        "asked another host for http://elsewhere.test/left",
        "something odd",
        "something failed",
    ):
        assert complaint in noted


def test_a_page_that_shuts_people_out_is_found_wanting(passer_by: Reader) -> None:
    page = passer_by.open("/events")

    page.evaluate(SHUT)

    assert {found.partition(":")[0] for found in axe_by_day(page)} >= {"image-alt", "color-contrast", "target-size"}
    assert len(sticking_out(page)) > 0


SHUT = """() => {
  const wrong = document.createElement('div');
  wrong.innerHTML = '<p>pale</p><button></button><button></button><img src="/static/mark.svg" width="2000" height="9">';
  document.querySelector('main').prepend(wrong);
  wrong.querySelector('p').style.cssText = 'color: #aaa; background: #fff';
  const tiny = 'padding: 0; min-height: 0; width: 9px; height: 9px';
  for (const button of wrong.querySelectorAll('button')) button.style.cssText = tiny;
}"""
