"""Whatever stands in a text, a file or a header, those who read it give a result or a reason, and come to an end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from starlette.requests import Request

from api.access.behind import client_of, counted_as, scheme_of
from api.access.sessions import is_from_our_page, token_of
from api.once import named
from provenance.blanking import BLOCK, Names
from provenance.errors import InvalidInput, ProvenanceError
from provenance.extraction.article import Article
from provenance.extraction.dates import find_dates
from provenance.extraction.figures import find_figures
from provenance.extraction.reader import read as read_article
from provenance.extraction.zones import find_zones
from provenance.ingestion.loading import LoadedDocument, LoadFailure, load
from provenance.ingestion.loading.charsets import decode
from provenance.ingestion.loading.printed_dates import from_address, read_printed
from provenance.ingestion.sheets.mapping import guessed, mapping_from, mapping_of, placed
from provenance.ingestion.sheets.reading import read_sheet
from provenance.ingestion.stories import load_story
from provenance.quantity import POLICIES, interval, read_quantity
from provenance.settings import Settings
from provenance.storage.dates import read_date
from provenance.storage.reads.access import holder_of_key
from provenance.storage.reads.asked import moment_of
from provenance.storage.session import reading
from provenance.vocabulary import DateBasis
from provenance.web_addresses import addresses, original_of, same_page
from tests.conftest import STORIES
from tests.databases import SqliteDatabases, opened
from tests.fuzz.shaken import ending, shaken, texts, tried
from tests.ingestion.test_hostile_sheets import book
from tests.ingestion.test_pdf import LINES, pdf
from tests.ingestion.test_warc import PAGES, archive

LANGUAGES = ("en", "ru", "de", "fr", "kk", "zh-Hans", "xx", "")

# Words


@tried(400, 50_000)
@given(
    text=texts(
        "more than ", "dozens of ", "1,000", "twenty-five", " to ", "не менее ", "half ", "%", "$", "12", " people"
    ),
    language=st.sampled_from(LANGUAGES),
    policy=st.sampled_from(list(POLICIES.values())),
)
def test_any_phrase_is_some_quantity_whose_low_end_is_no_higher_than_its_high_end(
    text: str, language: str, policy: object
) -> None:
    with ending(), suppress(ProvenanceError):
        read = read_quantity(text, language, policy)  # type: ignore[arg-type]  # one of them
        ends = interval(read, policy)  # type: ignore[arg-type]
        assert ends.low is None or ends.high is None or ends.low <= ends.high


PROSE = (
    *(
        "Police said ",
        "that eight officers ",
        "were killed",
        ", Tass reported. ",
        "dozens",
        " on January 6",
        " at 14:30",
        "12 ",
    ),
    *(
        "\n\n",
        "“It is calm,” ",
        " he said",
        "Interior Ministry",
        "citing ",
        " yesterday",
        "ALMATY, Jan 5 (Reuters) - ",
        "Сообщил ",
    ),
)


@tried(150, 20_000)
@given(text=texts(*PROSE, most=14), language=st.sampled_from(LANGUAGES))
def test_figures_and_dates_in_any_text_stand_where_they_are_said_to_stand(text: str, language: str) -> None:
    with ending():
        article = Article(text, find_zones(text), language, datetime(2022, 1, 6, tzinfo=UTC))
        for figure in find_figures(article):
            assert text[figure.start : figure.end] == figure.text
        for date in find_dates(article):
            assert text[date.start : date.end] == date.text


@tried(25, 3_000)
@given(text=texts(*PROSE, most=14))
def test_any_short_text_is_read_and_what_was_found_stands_in_it(text: str) -> None:
    with ending():
        found = read_article(text, language="en")
    for statement in found.statements:
        assert text[statement.content.start : statement.content.end] == statement.content.text


@tried(300, 50_000)
@given(
    said=texts(
        "2022",
        "-01",
        "-06",
        "T06:38",
        "Z",
        "+06:00",
        "6 January 2022",
        "Thu, ",
        " 14:30 ",
        "/2022/01/06/",
        "https://t.test",
    )
)
def test_any_date_is_a_moment_or_a_reason(said: str) -> None:
    with ending():
        for basis in (DateBasis.PRINTED, DateBasis.INDEX):
            read_printed(said, basis)
        from_address(said)
        with suppress(ProvenanceError):
            read_date(said)
        with suppress(ProvenanceError):
            moment_of(said, said)


@tried(200, 20_000)
@given(
    one=texts("https://", "web.archive.org/web/2022/", "t.test", "/a?b=", "#", "xn--", "user:pw@", ":99999", "[::1]")
)
def test_any_address_is_compared_and_never_a_fault(one: str) -> None:
    with ending():
        assert all(addresses(one))
        same_page(one, "https://t.test/a")
        original_of(one)


@tried(200, 20_000)
@given(
    names=st.lists(
        texts("Kate", "Azirbek", " ", "É", "İ", "ß", "е\u0308", "Иван", "阿", ".", "*", "(", most=4), max_size=3
    ),
    text=texts(
        "Kate", "kate", "AZIRBEK", "Azirbek", "<b>", "</b>", "&eacute;", "%20", "\\u0041", "\u00ad", "ß", "SS", "Иван"
    ),
    markup=st.booleans(),
)
def test_blanked_words_are_as_long_as_before_and_blanked_again_they_change_no_more(
    names: list[str], text: str, markup: bool
) -> None:
    with ending():
        blank = Names(names)
        once = blank.blank(text, markup)
        again = blank.blank(once.text, markup)
    assert len(once.text) == len(text)
    assert [a for a, b in zip(text, once.text, strict=True) if a != b and b != BLOCK] == []
    assert (again.text, again.times) == (once.text, 0)


@pytest.mark.parametrize("run", ["T", "T0", "T0 ", " ", "0", "-", "2022-"])
def test_a_long_run_where_a_moment_is_meant_is_refused_at_once(run: str) -> None:
    with ending(), pytest.raises(InvalidInput):
        moment_of((run * 300_000)[:300_000], None)


# Bytes

PAGE = """<!doctype html><html lang=en><head><meta charset=utf-8><title>Eight killed</title><link rel=canonical
href=https://t.test/2022/01/06/eight><meta property="article:published_time" content="2022-01-06T06:38:00Z"><script
type="application/ld+json">{"@type": "NewsArticle", "headline": "Eight killed", "datePublished": "2022-01-06",
"author": [{"name": "Ana"}], "publisher": {"name": "Tass"}}</script></head><body><article><h1>Eight killed</h1>
<p>Eight officers were killed, the ministry told Khabar 24 on January 6.</p><blockquote>“It is calm.”</blockquote>
</article></body></html>""".encode()
RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title><language>en</language>
<item><title>Eight killed</title><link>https://t.test/8</link><pubDate>Thu, 06 Jan 2022 06:38:00 GMT</pubDate>
<description>&lt;p&gt;Eight officers were killed.&lt;/p&gt;</description></item></channel></rss>"""
LINE = b"""{"text": "Eight officers were killed.", "title": "Eight", "published": "2022-01-06T06:38:00Z",
"publisher": "Tass", "url": "https://t.test/8", "language": "en", "id": "8"}\n""".replace(b",\n", b", ")
FILES = {
    "page.html": PAGE,
    "feed.xml": RSS,
    "lines.jsonl": LINE * 2,
    "text.txt": "Казахстан: 8 убитых, сообщил ТАСС.\n\nAlmaty, “8”…".encode("windows-1251", "replace") * 2,
    "wide.txt": "Eight officers were killed, “Tass” said.".encode("utf-16"),
    "paper.pdf": pdf(LINES, Title="Eight"),
    "pages.warc": archive(PAGES, packed=False),
    "pages.warc.gz": archive(PAGES),
}


