"""Fetching is polite and bounded, and connects to nothing but the public addresses that it has checked."""

from __future__ import annotations

import gzip
from ipaddress import ip_address

import pytest

from provenance.errors import InvalidInput, Unfetchable
from provenance.ingestion.fetching import Fetched, NotModified
from provenance.ingestion.fetching.addresses import checked_url, is_public
from provenance.ingestion.sniff import Media
from tests.ingestion.web import PUBLIC, FakeWeb, answer

PAGE = b"<!doctype html><title>Riots</title><p>Eight officers were killed, the ministry told Khabar 24.</p>"


@pytest.fixture
def web() -> FakeWeb:
    return FakeWeb()


def fetched(web: FakeWeb, url: str) -> Fetched:
    found = web.fetcher().fetch(url)
    assert isinstance(found, Fetched)
    return found


def test_a_page_comes_with_where_and_when_and_as_what_it_was_found(web: FakeWeb) -> None:
    web.page("tass.example/world", PAGE, "text/html; charset=koi8-r", 'ETag: "a"', "Last-Modified: Thu, 06 Jan 2022")

    page = fetched(web, "https://tass.example/world#top")

    assert (page.final_url, page.media, page.charset) == ("https://tass.example/world", Media.HTML, "koi8-r")
    assert (page.etag, page.last_modified) == ('"a"', "Thu, 06 Jan 2022")
    assert page.content == PAGE
    assert page.retrieved_at == web.clock.now()


def test_the_connection_goes_to_the_checked_address_while_the_name_stays_in_host_and_handshake(web: FakeWeb) -> None:
    web.page("tass.example/world", PAGE)

    fetched(web, "https://tass.example/world")

    assert set(web.connected) == {PUBLIC}
    assert web.looked_up == ["tass.example"]
    assert set(web.secured) == {"tass.example"}
    assert b"\r\nHost: tass.example\r\n" in web.requests[-1]


def test_it_says_who_it_is_and_whom_to_reach(web: FakeWeb) -> None:
    web.page("tass.example/", PAGE)

    web.fetcher(fetch_contact="desk@paper.example\r\nX-Evil: 1").fetch("http://tass.example/")

    assert b"User-Agent: provenance/" in web.requests[-1]
    assert b"(+desk@paper.exampleX-Evil: 1)\r\n" in web.requests[-1]


def test_a_page_that_did_not_change_is_not_sent_again(web: FakeWeb) -> None:
    web.raw("tass.example/", answer(b"", 'ETag: "a"', status="304 Not Modified"))

    found = web.fetcher().fetch("http://tass.example/", etag='"a"', last_modified="Thu, 06 Jan 2022 00:00:00 GMT")

    assert isinstance(found, NotModified)
    assert b'If-None-Match: "a"\r\nIf-Modified-Since: Thu, 06 Jan 2022 00:00:00 GMT' in web.requests[-1]


def test_redirects_are_followed_and_told(web: FakeWeb) -> None:
    web.redirect("tass.example/short", "https://tass.example/long")
    web.page("tass.example/long", PAGE)

    page = fetched(web, "http://tass.example/short")

    assert (page.url, page.final_url) == ("http://tass.example/short", "https://tass.example/long")
    assert page.redirects == ("http://tass.example/short",)


def test_one_host_is_given_a_second_between_two_pages_and_another_host_is_not_made_to_wait(web: FakeWeb) -> None:
    for where in ("tass.example/1", "tass.example/2", "khabar.example/1"):
        web.page(where, PAGE)
    fetcher = web.fetcher()

    for url in ("http://tass.example/1", "http://khabar.example/1", "http://tass.example/2"):
        fetcher.fetch(url)

    assert web.clock.slept == [1.0]


def test_the_pause_that_a_site_asks_for_is_kept(web: FakeWeb) -> None:
    web.page("tass.example/robots.txt", b"User-agent: *\nCrawl-delay: 7", "text/plain")
    web.page("tass.example/1", PAGE)
    fetcher = web.fetcher()

    fetcher.fetch("http://tass.example/1")
    fetcher.fetch("http://tass.example/1")

    assert web.clock.slept == [7.0]


