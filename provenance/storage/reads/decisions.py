"""What people decided about proposals: beside a report, in a list, and summed up for each rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers import Page
from provenance.answers_decisions import DecisionItem, ExtractionStats, FieldCorrected, RuleStats
from provenance.answers_detail import DecisionNote
from provenance.storage.history import History, change_id
from provenance.storage.reads.asked import earliest, latest
from provenance.storage.reads.asked_decisions import DecisionsAsked, StatsAsked
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import (
    TABLES,
    Condition,
    Found,
    decision,
    document,
    grouped,
    held,
    referred,
    report,
    rows,
    seen,
)
from provenance.vocabulary import Decided, ReportState


def decisions(session: Session, asked: DecisionsAsked) -> Page[DecisionItem]:
    """A page of decisions: one query, and one for each id that a filter names."""
    found, following = turn(session, _items().where(*_conditions(session, asked)), asked, ORDERS)
    items = [DecisionItem(**_of_a_note(row), **_of_an_item(row)) for row in found]
    return Page[DecisionItem](items=items, next=following)


def decisions_about(session: Session, reports: Collection[int]) -> dict[int, list[DecisionNote]]:
    """What was decided about reports, by their keys and in that order; one about which nothing was is left out."""
    statement = sa.select(decision.c.report_id, *_note()).where(decision.c.report_id.in_(reports), seen(decision))
    found = rows(session, statement.order_by(decision.c.id))
    return grouped((row["report_id"], DecisionNote(**_of_a_note(row))) for row in found)


def extraction_stats(session: Session, asked: StatsAsked) -> ExtractionStats:
    """How often what each rule proposed was right, in three queries."""
    since = earliest(asked.since, "since") if asked.since else None
    told: dict[tuple[str | None, str | None], _Told] = defaultdict(_Told)
    for row in rows(session, _proposed(asked)):
        told[row["extractor"], row["rule"]].states[row["state"]] += row["number"]
    for row in rows(session, _decided(asked)):
        each = told[row["extractor"], row["rule"]]
        each.add(row["kind"], (row["changed"] or "").split(",") if row["changed"] else [], row["number"])
    for row in rows(session, _merged(asked)):
        told[row["extractor"], row["rule"]].merged += row["number"]
    total = _Told()
    for one in told.values():
        total.take(one)
    several = [one.stats(extractor, rule) for (extractor, rule), one in told.items()]
    several.sort(key=lambda one: (-one.proposed, one.extractor or "", one.rule or ""))
    return ExtractionStats(since=since, total=total.stats(None, None), rules=several)


@dataclass(slots=True)
class _Told:
    """What became of the proposals of one rule."""

    states: Counter[ReportState] = field(default_factory=Counter)
    kinds: Counter[Decided] = field(default_factory=Counter)
    edited: int = 0
    merged: int = 0
    corrected: Counter[str] = field(default_factory=Counter)

    def add(self, kind: Decided, changed: list[str], number: int) -> None:
        """Count reports that were decided about alike."""
        self.kinds[kind] += number
        if kind is Decided.ACCEPT and changed:
            self.edited += number
            self.corrected.update(dict.fromkeys(changed, number))

    def take(self, other: _Told) -> None:
        """Count what another one counted."""
        self.states += other.states
        self.kinds += other.kinds
        self.corrected += other.corrected
        self.edited += other.edited
        self.merged += other.merged

    def stats(self, extractor: str | None, rule: str | None) -> RuleStats:
        """The counts with their shares."""
        accepted = self.kinds[Decided.ACCEPT]
        final = accepted + self.kinds[Decided.REJECT] + self.kinds[Decided.SPLIT]
        return RuleStats(
            extractor=extractor,
            rule=rule,
            proposed=self.states.total(),
            waiting=self.states[ReportState.PROPOSED],
            accepted_as_proposed=accepted - self.edited,
            accepted_after_edits=self.edited,
            rejected=self.kinds[Decided.REJECT],
            split=self.kinds[Decided.SPLIT],
            merged=self.merged,
            right=_share(accepted - self.edited, final),
            fields=[
                FieldCorrected(field=name, corrected=number, right=_share(accepted - number, accepted))
                for name, number in sorted(self.corrected.items(), key=lambda one: (-one[1], one[0]))
            ],
        )


def _share(number: int, of: int) -> float | None:
    return round(number / of, 4) if of else None


FINAL = (Decided.ACCEPT, Decided.REJECT, Decided.SPLIT)
ORDERS: dict[str, Keys] = {"recorded": (decision.c.id,)}


def _conditions(session: Session, asked: DecisionsAsked) -> list[Condition]:
    conditions: list[Condition] = []
    if asked.report is not None:
        conditions.append(decision.c.report_id == referred(session, report, asked.report, "report")["id"])
    if asked.document is not None:
        conditions.append(report.c.document_id == referred(session, document, asked.document, "document")["id"])
    for name in ("kind", "rule", "extractor", "by"):
        if (value := getattr(asked, name)) is not None:
            conditions.append(decision.c[name] == value)
    if asked.since:
        conditions.append(decision.c.recorded_from >= earliest(asked.since, "since"))
    if asked.until:
        conditions.append(decision.c.recorded_from <= latest(asked.until, "until"))
    return conditions


def _note() -> list[sa.ColumnElement[Any]]:
    plain = [decision.c[name] for name in ("kind", "by", "why", "changed", "recorded_from")]
    return [decision.c.public_id.label("id"), *plain]


def _items() -> sa.Select[Any]:
    joined = decision.join(report, report.c.id == decision.c.report_id).join(
        document, document.c.id == report.c.document_id
    )
    return (
        sa.select(
            *_note(),
            report.c.public_id.label("report"),
            report.c.quote,
            document.c.public_id.label("document"),
            decision.c.extractor,
            decision.c.rule,
        )
        .select_from(joined)
        .where(seen(decision, report, document))
    )


def _of_a_note(row: Found) -> dict[str, Any]:
    own = {name: row[name] for name in ("id", "kind", "by", "why")}
    changed = row["changed"].split(",") if row["changed"] else []
    return own | {"changed": changed, "at": row["recorded_from"], "change": change_id(row["recorded_from"])}


def _of_an_item(row: Found) -> dict[str, Any]:
    return {name: row[name] for name in DecisionItem.model_fields if name not in DecisionNote.model_fields}


def _proposed(asked: StatsAsked) -> sa.Select[Any]:
    conditions = [held(report), report.c.extractor.is_not(None), *_of(report, asked)]
    if asked.since:
        written = TABLES[str(History.__tablename__)]
        created = sa.select(written.c.public_id).where(
            written.c.noun == "report", written.c.action == "created", written.c.at >= earliest(asked.since, "since")
        )
        conditions.append(report.c.public_id.in_(created))
    return _counted(report, report.c.state).where(*conditions)


def _decided(asked: StatsAsked) -> sa.Select[Any]:
    """The last word about each report: who accepts one may reject it later."""
    last = (
        sa.select(sa.func.max(decision.c.id).label("id"))
        .where(held(decision), decision.c.kind.in_(FINAL))
        .group_by(decision.c.report_id)
        .subquery()
    )
    return _counted(decision, decision.c.kind, decision.c.changed).where(
        decision.c.id.in_(sa.select(last.c.id)), *_about_machines(asked)
    )


def _merged(asked: StatsAsked) -> sa.Select[Any]:
    number = sa.func.count(decision.c.report_id.distinct())
    return _counted(decision, number=number).where(decision.c.kind == Decided.MERGE, *_about_machines(asked))


def _about_machines(asked: StatsAsked) -> list[Condition]:
    conditions = [held(decision), decision.c.extractor.is_not(None), *_of(decision, asked)]
    if asked.since:
        conditions.append(decision.c.recorded_from >= earliest(asked.since, "since"))
    return conditions


def _of(table: sa.Table, asked: StatsAsked) -> list[Condition]:
    wanted = {"rule": asked.rule, "extractor": asked.extractor}
    return [table.c[name] == value for name, value in wanted.items() if value is not None]


def _counted(
    table: sa.Table, *more: sa.ColumnElement[Any], number: sa.ColumnElement[int] | None = None
) -> sa.Select[Any]:
    by = (table.c.extractor, table.c.rule, *more)
    counted = sa.func.count() if number is None else number
    return sa.select(*by, counted.label("number")).select_from(table).group_by(*by)
