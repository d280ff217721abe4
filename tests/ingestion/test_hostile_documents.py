"""What is made to do harm, or is merely broken, gives a clear reason: never a hang, and no request to a closed address.

Nothing here leaves the process, save for one server on the loopback that the test itself starts.
"""

from __future__ import annotations

import gzip
import io
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpcore
import pytest

from provenance.errors import InvalidInput, Unfetchable
from provenance.ingestion.fetching import Fetcher
from provenance.ingestion.fetching.deadline import Deadline, SystemClock, TooLate, in_time
from provenance.ingestion.fetching.network import GuardedNetwork
from provenance.ingestion.loading import LoadedDocument, LoadFailure, load
from provenance.settings import Settings
from tests.ingestion.web import PUBLIC, FakeWeb, answer

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
STORY = "Eight officers were killed, the ministry told Khabar 24."


@pytest.fixture
def web() -> FakeWeb:
    return FakeWeb()


def refusal(origin: Path | bytes, **options: Any) -> str:
    """The reason why the one thing at an origin gave no document."""
    found = list(load("-", stdin=io.BytesIO(origin), **options) if isinstance(origin, bytes) else load(origin))
    assert len(found) == 1
    assert isinstance(found[0], LoadFailure), found[0]
    return found[0].reason


def document(content: bytes) -> LoadedDocument:
    (found,) = load("-", stdin=io.BytesIO(content))
    assert isinstance(found, LoadedDocument), found
    return found


# Files


@pytest.mark.parametrize("content", [b"", b"   \n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf  \n"])
def test_an_empty_file_says_that_it_is_empty(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "empty.txt").write_bytes(content)

    assert refusal(tmp_path / "empty.txt").startswith(("it is empty", "it holds nothing but white space"))


def test_fifty_megabytes_of_text_are_refused_without_reading_them_all(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.write(STORY.encode())
        file.truncate(50_000_000)

    assert refusal(tmp_path / "huge.txt").startswith("it is longer than 10,000,000 bytes; split it")


def test_a_stream_that_never_ends_is_refused_at_the_bound() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"word " * (size // 5) + b"." * (size % 5)

    endless = Endless()
    (found,) = load("-", stdin=endless, max_bytes=100_000)  # type: ignore[arg-type]  # what a pipe is, too

    assert isinstance(found, LoadFailure)
    assert "longer than 100,000 bytes" in found.reason
    assert endless.given <= 100_001


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a PNG image"),
        (b"PK\x03\x04" + b"\x00" * 50, "a ZIP file"),
        (b"\x7fELF" + b"\x00" * 50, "a program"),
        (bytes(range(256)) * 20, "no text"),
        (b"text and then \x00 a NUL", "NUL characters"),
        (b"\x01\x02\x03\x04 four of them \x05\x06", "control characters"),
    ],
)
def test_a_binary_file_says_what_it_is(content: bytes, why: str) -> None:
    assert why in refusal(content)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Внутренних дел 🚒 Алматы"),
        ("utf-8-sig", "Внутренних дел"),
        ("utf-16", "Внутренних дел"),
        ("utf-32", "Внутренних дел"),
    ],
)
def test_a_text_is_read_in_the_encoding_that_its_first_bytes_show(encoding: str, text: str) -> None:
    assert document(text.encode(encoding)).text == text


def test_an_encoding_that_nothing_shows_is_guessed_and_the_guess_is_told() -> None:
    text = "Министерство внутренних дел сообщило, что погибли восемь полицейских, передаёт телеканал. " * 5

    found = document(text.encode("cp1251"))

    assert found.text == text
    assert found.notes[0].startswith("Its encoding was guessed")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_characters_without_their_mark_are_no_binary_file(encoding: str) -> None:
    assert document((STORY * 3).encode(encoding)).text == STORY * 3


@pytest.mark.parametrize("declared", ["utf-8", "utf-16", "no-such-thing", "rot13", "utf-7", "zlib", "idna"])
def test_a_page_that_lies_about_its_encoding_is_read_and_the_lie_is_told(declared: str) -> None:
    words = "Министерство внутренних дел сообщило, что погибли восемь полицейских. " * 5
    page = f"<html><head><meta charset={declared}></head><body><p>{words}</p></body></html>"

    found = document(page.encode("cp1251"))

    assert "погибли восемь полицейских" in found.text
    assert f"It says that it is in {declared}, which it is not." in found.notes