def test_a_pause_longer_than_anybody_waits_is_told(web: FakeWeb) -> None:
    web.page("tass.example/robots.txt", b"User-agent: *\nCrawl-delay: 700", "text/plain")
    web.page("tass.example/1", PAGE)
    fetcher = web.fetcher()
    fetcher.fetch("http://tass.example/1")

    with pytest.raises(Unfetchable, match=r"try again in 700 seconds"):
        fetcher.fetch("http://tass.example/1")


def test_what_robots_txt_forbids_is_not_asked_for(web: FakeWeb) -> None:
    web.page("tass.example/robots.txt", b"User-agent: Provenance\nDisallow: /private\nAllow: /", "text/plain")
    web.page("tass.example/private/1", PAGE)
    web.page("tass.example/public/1", PAGE)

    with pytest.raises(Unfetchable, match=r"asks programs not to fetch .* paste its text"):
        web.fetcher().fetch("http://tass.example/private/1")
    assert web.asked() == []
    assert fetched(web, "http://tass.example/public/1").content == PAGE


def test_a_redirect_into_what_robots_txt_forbids_is_not_followed(web: FakeWeb) -> None:
    web.page("khabar.example/robots.txt", b"User-agent: *\nDisallow: /", "text/plain")
    web.page("khabar.example/1", PAGE)
    web.redirect("tass.example/1", "http://khabar.example/1")

    with pytest.raises(Unfetchable, match="asks programs not to fetch"):
        web.fetcher().fetch("http://tass.example/1")
    assert web.asked() == ["/1"]


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy", "429 Too Many"])
def test_a_site_whose_robots_txt_fails_is_left_alone(web: FakeWeb, status: str) -> None:
    web.raw("tass.example/robots.txt", answer(b"", status=status))
    web.page("tass.example/1", PAGE)

    with pytest.raises(Unfetchable, match=r"robots.txt cannot be read now \(it answers \d+\)"):
        web.fetcher().fetch("http://tass.example/1")
    assert web.asked() == []


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "401 Who"])
def test_a_site_without_a_robots_txt_that_we_may_see_allows_everything(web: FakeWeb, status: str) -> None:
    web.raw("tass.example/robots.txt", answer(b"", status=status))
    web.page("tass.example/1", PAGE)

    assert fetched(web, "http://tass.example/1").content == PAGE


def test_robots_txt_is_asked_for_once_a_day(web: FakeWeb) -> None:
    web.page("tass.example/1", PAGE)
    fetcher = web.fetcher()

    for hours in (0, 1, 30):
        web.clock.seconds = hours * 3600.0
        fetcher.fetch("http://tass.example/1")

    assert sum(b"/robots.txt" in request for request in web.requests) == 2


def test_a_packed_page_is_unpacked(web: FakeWeb) -> None:
    web.page("tass.example/", gzip.compress(PAGE), "text/html", "Content-Encoding: gzip")

    assert fetched(web, "http://tass.example/").content == PAGE


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        ("403 Forbidden", "open it yourself and paste its text"),
        ("404 Not Found", "check the address, or give that of an archived copy"),
        ("429 Too Many", "try later"),
        ("500 Oops", "its server fails"),
        ("418 Teapot", "check the address"),
    ],
)
def test_a_page_that_is_not_given_says_what_to_do_instead(web: FakeWeb, status: str, remedy: str) -> None:
    web.raw("tass.example/1", answer(b"", status=status))

    with pytest.raises(Unfetchable, match=remedy):
        web.fetcher().fetch("http://tass.example/1")


@pytest.mark.parametrize("declared", ["image/png", "application/zip", "video/mp4", "application/json"])
def test_what_is_no_document_is_refused_by_its_type(web: FakeWeb, declared: str) -> None:
    web.page("tass.example/1", b"{}", declared)

    with pytest.raises(Unfetchable, match=f"is {declared}; give the address of a page"):
        web.fetcher().fetch("http://tass.example/1")


