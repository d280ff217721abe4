"""What was proposed and what is held now, compared; and which proposals wait.

What was proposed is the first state of a report, its hops and figures, which the tables keep.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.dates import columns
from provenance.storage.deciding import ProposalFilter
from provenance.storage.reads.depending import portions
from provenance.storage.reads.rows import (
    Condition,
    Found,
    attribution,
    claim,
    document,
    event,
    figure,
    referred,
    report,
    rows,
)
from provenance.vocabulary import ReportState

# What a machine proposes of a report, by the name under which a correction of it is told.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "quote": ("quote", "quote_start", "quote_end"),
    "stance": ("stance",),
    "hedge": ("hedge",),
    "said": columns("said"),
    "own_basis": ("own_basis",),
}
# Cues and notes may be left out by whoever states a hop anew; that puts nothing right.
HOP = ("upstream_id", "downstream_id", "manner", "basis", "mark")
FIGURE = ("text", "qualifier", "value", "low", "high", "unit", "measure", "counted", "place", "as_of")

Said = Mapping[str, object]


def waiting(session: Session, asked: ProposalFilter, most: int) -> list[str]:
    """The public ids of the proposals that wait and meet a filter; at most one more than ``most``."""
    conditions = [report.c.state == ReportState.PROPOSED, report.c.recorded_to.is_(None)]
    if asked.rule is not None:
        conditions.append(report.c.rule == asked.rule)
    if asked.extractor is not None:
        conditions.append(report.c.extractor == asked.extractor)
    if asked.min_confidence is not None:
        conditions.append(report.c.confidence >= asked.min_confidence)
    if asked.document is not None:
        key = referred(session, document, asked.document, "filter.document")["id"]
        conditions.append(report.c.document_id == key)
    if asked.event is not None:
        key = referred(session, event, asked.event, "filter.event")["id"]
        conditions.append(report.c.claim_id.in_(sa.select(claim.c.id).where(claim.c.event_id == key)))
    statement = sa.select(report.c.public_id).where(*conditions).order_by(report.c.id).limit(most + 1)
    return list(session.execute(statement).scalars())


def corrected(session: Session, keys: Collection[int]) -> dict[int, tuple[str, ...]]:
    """For each report, by its key, the fields in which it differs from what was proposed."""
    return {
        key: differing(then, now)
        for some in portions(keys)
        for key, (then, now) in _then_and_now(session, some).items()
    }


def said_now(session: Session, key: int) -> Said:
    """What one report says now."""
    return _then_and_now(session, [key])[key][1]


def differing(one: Said, other: Said) -> tuple[str, ...]:
    """The names of the fields in which two readings differ, in the order of the alphabet."""
    return tuple(sorted(name for name in one if one[name] != other[name]))


def _then_and_now(session: Session, keys: Collection[int]) -> dict[int, tuple[Said, Said]]:
    states = _states(session, report, _lasting(report).in_(keys))
    first = {key: min(state["recorded_from"] for state in several) for key, several in states.items()}
    claims = _states(session, claim, _lasting(claim).in_({one["claim_id"] for each in states.values() for one in each}))
    hops = _parts(session, attribution, keys)
    figures = _parts(session, figure, keys)
    found = {}
    for key, several in states.items():
        at = first[key]
        then, now = _held(several, at), _held(several, None)
        found[key] = (
            _said(then, claims[then["claim_id"]], hops[key], figures[key], at, at),
            _said(now, claims[now["claim_id"]], hops[key], figures[key], None, at),
        )
    return found


def _said(
    own: Found,
    claims: Sequence[Found],
    hops: Sequence[Found],
    figures: Sequence[Found],
    at: datetime | None,
    proposed: datetime,
) -> Said:
    told: dict[str, object] = {name: tuple(own[column] for column in group) for name, group in FIELDS.items()}
    told["attributions"] = Counter(tuple(hop[name] for name in HOP) for hop in _holding(hops, at))
    told["figures"] = Counter(tuple(one[name] for name in FIGURE) for one in _holding(figures, at))
    told["claim"] = own["claim_id"], _wording(claims, at, proposed)
    return told


def _wording(states: Sequence[Found], at: datetime | None, proposed: datetime) -> object:
    """The words of a claim that was proposed too: those of a known one are nobody's to be right about here."""
    then = next(_holding(states, proposed), None)
    if then is None or then["state"] is not ReportState.PROPOSED:
        return None
    held = next(_holding(states, at), then)
    return held["text"], held["kind"]


def _states(session: Session, table: sa.Table, condition: Condition) -> dict[int, list[Found]]:
    found: dict[int, list[Found]] = defaultdict(list)
    for row in rows(session, sa.select(table, _lasting(table).label("key")).where(condition)):
        found[row["key"]].append(row)
    return found


def _parts(session: Session, table: sa.Table, keys: Collection[int]) -> dict[int, list[Found]]:
    found: dict[int, list[Found]] = defaultdict(list)
    for row in rows(session, sa.select(table).where(table.c.report_id.in_(keys))):
        found[row["report_id"]].append(row)
    return found


def _lasting(table: sa.Table) -> sa.ColumnElement[int]:
    return sa.func.coalesce(table.c.version_of, table.c.id)


def _held(states: Sequence[Found], at: datetime | None) -> Found:
    # A report that was let go says what it said last.
    return next(_holding(states, at), None) or max(states, key=lambda one: one["recorded_from"])


def _holding(states: Sequence[Found], at: datetime | None) -> Iterator[Found]:
    for one in states:
        if at is None:
            if one["recorded_to"] is None:
                yield one
        elif one["recorded_from"] <= at and (one["recorded_to"] is None or one["recorded_to"] > at):
            yield one
