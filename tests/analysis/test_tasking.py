"""The list of tasks is read in a number of queries that does not grow, and says what the stored flags say."""

from __future__ import annotations

import sqlalchemy as sa

from provenance.analysis.recording import recording
from provenance.analysis.tasking import tasks
from provenance.answers_desk import DeskTask
from provenance.storage.desk import DeskItemChange
from provenance.storage.reads.asked_desk import DeskAsked, TasksAsked
from provenance.storage.reads.desk import desk
from provenance.storage.session import reading
from provenance.storage.writes.desk import change_desk
from provenance.vocabulary import DeskAct, TieKind
from tests.records import Desk


def tell(engine: sa.Engine, *texts: str) -> None:
    """Claims that the ministry and its spokeswoman made, linked by a tie that is only commonly known."""
    with recording(engine, "cli: Ana") as writer:
        told = Desk(writer)
        for text in texts:
            claim = told.claim(text)
            told.report(claim, "Saltanat Azirbek", "Khabar 24", "Tass", figures=["dozens"])
            told.report(claim, "Almaty police", "Interfax", figures=["dozens"])
            told.report(claim, "Khabar 24", "RIA", figures=["dozens"])
            change_desk(writer, claim.public_id, DeskItemChange(holder="Ana"))


def asked(engine: sa.Engine) -> tuple[list[DeskTask], int]:
    """The tasks, and how many statements the two lists of a desk take."""
    statements: list[str] = []
    with reading(engine) as session:
        connection = session.connection()
        sa.event.listen(connection, "before_cursor_execute", lambda *call: statements.append(call[2]))
        found = tasks(session, TasksAsked(limit=200)).items
        desk(session, DeskAsked())
    return found, len(statements)


def test_one_tie_and_one_carrier_are_one_task_each_however_many_claims_rest_on_them(engine: sa.Engine) -> None:
    tell(engine, "Dozens were eliminated.", "Dozens were wounded.")
    with recording(engine, "an editor") as writer:
        Desk(writer).tie("Saltanat Azirbek", TieKind.SPEAKS_FOR, "Almaty police")
    few, statements = asked(engine)
    tell(engine, *(f"Dozens were detained in street {number}." for number in range(6)))

    many, as_many_statements = asked(engine)

    for found, claims in ((few, 2), (many, 8)):
        settled = {task.act: task.settles for task in found if {"uncited_tie", "origin_not_stated"} & {*task.rules}}
        assert settled == {DeskAct.CITE_TIE: claims, DeskAct.ASK: claims}
    assert many[0].claims[0].holder == "Ana"
    assert as_many_statements == statements <= 16
