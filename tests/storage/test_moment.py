"""The record as it was: what was published by a moment, and what this database held at another."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.analysis.moments import looking
from provenance.analysis.picture import ClaimPicture
from provenance.analysis.picturing import WITHHELD, pictures
from provenance.analysis.recording import recording
from provenance.errors import InvalidInput
from provenance.moment import Moment
from provenance.storage.claim import Claim, ClaimCreate
from provenance.storage.document import Document
from provenance.storage.moment import reading_at
from provenance.storage.reads.asked import ClaimsAsked, DocumentsAsked, FiguresAsked, FlagsAsked, moment_of
from provenance.storage.reads.claims import claims
from provenance.storage.reads.documents import documents
from provenance.storage.reads.everything import search
from provenance.storage.reads.figures import figures
from provenance.storage.reads.flags import flags
from provenance.storage.record import now
from provenance.storage.report import Report
from provenance.storage.session import writing
from provenance.storage.source import Source
from provenance.storage.tables import FACTS
from provenance.storage.writes.claims import create_claim
from provenance.storage.writes.keeping import refresh_statistics
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import ClaimStatus, CorrectionKind, Presence
from tests.records import Desk, every_kind

MONDAY, TUESDAY, WEDNESDAY = (datetime(2026, 6, day, tzinfo=UTC) for day in (1, 2, 3))


def test_a_claim_reads_as_it_was_worded_then(engine: sa.Engine) -> None:
    with writing(engine) as session:
        claim = Desk(Writer(session, "ana", at=MONDAY)).claim("Dozens were eliminated.")
    with writing(engine) as session:
        Writer(session, "ben", at=TUESDAY).change(session.get_one(Claim, claim.id), {"text": "Dozens were killed."})
    with writing(engine) as session:
        Writer(session, "cem", at=WEDNESDAY).retire(session.get_one(Claim, claim.id))
    hour = timedelta(hours=1)
    moments = (MONDAY - hour, MONDAY, TUESDAY - hour, TUESDAY, WEDNESDAY - hour, WEDNESDAY)
    read = [[item.text for item in _claims(engine, moment)] for moment in moments]
    first, second = ["Dozens were eliminated."], ["Dozens were killed."]
    assert read == [[], first, first, second, second, []]


def test_claims_of_one_among_few_events_are_found_as_they_were_known(engine: sa.Engine) -> None:
    with recording(engine, "ana") as writer:
        desk = Desk(writer)
        told = [(desk.event(), number) for number in range(60)] + [(desk.event("Another night"), 99)]
        for event, number in told:
            create_claim(writer, ClaimCreate(text=f"{number} were killed.", event=event.public_id))
        refresh_statistics(writer.session)
        asked = {event.public_id: event for event, _ in told}
    with reading_at(engine, Moment(known_at=now())) as session:
        found = {event: len(claims(session, ClaimsAsked(event=event, limit=100)).items) for event in asked}
    assert list(found.values()) == [60, 1]


def test_a_row_that_holds_again_has_a_gap(engine: sa.Engine) -> None:
    with writing(engine) as session:
        claim = Desk(Writer(session, "ana", at=MONDAY)).claim()
    with writing(engine) as session:
        Writer(session, "ana", at=TUESDAY).retire(session.get_one(Claim, claim.id))
    with writing(engine) as session:
        Writer(session, "ana", at=WEDNESDAY).restore(session.get_one(Claim, claim.id))
    hour = timedelta(hours=1)
    assert [len(_claims(engine, moment)) for moment in (MONDAY + hour, TUESDAY + hour, WEDNESDAY + hour)] == [1, 0, 1]
    with Session(engine) as session:
        assert session.get_one(Claim, claim.id).public_id == claim.public_id


def test_a_source_that_was_retired_stays_in_the_chains_that_name_it(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "ana", at=MONDAY))
        claim = desk.claim()
        desk.report(claim, "Interior Ministry", "Tass")
        tass = desk.source("Tass")
    with writing(engine) as session:
        Writer(session, "ana", at=TUESDAY).retire(session.get_one(Source, tass.id))
    with writing(engine) as session:
        Writer(session, "ana", at=WEDNESDAY).restore(session.get_one(Source, tass.id))
    hour = timedelta(hours=1)
    moments = [Moment(known_at=at + hour) for at in (MONDAY, TUESDAY, WEDNESDAY)] + [moment_of("2022-02", None)]
    names = [_pictures(engine, moment, claim.key)[0].actors[tass.key].name for moment in moments]
    assert names == ["Tass", WITHHELD, "Tass", "Tass"]


def test_a_report_that_moved_is_with_its_hops_and_figures_where_it_was(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "ana", at=MONDAY))
        one, other = desk.claim("Dozens."), desk.claim("Several.")
        report = desk.report(one, "Interior Ministry", "Tass", figures=["dozens"])
    with writing(engine) as session:
        Writer(session, "ben", at=TUESDAY).change(session.get_one(Report, report.id), {"claim_id": other.id})
    then, today = (_pictures(engine, Moment(known_at=at), one.key, other.key) for at in (MONDAY, TUESDAY))
    assert [[len(picture.asserting), len(picture.figures)] for picture in then] == [[1, 1], [0, 0]]
    assert [[len(picture.asserting), len(picture.figures)] for picture in today] == [[0, 0], [1, 1]]
    assert [len(path.nodes) for path in then[0].analysis.reports[0].paths] == [2]


def test_a_document_is_certain_possible_or_not_there_yet(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "ana"))
        claim = desk.claim()
        for published in ("2022-01-06T09:00Z", "2022-01-06", "2022-01", "2022-01-06T21:00Z", None):
            desk.report(claim, "Interior Ministry", "Tass", document=desk.document("Tass", published=published))
    [picture] = _pictures(engine, moment_of("2022-01-06T12:00Z", None), claim.key)
    certain, possible = Presence.CERTAIN, Presence.POSSIBLE
    assert [report.presence for report in picture.reports] == [certain, possible, possible, possible]
    assert (picture.documents, picture.certain_documents) == (4, 1)
    assert picture.certain is not None
    assert len(picture.certain.supported) == 1


def test_a_day_means_its_end(engine: sa.Engine) -> None:
    assert moment_of("2022-01-06", None).as_of == datetime(2022, 1, 6, 23, 59, 59, 999999, tzinfo=UTC)


def test_a_correction_changes_the_status_at_its_latest_possible_time(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "ana"))
        claim = desk.claim()
        desk.report(claim, "Interior Ministry", "Tass")
        desk.correction(
            CorrectionKind.RETRACTION,
            "Interior Ministry",
            claim_id=claim.key,
            effective_earliest=datetime(2022, 1, 9, tzinfo=UTC),
            effective_latest=datetime(2022, 1, 10, tzinfo=UTC),
            effective_precision="day",
        )
    statuses = [
        _pictures(engine, moment_of(as_of, None), claim.key)[0].status
        for as_of in ("2022-01-08", "2022-01-09T12:00Z", "2022-01-10T00:00Z", None)
    ]
    standing, retracted = ClaimStatus.STANDING, ClaimStatus.RETRACTED
    assert statuses == [standing, standing, retracted, retracted]


def test_an_undated_correction_takes_effect_with_the_document_that_carries_it(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "ana"))
        claim = desk.claim()
        desk.report(claim, "Interior Ministry", "Tass")
        carrier = desk.document("Interfax", published="2022-01-10")
        by = "Interior Ministry"
        desk.correction(CorrectionKind.RETRACTION, by, claim_id=claim.key, document_id=carrier.key)
        other = desk.claim("Hundreds.")
        desk.report(other, by, "Tass")
        desk.correction(CorrectionKind.RETRACTION, by, claim_id=other.key)
    moments = [moment_of(as_of, None) for as_of in ("2022-01-09", "2022-01-10", "2030-01-01", None)]
    carried, nowhere = zip(*(_pictures(engine, moment, claim.key, other.key) for moment in moments), strict=True)
    standing, retracted = ClaimStatus.STANDING, ClaimStatus.RETRACTED
    assert [picture.status for picture in carried] == [standing, retracted, retracted, retracted]
    assert [picture.status for picture in nowhere] == [standing, standing, standing, retracted]


def test_what_will_be_held_is_not_told(engine: sa.Engine) -> None:
    tomorrow = now() + timedelta(days=1)
    with pytest.raises(InvalidInput, match="not over yet"), reading_at(engine, Moment(known_at=tomorrow)):
        pass


def test_whoever_asks_while_somebody_writes_gets_the_answer_that_stays(engine: sa.Engine) -> None:
    began, asked = Event(), Event()

    def write() -> None:
        with writing(engine) as session:
            Desk(Writer(session, "ana")).claim()
            began.set()
            asked.wait(0.3)

    writer = Thread(target=write)
    writer.start()
    began.wait()
    moment = now()
    first = len(_claims(engine, moment))
    asked.set()
    writer.join()
    assert first == len(_claims(engine, moment)) == 1


def test_a_session_at_a_moment_answers_questions_about_entities_too(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "ana", at=MONDAY))
        desk.document("Tass", published="2022-01-06", title="First")
    with writing(engine) as session:
        document = session.execute(sa.select(Document)).scalar_one()
        Writer(session, "ana", at=TUESDAY).change(document, {"title": "Second"})
    with reading_at(engine, Moment(known_at=MONDAY)) as session:
        found = session.execute(sa.select(Document).where(col(Document.recorded_to).is_(None))).scalar_one()
        assert (found.id, found.title) == (document.id, "First")


def _claims(engine: sa.Engine, known_at: datetime) -> list[Claim]:
    with reading_at(engine, Moment(known_at=known_at)) as session:
        return list(session.execute(sa.select(Claim).where(col(Claim.recorded_to).is_(None))).scalars())


def _pictures(engine: sa.Engine, moment: Moment, *keys: int) -> list[ClaimPicture]:
    with reading_at(engine, moment) as session:
        found = pictures(session, keys)
    return [found[key] for key in keys]


SHADOWED = {str(table.__tablename__) for table in FACTS}
TABLE = r"(?:main\.)?\w+(?: AS \w+)?"
READ_FROM = re.compile(rf"(?:FROM|JOIN) ({TABLE}(?:, {TABLE})*)")
LAID = re.compile(r"(\w+) AS NOT MATERIALIZED|(\w+) AS \n?\(SELECT")


def test_no_question_at_a_moment_reads_the_present(engine: sa.Engine) -> None:
    with recording(engine, "ana") as writer:
        every_kind(writer)
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    with looking(engine, Moment(datetime(2022, 2, 1, tzinfo=UTC), now())) as session:
        asked.clear()
        for question in (
            lambda: claims(session, ClaimsAsked(q="dozens", flag=["unverified_figure"], sort="-published")),
            lambda: figures(session, FiguresAsked(measure="killed", source=None, sort="low")),
            lambda: documents(session, DocumentsAsked(q="dozens")),
            lambda: flags(session, FlagsAsked()),
            lambda: search(session, "dozens"),
            lambda: pictures(session, [1]),
        ):
            question()
    # What has changed since is asked of all states on purpose.
    at_the_moment = [said for said in asked if "NOT MATERIALIZED" in said or ".recorded_to > " not in said]
    unshadowed = {name: statement for statement in at_the_moment for name in _read_bare(statement)}
    assert len(at_the_moment) > 40
    assert unshadowed == {}


def _read_bare(statement: str) -> set[str]:
    laid = {name for pair in LAID.findall(statement) for name in pair if name}
    read = {one.split(" ")[0] for listed in READ_FROM.findall(statement) for one in listed.split(", ")}
    return (read & SHADOWED) - laid