@pytest.mark.parametrize(
    "page",
    [
        b"<html><body><p>" + STORY.encode(),
        b"<html><<<p>>>><b><i></b>" + STORY.encode() + b"</table></div>&#xD800;&#0;&bogus;",
        b"<html>" + b"<div>" * 200 + STORY.encode(),
        b"<html><body " + b"a='1' " * 20_000 + b">" + STORY.encode(),
        b"<html><!-- never closed --><p>" + STORY.encode() + b"<script>if (a < b) {",
        b'<html><script type="application/ld+json">{"@type": "NewsArticle", "headline": </script><p>' + STORY.encode(),
        b'<html><script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>" + STORY.encode(),
        b"<html lang='\xff\xff' ><p>" + STORY.encode(),
    ],
    ids=["unclosed", "crossed", "deep", "attributes", "script", "broken JSON-LD", "deep JSON-LD", "bad language"],
)
def test_broken_markup_still_gives_its_words(page: bytes) -> None:
    found = document(page)

    assert STORY in found.text
    found.text.encode()
    assert "\x00" not in found.text


def test_markup_nested_deeper_than_anybody_writes_is_refused_and_not_followed_down() -> None:
    assert "holds no text to read" in refusal(b"<html>" + b"<div>" * 100_000 + STORY.encode())


def test_a_page_without_words_says_so() -> None:
    assert "holds no text to read" in refusal(b"<html><body><script>render()</script></body></html>")


@pytest.mark.parametrize("text", ["قال المتحدث إن ثمانية قتلوا.\u202e\u2066", "👨‍👩‍👧‍👦🚒🇰🇿 Eight e\u0301", "ﷺ" * 1000])
def test_writing_of_any_kind_is_kept_as_it_stands(text: str) -> None:
    assert document(text.encode()).text == text


def test_a_gzip_bomb_in_a_file_is_refused_at_the_bound() -> None:
    bomb = gzip.compress(b"a" * 30_000_000)
    assert len(bomb) < 50_000

    assert "longer than 10,000,000 bytes" in refusal(bomb)


def test_a_bomb_within_bombs_ends() -> None:
    bomb = STORY.encode()
    for _ in range(50):
        bomb = gzip.compress(bomb)

    assert "packed more than" in refusal(bomb)


def test_a_gzip_file_that_is_cut_off_says_so() -> None:
    assert "damaged gzip file" in refusal(gzip.compress(STORY.encode() * 100)[:60])


def test_a_line_without_an_end_costs_no_other_line() -> None:
    lines = b'{"text": "' + b"a" * 5000 + b'"}\n{"text": "Eight were killed."}\n'

    long, short = load("-", stdin=io.BytesIO(lines), max_bytes=4096)

    assert isinstance(long, LoadFailure)
    assert (long.origin, long.reason[:25]) == ("-#1", "it is longer than 4,096 b")
    assert isinstance(short, LoadedDocument)
    assert short.key == "-#2"


# Feeds

BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><rss version='2.0'><channel><item><title>&j;</title></item></channel></rss>"
)
EXTERNAL = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<rss version='2.0'><channel><item><title>&x;</title></item></channel></rss>"
)


@pytest.mark.parametrize("feed", [BILLION_LAUGHS, EXTERNAL], ids=["billion laughs", "external entity"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_with_entities_is_refused_before_they_unfold(feed: bytes, encoding: str) -> None:
    assert "declares entities" in refusal(feed.decode().encode(encoding))


def test_a_broken_feed_with_entities_is_refused_too() -> None:
    assert "declares entities" in refusal(EXTERNAL.replace(b"</channel>", b"<b>"))


def test_a_page_with_an_entity_bomb_or_an_external_entity_does_not_unfold_it() -> None:
    bomb = BILLION_LAUGHS.replace(
        b"<rss version='2.0'><channel><item><title>&j;", b"<html><p>" + STORY.encode() + b" &j;"
    )

    for page in (bomb, EXTERNAL.replace(b"<rss version='2.0'>", b"<html><p>" + STORY.encode())):
        (found,) = load("-", stdin=io.BytesIO(page))
        words = found.text if isinstance(found, LoadedDocument) else found.reason
        assert "root:" not in words
        assert len(words) < 10_000


def test_a_feed_of_nothing_but_brackets_ends() -> None:
    start = time.monotonic()

    assert "lists nothing" in refusal(b"<?xml version='1.0'?><rss>" + b"<" * 200_000)
    assert time.monotonic() - start < 20


# Addresses


def test_a_redirect_to_the_metadata_of_a_cloud_is_not_followed(web: FakeWeb) -> None:
    web.redirect("evil.example/", "http://169.254.169.254/latest/meta-data/")

    with pytest.raises(InvalidInput, match=r"169\.254\.169\.254 is no public address"):
        web.fetcher().fetch("http://evil.example/")
    assert set(web.connected) == {PUBLIC}


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1/", "//[::1]/", "http://0x7f.1/", "file:///etc/passwd", "http://a:b@tass.example/",
                 "http://tass.example:22/", "http://inside.example/", "http://[::1", "\x00"]
)  # fmt: skip
def test_a_redirect_leads_nowhere_that_one_may_not_go_oneself(web: FakeWeb, location: str) -> None:
    web.host("inside.example", ["10.0.0.1"])
    web.redirect("evil.example/", location)

    with pytest.raises(InvalidInput):
        web.fetcher().fetch("http://evil.example/")
    assert set(web.connected) == {PUBLIC}