@pytest.mark.parametrize("name", FILES)
@tried(25)
@given(data=st.data())
def test_a_shaken_file_gives_documents_or_reasons(scratch: Path, name: str, data: st.DataObject) -> None:
    file = scratch / name
    file.write_bytes(data.draw(shaken(FILES[name])))
    with ending():
        for found in load(file):
            assert isinstance(found, LoadedDocument | LoadFailure)
            said = found.text if isinstance(found, LoadedDocument) else found.reason
            assert said.strip()
            said.encode()  # half a character cannot be kept


@tried(150, 20_000)
@given(
    content=st.binary(max_size=200)
    | texts("charset=utf-7", "Казахстан", "<meta charset=", "é").map(
        lambda words: words.encode("utf-16", "surrogatepass")
    ),
    declared=st.none()
    | texts("utf-8", "utf-16", "idna", "punycode", "zlib", "rot13", "unicode_escape", "undefined", most=2),
    markup=st.booleans(),
)
def test_any_bytes_are_words_in_whatever_encoding_somebody_declares(
    content: bytes, declared: str | None, markup: bool
) -> None:
    with ending(), suppress(ProvenanceError):
        decode(content, declared, markup=markup).text.encode()


SHEET = b"""claim;published;figure;source chain
"Dozens; killed";06.01.2022;dozens;Police > Tass
Eight died;7/1/22;8;
"""


