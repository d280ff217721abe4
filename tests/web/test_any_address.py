"""Addresses of pages as people have them: passed on through other sites, typed by hand, with dates that are none."""

from __future__ import annotations

from api.web.pages import addresses
from tests.web.browsing import Web

NOUNS = {"claim_id": "claims", "tally_id": "tallies", "source_id": "sources", "document_id": "documents"}
NOUNS |= {"report_id": "reports", "event_id": "events", "record_id": "claims"}
ADDED = "fbclid=IwAR0&utm_source=newsletter&utm_medium="
OF_PAGES = sorted({path for path, route in addresses() if "GET" in (route.methods or ())})


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
    # Nobody has reviewed anything in the story.
    held["review_id"] = "rev_nothing"
    return [path.format(**held, noun="claims", name="claims") for path in OF_PAGES]


def test_a_date_that_is_none_is_asked_again_with_all_else_kept(web: Web) -> None:
    page = web.open("/claims?as_of=soon&q=dozens&utm_source=x", 422)

    assert "As published by: ‘soon’ is no date. Write 2022, 2022-01" in page.part("//main//li")
    kept = {each.get("name"): each.get("value") for each in page.root.xpath("//main//form[@action='/claims']//input")}
    assert kept["as_of"] == "soon"
    assert kept["q"] == "dozens"


def test_a_word_that_may_not_stand_in_a_field_is_chosen_from_those_that_may(web: Web) -> None:
    page = web.open("/claims?status=unlikely", 422)

    assert "withdrawn" in page.part("//main//select[@name='status']").lower()
    assert "Use one of" not in page.text


def test_who_wants_the_history_of_nothing_may_name_another_record(web: Web) -> None:
    page = web.open("/history?record=zz", 422)

    assert "Record: Nothing was ever written about ‘zz’" in page.part("//main//li")
    assert page.root.xpath("//main//form[@action='/history']//input[@name='record']/@value") == ["zz"]


def test_what_if_takes_a_source_by_its_name_or_asks_back(web: Web) -> None:
    named = web.api.send("GET", "/what-if?source=Khabar+24")
    assert "src_" in named.headers["location"]

    assert "Which one do you mean" in web.open("/what-if?source=police").text
    assert "No source is called “src_aaaaaaaaaaaaaaaa”" in web.open("/what-if?source=src_aaaaaaaaaaaaaaaa").text
    told = web.open("/what-if?document=doc_aaaaaaaaaaaaaaaa", 422).part("//form//p[@role='alert']")
    assert "There is no document" in told
    assert "/v1/" not in told


def test_browsers_find_the_mark_and_search_engines_what_to_leave_alone(web: Web) -> None:
    assert "Disallow: /desk\n" in web.api.send("GET", "/robots.txt").text
    mark = web.api.send("GET", "/favicon.ico", follow_redirects=True)
    assert mark.headers["content-type"].startswith("image/svg")


def test_the_history_tells_what_was_written_in_words(web: Web) -> None:
    told = web.open("/history?noun=document").part("//ol[@id='entries']//dl")

    assert " January 2022" in told
    assert "+00:00" not in told
    assert "Published earliest" not in told
    assert "Visibility" not in told
    assert "src_" not in told


def test_a_date_is_told_as_it_was_asked_and_one_to_come_is_noted(web: Web) -> None:
    tally, source = (web.api.items(f"/v1/{noun}", limit=1)[0]["id"] for noun in ("tallies", "sources"))

    assert "23:59" not in web.open(f"/tallies/{tally}?as_of=1990").text
    for page in (f"/tallies/{tally}", f"/sources/{source}", f"/claims/{web.claim('dozens')}"):
        assert "2099 (later than today)" in web.open(f"{page}?as_of=2099").text
    assert "No document that was looked at names it" in web.open(f"/sources/{source}?as_of=1990").text


def test_a_date_to_compare_that_is_none_is_asked_again_and_the_claim_is_kept(web: Web) -> None:
    claim = web.claim("dozens")
    page = web.open(f"/compare?claim={claim}&from=soon", 422)

    kept = {each.get("name"): each.get("value") for each in page.root.xpath("//main//form[@action='/compare']//input")}
    assert kept == {"claim": claim, "from": "soon"}
    assert "The earlier date: ‘soon’ is no date" in page.part("//main//li")
