"""The history: what was held before stays readable, and no entry can be changed, removed or slipped in unnoticed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.errors import InvalidInput
from provenance.storage.claim import Claim
from provenance.storage.history import FIRST, History, seal
from provenance.storage.reads.history import unbroken
from provenance.storage.session import writing
from provenance.storage.source import Source
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import SourceKind
from tests.records import Desk, every_kind


def test_a_change_keeps_what_was_held_before_as_a_row_of_its_own(engine: sa.Engine) -> None:
    first, second = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    with writing(engine) as session:
        claim = Desk(Writer(session, "ana", at=first)).claim("Dozens were eliminated.")
    with writing(engine) as session:
        Writer(session, "ben", at=second).change(session.get_one(Claim, claim.id), {"text": "Dozens were killed."})
    with Session(engine) as session:
        now, before = session.execute(sa.select(Claim).order_by(col(Claim.id))).scalars()
    assert (now.id, now.text, now.recorded_from, now.recorded_to) == (claim.id, "Dozens were killed.", second, None)
    assert (before.version_of, before.text, before.public_id) == (claim.id, "Dozens were eliminated.", now.public_id)
    assert (before.recorded_from, before.recorded_to) == (first, second)


def test_the_same_values_make_no_new_version_and_no_entry(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "ana"))
        tass = desk.source("Tass")
        before = _entries(session)
        desk.writer.change(tass, {"name": "Tass", "kind": SourceKind.NEWS_AGENCY, "note": None})
        assert _entries(session) == before
        assert len(session.execute(sa.select(Source)).all()) == 1


def test_a_retired_row_stays_and_holds_no_longer(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "ana"))
        claim = desk.claim()
        desk.writer.retire(claim)
    with Session(engine) as session:
        kept = session.get_one(Claim, claim.id)
        entry = session.execute(sa.select(History).order_by(col(History.id).desc())).scalars().first()
    assert kept.recorded_to == desk.writer.at
    assert entry is not None
    assert (entry.action, entry.public_id, entry.after) == ("retired", claim.public_id, None)
    assert entry.before is not None
    assert entry.before["text"] == claim.text


def test_nothing_is_stamped_earlier_than_what_is_there_whatever_the_clocks_say(engine: sa.Engine) -> None:
    late = datetime(2026, 1, 2, tzinfo=UTC)
    with writing(engine) as session:
        claim = Desk(Writer(session, "ana", at=late)).claim()
    with writing(engine) as session:
        Writer(session, "ben", at=late - timedelta(seconds=9)).change(session.get_one(Claim, claim.id), {"text": "No."})
    after = late + timedelta(microseconds=1)
    with Session(engine) as session:
        spans = session.execute(sa.select(col(Claim.recorded_from), col(Claim.recorded_to)).order_by(col(Claim.id)))
        assert list(map(tuple, spans)) == [(after, None), (late, after)]


def test_each_entry_is_sealed_with_the_one_before(engine: sa.Engine) -> None:
    with writing(engine) as session:
        every_kind(Writer(session, "ana", "because"))
    with Session(engine) as session:
        entries = session.execute(sa.select(History).order_by(col(History.id))).scalars().all()
    previous = FIRST
    for entry in entries:
        words = (entry.at, entry.who, entry.why, entry.action, entry.noun, entry.public_id, entry.before, entry.after)
        assert (entry.previous, entry.hash) == (previous, seal(previous, *words, entry.salt))
        previous = entry.hash
    assert {entry.noun for entry in entries} >= {"claim", "report", "attribution", "figure", "tie", "ruling"}


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE history SET who = 'somebody else' WHERE id = 3",
        "UPDATE history SET why = 'another reason' WHERE id = 3",
        "DELETE FROM history WHERE id = 3",
        "DELETE FROM history WHERE id = 1",
    ],
)
def test_an_entry_that_was_changed_or_removed_is_noticed(engine: sa.Engine, tampering: str) -> None:
    with writing(engine) as session:
        every_kind(Writer(session, "ana"))
    with Session(engine) as session:
        assert unbroken(session).broken_at is None
        session.execute(sa.text(tampering))
        assert unbroken(session).broken_at is not None


def test_many_rows_at_once_are_sealed_in_their_order(engine: sa.Engine) -> None:
    with writing(engine) as session:
        writer = Writer(session, "a story")
        rows = [Source(name=f"Source {number}", kind=SourceKind.WEBSITE) for number in range(1_200)]
        writer.add_all(rows, [f"src_{number}" for number in range(1_200)])
    with Session(engine) as session:
        assert unbroken(session).broken_at is None
        kept = session.execute(sa.select(col(History.public_id)).order_by(col(History.id))).scalars().all()
    assert kept == [f"src_{number}" for number in range(1_200)]


def test_two_who_write_at_the_same_time_lengthen_one_chain(engine: sa.Engine) -> None:
    start = Barrier(3)
    failed: list[BaseException] = []

    def write(who: str) -> None:
        try:
            start.wait()
            for number in range(8):
                with writing(engine) as session:
                    Writer(session, who).add_all(
                        [Source(name=f"{who} {number}", kind=SourceKind.WEBSITE)], [f"src_{who}{number}"]
                    )
        except BaseException as error:
            failed.append(error)

    writers = [Thread(target=write, args=(who,)) for who in ("ana", "ben", "eva")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with Session(engine) as session:
        assert (failed, unbroken(session).broken_at, _entries(session)) == ([], None, 24)


@pytest.mark.parametrize("who", ["", "   ", "a" * 201, "an\x00a", "\ud800"])
def test_nobody_writes_under_no_name(engine: sa.Engine, who: str) -> None:
    with Session(engine) as session, pytest.raises(InvalidInput, match="who: "):
        Writer(session, who)


def _entries(session: Session) -> int:
    return len(session.execute(sa.select(col(History.id))).all())
