"""Each page that lists records leads to the same list as a table."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlsplit

import pytest

from tests.web.browsing import Web


@pytest.mark.parametrize(
    "page", ["/claims?verdict=single", "/sources?kind=police", "/documents?q=tass", "/flags", "/events", "/tallies"]
)
def test_a_list_as_csv_holds_what_its_json_holds(web: Web, page: str) -> None:
    links = web.open(page).links("//footer//a")
    table, held = links["This list as CSV"], links["This page as JSON"]
    rows = list(csv.reader(io.StringIO(web.api.send("GET", table).text, newline="")))
    items = web.api.send("GET", held).json()["items"]

    assert urlsplit(table).query == urlsplit(held).query
    assert [row[0] for row in rows[1 : len(items) + 1]] == [next(iter(each.values())) for each in items]
    assert items


def test_the_page_of_one_record_offers_no_list(web: Web) -> None:
    assert "This list as CSV" not in web.open(f"/claims/{web.claim('dozens')}").links("//footer//a")