@pytest.mark.parametrize(("name", "content"), [("tolls.csv", SHEET), ("tolls.xlsx", book())], ids=["csv", "xlsx"])
@tried(50)
@given(data=st.data())
def test_a_shaken_sheet_is_a_table_or_a_reason(name: str, content: bytes, data: st.DataObject) -> None:
    given = data.draw(shaken(content))
    with ending(), suppress(ProvenanceError):
        table = read_sheet(given, name)
        placed(guessed(table.headings), table.headings)
        for row in table.rows:
            assert all(isinstance(one, str) for one in row.cells)


@tried(150, 20_000)
@given(
    words=st.lists(
        texts("claim_text", "published", ".dates", ".zone", "=", "day_first", "Asia/Almaty", most=5), max_size=3
    )
)
def test_any_mapping_says_something_or_is_refused(words: list[str]) -> None:
    with ending(), suppress(ProvenanceError):
        mapping_of(words)
    with ending(), suppress(ProvenanceError):
        mapping_from(dict.fromkeys(words, {"column": "a", "zone": words[0]} if len(words) > 1 else "a"))


@pytest.fixture(scope="module")
def nothing(sqlite_databases: SqliteDatabases) -> Iterator[Engine]:
    with sqlite_databases.fresh() as url, opened(url) as engine:
        yield engine


STORY = {file.name: file.read_bytes() for file in sorted((STORIES / "almaty-night").glob("*.yaml"))}


@tried(12, 1_000)
@given(data=st.data())
def test_a_shaken_story_is_refused_with_its_file_or_loaded(
    scratch: Path, sqlite_databases: SqliteDatabases, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(STORY)))
    content = data.draw(shaken(STORY[name]))
    folder = scratch / "shaken story"
    folder.mkdir(exist_ok=True)
    for one, sound in STORY.items():
        (folder / one).write_bytes(sound)
    (folder / name).write_bytes(content)
    with ending(), sqlite_databases.fresh() as url, suppress(ProvenanceError):
        load_story(url, folder)


# What comes with a request


@tried(200, 20_000)
@given(key=texts("prv_", "a" * 16, "_", "b" * 43, "Bearer ", "-", most=6))
def test_no_made_up_key_opens_anything(nothing: Engine, key: str) -> None:
    with ending(), reading(nothing) as session, pytest.raises(ProvenanceError):
        holder_of_key(session, key)


HEADERS = ("cookie", "origin", "sec-fetch-site", "host", "x-forwarded-for", "x-forwarded-proto", "idempotency-key")


@tried(300, 20_000)
@given(
    sent=st.lists(
        st.tuples(
            st.sampled_from(HEADERS),
            texts(
                "provenance-session=",
                "a" * 43,
                "; ",
                "127.0.0.1",
                "::1",
                "[",
                "]:80",
                ",",
                "https://",
                "::ffff:1.2.3.4",
                "%eth0",
                "same-origin",
            ),
        ),
        max_size=5,
    ),
    proxies=st.sampled_from(["", "127.0.0.0/8", "0.0.0.0/0,::/0"]),
)
def test_any_header_names_an_address_a_scheme_and_a_session_or_none(sent: list[tuple[str, str]], proxies: str) -> None:
    headers = [(name.encode(), value.encode("utf-8", "replace")) for name, value in sent]
    scope = {"type": "http", "method": "POST", "path": "/v1/claims", "query_string": b"", "headers": headers}
    request = Request({**scope, "scheme": "http", "client": ("127.0.0.1", 5), "server": ("127.0.0.1", 80)})
    settings = Settings(trusted_proxies=proxies)
    with ending():
        address = client_of(request, settings)
        counted_as(address)
        scheme_of(request, settings)
        token_of(request, settings)
        is_from_our_page(request, settings)
        with suppress(ProvenanceError):
            named(request, [b""])
    assert proxies or address == "127.0.0.1"
