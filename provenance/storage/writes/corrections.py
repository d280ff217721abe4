"""Writes what somebody did to an earlier statement: a retraction, correction, denial, disavowal or supersession.

A correction has exactly one target and deletes nothing; what it does to a claim follows from its kind and its date.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from provenance.errors import Conflict, InvalidInput
from provenance.storage.claim import Claim
from provenance.storage.correction import Correction, CorrectionChange, CorrectionCreate
from provenance.storage.document import Document
from provenance.storage.reads.picture import kin
from provenance.storage.record import Record
from provenance.storage.report import Attribution, Report
from provenance.storage.source import Source
from provenance.storage.writes.dating import dated, redated
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import CorrectionKind


def create_correction(writer: Writer, given: CorrectionCreate) -> Correction:
    """Record what somebody did to a claim, to what a source is said to have stated, to a hop, or to a document."""
    values = dated("effective", _keyed(writer, given.model_dump()))
    _check(writer, values, given.kind)
    _check_time(writer, values)
    if given.kind.withdraws:
        _check_by(writer, values)
    _check_new(writer, values)
    correction = writer.add(Correction(**values))
    writer.concerned.arrived.append(correction)
    return correction


def change_correction(writer: Writer, public_id: str, change: CorrectionChange) -> Correction:
    """Change a correction; aiming it at something else, its old target is set to null with the same change."""
    correction = known(writer.session, Correction, public_id)
    values = redated("effective", correction, _keyed(writer, change.values()))
    if AIM & values.keys():
        held = {name: getattr(correction, name) for name in AIM} | values
        _check(writer, held, held["kind"])
    _check_time(writer, values)
    return writer.change(correction, values)


def retire_correction(writer: Writer, public_id: str) -> Correction:
    """Let a correction hold no longer; it stays in the history."""
    correction = known(writer.session, Correction, public_id)
    writer.retire(correction)
    return correction


# What a writer calls by a public id, and the column and table that it stands for.
REFERENCES: Mapping[str, tuple[str, type[Record]]] = {
    "by": ("by_id", Source),
    "document": ("document_id", Document),
    "claim": ("claim_id", Claim),
    "target_document": ("target_document_id", Document),
    "attribution": ("attribution_id", Attribution),
    "upstream": ("upstream_id", Source),
    "downstream": ("downstream_id", Source),
    "replaced_by": ("superseded_by_id", Claim),
}
TARGETS = {"claim": "claim_id", "target_document": "target_document_id", "attribution": "attribution_id"}
AIM = frozenset({*TARGETS.values(), "upstream_id", "downstream_id", "superseded_by_id", "kind"})
REPLACING = (CorrectionKind.CORRECTION, CorrectionKind.SUPERSESSION)


def _keyed(writer: Writer, values: dict[str, Any]) -> dict[str, Any]:
    keyed = {name: value for name, value in values.items() if name not in REFERENCES}
    for name in REFERENCES.keys() & values.keys():
        column, table = REFERENCES[name]
        given = values[name]
        keyed[column] = None if given is None else referred(writer.session, table, given, name).key
    return keyed


def _check(writer: Writer, values: Mapping[str, Any], kind: CorrectionKind) -> None:
    """What must be true of a correction's aim, with the field and the remedy where it is not."""
    aimed = [name for name, column in TARGETS.items() if values[column] is not None]
    if not aimed:
        raise _refusal("claim", "it aims at nothing; give a claim, a target_document or an attribution.")
    if len(aimed) > 1:
        problem = f"it aims at two things, {aimed[0]} and {aimed[1]}; keep one, and send null for what no longer holds."
        raise _refusal(aimed[1], problem)
    upstream, downstream = values["upstream_id"], values["downstream_id"]
    if upstream is not None and values["claim_id"] is None:
        raise _refusal("upstream", "whose statement it is about narrows a claim; give `claim`, or leave it out.")
    if downstream is not None and upstream is None:
        raise _refusal("downstream", "who relayed it narrows what an upstream source stated; give `upstream` too.")
    if upstream is not None and upstream == downstream:
        raise _refusal("downstream", "a source cannot relay itself; name another one.")
    if values["superseded_by_id"] is not None:
        _check_replacement(writer, values, kind)


