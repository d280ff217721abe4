"""Feeds list pages: each is fetched, or read from the feed where that holds it, and dated by the feed's account."""

from __future__ import annotations

import io
from pathlib import Path

from provenance.ingestion.loading import LoadedDocument, LoadFailure, load
from provenance.vocabulary import DateBasis
from tests.ingestion.web import FakeWeb

FULL = "Eight officers were killed in the night, the Interior Ministry told the channel Khabar 24. " * 12
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Tass</title><language>en</language>
<item><title>Full &amp; whole</title><link>https://tass.example/1</link><dc:creator>A. Writer</dc:creator>
  <pubDate>Thu, 06 Jan 2022 12:38:00 +0600</pubDate>
  <content:encoded><![CDATA[<p>{FULL}</p>]]></content:encoded></item>
<item><title>Short</title><link>https://tass.example/2</link><description>Only a line.</description>
  <pubDate>Thu, 06 Jan 2022 13:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>https://tass.example/3</link><description>What was left of it.</description></item>
<item><title>Short</title><link>https://tass.example/2</link></item>
<item><title>Nothing</title><link>https://tass.example/4</link></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Khabar</title>
<entry><title>Riots</title><id>tag:khabar,8</id><updated>2022-01-06T12:38:00Z</updated>
<summary>Eight officers were killed.</summary></entry></feed>"""
PAGE = "<html><head><title>Short</title></head><body><article><h1>Short</h1><p>{}</p></article></body></html>"


def web_with_feed() -> FakeWeb:
    web = FakeWeb()
    web.page("tass.example/feed", RSS.encode(), "application/rss+xml")
    web.page("tass.example/2", PAGE.format(FULL).encode())
    return web


def test_each_item_is_one_document_under_its_own_address() -> None:
    web = web_with_feed()

    full, short, left, nothing = load("https://tass.example/feed", fetcher=web.fetcher())

    assert isinstance(full, LoadedDocument)
    assert (full.key, full.url, full.title) == ("https://tass.example/1", "https://tass.example/1", "Full & whole")
    assert (full.author, full.publisher_name, full.language) == ("A. Writer", "Tass", "en")
    assert full.text.startswith("Full & whole\n\nEight officers")
    assert isinstance(short, LoadedDocument)
    assert (short.key, short.title, short.retrieved_at is None) == ("https://tass.example/2", "Short", False)
    assert isinstance(left, LoadedDocument)
    assert left.text == "Gone\n\nWhat was left of it."
    assert left.notes[0].startswith("Only what the feed holds: https://tass.example/3 answers 404")
    assert isinstance(nothing, LoadFailure)
    assert (nothing.origin, "answers 404" in nothing.reason) == ("https://tass.example/4", True)
    assert web.asked() == ["/feed", "/2", "/3", "/4"]


def test_a_date_that_only_the_feed_gives_is_the_index_date() -> None:
    full, short, *_ = load("https://tass.example/feed", fetcher=web_with_feed().fetcher())

    assert isinstance(full, LoadedDocument)
    assert isinstance(short, LoadedDocument)
    assert (full.published.printed, full.published.basis) == ("Thu, 06 Jan 2022 12:38:00 +0600", DateBasis.INDEX)
    assert full.published.earliest is not None
    assert full.published.earliest.isoformat() == "2022-01-06T06:38:00+00:00"
    assert short.published.basis is DateBasis.INDEX


def test_an_item_that_is_held_is_neither_read_nor_fetched_again() -> None:
    web = web_with_feed()

    found = list(load("https://tass.example/feed", fetcher=web.fetcher(), skip=lambda key: key[-1] in "1234"))

    assert found == []
    assert web.asked() == ["/feed"]


def test_a_feed_in_a_file_is_read_without_asking_anybody(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(ATOM)

    (found,) = load(tmp_path / "feed.xml")

    assert isinstance(found, LoadedDocument)
    assert found.key == f"{tmp_path / 'feed.xml'}#tag:khabar,8"
    assert (found.title, found.publisher_name, found.text) == (
        "Riots",
        "Khabar",
        "Riots\n\nEight officers were killed.",
    )
    assert found.notes[0] == "Only what the feed holds; the article may be longer."


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    broken = RSS.replace("</channel></rss>", "").replace("&amp;", "&")

    found = list(load("-", stdin=io.BytesIO(broken.encode())))

    assert isinstance(found[0], LoadedDocument)
    assert found[0].title == "Full & whole"


def test_an_address_that_no_record_may_hold_is_no_link() -> None:
    feed = ATOM.replace("<summary>", "<link href='javascript:alert(1)'/><summary>")

    (found,) = load("-", stdin=io.BytesIO(feed.encode()))

    assert isinstance(found, LoadedDocument)
    assert (found.key, found.url) == ("-#tag:khabar,8", None)


def test_a_feed_of_nothing_says_so() -> None:
    (found,) = load("-", stdin=io.BytesIO(b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>"))

    assert isinstance(found, LoadFailure)
    assert found.reason.startswith("the feed lists nothing")
