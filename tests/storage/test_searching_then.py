"""Searching what was held at a moment: in the words that records had then, whatever was written since."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from provenance.moment import Moment
from provenance.storage.claim import Claim, ClaimChange
from provenance.storage.moment import reading_at
from provenance.storage.reads.asked import ClaimsAsked, SourcesAsked
from provenance.storage.reads.claims import claims
from provenance.storage.reads.everything import search
from provenance.storage.reads.sources import sources
from provenance.storage.session import writing
from provenance.storage.source import SourceChange, SourceNameCreate
from provenance.storage.writes.claims import change_claim
from provenance.storage.writes.sources import add_name, change_source
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import NameKind
from tests.records import Desk

MONDAY, TUESDAY, WEDNESDAY = (datetime(2026, 6, day, tzinfo=UTC) for day in (1, 2, 3))


def test_a_source_is_found_by_the_names_that_it_had_then(engine: sa.Engine) -> None:
    with writing(engine) as session:
        named = Desk(Writer(session, "ana", at=MONDAY)).source("Tass").public_id
    with writing(engine) as session:
        change_source(Writer(session, "ben", at=TUESDAY), named, SourceChange(name="ITAR agency"))
    with writing(engine) as session:
        given = SourceNameCreate(name="ТАСС", kind=NameKind.ALIAS)
        add_name(Writer(session, "cem", at=WEDNESDAY), named, given)
    found = {q: [_names(engine, q, at) for at in (MONDAY, TUESDAY, WEDNESDAY, None)] for q in ("tass", "itar", "тасс")}
    assert found == {
        "tass": [["Tass"], ["ITAR agency"], ["ITAR agency"], ["ITAR agency"]],
        "itar": [[], ["ITAR agency"], ["ITAR agency"], ["ITAR agency"]],
        "тасс": [[], [], ["ITAR agency"], ["ITAR agency"]],
    }


def test_a_claim_is_found_by_what_it_said_then(engine: sa.Engine) -> None:
    with writing(engine) as session:
        claim = Desk(Writer(session, "ana", at=MONDAY)).claim("Dozens were eliminated.").public_id
    with writing(engine) as session:
        change_claim(
            Writer(session, "ben", at=TUESDAY), claim, ClaimChange.model_validate({"text": "Several were eliminated."})
        )
    then, since = Moment(known_at=MONDAY), Moment(known_at=TUESDAY)
    asked = [(q, moment) for q in ("dozens", "several", "elimi") for moment in (then, since)]
    assert [_texts(engine, q, moment) for q, moment in asked] == [
        ["Dozens were eliminated."],
        [],
        [],
        ["Several were eliminated."],
        ["Dozens were eliminated."],
        ["Several were eliminated."],
    ]


def test_what_was_retired_since_is_found_where_it_was_held(engine: sa.Engine) -> None:
    with writing(engine) as session:
        claim = Desk(Writer(session, "ana", at=MONDAY)).claim("Dozens were eliminated.")
    with writing(engine) as session:
        Writer(session, "ben", at=TUESDAY).retire(session.get_one(Claim, claim.id))
    assert [_texts(engine, "dozens", Moment(known_at=at)) for at in (MONDAY, TUESDAY)] == [
        ["Dozens were eliminated."],
        [],
    ]


def test_what_comes_later_does_not_change_the_order_of_what_was_found(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "ana", at=MONDAY))
        for text in ("Police said dozens.", "Policemen counted several.", "The police denied it.", "Nobody said so."):
            desk.claim(text)
    then = Moment(known_at=MONDAY)
    before = _found(engine, "police", then)
    with writing(engine) as session:
        desk = Desk(Writer(session, "ben", at=TUESDAY))
        for number in range(30):
            desk.claim(f"Police, police and police {number}.")
    assert before == ["The police denied it.", "Police said dozens.", "Policemen counted several."]
    assert _found(engine, "police", then) == before


def test_a_search_as_of_a_moment_finds_what_was_published_by_then(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "ana"))
        early, late = desk.claim("Dozens on the sixth."), desk.claim("Dozens on the ninth.")
        desk.claim("Dozens, of which no document tells.")
        for claim, day in ((early, "2022-01-06"), (late, "2022-01-09")):
            document = desk.document("Tass", title=f"Dozens of {day}", published=day)
            desk.report(claim, "Interior Ministry", "Tass", document=document)
    with reading_at(engine, Moment(as_of=datetime(2022, 1, 7, tzinfo=UTC))) as session:
        found = search(session, "dozens", 1)
    assert [item.text for item in found.claims] == ["Dozens on the sixth."]
    assert [item.title for item in found.documents] == ["Dozens of 2022-01-06"]
    assert found.more == []


def test_words_that_nobody_could_look_for_find_nothing_at_any_moment(engine: sa.Engine) -> None:
    with writing(engine) as session:
        Desk(Writer(session, "ana", at=MONDAY)).claim("Dozens.")
    assert _texts(engine, "***", Moment(known_at=MONDAY)) == []
    assert _found(engine, "***", Moment(known_at=MONDAY)) == []


def _names(engine: sa.Engine, q: str, known_at: datetime | None) -> list[str]:
    with reading_at(engine, Moment(known_at=known_at)) as session:
        return [item.name for item in sources(session, SourcesAsked(q=q)).items]


def _texts(engine: sa.Engine, q: str, moment: Moment) -> list[str]:
    with reading_at(engine, moment) as session:
        return [item.text for item in claims(session, ClaimsAsked(q=q)).items]


def _found(engine: sa.Engine, q: str, moment: Moment) -> list[str]:
    with reading_at(engine, moment) as session:
        return [item.text for item in search(session, q).claims]
