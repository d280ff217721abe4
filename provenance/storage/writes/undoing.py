"""Undoes a change by writing a new one: whatever it wrote is taken back, last things first, or nothing is.

The history only grows: what was undone stays in it, the undoing is a change like any other, and undoing that one brings
back what was undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from provenance.access import at_the_machine
from provenance.errors import Conflict, InvalidInput, NotFound
from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.event import Event, Tally
from provenance.storage.figure import Figure
from provenance.storage.history import change_id, change_moment
from provenance.storage.reads.changes import hidden_in
from provenance.storage.reads.undoing import Obstacle, Step, differing, plans
from provenance.storage.record import Instant, Record, Word
from provenance.storage.references import MODELS, TABLES
from provenance.storage.report import Attribution, Report
from provenance.storage.source import Source
from provenance.storage.writes.chains import check_chain
from provenance.storage.writes.figures import check_figure
from provenance.storage.writes.moving import current_rows
from provenance.storage.writes.searching import index
from provenance.storage.writes.spans import held
from provenance.storage.writes.writer import Writer, said
from provenance.vocabulary import Mergeable


def undo(writer: Writer, change: str) -> str:
    """Take back all that a change wrote; the id of the new change.

    What it created holds no longer, what it let go holds again, and each field that it changed says what it said.

    :raises NotFound: if there is no such change.
    :raises Conflict: naming record, field and remedy, if something that it wrote was changed since, if others refer to
        what would go, or if what would come back contradicts what is held now. Nothing is written then.
    """
    at = change_moment(change)
    plan = plans(writer.session, [at]).get(at) if at is not None else None
    if plan is None:
        raise NotFound(f"There is no change '{change}'. List what there is with GET /v1/history.")
    if at is not None and not at_the_machine() and hidden_in(writer.session, [at]):
        raise Conflict(f"{change} cannot be undone by you: it wrote something that you may not see.")
    if plan.obstacles:
        raise refused(change, plan.obstacles[0])
    if not plan.steps:
        raise Conflict(f"The change '{change}' left nothing behind that could be undone. Undo another one.")
    touched: dict[str, Record] = {}
    for step in plan.steps:
        try:
            touched[step.public_id] = _take_back(writer, step, touched.get(step.public_id))
        except sa.exc.IntegrityError as broken:
            raise _contradicts(change, step, str(broken.orig).partition("\n")[0]) from broken
    for row in touched.values():
        _check(writer, change, row)
    _bring_up_index(writer, plan.steps, touched.values())
    return change_id(writer.at)


def refused(change: str, obstacle: Obstacle) -> Conflict:
    """The refusal to undo a change because of this."""
    return Conflict(f"{change} cannot be undone now: {obstacle.message}", field=obstacle.field)


def _contradicts(change: str, step: Step, why: str) -> Conflict:
    spoken = step.noun.replace("_", " ")
    return Conflict(
        f"{change} cannot be undone now: as it was, the {spoken} '{step.public_id}' contradicts what is held ({why}). "
        "Change what stands against it first."
    )


def _take_back(writer: Writer, step: Step, row: Record | None) -> Record:
    row = row or _row(writer, step)
    match step.action:
        case "created" | "restored":
            writer.retire(row)
        case "retired":
            writer.restore(row)
        case _:
            names = differing(step.noun, step.before, step.after) & said(row).keys()
            writer.change(row, typed(step.noun, {name: (step.before or {})[name] for name in names}))
            _let_follow(writer, row)
    return row


def _row(writer: Writer, step: Step) -> Record:
    """The row of a record, whether it holds or not: never one of its earlier states."""
    model = MODELS[step.noun]
    own = sa.select(model).where(col(model.public_id) == step.public_id)
    holding: Record | None = writer.session.execute(own.where(col(model.recorded_to).is_(None))).scalars().first()
    if holding is not None:
        return holding
    # Only what holds is found by an index, so what was let go is looked for only where nothing holds.
    gone: Record = writer.session.execute(own.where(col(model.version_of).is_(None))).scalars().one()
    return gone


def typed(noun: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values of the history as the table's columns take them."""
    return {name: _typed(TABLES[noun].c[name].type, value) for name, value in values.items()}


def _typed(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    match kind:
        case Instant() if value is not None:
            return datetime.fromisoformat(value)
        case Word() if value is not None:
            return kind.terms(value)
        case _:
            return value


def _let_follow(writer: Writer, row: Record) -> None:
    # The database hands a text's length and a report's claim on to their parts; rows in memory do not hear of it.
    if isinstance(row, Document | Report):
        for other in list(writer.session):
            if isinstance(other, Record) and other.follows:
                writer.session.expire(other, sorted(other.follows))


def _check(writer: Writer, change: str, row: Record) -> None:
    """Refuse what no constraint of the database sees: what was right before need not be so beside what came later."""
    try:
        match row:
            case Report() if row.recorded_to is None:
                _check_chain(writer, row)
            case Attribution():
                report = writer.session.get_one(Report, row.report_id)
                if report.recorded_to is None:
                    _check_chain(writer, report)
            case Document() if row.recorded_to is None:
                for report in _reports_of(writer, row):
                    _check_chain(writer, report)
            case Figure() if row.recorded_to is None:
                check_figure(row.model_dump(), "figure")
            case Tally():
                _check_no_circle(writer, row)
    except InvalidInput as unfit:
        raise Conflict(
            f"{change} cannot be undone now: with what was written since, the record '{row.public_id}' would not be "
            f"right ({unfit.message.rstrip('.')}). Undo what was written since first.",
            field=unfit.field,
        ) from unfit


def _check_chain(writer: Writer, report: Report) -> None:
    document = writer.session.get_one(Document, report.document_id)
    hops = held(writer, Attribution, report)
    check_chain(writer.session, document, report, hops, [hop.downstream_id for hop in hops])


def _reports_of(writer: Writer, document: Document) -> list[Report]:
    statement = sa.select(Report).where(col(Report.document_id) == document.key, col(Report.recorded_to).is_(None))
    return list(writer.session.execute(statement).scalars())


def _check_no_circle(writer: Writer, tally: Tally) -> None:
    seen, parent = {tally.key}, tally.parent_id
    while parent is not None:
        if parent in seen:
            raise InvalidInput("parent: a tally would be a part of itself.", field="parent")
        seen.add(parent)
        parent = writer.session.get_one(Tally, parent).parent_id


def _bring_up_index(writer: Writer, steps: Sequence[Step], rows: Iterable[Record]) -> None:
    searched: dict[tuple[type[Record], int], Record] = {
        (type(row), row.key): row for row in rows if isinstance(row, Claim | Source | Document | Event)
    }
    # A source is found by its names, and a name may have gone from one source to another.
    said = [side for step in steps if step.noun == "source_name" for side in (step.before, step.after)]
    for key in {side["source_id"] for side in said if side is not None}:
        searched[Source, key] = writer.session.get_one(Source, key)
    # A claim is found by the wordings of those that were merged into it.
    merges = [side for step in steps if step.noun == "merge" for side in (step.before, step.after)]
    kept = {side["kept"] for side in merges if side is not None and side["noun"] == Mergeable.CLAIM}
    for claim in current_rows(writer.session, Claim, col(Claim.public_id).in_(kept)):
        searched[Claim, claim.key] = claim
    index(writer.session, *searched.values())
