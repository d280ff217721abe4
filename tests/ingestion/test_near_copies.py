"""Which documents are offered as copies, rewrites and translations of each other; none is ever counted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.answers_detail import RelationDetail
from provenance.ingestion.loading import Published
from provenance.ingestion.speakers import Speakers
from provenance.ingestion.taking_in import Given, Taken, put
from provenance.storage.reads.documents import document_detail
from provenance.storage.session import reading
from provenance.vocabulary import DatePrecision, DocumentRelationKind, RelationState
from tests.readings import article

AGENCY = (
    "A grain terminal in the harbour of Port Salis burned through the night, and the people who live behind the quay "
    "were told to keep their windows shut until the wind had turned. Firemen from four towns came with their engines, "
    "the ferry to the islands did not leave, and the school beside the silo stayed closed. By noon the smoke had gone "
    "out over the bay, the owner of the terminal said that nobody had been inside, and the mayor thanked the crews."
)
# Another headline and another last sentence around the agency's words, as outlets print it.
COPIED = f"Night of smoke in Port Salis. {AGENCY} The owner has not said when it will open again."
REWRITTEN = (
    "Port Salis woke to ashes. A grain terminal in the harbour of Port Salis burned through the night, and the people "
    "who live behind the quay were told to keep their windows shut. Nobody slept much in the lower town, and the "
    "baker gave bread away at dawn. Firemen from four towns came with their engines, the ferry to the islands did not "
    "leave. Who pays for the lost harvest is open; insurers arrive on Friday."
)
OTHER = (
    "The parliament of the island voted on a law about fishing that had been waiting for three years. Members of all "
    "parties spoke for an hour each, and most of the boats stayed in the harbour to hear it on the radio that day."
)
NUMBERS = "8 killed, 18 hurt, 353 held, 1,000 treated, 2,298 named, 26 freed, 4,400 counted and 12 missing in Almaty."
ZAHLEN = (
    "8 Tote, 18 Verletzte, 353 Inhaftierte, 1.000 Behandelte, 2.298 Genannte, 26 Freie, 4.400 Gezählte, 12 Vermisste."
)


def taken(engine: Engine, text: str, host: str, **page: Any) -> Taken:
    page = {"url": f"https://{host}/1", "host": host, **page}
    with recording(engine, "a tester") as writer:
        return put(writer, article(text, **page), Given(), Speakers())


def relations(engine: Engine, of: Taken) -> list[RelationDetail]:
    with reading(engine) as session:
        return document_detail(session, of.document.public_id).relations


def day(number: int) -> Published:
    begins = datetime(2022, 1, number, tzinfo=UTC)
    return Published(f"2022-01-0{number}", begins, begins, DatePrecision.DAY)


def test_agency_copy_is_offered_as_a_suspected_copy_with_the_share_of_words(engine: Engine) -> None:
    agency = taken(engine, AGENCY, "tass.com")

    copy = taken(engine, COPIED, "paper.test")

    [relation] = relations(engine, copy)
    assert (relation.kind, relation.state) == (DocumentRelationKind.COPY_OF, RelationState.SUSPECTED)
    assert (relation.document, relation.of_document) == (copy.document.public_id, agency.document.public_id)
    assert "% of all runs of three words" in (relation.note or "")


def test_a_text_that_shares_some_passages_is_offered_as_a_rewrite(engine: Engine) -> None:
    taken(engine, AGENCY, "tass.com")

    [relation] = relations(engine, taken(engine, REWRITTEN, "paper.test"))

    assert relation.kind is DocumentRelationKind.REWRITE_OF


def test_texts_about_other_things_are_not_offered(engine: Engine) -> None:
    taken(engine, AGENCY, "tass.com")

    assert relations(engine, taken(engine, OTHER, "paper.test")) == []


def test_the_later_of_two_is_the_copy_whichever_came_in_first(engine: Engine) -> None:
    late = taken(engine, COPIED, "paper.test", published=day(7))

    early = taken(engine, AGENCY, "tass.com", published=day(5))

    [relation] = relations(engine, early)
    assert (relation.document, relation.of_document) == (late.document.public_id, early.document.public_id)


def test_a_later_version_is_not_offered_as_a_copy_of_the_one_that_it_supersedes(engine: Engine) -> None:
    taken(engine, AGENCY, "tass.com")

    [relation] = relations(engine, taken(engine, COPIED, "tass.com"))

    assert relation.kind is DocumentRelationKind.SUPERSEDES


def test_the_same_numbers_in_the_same_order_in_two_languages_may_be_a_translation(engine: Engine) -> None:
    taken(engine, NUMBERS, "tass.com", language="en", published=day(6))

    [relation] = relations(engine, taken(engine, ZAHLEN, "zeitung.test", language="de", published=day(7)))

    assert (relation.kind, relation.state) == (DocumentRelationKind.TRANSLATION_OF, RelationState.SUSPECTED)


def test_the_same_numbers_weeks_apart_are_no_translation(engine: Engine) -> None:
    taken(engine, NUMBERS, "tass.com", language="en", published=day(1))

    assert relations(engine, taken(engine, ZAHLEN, "zeitung.test", language="de", published=day(8))) == []


def test_addresses_that_differ_only_in_the_language_may_be_translations(engine: Engine) -> None:
    taken(engine, AGENCY, "khabar.test", url="https://khabar.test/en/news/1", language="en")
    kazakh = "Порттағы астық қоймасы түнде жанып кетті, қала әкімі өрт сөндірушілерге алғыс айтты."

    [relation] = relations(
        engine, taken(engine, kazakh, "khabar.test", url="https://khabar.test/kk/news/1", language="kk")
    )

    assert relation.kind is DocumentRelationKind.TRANSLATION_OF


def test_a_page_that_says_that_it_was_translated_keeps_that_as_a_note(engine: Engine) -> None:
    found = taken(engine, f"{OTHER} Translated from Russian by a volunteer.", "paper.test")

    assert "translated from “Russian”" in (found.document.note or "")
