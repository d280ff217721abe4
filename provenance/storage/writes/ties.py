"""Writes how sources are tied, and the signed findings that they are not; the two never hold at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from provenance.errors import Conflict, InvalidInput
from provenance.storage.document import Document
from provenance.storage.source import Source, Tie, TieChange, TieCreate
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Basis, TieKind


def state_tie(writer: Writer, public_id: str, given: TieCreate) -> Tie:
    """State how a source is tied to another, or sign that nothing was found."""
    source = known(writer.session, Source, public_id)
    other = referred(writer.session, Source, given.other, "other")
    if source.id == other.id:
        raise InvalidInput("other: a source cannot be tied to itself; name another one.", field="other")
    values = given.model_dump(exclude={"other", "document"}) | _documented(writer, given.document)
    _check(writer, source, other, values, None)
    return writer.add(Tie(**values, source_id=source.key, other_id=other.key))


def change_tie(writer: Writer, public_id: str, change: TieChange) -> Tie:
    """Change what is said of a tie; between other sources it is another tie."""
    tie, values = known(writer.session, Tie, public_id), change.values()
    if "document" in values:
        values |= _documented(writer, values.pop("document"))
    source, other = (writer.session.get_one(Source, key) for key in (tie.source_id, tie.other_id))
    held = {name: getattr(tie, name) for name in (*TieChange.model_fields, "document_id") if name != "document"}
    _check(writer, source, other, held | values, tie.id)
    return writer.change(tie, values)


def retire_tie(writer: Writer, public_id: str) -> Tie:
    """Withdraw a tie, or the finding that there is none; it stays in the history."""
    tie = known(writer.session, Tie, public_id)
    writer.retire(tie)
    return tie


def check_tie(tie: dict[str, Any], *, documented: bool) -> None:
    """What must be true of a tie, with the field and the remedy where it is not."""
    if tie["basis"] == Basis.CITED and tie.get("reference") is None and not documented:
        raise InvalidInput(
            "reference: a cited tie needs a reference or a document; or mark it commonly_known.", field="reference"
        )
    if tie["kind"] == TieKind.EXAMINED_NO_TIE and not (tie.get("signed_by") and tie.get("signed_at")):
        raise InvalidInput(
            "signed_by: that no tie was found must be signed, with signed_by and signed_at.", field="signed_by"
        )
    start, end = tie.get("valid_from"), tie.get("valid_to")
    if start is not None and end is not None and start > end:
        raise InvalidInput("valid_to: it ends before it begins; swap the two dates.", field="valid_to")


def _documented(writer: Writer, public_id: str | None) -> dict[str, int | None]:
    return {"document_id": referred(writer.session, Document, public_id, "document").id if public_id else None}


def _check(writer: Writer, source: Source, other: Source, values: Mapping[str, Any], itself: int | None) -> None:
    check_tie(dict(values), documented=values["document_id"] is not None)
    statement = sa.select(Tie).where(
        sa.or_(
            sa.and_(col(Tie.source_id) == source.key, col(Tie.other_id) == other.key),
            sa.and_(col(Tie.source_id) == other.key, col(Tie.other_id) == source.key),
        ),
        col(Tie.id).is_distinct_from(itself),
        col(Tie.recorded_to).is_(None),
    )
    for held in writer.session.execute(statement).scalars():
        if _same(held, source, values):
            raise Conflict(
                f"other: that tie is stated already: {source.name} {held.kind} {other.name} ('{held.public_id}').",
                field="other",
            )
        if contradicts(values, {name: getattr(held, name) for name in ("kind", "valid_from", "valid_to")}):
            raise Conflict(
                f"kind: it contradicts '{held.public_id}', which says {held.kind} of {source.name} and {other.name} at "
                "the same time; withdraw that one first.",
                field="kind",
            )


def contradicts(tie: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether one says that two sources are tied, and the other, of an overlapping time, that they are not."""
    if (tie["kind"] == TieKind.EXAMINED_NO_TIE) is (other["kind"] == TieKind.EXAMINED_NO_TIE):
        return False
    return not (_ends_before(tie, other) or _ends_before(other, tie))


def _ends_before(tie: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    # No date means always.
    end, start = tie["valid_to"], other["valid_from"]
    return end is not None and start is not None and bool(end < start)


def _same(held: Tie, source: Source, values: Mapping[str, Any]) -> bool:
    return (held.source_id, held.kind, held.valid_from) == (source.key, values["kind"], values["valid_from"])
