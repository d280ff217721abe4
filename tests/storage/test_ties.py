"""That two sources are tied and that they are not are never held of the same time, and either can be withdrawn."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from provenance.analysis.recording import recording
from provenance.errors import Conflict, InvalidInput, NotFound
from provenance.storage.event import InterestChange, InterestCreate
from provenance.storage.review import VerificationCreate
from provenance.storage.source import SourceName, SourceNameCreate, Tie, TieChange, TieCreate
from provenance.storage.writes.reviews import add_verification
from provenance.storage.writes.sources import (
    add_name,
    change_interest,
    change_tie,
    retire_interest,
    retire_name,
    retire_tie,
    state_interest,
    state_tie,
)
from provenance.storage.writes.writer import Writer
from tests.records import NOON, Desk

SIGNED = {"signed_by": "an editor", "signed_at": NOON}


def tie(writer: Writer, source: str, kind: str, other: str, **more: Any) -> Tie:
    desk = Desk(writer)
    given = {"kind": kind, "basis": "commonly_known", "other": desk.source(other).public_id, **more}
    return state_tie(writer, desk.source(source).public_id, TieCreate.model_validate(given))


def test_a_tie_that_was_examined_and_not_found_is_stated_only_after_the_finding_is_withdrawn(engine: sa.Engine) -> None:
    with recording(engine, "a test") as writer:
        none = tie(writer, "Almaty police", "examined_no_tie", "Interior Ministry", **SIGNED)
        with pytest.raises(Conflict, match=f"'{none.public_id}'.*withdraw that one first") as refused:
            tie(writer, "Interior Ministry", "controlled_by", "Almaty police")
        assert refused.value.field == "kind"
        retire_tie(writer, none.public_id)
        assert tie(writer, "Interior Ministry", "controlled_by", "Almaty police").recorded_to is None


def test_no_tie_is_signed_while_one_is_stated_of_an_overlapping_time(engine: sa.Engine) -> None:
    with recording(engine, "a test") as writer:
        tie(writer, "Tass", "owned_by", "Interfax", valid_to="2020-01-01T00:00Z")
        with pytest.raises(Conflict):
            tie(writer, "Tass", "examined_no_tie", "Interfax", **SIGNED)
        later = tie(writer, "Tass", "examined_no_tie", "Interfax", valid_from="2021-01-01T00:00Z", **SIGNED)
        with pytest.raises(Conflict):
            change_tie(writer, later.public_id, TieChange.model_validate({"valid_from": None}))


def test_a_tie_is_changed_and_still_checked(engine: sa.Engine) -> None:
    with recording(engine, "a test") as writer:
        made = tie(writer, "Almaty police", "part_of", "Interior Ministry")
        change_tie(writer, made.public_id, TieChange.model_validate({"note": "A department of it."}))
        assert made.note == "A department of it."
        with pytest.raises(InvalidInput, match=r"^reference: "):
            change_tie(writer, made.public_id, TieChange.model_validate({"basis": "cited"}))


def test_a_name_is_withdrawn_and_the_primary_one_is_not(engine: sa.Engine) -> None:
    with recording(engine, "a test") as writer:
        source = Desk(writer).source("Tass")
        alias = add_name(writer, source.public_id, SourceNameCreate(name="ТАСС"))
        retire_name(writer, alias.public_id)
        primary = writer.session.execute(sa.select(SourceName).where(SourceName.name == "Tass")).scalars().one()  # type: ignore[arg-type]
        with pytest.raises(InvalidInput, match="primary name"):
            retire_name(writer, primary.public_id)
        with pytest.raises(NotFound):
            retire_name(writer, alias.public_id)


def test_an_interest_is_changed_and_withdrawn(engine: sa.Engine) -> None:
    with recording(engine, "a test") as writer:
        desk = Desk(writer)
        source, event = desk.source("Almaty police").public_id, desk.event().public_id
        given = {"event": event, "interest": "party", "basis": "commonly_known"}
        made = state_interest(writer, source, InterestCreate.model_validate(given))
        change_interest(writer, made.public_id, InterestChange.model_validate({"interest": "aligned"}))
        assert made.interest == "aligned"
        with pytest.raises(InvalidInput, match=r"^reference: "):
            change_interest(writer, made.public_id, InterestChange.model_validate({"basis": "cited"}))
        retire_interest(writer, made.public_id)
        assert state_interest(writer, source, InterestCreate.model_validate(given)).id != made.id


def test_a_step_of_verification_is_added_to_material(engine: sa.Engine) -> None:
    with recording(engine, "a test") as writer:
        evidence = Desk(writer).evidence("Eyewitness")
        step = VerificationCreate(step="placed", outcome="Republic Square", by="an editor", at=NOON)
        assert add_verification(writer, evidence.public_id, step).evidence_id == evidence.id
