"""The first page, what a page says when something is wrong, and how pages are sent."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from fastapi import Request
from starlette.responses import Response
from starlette.routing import compile_path

from api.web import pages
from api.web.drawing.miniature import miniature
from provenance.answers_trace import Trace
from tests.api.telling import running
from tests.databases import SqliteDatabases
from tests.web.browsing import Web


@pytest.fixture
def bare(sqlite_databases: SqliteDatabases) -> Iterator[Web]:
    """The pages over a database that holds nothing yet."""
    with sqlite_databases.fresh() as url, running(url) as api:
        yield Web(api)


def test_the_first_page_says_that_it_measures_reporting_and_covers_only_what_was_collected(web: Web) -> None:
    said = web.open("/").part("//div[@class='opening']")

    assert "It measures reporting, not truth" in said
    assert "179 documents in 23 languages" in said
    assert "searched until 22 November 2026" in said
    assert "What was not collected is not here" in said


def test_the_example_is_the_claim_with_most_documents_that_goes_back_to_linked_sources(web: Web) -> None:
    [most] = web.api.items("/v1/claims", sort="-documents", verdict="single", limit=1)
    trace = Trace.model_validate(web.api.get(f"/v1/claims/{most['id']}/trace"))

    page = web.open("/")

    assert page.links("//section[@class='story']//h2/a") == {most["text"]: f"/claims/{most['id']}"}
    strip = page.part("//ol[@class='strip']")
    assert f"{trace.documents} documents print it" in strip
    assert f"{len(trace.parties[0].origins)} linked sources can be identified" in strip
    assert "Saltanat Azirbek in 31 documents" in strip
    assert len(page.root.xpath("//svg//rect")) == trace.documents


def test_the_small_picture_counts_carriers_once_and_draws_each_route(web: Web) -> None:
    trace = Trace.model_validate(web.api.get(f"/v1/claims/{web.claim('dozens attackers')}/trace"))

    small = miniature(trace)

    between = {name for report in trace.reports for path in report.paths for name in path[1:-1]}
    assert small.carriers == len(between)
    assert small.picture.count("<path") == sum(len(report.paths) for report in trace.reports)


def test_all_ten_questions_lead_to_pages(web: Web) -> None:
    answered = web.open("/").links("//ol[@class='questions']//a")

    assert len(answered) == 10
    known = [compile_path(path)[0] for path, route in pages.addresses() if "GET" in (route.methods or ())]
    for question, address in answered.items():
        assert any(shape.match(urlsplit(address).path) for shape in known), question


def test_who_asks_which_figures_compete_is_led_to_two_that_exclude_each_other(web: Web) -> None:
    tally = web.open("/").links("//ol[@class='questions']//a")["Which figures compete?"]
    pairs = web.api.get(f"/v1{tally}")["pairs"]

    assert "conflicting" in {pair["relation"] for pair in pairs}


def test_no_document_is_said_to_show_words_of_which_no_text_is_held(web: Web) -> None:
    """The story holds no text: what leads to words must say so."""
    questions = web.open("/").part("//ol[@class='questions']")

    assert "a document with its words marked" not in questions
    assert "its text is not held" in questions


def test_what_is_flagged_is_counted_in_words_and_leads_to_the_findings(web: Web) -> None:
    flagged = web.open("/").part("//section[@class='flagged']")

    counted = len({item["claim"] for item in web.api.items("/v1/flags", rule="unverified_figure", limit=200)})
    assert f"Not independently corroborated {counted} findings in {counted} claims" in flagged
    assert "Repeated after withdrawal 19 findings in 2 claims, none confirmed by an editor yet" in flagged
    assert "zombie" not in web.open("/").text


def test_an_empty_database_says_how_to_begin_and_shows_no_empty_lists(bare: Web) -> None:
    page = bare.open("/")

    assert "Nothing is held yet" in page.text
    assert "provenance load fixtures/stories/kazakhstan-2022" in page.text
    assert "/read" in page.links("//main//a").values()
    assert "What is flagged" not in page.text


def test_an_address_without_a_record_is_told_on_a_page_and_in_json_under_the_interface(web: Web) -> None:
    assert "There is nothing here" in web.open("/nothing", 404).text
    assert web.api.refused("GET", "/v1/nothing", 404)["title"] == "Not Found"


def test_a_record_that_is_not_there_leads_to_the_list_of_those_that_are(web: Web) -> None:
    page = web.open("/claims/clm_nobodysaidthis", 404)

    assert "There is no claim 'clm_nobodysaidthis'" in page.text
    assert page.links("//main//a")["the list of claims"] == "/claims"
    assert "GET /v1" not in page.text


def test_what_is_wrong_with_a_question_is_told_field_by_field(web: Web) -> None:
    page = web.open("/flags?status=unlikely", 422)

    assert "cannot be answered as it was asked" in page.part("//h1")
    assert "Record of corrections" in page.part("//main//li/strong")


def test_a_failure_of_ours_says_so_and_offers_to_ask_again(web: Web) -> None:
    def broken(request: Request) -> Response:
        raise RuntimeError("a secret of the server")

    web.api.app.router.add_route("/broken", broken)

    page = web.open("/broken?q=dozens", 500)

    assert "It is not your doing" in page.text
    assert "secret" not in page.text
    assert page.links("//main//a")["Try again"] == "/broken?q=dozens"


def test_no_page_asks_another_host_for_anything(web: Web) -> None:
    page = web.open("/")

    fetched = page.root.xpath("//script/@src | //img/@src | //link[@rel!='canonical']/@href")
    assert fetched
    assert all(address.startswith("/") for address in fetched)


@pytest.mark.parametrize(
    ("address", "compressed"),
    [("/", True), ("/static/base.css", True), ("/v1/claims", False), ("/openapi.json", False)],
)
def test_pages_go_compressed_and_answers_for_programs_as_they_are(web: Web, address: str, compressed: bool) -> None:
    answer = web.api.send("GET", address, headers={"Accept-Encoding": "gzip"})

    assert (answer.headers.get("content-encoding") == "gzip") is compressed
    assert len(answer.content) > 1000


def test_a_page_tells_browsers_to_run_load_and_send_nothing_of_others_and_only_a_card_may_be_framed(web: Web) -> None:
    claim = web.claim("dozens")
    page = web.open(f"/claims/{claim}").response.headers
    card = web.open(f"/claims/{claim}/card").response.headers

    assert page["content-security-policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert page["content-security-policy"].endswith("frame-ancestors 'self'")
    assert card["content-security-policy"].endswith("frame-ancestors *")
    assert (page["x-frame-options"], "x-frame-options" in card) == ("SAMEORIGIN", False)
