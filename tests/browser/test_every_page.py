"""What holds for each kind of page: everybody can read it, by day and by night, on a phone as on a desk."""

from __future__ import annotations

import pytest

from tests.browser.checks import axe_by_day, axe_by_night, sticking_out
from tests.browser.page_types import PAGE_TYPES, PageType
from tests.browser.reader import PHONE, Reader

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
