"""What the first page counts and tells, on both databases."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from provenance.analysis.recording import recording
from provenance.analysis.rules import RULES
from provenance.storage.desk import DeskNoteCreate
from provenance.storage.document import Document
from provenance.storage.reads.asked import FlagsAsked
from provenance.storage.reads.flags import flags, found_by_rule
from provenance.storage.reads.front import Holdings, Marked, holdings, marked_words
from provenance.storage.reads.latest import latest_changes
from provenance.storage.report import Report
from provenance.storage.session import reading
from provenance.storage.writes.desk import add_note
from provenance.vocabulary import ClaimStatus
from tests.records import Desk, every_kind


def test_an_empty_database_holds_nothing_of_anything(engine: sa.Engine) -> None:
    with reading(engine) as session:
        assert holdings(session) == Holdings(0, 0, 0, 0, 0, 0, 0, 0)
        assert latest_changes(session) == []
        assert found_by_rule(session, FlagsAsked()) == []


def test_what_is_held_is_counted_and_what_waits_apart(engine: sa.Engine) -> None:
    with recording(engine, "Aigerim", "the night in Almaty") as writer:
        desk = Desk(writer)
        claim = desk.claim()
        desk.report(claim, "Saltanat Azirbek", "Khabar 24", document=desk.document("Khabar 24", language="ru"))
        desk.report(claim, "Saltanat Azirbek", "Khabar 24", "Tass", document=desk.document("Tass", language="en"))
        desk.report(claim, "Eyewitness", "Tass", document=desk.document("Tass", language="en"), state="proposed")

    with reading(engine) as session:
        assert holdings(session) == Holdings(
            documents=3, languages=2, publishers=2, claims=1, reports=2, sources=4, events=1, waiting=1
        )


def test_words_can_be_seen_only_in_a_text_that_is_held(engine: sa.Engine) -> None:
    with recording(engine, "Aigerim") as writer:
        desk = Desk(writer)
        desk.report(desk.claim("Dozens were killed."), "Saltanat Azirbek", "Khabar 24")
    with reading(engine) as session:
        assert marked_words(session) is None

    with recording(engine, "Aigerim") as writer:
        every_kind(writer)
    with reading(engine) as session:
        quoting = session.execute(sa.select(Report).where(col(Report.quote_start).is_not(None))).scalars().one()
        document = session.execute(sa.select(Document).where(col(Document.id) == quoting.document_id)).scalars().one()
        assert marked_words(session) == Marked(document.public_id, quoting.public_id)


def test_the_latest_changes_are_told_newest_first_without_the_private_notes_of_a_desk(engine: sa.Engine) -> None:
    for why in ("first", "second", "third"):
        with recording(engine, "Aigerim", why) as writer:
            claim = Desk(writer).claim(f"The {why} claim.").public_id
    with recording(engine, "Dana", "in private") as writer:
        add_note(writer, claim, DeskNoteCreate(text="Ask the morgue.", author="Dana"))

    with reading(engine) as session:
        told = [(change.who, change.why) for change in latest_changes(session, most=2)]

    assert told == [("Aigerim", "third"), ("Aigerim", "second")]


def test_findings_are_counted_by_rule_as_their_list_holds_them(engine: sa.Engine) -> None:
    with recording(engine, "Aigerim") as writer:
        desk = Desk(writer)
        for words in ("Dozens were killed.", "Eight officers were killed."):
            desk.report(desk.claim(words), "Saltanat Azirbek", "Khabar 24", figures=["dozens"])

    with reading(engine) as session:
        listed = flags(session, FlagsAsked(limit=200)).items
        counts = found_by_rule(session, FlagsAsked())

        assert {count.rule: count.findings for count in counts} == {
            rule.key: sum(item.rule == rule.key for item in listed)
            for rule in RULES
            if any(item.rule == rule.key for item in listed)
        }
        assert [count.claims for count in counts] == sorted((count.claims for count in counts), reverse=True)
        assert found_by_rule(session, FlagsAsked(claim=listed[0].claim, rule=["circular"])), "rules count beside others"
        assert found_by_rule(session, FlagsAsked(status=ClaimStatus.RETRACTED)) == []
        assert flags(session, FlagsAsked(status=ClaimStatus.RETRACTED)).items == []
        assert flags(session, FlagsAsked(status=ClaimStatus.STANDING, limit=200)).items == listed
