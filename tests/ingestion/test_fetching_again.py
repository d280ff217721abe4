"""A page that became a document is fetched again only if its server says that it has changed."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from provenance.ingestion.bulk import ingest
from provenance.ingestion.taking_one import IngestAsked, take
from provenance.vocabulary import TakenIn
from tests.ingestion.web import FakeWeb, answer

URL = "http://tass.example/1"
PAGE = (
    "<html lang='en'><head><title>Fire</title></head><body><article><h1>Fire in Port Salis</h1><p>{0} dock workers "
    "were killed in a fire at the grain terminal of Port Salis, the Interior Ministry said a day after it. The harbour "
    "stayed closed, and the ferry did not leave for the islands.</p></article></body></html>"
)


@pytest.fixture
def web() -> FakeWeb:
    """A site with one page, which marks the version of it."""
    web = FakeWeb()
    web.page("tass.example/1", PAGE.format("Nine").encode(), "text/html", 'ETag: "a"')
    return web


def unchanged(web: FakeWeb) -> None:
    web.raw("tass.example/1", answer(b"", status="304 Not Modified"))


def test_a_page_is_asked_for_again_on_the_condition_that_it_changed(engine: Engine, web: FakeWeb) -> None:
    first = take(engine, IngestAsked(url=URL), "a tester", fetcher=web.fetcher())
    unchanged(web)

    second = take(engine, IngestAsked(url=URL), "a tester", fetcher=web.fetcher())

    assert b'If-None-Match: "a"' in web.requests[-1]
    assert (first.outcome, second.outcome) == (TakenIn.ADDED, TakenIn.KNOWN)
    assert first.document.id == second.document.id


def test_a_page_that_changed_supersedes_what_was_held(engine: Engine, web: FakeWeb) -> None:
    first = take(engine, IngestAsked(url=URL), "a tester", fetcher=web.fetcher())
    web.page("tass.example/1", PAGE.format("Eleven").encode(), "text/html", 'ETag: "b"')

    second = take(engine, IngestAsked(url=URL), "a tester", fetcher=web.fetcher())

    assert (second.outcome, second.supersedes) == (TakenIn.CHANGED, first.document.id)


def test_a_run_counts_a_page_that_did_not_change_as_known(engine: Engine, web: FakeWeb) -> None:
    ingest(engine, URL, who="a tester", fetcher=web.fetcher())
    unchanged(web)

    assert ingest(engine, URL, who="a tester", fetcher=web.fetcher()).counts == {TakenIn.KNOWN: 1}
