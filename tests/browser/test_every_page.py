"""What holds for each kind of page: everybody can read it, by day and by night, on a phone as on a desk."""

from __future__ import annotations

import pytest

from api.web import pages
from tests.browser.checks import axe_by_day, axe_by_night, axe_for_fingers, sticking_out
from tests.browser.page_types import PAGE_TYPES, PageType
from tests.browser.reader import PHONE, Reader

# Addresses that answer people without being a page.
NO_PAGES = ("/docs", "/explorer/go", "/reports/{report_id}")  # they lead on to a page

EACH = pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.name)


@EACH
def test_a_page_can_be_read_by_everybody_by_day_and_by_night(kind: PageType, reader: Reader) -> None:
    page = kind.open(reader)

    assert axe_by_day(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe_by_night(page) == []


@EACH
def test_a_page_fits_a_phone(kind: PageType, reader: Reader) -> None:
    reader.wide(PHONE)
    page = kind.open(reader)

    assert sticking_out(page) == []
    assert axe_for_fingers(page) == []


def test_each_route_of_a_page_is_among_the_kinds_of_pages_that_are_looked_at() -> None:
    routes = {path for path, route in pages.addresses() if "GET" in route.methods}

    assert {route for kind in PAGE_TYPES for route in kind.routes} | set(NO_PAGES) == routes
