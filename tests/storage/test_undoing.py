"""Undoing: a new change that takes back another one whole, or is refused with what stands in its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.analysis.recording import recording
from provenance.analysis.standing import differences
from provenance.errors import Conflict, NotFound
from provenance.storage.claim import Claim, ClaimChange
from provenance.storage.document import Document, DocumentChange
from provenance.storage.event import Tally, TallyChange
from provenance.storage.history import History, change_id
from provenance.storage.reads.asked import SourcesAsked
from provenance.storage.reads.history import unbroken
from provenance.storage.reads.sources import sources
from provenance.storage.record import Change, Record
from provenance.storage.report import Attribution, Report, ReportChange
from provenance.storage.session import reading
from provenance.storage.source import Source, SourceChange, SourceNameCreate
from provenance.storage.tables import FACTS
from provenance.storage.writes.claims import change_claim
from provenance.storage.writes.documents import change_document
from provenance.storage.writes.events import change_tally
from provenance.storage.writes.reports import change_report
from provenance.storage.writes.sources import add_name, change_source, retire_name, retire_tie
from provenance.storage.writes.undoing import undo
from provenance.storage.writes.writer import said
from provenance.vocabulary import TieKind
from tests.records import QUOTE, TEXT, Desk, every_kind

G = TypeVar("G", bound=Change)
State = dict[str, dict[str, Any]]


@dataclass
class Room:
    """A newsroom whose every act is a change of its own."""

    engine: sa.Engine
    changes: list[str] = field(default_factory=list)

    def act(self, what: Callable[[Desk], Any]) -> Any:
        """Do something in one change; what it gives back."""
        with recording(self.engine, "ana", "because") as writer:
            done = what(Desk(writer))
        self.changes.append(change_id(writer.at))
        return done

    def undo(self, change: str) -> str:
        """Undo a change; the id of the new one."""
        with recording(self.engine, "ben", "a slip") as writer:
            return undo(writer, change)

    def holds(self) -> State:
        """What every record that holds says, by its public id."""
        with Session(self.engine) as session:
            rows: list[Record] = []
            for table in FACTS:
                rows += session.execute(sa.select(table).where(col(table.recorded_to).is_(None))).scalars()
            return {row.public_id: said(row) for row in rows}

    def sound(self) -> bool:
        """Whether the history is whole, and standings are what a recomputation gives."""
        with reading(self.engine) as session:
            return unbroken(session).broken_at is None and not [one for one in differences(session) if not one.stale]

    def finds(self, words: str) -> list[str]:
        """The sources that a search finds."""
        with reading(self.engine) as session:
            return [one.name for one in sources(session, SourcesAsked(q=words)).items]


def given(kind: type[G], **fields: Any) -> G:
    """What a writer sends who gives only these fields."""
    return kind.model_validate(fields)


@pytest.fixture
def room(engine: sa.Engine) -> Room:
    """An empty newsroom, once on each kind of database."""
    return Room(engine)


def test_undoing_a_creation_lets_all_of_it_hold_no_longer(room: Room) -> None:
    room.act(lambda desk: every_kind(desk.writer, redacted=False))
    everything = room.holds()
    undone = room.undo(room.changes[0])
    assert room.holds() == {}
    assert room.sound()
    room.undo(undone)
    assert room.holds() == everything
    assert room.sound()


def test_undoing_a_change_brings_back_what_was_said_and_undoing_that_what_was_said_then(room: Room) -> None:
    claim = room.act(lambda desk: desk.claim("Dozens were eliminated."))
    before = room.holds()
    room.act(lambda desk: change_claim(desk.writer, claim.public_id, given(ClaimChange, text="Dozens were killed.")))
    after = room.holds()
    undone = room.undo(room.changes[1])
    assert room.holds() == before
    room.undo(undone)
    assert room.holds() == after
    with Session(room.engine) as session:
        texts = sa.select(col(Claim.text)).where(col(Claim.public_id) == claim.public_id).order_by(col(Claim.id))
        assert sorted(session.scalars(texts)) == ["Dozens were eliminated."] * 2 + ["Dozens were killed."] * 2


def test_an_undoing_says_who_when_and_why_like_any_change(room: Room) -> None:
    room.act(lambda desk: desk.source("Tass"))
    undone = room.undo(room.changes[0])
    with Session(room.engine) as session:
        entries = session.execute(sa.select(History).order_by(col(History.id).desc()).limit(2)).scalars().all()
    assert {(entry.who, entry.why, entry.action) for entry in entries} == {("ben", "a slip", "retired")}
    assert {change_id(entry.at) for entry in entries} == {undone}


def test_a_renaming_is_undone_with_the_names_it_moved_and_the_search_follows(room: Room) -> None:
    tass = room.act(lambda desk: desk.source("Tass"))
    before = room.holds()
    room.act(lambda desk: change_source(desk.writer, tass.public_id, given(SourceChange, name="Itar")))
    renamed = room.holds()
    undone = room.undo(room.changes[1])
    assert (room.holds(), room.finds("itar")) == (before, [])
    room.undo(undone)
    assert (room.holds(), room.finds("itar")) == (renamed, ["Itar"])


def test_a_text_that_was_added_is_undone_and_so_is_its_length_everywhere(room: Room) -> None:
    report = room.act(lambda desk: desk.report(desk.claim(), "Interior Ministry", "Tass"))
    with Session(room.engine) as session:
        document = session.get_one(Document, report.document_id).public_id
    before = room.holds()
    room.act(lambda desk: change_document(desk.writer, document, given(DocumentChange, text=TEXT)))
    undone = room.undo(room.changes[1])
    assert room.holds() == before
    assert lengths(room) == {0}
    room.undo(undone)
    assert lengths(room) == {len(TEXT)}
    assert room.sound()


def test_a_text_in_which_words_were_found_stays(room: Room) -> None:
    def tell(desk: Desk) -> str:
        document = desk.document("Tass", published="2022-01-06")
        desk.report(desk.claim(), "Interior Ministry", "Tass", document=document, figures=["Dozens"], quote=QUOTE)
        return document.public_id

    document = room.act(tell)
    room.act(lambda desk: change_document(desk.writer, document, given(DocumentChange, text=TEXT)))
    before = room.holds()
    with pytest.raises(Conflict, match="words were found in their places there") as refused:
        room.undo(room.changes[1])
    assert refused.value.field == "text"
    assert room.holds() == before


def test_another_publisher_is_undone_with_the_hops_that_were_led_there(room: Room) -> None:
    report = room.act(lambda desk: desk.report(desk.claim(), "Interior Ministry", "Khabar 24", "Tass"))
    interfax = room.act(lambda desk: desk.source("Interfax"))
    before = room.holds()
    with Session(room.engine) as session:
        document = session.get_one(Document, report.document_id).public_id
    room.act(lambda desk: change_document(desk.writer, document, given(DocumentChange, publisher=interfax.public_id)))
    room.undo(room.changes[-1])
    assert room.holds() == before
    assert room.sound()


def test_what_was_let_go_holds_again(room: Room) -> None:
    tie = room.act(lambda desk: desk.tie("Tass", TieKind.PART_OF, "Interior Ministry"))
    before = room.holds()
    room.act(lambda desk: retire_tie(desk.writer, tie.public_id))
    room.undo(room.changes[1])
    assert room.holds() == before
    assert room.sound()


def test_a_field_that_was_changed_since_is_named_with_the_change_to_undo_first(room: Room) -> None:
    claim = room.act(lambda desk: desk.claim("One."))
    room.act(lambda desk: change_claim(desk.writer, claim.public_id, given(ClaimChange, text="Two.")))
    room.act(lambda desk: change_claim(desk.writer, claim.public_id, given(ClaimChange, text="Three.")))
    before = room.holds()
    with pytest.raises(Conflict) as refused:
        room.undo(room.changes[1])
    assert refused.value.field == "text"
    for part in (room.changes[1], claim.public_id, "`text`", f"Undo {room.changes[2]} first"):
        assert part in refused.value.message
    assert room.holds() == before
    room.undo(room.changes[2])
    room.undo(room.changes[1])
    assert room.holds()[claim.public_id]["text"] == "One."


def test_another_field_that_was_changed_since_stays_as_it_is(room: Room) -> None:
    claim = room.act(lambda desk: desk.claim("One."))
    room.act(lambda desk: change_claim(desk.writer, claim.public_id, given(ClaimChange, text="Two.")))
    room.act(lambda desk: change_claim(desk.writer, claim.public_id, given(ClaimChange, note="Read with care.")))
    room.undo(room.changes[1])
    now = room.holds()[claim.public_id]
    assert (now["text"], now["note"]) == ("One.", "Read with care.")


def test_what_others_refer_to_is_not_taken_away(room: Room) -> None:
    claim = room.act(lambda desk: desk.claim())
    report = room.act(lambda desk: desk.report(desk.session.merge(claim), "Interior Ministry", "Tass"))
    with pytest.raises(Conflict, match=f"'{claim.public_id}' is referred to by the report '{report.public_id}'"):
        room.undo(room.changes[0])
    room.undo(room.changes[1])
    room.undo(room.changes[0])
    assert claim.public_id not in room.holds()


def test_nothing_comes_back_that_would_refer_to_what_is_gone(room: Room) -> None:
    tass = room.act(lambda desk: desk.source("Tass"))
    name = room.act(lambda desk: add_name(desk.writer, tass.public_id, SourceNameCreate(name="ТАСС")))
    room.act(lambda desk: retire_name(desk.writer, name.public_id))
    gone = room.undo(room.changes[0])
    with pytest.raises(Conflict, match=f"holds no longer. Bring that back first: undo {gone}"):
        room.undo(room.changes[2])


def test_what_would_stand_twice_does_not_come_back(room: Room) -> None:
    tass = room.act(lambda desk: desk.source("Tass"))
    name = room.act(lambda desk: add_name(desk.writer, tass.public_id, SourceNameCreate(name="ТАСС")))
    room.act(lambda desk: retire_name(desk.writer, name.public_id))
    room.act(lambda desk: add_name(desk.writer, tass.public_id, SourceNameCreate(name="ТАСС")))
    before = room.holds()
    with pytest.raises(Conflict, match=f"the source name '{name.public_id}' contradicts what is held"):
        room.undo(room.changes[2])
    assert room.holds() == before


def test_what_was_undone_already_is_not_undone_twice(room: Room) -> None:
    tass = room.act(lambda desk: desk.source("Tass"))
    undone = room.undo(room.changes[0])
    with pytest.raises(Conflict, match=f"'{tass.public_id}' was let go since by {undone}. Undo {undone} first"):
        room.undo(room.changes[0])


def test_tallies_never_end_up_in_a_circle(room: Room) -> None:
    whole: Tally = room.act(lambda desk: desk.tally("All killed"))
    part: Tally = room.act(lambda desk: desk.tally("Attackers killed", parent=whole))
    room.act(lambda desk: change_tally(desk.writer, part.public_id, given(TallyChange, parent=None)))
    room.act(lambda desk: change_tally(desk.writer, whole.public_id, given(TallyChange, parent=part.public_id)))
    with pytest.raises(Conflict, match="a tally would be a part of itself"):
        room.undo(room.changes[2])


def test_a_chain_still_leads_to_its_publisher(room: Room) -> None:
    report = room.act(lambda desk: desk.report(desk.claim(), "Interior Ministry", "Tass"))
    interfax = room.act(lambda desk: desk.source("Interfax"))
    with Session(room.engine) as session:
        document = session.get_one(Document, report.document_id).public_id
    room.act(lambda desk: change_document(desk.writer, document, given(DocumentChange, publisher=interfax.public_id)))
    chain = ("Interior Ministry", "Khabar 24", "Interfax")
    room.act(
        lambda desk: change_report(desk.writer, report.public_id, given(ReportChange, attributions=desk.hops(*chain)))
    )
    before = room.holds()
    with pytest.raises(Conflict):
        room.undo(room.changes[2])
    assert room.holds() == before


@pytest.mark.parametrize("change", ["chg_20261122t093000000000", "chg_99999999t999999999999", "clm_a", "", "\x00"])
def test_a_change_that_there_is_not_is_not_undone(room: Room, change: str) -> None:
    with pytest.raises(NotFound, match="There is no change"):
        room.undo(change)


def test_a_source_that_was_made_and_left_by_later_records_can_be_undone(room: Room) -> None:
    room.act(lambda desk: desk.source("Tass"))
    with Session(room.engine) as session:
        assert session.scalars(sa.select(col(Source.name))).all() == ["Tass"]
    room.undo(room.changes[0])
    assert (room.holds(), room.finds("tass")) == ({}, [])


def lengths(room: Room) -> set[int]:
    """The lengths of text that documents, reports and hops go by."""
    with Session(room.engine) as session:
        tables = (Document, Report, Attribution)
        holding = [sa.select(col(table.text_length)).where(col(table.recorded_to).is_(None)) for table in tables]
        return {length for statement in holding for length in session.scalars(statement)}