@pytest.mark.parametrize(
    ("content", "declared", "media"),
    [
        (b"%PDF-1.7 ...", "application/pdf", Media.PDF),
        (b"%PDF-1.7 ...", "application/octet-stream", Media.PDF),
        (b"<?xml version='1.0'?><rss version='2.0'></rss>", "application/xml", Media.FEED),
        (b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'></feed>", "text/xml", Media.FEED),
        (b"<?xml version='1.0'?><!DOCTYPE html><html></html>", "application/xhtml+xml", Media.HTML),
        (b"Eight officers were killed.", "text/plain", Media.PLAIN),
        (b"<p>Eight officers were killed.", "", Media.HTML),
    ],
)
def test_a_document_is_told_by_its_first_bytes_and_its_declared_type(
    web: FakeWeb, content: bytes, declared: str, media: Media
) -> None:
    web.page("tass.example/1", content, declared)

    assert fetched(web, "http://tass.example/1").media is media


FORBIDDEN = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.127.255.254", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:93.184.215.14", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
    "2002:7f00:1::", "2001::1", "2001:db8::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1",
    "100::1", "3fff::1", "2a00:1450::5efe:10.0.0.1", "2a00:1450::200:5efe:10.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("address", FORBIDDEN)
def test_no_address_outside_the_public_internet_is_connected_to(web: FakeWeb, address: str) -> None:
    web.host("inside.example", [address])
    literal = f"[{address}]" if ":" in address else address

    for url in ("http://inside.example/", f"http://{literal}/"):
        with pytest.raises(InvalidInput, match="is no public address"):
            web.fetcher().fetch(url)
    assert web.connected == []


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2a00:1450:4001::5"])
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_one_private_address_among_public_ones_is_enough_to_refuse_a_host(web: FakeWeb) -> None:
    web.host("mixed.example", [PUBLIC, "10.0.0.1"])

    with pytest.raises(InvalidInput, match=r"mixed.example is not fetched: 10.0.0.1 is no public address"):
        web.fetcher().fetch("http://mixed.example/")
    assert web.connected == []


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "017700000001", "0", "127.0.0.1.", "１２７.0.0.1",
     "[::ffff:7f00:1]", "[::1]", "3232235777", "0xA9FEA9FE"],
)  # fmt: skip
def test_an_address_inside_is_refused_however_it_is_written(web: FakeWeb, host: str) -> None:
    with pytest.raises(InvalidInput):
        web.fetcher().fetch(f"http://{host}/latest/meta-data")
    assert web.connected == []
    assert web.looked_up == []


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://tass.example/", "begins with https:// or http://"),
        ("file:///etc/passwd", "begins with https:// or http://"),
        ("gopher://tass.example/", "begins with https:// or http://"),
        ("javascript:alert(1)", "is no web address"),
        ("//tass.example/", "begins with https:// or http://"),
        ("http:///path", "is no web address"),
        ("", "is no web address"),
        ("http://user:secret@tass.example/", "user name or password"),
        ("http://user@tass.example/", "user name or password"),
        ("http://tass.example:22/", "port 22"),
        ("http://tass.example:6379/", "port 6379"),
        ("http://tass.example:99999/", "is no"),
        ("http://[::1", "is no web address"),
        ("http://tass.example/" + "a" * 3000, "longer than 2000"),
        ("http://tass\x00.example/", "is no web address"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused_with_a_reason(web: FakeWeb, url: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        web.fetcher().fetch(url)
    assert web.connected == []


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_url("http://user:secret@tass.example/")

    assert "secret" not in refused.value.message


def test_a_host_that_nobody_knows_is_told(web: FakeWeb) -> None:
    with pytest.raises(Unfetchable, match=r"nowhere.example is not known to the name service"):
        web.fetcher().fetch("http://nowhere.example/")
