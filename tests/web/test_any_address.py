"""Addresses of pages as people have them: passed on through other sites, typed by hand, with dates that are none."""

from __future__ import annotations

from api.web.pages import addresses
from tests.web.browsing import Web

NOUNS = {"claim_id": "claims", "tally_id": "tallies", "source_id": "sources", "document_id": "documents"}
NOUNS |= {"report_id": "reports", "event_id": "events", "record_id": "claims"}
ADDED = "fbclid=IwAR0&utm_source=newsletter&utm_medium="
OF_PAGES = sorted({path for path, route in addresses() if "GET" in route.methods})


def test_what_other_sites_add_to_an_address_and_fields_left_empty_change_nothing(web: Web) -> None:
    pages = _all_pages(web)
    plain = {page: _status(web, page) for page in pages}

    assert {page: _status(web, f"{page}?{ADDED}") for page in pages} == plain
    assert {page: _status(web, f"{page}?as_of=&known_at=+") for page in pages} == plain
    assert _status(web, f"/v1/claims?{ADDED}") == 422


def _status(web: Web, address: str) -> int:
    return web.api.send("GET", address, follow_redirects=True).status_code


def _all_pages(web: Web) -> list[str]:
    held = {name: web.api.items(f"/v1/{noun}", limit=1)[0]["id"] for name, noun in NOUNS.items()}
    return [path.format(**held, noun="claims", name="claims") for path in OF_PAGES]
