"""Whoever comes last, the repetition or the denial, a zombie is flagged in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session, col

from provenance.analysis.recording import recording
from provenance.analysis.standing import differences
from provenance.storage.claim import Claim
from provenance.storage.correction import Correction, Ruling
from provenance.storage.dates import read_date
from provenance.storage.document import Document, DocumentChange
from provenance.storage.report import Report
from provenance.storage.standing import Flag
from provenance.storage.writes.documents import change_document
from provenance.vocabulary import CorrectionKind, DatePrecision, RulingKind, Stance
from tests.records import NOON, Desk

Step = Callable[[Desk], object]


def the_claim(desk: Desk) -> Claim:
    claim: Claim = desk.session.execute(sa.select(Claim).where(col(Claim.recorded_to).is_(None))).scalars().one()
    return claim


def denial(desk: Desk) -> Correction:
    day = read_date("2022-01-09")
    return desk.correction(
        CorrectionKind.DISAVOWAL,
        "Health Ministry",
        claim_id=the_claim(desk).key,
        upstream_id=desk.source("Health Ministry").key,
        effective_earliest=day.earliest,
        effective_latest=day.latest,
        effective_precision=DatePrecision.DAY,
    )


def repetition(desk: Desk, on: str = "2022-01-10") -> Report:
    page = desk.document("Interfax", published=on, retrieved_at=NOON)
    return desk.report(the_claim(desk), "Health Ministry", "Interfax", document=page, figures=["164"])


def write(engine: Engine, *steps: Step) -> None:
    """Each step in a transaction of its own."""
    for step in steps:
        with recording(engine, "an editor") as writer:
            step(Desk(writer))


def begin(desk: Desk) -> None:
    claim = desk.claim("164 people were killed.")
    desk.report(claim, "Health Ministry", "Tass", document=desk.document("Tass", published="2022-01-08"))


def zombies(engine: Engine) -> list[str]:
    """The reasons of the flags that are held, which a recomputation must give too."""
    with Session(engine) as session:
        assert list(differences(session)) == []
        found = session.execute(sa.select(Flag).where(col(Flag.rule) == "zombie")).scalars().all()
        return [flag.reason for flag in found]


FLAGGED = (
    "Interfax, 2022-01-10, states the claim as it was. The part of the page that was read, as retrieved at "
    "2022-01-06T12:00:00Z, tells nothing of the disavowal by Health Ministry (2022-01-09); the page itself is not held "
    "here, and its rest may tell of it. It awaits an editor's confirmation."
)


@pytest.mark.parametrize(
    "order",
    [
        pytest.param((denial, repetition), id="the repetition is added to a claim that was denied"),
        pytest.param((repetition, denial), id="the denial is recorded after the repetition"),
    ],
)
def test_a_repetition_is_flagged_whichever_is_recorded_last(engine: Engine, order: tuple[Step, Step]) -> None:
    write(engine, begin, order[0])
    assert zombies(engine) == []
    write(engine, order[1])
    assert zombies(engine) == [FLAGGED]


def test_a_day_that_is_known_better_afterwards_can_clear_it(engine: Engine) -> None:
    def redate(desk: Desk) -> None:
        page = desk.session.execute(sa.select(Document).where(col(Document.retrieved_at).is_not(None))).scalars().one()
        change_document(desk.writer, page.public_id, DocumentChange.model_validate({"published": "2022-01-09"}))

    write(engine, begin, denial, repetition)
    assert zombies(engine) == [FLAGGED]
    write(engine, redate)
    assert zombies(engine) == []


def test_a_denial_that_was_recorded_by_mistake_and_is_retired_leaves_none(engine: Engine) -> None:
    def retire(desk: Desk) -> None:
        desk.writer.retire(desk.session.execute(sa.select(Correction)).scalars().one())

    write(engine, begin, denial, repetition, retire)
    assert zombies(engine) == []


def test_a_page_that_is_found_to_tell_of_the_denial_is_cleared(engine: Engine) -> None:
    def tells(desk: Desk) -> None:
        page = desk.session.execute(sa.select(Document).where(col(Document.retrieved_at).is_not(None))).scalars().one()
        desk.report(the_claim(desk), "Health Ministry", "Interfax", document=page, stance=Stance.DENIES)

    write(engine, begin, denial, repetition)
    assert zombies(engine) == [FLAGGED]
    write(engine, tells)
    assert zombies(engine) == []


@pytest.mark.parametrize(
    ("upholds", "reasons"),
    [
        (True, [FLAGGED.replace("It awaits an editor's confirmation.", "An editor has confirmed it.")]),
        (False, []),
    ],
)
def test_an_editor_decides_with_a_signed_ruling(engine: Engine, upholds: bool, reasons: list[str]) -> None:
    def rule(desk: Desk) -> None:
        late = desk.session.execute(sa.select(Report).order_by(col(Report.id).desc())).scalars().first()
        assert late is not None
        desk.writer.add(_ruling(late, upholds, NOON))

    write(engine, begin, repetition, denial, rule)
    assert zombies(engine) == reasons


def _ruling(report: Report, upholds: bool, at: datetime) -> Ruling:
    return Ruling(
        kind=RulingKind.ZOMBIE,
        report_id=report.key,
        upholds=upholds,
        method="Read the archived page.",
        signed_by="an editor",
        signed_at=at,
    )
