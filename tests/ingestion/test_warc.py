"""A web archive gives its pages, each with its address and the moment of its capture."""

from __future__ import annotations

import io
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from provenance.ingestion.loading import LoadedDocument, LoadFailure, load
from provenance.ingestion.sniff import Media

PAGE = b"<html><head><title>Riots</title></head><p>Eight officers were killed, the ministry told Khabar 24.</p></html>"
Record = tuple[str, bytes, str, str]
PAGES: list[Record] = [
    ("https://tass.example/8", PAGE, "text/html; charset=utf-8", "200 OK"),
    ("https://tass.example/logo.png", b"\x89PNG", "image/png", "200 OK"),
    ("https://tass.example/gone", b"<p>Not here</p>", "text/html", "404 Not Found"),
    ("https://tass.example/text", b"Eight officers were killed.", "text/plain", "200 OK"),
]


class Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """Digests in memory: the temporary files of the original are left open."""

    def _create_temp_file(self) -> io.BytesIO:
        return io.BytesIO()


def archive(records: list[Record], *, packed: bool = True) -> bytes:
    written = io.BytesIO()
    writer = Writer(written, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("test.warc.gz", {"software": "a test"}))
    for url, content, declared, status in records:
        headers = StatusAndHeaders(status, [("Content-Type", declared)], protocol="HTTP/1.1")
        told = {"WARC-Date": "2022-01-06T06:38:11Z"}
        writer.write_record(
            writer.create_warc_record(
                url, "response", io.BytesIO(content), http_headers=headers, warc_headers_dict=told
            )
        )
    return written.getvalue()


@pytest.mark.parametrize("packed", [True, False])
def test_pages_and_texts_come_out_and_pictures_and_missing_pages_do_not(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(archive(PAGES, packed=packed))

    page, text = load(path)

    assert isinstance(page, LoadedDocument)
    assert isinstance(text, LoadedDocument)
    assert (page.key, page.url, page.host) == (f"{path}#2", "https://tass.example/8", "tass.example")
    assert (page.media_type, page.title, page.raw) == (Media.HTML, "Riots", PAGE)
    assert page.retrieved_at == datetime(2022, 1, 6, 6, 38, 11, tzinfo=UTC)
    assert (text.key, text.text) == (f"{path}#5", "Eight officers were killed.")


def test_an_archive_resumes_behind_what_is_held() -> None:
    content = archive(PAGES)

    (text,) = load("-", stdin=io.BytesIO(content), skip=lambda key: key == "-#2")

    assert isinstance(text, LoadedDocument)
    assert text.key == "-#5"


def test_a_page_that_is_too_long_costs_no_other() -> None:
    content = archive([("https://tass.example/long", PAGE * 50, "text/html", "200 OK"), PAGES[3]])

    long, text = load("-", stdin=io.BytesIO(content), max_bytes=1000)

    assert isinstance(long, LoadFailure)
    assert long.reason.startswith("https://tass.example/long is longer than 1,000 bytes")
    assert isinstance(text, LoadedDocument)


def test_an_archive_that_is_cut_off_gives_what_lies_before() -> None:
    noise = "".join(random.Random(8).choices("abcdefghijklmnopqrstuvwxyz ", k=300_000)).encode()
    content = archive([PAGES[0], ("https://tass.example/long", b"<p>" + noise, "text/html", "200 OK")])

    page, *rest = load("-", stdin=io.BytesIO(content[:-1000]))

    assert isinstance(page, LoadedDocument)
    assert isinstance(rest[-1], LoadFailure)
    assert "damaged" in rest[-1].reason


def test_an_archive_without_pages_says_so() -> None:
    (found,) = load("-", stdin=io.BytesIO(archive([PAGES[1]])))

    assert found == LoadFailure("-", "it holds 2 records and no page among them; give an archive of pages.")