def test_robots_txt_cannot_lead_inside_either(web: FakeWeb) -> None:
    web.redirect("evil.example/robots.txt", "http://169.254.169.254/robots.txt")
    web.page("evil.example/", b"<p>x")

    with pytest.raises(InvalidInput, match="is no public address"):
        web.fetcher().fetch("http://evil.example/")
    assert set(web.connected) == {PUBLIC}


def test_a_name_that_leads_to_this_machine_is_not_connected_to(web: FakeWeb) -> None:
    web.host("evil.example", ["127.0.0.1"])

    with pytest.raises(InvalidInput, match=r"evil.example is not fetched: 127.0.0.1 is no public address"):
        web.fetcher().fetch("http://evil.example/")
    assert web.connected == []


def test_a_name_that_turns_inside_between_two_look_ups_is_looked_up_once(web: FakeWeb) -> None:
    web.host("evil.example", [PUBLIC], ["127.0.0.1"])
    # Each answer closes its connection, so that the page needs a new one after robots.txt.
    web.raw("evil.example/robots.txt", answer(b"", "Connection: close", status="404 No"))
    web.page("evil.example/", b"<p>x")
    fetcher = web.fetcher()

    fetcher.fetch("http://evil.example/")

    assert web.connected == [PUBLIC, PUBLIC]
    assert web.looked_up == ["evil.example"]
    with pytest.raises(InvalidInput, match="is no public address"):
        fetcher.fetch("http://evil.example/")
    assert set(web.connected) == {PUBLIC}


def test_the_same_through_load_is_a_failure_with_its_reason(web: FakeWeb) -> None:
    web.host("evil.example", ["10.0.0.1"])

    (found,) = load("http://evil.example/", fetcher=web.fetcher())

    assert found == LoadFailure(
        "http://evil.example/",
        "evil.example is not fetched: 10.0.0.1 is no public address. Give the address of a page on the public Web, "
        "or paste its text.",
    )


# Servers


def test_redirects_without_end_are_given_up(web: FakeWeb) -> None:
    web.redirect("evil.example/", "http://evil.example/")

    with pytest.raises(Unfetchable, match="redirects for the 6th time"):
        web.fetcher().fetch("http://evil.example/")
    assert len(web.asked()) == 6


def test_a_gzip_bomb_is_stopped_while_it_unfolds(web: FakeWeb) -> None:
    bomb = gzip.compress(b"a" * 50_000_000)
    web.page("evil.example/", bomb, "text/html", "Content-Encoding: gzip")

    with pytest.raises(Unfetchable, match="longer than 10,000,000 bytes"):
        web.fetcher().fetch("http://evil.example/")


def test_an_answer_without_end_is_stopped(web: FakeWeb) -> None:
    def endless() -> Iterator[bytes]:
        yield HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
        while True:
            yield b"8000\r\n" + b"a" * 0x8000 + b"\r\n"

    web.raw("evil.example/", endless)

    with pytest.raises(Unfetchable, match="longer than 10,000,000 bytes"):
        web.fetcher().fetch("http://evil.example/")


@pytest.mark.parametrize(
    ("served", "why"),
    [
        (HEAD + b"Content-Length: 1000\r\n\r\n<p>short", "was not answered as HTTP asks"),
        (HEAD + b"Content-Length: -5\r\n\r\n<p>short", "was not answered as HTTP asks"),
        (HEAD + b"Content-Length: many\r\n\r\n<p>short", "was not answered as HTTP asks"),
        (HEAD + b"Content-Length: 3\r\nContent-Length: 9\r\n\r\n<p>short", "was not answered as HTTP asks"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000 + b"\r\n\r\n", "was not answered as HTTP asks"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000 + b"\r\n", "was not answered as HTTP asks"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "was not answered as HTTP asks"),
        (b"", "was not answered as HTTP asks"),
        (answer(b"\x1f\x8b\x08garbage", "Content-Encoding: gzip", "Content-Type: text/html"), "comes damaged"),
        (answer(gzip.compress(b"a" * 999)[:20], "Content-Encoding: gzip", "Content-Type: text/html"), "cut off"),
        (answer(b"x", "Content-Encoding: br", "Content-Type: text/html"), "packed as 'br'"),
        (answer(b"", "Content-Type: text/html"), "it is empty"),
        (answer(b"", status="302 Found"), "redirects without saying where to"),
    ],
)
def test_a_server_that_lies_or_breaks_off_is_told(web: FakeWeb, served: bytes, why: str) -> None:
    web.raw("evil.example/", served)

    with pytest.raises(Unfetchable, match=why):
        web.fetcher().fetch("http://evil.example/")


