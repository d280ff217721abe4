"""Writes what people decide about proposals, and keeps each decision as a fact beside the report.

A report that is accepted takes along what it speaks of; one that is rejected stays, marked, and what nothing else
speaks of goes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.errors import Conflict, InvalidInput
from provenance.storage.claim import Claim
from provenance.storage.deciding import MOST_AT_ONCE, DecisionCreate, DecisionsCreate
from provenance.storage.history import change_id
from provenance.storage.proposal import Decision
from provenance.storage.reads.proposals import corrected, differing, said_now, waiting
from provenance.storage.record import Record, new_public_id
from provenance.storage.report import Report, ReportChange
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.moving import current_rows
from provenance.storage.writes.reports import change_report
from provenance.storage.writes.speaking import let_go, sources_in, stand_behind
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Decided, ReportState


@dataclass(frozen=True, slots=True)
class Settled:
    """What a decision about reports wrote: what is accepted with them, and what went because of it.

    ``claims`` are the public ids of what they state, of those too that went.
    """

    reports: Sequence[Report]
    claims: Sequence[str] = ()
    accepted: Sequence[Record] = ()
    retired: Sequence[Record] = ()


def accept_report(writer: Writer, public_id: str, given: DecisionCreate) -> Report:
    """Accept a proposal, and with it the claim, event and sources that it speaks of.

    :raises Conflict: if it was decided already.
    """
    report = undecided(writer.session, public_id)
    accept(writer, [report])
    return report


def reject_report(writer: Writer, public_id: str, given: DecisionCreate) -> Report:
    """Reject a proposal: it stays, marked; its claim, event and sources go where nothing else speaks of them.

    :raises Conflict: if it was decided already.
    """
    report = undecided(writer.session, public_id)
    reject(writer, [report])
    return report


def decide(writer: Writer, given: DecisionsCreate) -> Settled:
    """Accept or reject many proposals, all or none of them.

    :raises InvalidInput: if nothing is named, or more is found than one decision may be about.
    :raises Conflict: if one of those named was decided already.
    """
    meant = _meant(writer.session, given)
    ids = [one for _, one in meant]
    wait = current_rows(
        writer.session, Report, col(Report.public_id).in_(ids), col(Report.state) == ReportState.PROPOSED
    )
    found = {report.public_id: report for report in wait}
    reports = [found.get(one) or undecided(writer.session, one, field) for field, one in meant]
    return accept(writer, reports) if given.decision == "accept" else reject(writer, reports)


def accept(writer: Writer, reports: Sequence[Report]) -> Settled:
    """Accept proposals that wait."""
    decided(writer, Decided.ACCEPT, reports, corrected(writer.session, [report.key for report in reports]))
    writer.change_all(reports, {"state": ReportState.ACCEPTED})
    return Settled(reports, _claims_of(writer.session, reports), accepted=stand_behind(writer, reports))


def reject(writer: Writer, reports: Sequence[Report]) -> Settled:
    """Reject proposals that wait."""
    decided(writer, Decided.REJECT, reports)
    writer.change_all(reports, {"state": ReportState.REJECTED})
    sources = sources_in(writer.session, [report.key for report in reports])
    gone = let_go(writer, {report.claim_id for report in reports}, sources)
    return Settled(reports, _claims_of(writer.session, reports), retired=gone)


def edit_report(writer: Writer, public_id: str, change: ReportChange) -> Report:
    """Change a reading; where it waits, what was put right is kept as a decision, and a new state is one as well.

    :raises Conflict: if a rejected reading is to hold again whose claim went with it.
    """
    report = known(writer.session, Report, public_id)
    if report.state is not ReportState.PROPOSED:
        return _changed_later(writer, report, change)
    before = said_now(writer.session, report.key)
    rest = ReportChange.model_validate(
        {name: getattr(change, name) for name in change.model_fields_set if name != "state"}
    )
    change_report(writer, public_id, rest)
    put_right = differing(before, said_now(writer.session, report.key))
    if put_right:
        decided(writer, Decided.EDIT, [report], {report.key: put_right})
        let_go(writer, (), _no_longer_named(before, said_now(writer.session, report.key)))
    match change.state if "state" in change.model_fields_set else None:
        case ReportState.ACCEPTED:
            accept(writer, [report])
        case ReportState.REJECTED:
            reject(writer, [report])
    return report


def undecided(session: Session, public_id: str, field: str | None = None) -> Report:
    """A report that waits; ``field`` names where it was asked for, if not by its address.

    :raises Conflict: if it was decided already.
    """
    report = known(session, Report, public_id) if field is None else referred(session, Report, public_id, field)
    if report.state is not ReportState.PROPOSED:
        raise Conflict(
            f"{f'{field}: ' if field else ''}The report '{public_id}' is {report.state} already{_by(session, report)}. "
            f"Change it with PATCH /v1/reports/{public_id}{_or_undo(session, report)}.",
            field=field,
        )
    return report


def decided(
    writer: Writer, kind: Decided, reports: Sequence[Report], changed: Mapping[int, Sequence[str]] | None = None
) -> None:
    """Keep what was decided about these reports, with the fields that were put right."""
    decisions = [
        Decision(
            report_id=report.key,
            kind=kind,
            by=writer.who,
            why=writer.why,
            extractor=report.extractor,
            rule=report.rule,
            changed=",".join((changed or {}).get(report.key, ())) or None,
        )
        for report in reports
    ]
    writer.add_all(decisions, [new_public_id("decision") for _ in decisions])


def _changed_later(writer: Writer, report: Report, change: ReportChange) -> Report:
    held = report.state
    state = change.state if "state" in change.model_fields_set else held
    if held is ReportState.REJECTED and state is not held:
        claim = writer.session.get_one(Claim, report.claim_id)
        if claim.recorded_to is not None:
            raise Conflict(
                f"state: the claim of the report '{report.public_id}' went when it was rejected"
                f"{_or_undo(writer.session, report).replace(', or undo', '; undo')}.",
                field="state",
            )
    change_report(writer, report.public_id, change)
    if report.extractor is not None and state is not held and state in KINDS:
        put_right = corrected(writer.session, [report.key]) if state is ReportState.ACCEPTED else None
        decided(writer, KINDS[state], [report], put_right)
    return report


KINDS = {ReportState.ACCEPTED: Decided.ACCEPT, ReportState.REJECTED: Decided.REJECT}


def _claims_of(session: Session, reports: Sequence[Report]) -> list[str]:
    keys = {report.claim_id for report in reports}
    return list(
        session.execute(
            sa.select(col(Claim.public_id)).where(col(Claim.id).in_(keys)).order_by(col(Claim.id))
        ).scalars()
    )


def _no_longer_named(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[int]:
    named = [{key for hop in said["attributions"] for key in hop[:2] if key is not None} for said in (before, after)]
    return named[0] - named[1]


def _meant(session: Session, given: DecisionsCreate) -> list[tuple[str, str]]:
    """The reports that a decision is about, each with the field that named it."""
    if given.filter is None:
        if not given.reports:
            raise InvalidInput("reports: name the reports that wait, or give a `filter`.", field="reports")
        named = dict.fromkeys(given.reports)
        return [(f"reports.{given.reports.index(one)}", one) for one in named]
    if given.reports:
        raise InvalidInput("filter: `reports` names what is meant; keep one of the two.", field="filter")
    if not any(value is not None for _, value in given.filter):
        raise InvalidInput(
            "filter: it would find everything that waits. Give a rule, an extractor, a document, an event or a least "
            "confidence.",
            field="filter",
        )
    found = waiting(session, given.filter, MOST_AT_ONCE)
    if len(found) > MOST_AT_ONCE:
        raise InvalidInput(
            f"filter: more than {MOST_AT_ONCE:,} proposals wait that meet it. Narrow it by document or event.",
            field="filter",
        )
    return [("filter", one) for one in found]


def _last(session: Session, report: Report) -> Decision | None:
    statement = sa.select(Decision).where(
        col(Decision.report_id) == report.key,
        col(Decision.kind).in_((Decided.ACCEPT, Decided.REJECT)),
        col(Decision.recorded_to).is_(None),
    )
    return session.execute(statement.order_by(col(Decision.id).desc()).limit(1)).scalars().first()


def _by(session: Session, report: Report) -> str:
    last = _last(session, report)
    return "" if last is None else f", decided by {last.by} on {last.recorded_from:%Y-%m-%d}"


def _or_undo(session: Session, report: Report) -> str:
    last = _last(session, report)
    if last is None:
        return ""
    return f", or undo the decision with POST /v1/history/{change_id(last.recorded_from)}/undo"