def _check_by(writer: Writer, values: Mapping[str, Any]) -> None:
    """Only whoever made or carried a statement, or somebody whom ties join to them, can take it back."""
    involved = _involved(writer, values)
    if involved and not involved & kin(writer.session, values["by_id"]):
        raise _refusal(
            "by",
            "it neither made nor carried what is taken back, and no tie joins it to anybody who did; record a denial, "
            "or state the tie first.",
        )


def _involved(writer: Writer, values: Mapping[str, Any]) -> set[int]:
    """Who made or carried what a correction aims at; nobody where nothing is reported yet."""
    statement = (
        sa.select(col(Document.publisher_id), col(Attribution.upstream_id), col(Attribution.downstream_id))
        .join(Report, col(Report.document_id) == col(Document.id))
        .outerjoin(
            Attribution, sa.and_(col(Attribution.report_id) == col(Report.id), col(Attribution.recorded_to).is_(None))
        )
        .where(col(Report.recorded_to).is_(None))
    )
    if values.get("attribution_id") is not None:
        statement = statement.where(col(Attribution.id) == values["attribution_id"])
    elif values.get("target_document_id") is not None:
        statement = statement.where(col(Document.id) == values["target_document_id"])
    else:
        statement = statement.where(col(Report.claim_id) == values["claim_id"])
    return {key for row in writer.session.execute(statement) for key in row if key is not None}


def _check_time(writer: Writer, values: Mapping[str, Any]) -> None:
    earliest = values.get("effective_earliest")
    if earliest is not None and earliest > writer.at:
        raise _refusal("effective", "it lies in the future; record the correction once it has taken effect.")


def _check_replacement(writer: Writer, values: Mapping[str, Any], kind: CorrectionKind) -> None:
    if kind not in REPLACING:
        raise _refusal("replaced_by", f"a {kind.value} puts nothing in its place; record a correction or supersession.")
    if values["superseded_by_id"] == values["claim_id"]:
        raise _refusal("replaced_by", "a claim cannot take its own place; name the other claim.")
    events = _events(writer, values)
    if events and writer.session.get_one(Claim, values["superseded_by_id"]).event_id not in events:
        raise _refusal("replaced_by", "that claim belongs to another event; name a claim of the same event.")


def _events(writer: Writer, values: Mapping[str, Any]) -> set[int]:
    """The events of the claims that it aims at; none where nothing is recorded of a document yet."""
    statement = sa.select(col(Claim.event_id))
    if values["claim_id"] is not None:
        statement = statement.where(col(Claim.id) == values["claim_id"])
    elif values["attribution_id"] is not None:
        hop = sa.select(col(Attribution.claim_id)).where(col(Attribution.id) == values["attribution_id"])
        statement = statement.where(col(Claim.id).in_(hop))
    else:
        held = sa.and_(
            col(Report.document_id) == values["target_document_id"],
            col(Report.recorded_to).is_(None),
        )
        statement = statement.where(col(Claim.id).in_(sa.select(col(Report.claim_id)).where(held)))
    return set(writer.session.execute(statement).scalars())


SAME = ("kind", "by_id", "document_id", *TARGETS.values(), "upstream_id", "downstream_id", "effective_earliest")


def _check_new(writer: Writer, values: Mapping[str, Any]) -> None:
    same = (getattr(Correction, name).is_not_distinct_from(values.get(name)) for name in SAME)
    statement = sa.select(col(Correction.public_id)).where(*same, col(Correction.recorded_to).is_(None))
    held = writer.session.execute(statement).scalars().first()
    if held is not None:
        raise Conflict(f"kind: that is recorded already, as '{held}'; change that one.", field="kind")


def _refusal(field: str, problem: str) -> InvalidInput:
    return InvalidInput(f"{field}: {problem}", field=field)