def test_a_length_that_is_too_small_cuts_the_page_and_nothing_else(web: FakeWeb) -> None:
    web.raw("evil.example/", HEAD + b"Content-Length: 8\r\n\r\n<p>Eight and what follows")

    (found,) = load("http://evil.example/", fetcher=web.fetcher())

    assert isinstance(found, LoadedDocument)
    assert found.text == "Eight"


@pytest.mark.parametrize(
    "start",
    [b"", HEAD + b"Content-Length: 100000\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n" * 3],
    ids=["head", "body", "1xx"],
)
def test_a_server_that_drips_is_given_up_when_the_time_for_the_whole_is_over(web: FakeWeb, start: bytes) -> None:
    def drip() -> Iterator[bytes]:
        yield start + b"H"
        while True:
            yield b"x"

    web.raw("evil.example/", drip)
    web.seconds_a_read = 5.0

    with pytest.raises(Unfetchable, match="did not come within 30 seconds; try later, or paste its text"):
        web.fetcher().fetch("http://evil.example/")
    assert web.clock.seconds <= 40


def test_a_real_server_that_drips_is_given_up_in_real_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = threading.Event()
        dripping = threading.Thread(target=_drip, args=(server, done))
        dripping.start()
        fetcher = Fetcher(
            Settings(fetch_seconds=0.6), resolver=lambda host: [PUBLIC], transport=_ToLoopback(server.getsockname()[1])
        )
        start = time.monotonic()
        with pytest.raises(Unfetchable, match=r"did not come within 0\.6 seconds"):
            fetcher.fetch("http://slow.example/")
        took = time.monotonic() - start
        done.set()
        dripping.join()

    assert took < 5


class _ToLoopback(httpcore.SyncBackend):
    """Takes the place of the public Internet: whatever is connected to is the test's own server."""

    def __init__(self, port: int) -> None:
        self.port = port

    def connect_tcp(self, host: str, port: int, *args: Any, **options: Any) -> httpcore.NetworkStream:
        assert host == PUBLIC
        return super().connect_tcp("127.0.0.1", self.port, *args, **options)


def _drip(server: socket.socket, done: threading.Event) -> None:
    server.settimeout(5)
    connection, _ = server.accept()
    with connection:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while not done.wait(0.05):
            try:
                connection.sendall(b"X")
            except OSError:
                return


def test_a_name_service_that_does_not_answer_is_given_up() -> None:
    forever = threading.Event()

    with pytest.raises(TooLate):
        in_time(forever.wait, 0.05)
    forever.set()


def test_a_socket_of_this_machine_is_never_opened(web: FakeWeb) -> None:
    network = GuardedNetwork(web.resolve, web, Deadline(SystemClock(), 5))

    with pytest.raises(Unfetchable, match="is a socket of this machine"):
        network.connect_unix_socket("/run/docker.sock")


def test_robots_txt_made_to_keep_its_reader_busy_does_not(web: FakeWeb) -> None:
    agents = "".join(f"User-agent: a{n}\n" for n in range(12_000))
    rules = "".join(f"Disallow: /{n}*a*a*a*a*a*b\n" for n in range(12_000))
    web.page("evil.example/robots.txt", (agents + rules).encode(), "text/plain")
    web.page("evil.example/" + "a" * 1900, b"<p>x")
    start = time.monotonic()

    web.fetcher().fetch("http://evil.example/" + "a" * 1900)

    assert time.monotonic() - start < 10


def test_one_bad_file_does_not_cost_the_others(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_bytes(b"")
    (tmp_path / "2.html").write_bytes(b"\x00\x01\x02")
    (tmp_path / "3.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (tmp_path / "4.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\nbroken"))
    (tmp_path / "5.jsonl").write_bytes(b"{}\n")
    (tmp_path / "6.xml").write_bytes(BILLION_LAUGHS)
    (tmp_path / "7.txt").write_text(STORY)

    *bad, good = load(tmp_path)

    assert [type(each) for each in bad] == [LoadFailure] * 6
    assert isinstance(good, LoadedDocument)
    assert good.text == STORY
