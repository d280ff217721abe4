"""When two things that come in are one document, a later version of it, or another one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from provenance.analysis.recording import recording
from provenance.answers_detail import DocumentDetail
from provenance.errors import InvalidInput
from provenance.ingestion.loading import LoadedDocument
from provenance.ingestion.sniff import Media
from provenance.ingestion.speakers import Speakers
from provenance.ingestion.taking_in import Given, Taken, complete, put
from provenance.storage.proposal import ArchivedCopy, Blob
from provenance.storage.reads.asked import DocumentsAsked
from provenance.storage.reads.documents import document_detail, documents
from provenance.storage.session import reading
from provenance.vocabulary import DatePrecision, DocumentRelationKind, RelationState, TakenIn
from tests.readings import article

TEXT = "Almaty is calm again, and its shops are open."
CHANGED = "Almaty is calm again, and its shops are open until noon."
URL = "https://tass.com/world/1"


def taken(engine: Engine, text: str = TEXT, **page: Any) -> Taken:
    with recording(engine, "a tester") as writer:
        return put(writer, article(text, **page), Given(), Speakers())


def detail(engine: Engine, of: Taken) -> DocumentDetail:
    with reading(engine) as session:
        return document_detail(session, of.document.public_id)


def held(engine: Engine) -> int:
    with reading(engine) as session:
        return len(documents(session, DocumentsAsked()).items)


def test_the_same_text_twice_is_one_document(engine: Engine) -> None:
    first, second = taken(engine), taken(engine)

    assert (first.outcome, second.outcome) == (TakenIn.ADDED, TakenIn.KNOWN)
    assert first.document.key == second.document.key
    assert held(engine) == 1


def test_the_same_text_at_another_address_of_the_same_site_is_one_document(engine: Engine) -> None:
    taken(engine, url=URL)

    assert taken(engine, url="https://www.tass.com/amp/1?utm_source=x").outcome is TakenIn.KNOWN


def test_the_same_text_on_another_site_was_published_twice(engine: Engine) -> None:
    taken(engine, url=URL)

    assert taken(engine, url="https://interfax.com/1").outcome is TakenIn.ADDED
    assert held(engine) == 2


@pytest.mark.parametrize(
    "second",
    [
        {"url": URL},
        {"url": f"{URL}#top"},
        {"url": "http://tass.com/world/1/"},
        {"url": "https://m.tass.com/w1", "canonical_url": URL},
    ],
    ids=["the same address", "with a fragment", "without the s", "by the address that the page calls its own"],
)
def test_another_text_at_the_same_address_supersedes_the_earlier_one(engine: Engine, second: dict[str, str]) -> None:
    first = taken(engine, url=URL)

    changed = taken(engine, CHANGED, **second)

    assert changed.outcome is TakenIn.CHANGED
    [relation] = detail(engine, changed).relations
    assert (relation.kind, relation.state) == (DocumentRelationKind.SUPERSEDES, RelationState.CONFIRMED)
    assert (relation.document, relation.of_document) == (changed.document.public_id, first.document.public_id)


def test_a_third_version_supersedes_the_second_and_not_the_first_again(engine: Engine) -> None:
    taken(engine, url=URL)
    second = taken(engine, CHANGED, url=URL)

    third = taken(engine, f"{CHANGED} All of them.", url=URL)

    [relation] = detail(engine, third).relations
    assert relation.of_document == second.document.public_id


def test_an_older_capture_that_comes_in_later_is_superseded(engine: Engine) -> None:
    new = taken(engine, url=URL, retrieved_at=datetime(2022, 1, 8, tzinfo=UTC))

    old = taken(engine, CHANGED, url=URL, retrieved_at=datetime(2022, 1, 7, tzinfo=UTC))

    [relation] = detail(engine, old).relations
    assert (relation.document, relation.of_document) == (new.document.public_id, old.document.public_id)


def test_what_a_page_says_of_itself_is_kept(engine: Engine) -> None:
    page: dict[str, Any] = {
        "url": URL,
        "title": "Calm",
        "author": "A Reporter",
        "canonical_url": f"{URL}/calm",
        "archive_url": "https://web.archive.org/web/20220108000000/https://tass.com/world/1",
        "language": "en",
    }

    found = taken(engine, **page).document

    assert {name: getattr(found, name) for name in page} == page


def test_the_bytes_of_a_page_are_kept_and_those_of_a_plain_text_are_not(engine: Engine) -> None:
    taken(engine, url=URL, raw=b"<p>Calm</p>", media_type=Media.HTML)
    taken(engine, CHANGED, raw=CHANGED.encode())

    with reading(engine) as session:
        [copy] = session.exec(select(ArchivedCopy)).all()
        [blob] = session.exec(select(Blob)).all()
    assert (copy.media_type, copy.sha256, blob.size) == ("text/html", blob.sha256, 11)


def test_what_somebody_gives_goes_before_what_the_page_says() -> None:
    page = LoadedDocument("page.txt", TEXT, Media.PLAIN, title="Old", language="de")

    whole = complete(page, Given(title="New", language="en", url=URL, published="2022-01-08"))

    assert (whole.title, whole.language, whole.url, whole.host) == ("New", "en", URL, "tass.com")
    assert whole.published.precision is DatePrecision.DAY


def test_characters_that_no_database_holds_keep_their_places() -> None:
    whole = complete(LoadedDocument("page.txt", "Al\x00ma\ud800ty", Media.PLAIN), Given())

    assert whole.text == "Al\ufffdma\ufffdty"


@pytest.mark.parametrize(
    ("text", "given", "field"),
    [
        (" \n ", Given(), "text"),
        (TEXT, Given(url="ftp://tass.com/1"), "url"),
        (TEXT, Given(published="yesterday"), "published"),
    ],
    ids=["nothing to read", "no address of the Web", "no date"],
)
def test_what_cannot_be_taken_in_is_refused_by_name(text: str, given: Given, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        complete(LoadedDocument("page.txt", text, Media.PLAIN), given)

    assert refused.value.field == field
