"""A page gives its text without what surrounds it, and what it says of itself with where that was read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from provenance.ingestion.loading import LoadedDocument, Piece, Published, read
from provenance.ingestion.loading.origins import archived
from provenance.ingestion.loading.printed_dates import read_printed
from provenance.ingestion.sniff import Media
from provenance.vocabulary import DateBasis, DatePrecision, ZoneKind

PARAGRAPH = (
    "<p>Eight officers were killed in the night, the Interior Ministry told the channel Khabar 24 on Thursday.</p>"
)
MORE = "<p>The channel gave no names, and the ministry did not say where in the city the officers had been on duty.</p>"
BODY = f"<article><h1>Eight officers killed</h1>{PARAGRAPH}{MORE}</article>"
NEWS = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"},'
    '{"@type": "NewsArticle", "headline": "Eight officers killed", "datePublished": "2022-01-06T12:38:00+06:00",'
    '"author": [{"@type": "Person", "name": "A. Writer"}, {"name": "B. Writer"}], "inLanguage": "en-GB",'
    '"publisher": {"@type": "Organization", "name": "Tass"}}]}</script>'
)


def page(head: str = "", body: str = BODY, url: str | None = None, html: str = "<html>") -> LoadedDocument:
    markup = f"<!doctype html>{html}<head>{head}</head><body>{body}</body></html>"
    found = read(Piece("page", markup.encode(), Media.HTML, url=url))
    assert isinstance(found, LoadedDocument), found
    return found


def test_the_text_is_the_headline_and_the_paragraphs_without_menu_and_footer() -> None:
    found = page(body=f"<nav><a href='/'>Home</a></nav>{BODY}<footer>All rights reserved</footer>")

    assert found.text.split("\n\n") == [
        "Eight officers killed",
        "Eight officers were killed in the night, the Interior Ministry told the channel Khabar 24 on Thursday.",
        "The channel gave no names, and the ministry did not say where in the city the officers had been on duty.",
    ]


def test_the_markup_tells_headline_and_subheading_and_zones_cover_the_rest() -> None:
    found = page(body=BODY.replace(MORE, f"<h2>No names</h2>{MORE}"))

    assert [(zone.kind, found.text[zone.start : zone.end][:22]) for zone in found.zones] == [
        (ZoneKind.HEADLINE, "Eight officers killed"),
        (ZoneKind.BODY, "Eight officers were ki"),
        (ZoneKind.SUBHEADING, "No names"),
        (ZoneKind.BODY, "The channel gave no na"),
    ]


def test_a_headline_that_only_the_head_of_the_page_holds_is_put_on_top() -> None:
    found = page("<title>Riots go on in Almaty | Tass</title>", BODY.replace("<h1>Eight officers killed</h1>", ""))

    assert found.text.startswith("Riots go on in Almaty | Tass\n\nEight officers were killed")


def test_json_ld_is_believed_first() -> None:
    found = page(NEWS + '<meta name="author" content="C"><meta property="og:locale" content="de_DE">')

    assert (found.title, found.author, found.publisher_name) == (
        "Eight officers killed",
        "A. Writer, B. Writer",
        "Tass",
    )
    assert found.language == "en-GB"
    assert found.published == Published(
        "2022-01-06T12:38:00+06:00",
        datetime(2022, 1, 6, 6, 38, tzinfo=UTC),
        datetime(2022, 1, 6, 6, 38, 0, 999999, tzinfo=UTC),
        DatePrecision.SECOND,
        DateBasis.PRINTED,
    )


def test_meta_elements_serve_where_there_is_no_json_ld() -> None:
    found = page(
        '<meta property="og:title" content="Eight officers killed - Khabar">'
        '<meta property="og:site_name" content="Khabar">'
        '<meta name="author" content="D. Writer"><meta property="article:published_time" content="2022-01-06">'
        '<link rel="canonical" href="/news/8">',
        BODY.replace("<h1>Eight officers killed</h1>", ""),
        url="https://www.khabar.example/amp/8?x=1",
        html='<html lang="kk_KZ">',
    )

    assert (found.title, found.author, found.publisher_name) == ("Eight officers killed", "D. Writer", "Khabar")
    assert (found.language, found.host) == ("kk-KZ", "khabar.example")
    assert found.canonical_url == "https://www.khabar.example/news/8"
    assert found.published.precision is DatePrecision.DAY


def test_the_heading_as_printed_goes_before_the_title_made_for_search_engines() -> None:
    found = page("<title>Eight officers killed in Almaty riots - latest news, photo, video</title>")

    assert found.title == "Eight officers killed"


@pytest.mark.parametrize(
    ("head", "body", "url", "earliest", "basis"),
    [
        ('<meta name="date" content="January 6, 2022">', "", None, "2022-01-06T00:00:00+00:00", DateBasis.PRINTED),
        ("", '<article><time datetime="2022-01-06T10:00Z">x</time></article>', None, "2022-01-06T10:00:00+00:00",
         DateBasis.PRINTED),
        ("", '<article><time>6 January 2022</time></article>', None, "2022-01-06T00:00:00+00:00", DateBasis.PRINTED),
        ("", "", "https://tass.example/2022/01/06/8", "2022-01-06T00:00:00+00:00", DateBasis.IN_URL),
        ("", "", "https://tass.example/2022-01-06-riots", "2022-01-06T00:00:00+00:00", DateBasis.IN_URL),
        ("", "", "https://tass.example/20220106/riots", "2022-01-06T00:00:00+00:00", DateBasis.IN_URL),
        ("", "", "https://tass.example/2022/jan/06/riots", "2022-01-06T00:00:00+00:00", DateBasis.IN_URL),
    ],
)  # fmt: skip
def test_a_date_says_where_it_was_read(head: str, body: str, url: str | None, earliest: str, basis: DateBasis) -> None:
    published = page(head, body + BODY, url).published

    assert published.earliest is not None
    assert (published.earliest.isoformat(), published.basis) == (earliest, basis)


@pytest.mark.parametrize("url", [None, "https://tass.example/20229999/8", "https://tass.example/id/123456789012"])
def test_a_page_without_a_date_has_none(url: str | None) -> None:
    assert page(url=url).published == Published()


def test_a_time_without_a_zone_is_its_day_and_the_reader_is_told() -> None:
    found = page('<meta property="article:published_time" content="2022-01-06T12:38:00">')

    assert found.published.precision is DatePrecision.DAY
    assert found.notes == ("The page's time '2022-01-06T12:38:00' has no zone, so only its day is known.",)


def test_dates_that_contradict_each_other_are_told() -> None:
    found = page(NEWS, url="https://tass.example/2021/12/01/8")

    assert found.published.printed == "2022-01-06T12:38:00+06:00"
    assert found.notes == ("The page also gives '2021/12/01' as its date.",)


def test_a_date_that_cannot_be_read_is_told_and_not_guessed() -> None:
    found = page('<meta name="date" content="05.06.07">')

    assert found.published == Published()
    assert found.notes == ("The page's date '05.06.07' could not be read.",)


@pytest.mark.parametrize(
    ("printed", "earliest", "precision"),
    [
        ("2022-01-06T12:38+06:00", "2022-01-06T06:38:00+00:00", DatePrecision.MINUTE),
        ("2022-01-06 12:38:11 +0600", "2022-01-06T06:38:11+00:00", DatePrecision.SECOND),
        ("2022-01-06T12:38:11.123456789Z", "2022-01-06T12:38:11+00:00", DatePrecision.SECOND),
        ("2022-01-06T12:38:11+06", "2022-01-06T06:38:11+00:00", DatePrecision.SECOND),
        ("20220106T123811Z", "2022-01-06T12:38:11+00:00", DatePrecision.SECOND),
        ("20220106", "2022-01-06T00:00:00+00:00", DatePrecision.DAY),
        ("2022-01", "2022-01-01T00:00:00+00:00", DatePrecision.MONTH),
        ("Thu, 06 Jan 2022 12:38:11 GMT", "2022-01-06T12:38:11+00:00", DatePrecision.SECOND),
        ("Jan 6th, 2022", "2022-01-06T00:00:00+00:00", DatePrecision.DAY),
    ],
)
def test_dates_are_read_as_pages_and_feeds_write_them(printed: str, earliest: str, precision: DatePrecision) -> None:
    date = read_printed(printed, DateBasis.PRINTED)

    assert date is not None
    assert date.earliest is not None
    assert (date.earliest.isoformat(), date.precision) == (earliest, precision)


@pytest.mark.parametrize("printed", ["", "yesterday", "2022-13-01", "2022-02-30", "06/01/2022", "1", "99999999999999"])
def test_what_is_no_date_is_none(printed: str) -> None:
    assert read_printed(printed, DateBasis.PRINTED) is None


def test_an_archived_copy_has_both_addresses_and_the_moment_of_its_capture() -> None:
    copy = "https://web.archive.org/web/20220106123811id_/https://www.tass.example/world/8"

    found = page(
        '<link rel="canonical" href="https://web.archive.org/web/20220106123811/https://tass.example/8">', url=copy
    )

    assert (found.url, found.archive_url) == ("https://www.tass.example/world/8", copy)
    assert (found.host, found.canonical_url) == ("tass.example", "https://tass.example/8")
    assert found.retrieved_at == datetime(2022, 1, 6, 12, 38, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "original"),
    [
        ("http://web.archive.org/web/2022/tass.example/8", "http://tass.example/8"),
        ("https://web.archive.org/web/20220106123811/http:/tass.example/8", "http://tass.example/8"),
        ("https://archive.today/20220106-123811/https://tass.example/8", "https://tass.example/8"),
        ("https://arquivo.pt/wayback/20220106123811/https://tass.example/8", "https://tass.example/8"),
    ],
)
def test_the_original_behind_an_archived_copy_is_known(address: str, original: str) -> None:
    copy = archived(address)

    assert copy is not None
    assert copy.original == original


@pytest.mark.parametrize("address", ["https://web.archive.org/", "https://web.archive.org/save/https://tass.example/8"])
def test_other_pages_of_an_archive_are_pages(address: str) -> None:
    assert archived(address) is None


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("windows-1251", "cp1251"), ("koi8-r", "koi8-r"), ("utf-8", "utf-8"), ("shift_jis", "shift_jis")],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(declared: str, encoding: str) -> None:
    words = "Погибли восемь полицейских, сообщило министерство телеканалу."
    markup = f"<html><head><meta http-equiv=content-type content='text/html; charset={declared}'></head><p>{words}"

    found = read(Piece("page", markup.encode(encoding), Media.HTML))

    assert isinstance(found, LoadedDocument)
    assert (words in found.text, found.notes[:0]) == (True, ())


def test_the_servers_word_on_the_encoding_goes_before_the_pages() -> None:
    markup = "<html><head><meta charset=koi8-r></head><p>Погибли восемь полицейских.".encode("cp1251")

    found = read(Piece("page", markup, Media.HTML, charset="windows-1251"))

    assert isinstance(found, LoadedDocument)
    assert "Погибли восемь" in found.text
