"""Which claims may rest on something: those with a report, a hop or a publisher among what is asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.reads.rows import Condition, attribution, claim, document, held, report, rows
from provenance.vocabulary import ReportState


@dataclass(frozen=True, slots=True)
class HopMeant:
    """A hop by the keys of its ends, in all reports, in those of one claim, or in one."""

    upstream: int | None
    downstream: int
    claim: int | None = None
    report: int | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """What is withdrawn, by keys."""

    sources: frozenset[int] = frozenset()
    claims: frozenset[int] = frozenset()
    reports: frozenset[int] = frozenset()
    documents: frozenset[int] = frozenset()
    hops: tuple[HopMeant, ...] = ()


def claims_resting_on(session: Session, meant: Meant, event: int | None, most: int) -> list[int]:
    """The keys of the claims that these things concern, in one query; at most one more than ``most``."""
    own: list[Condition] = [held(claim), claim.c.state == ReportState.ACCEPTED]
    if event is not None:
        own.append(claim.c.event_id == event)
    concerned = sa.union(*_concerned(meant)).subquery()
    statement = sa.select(claim.c.id).where(*own, claim.c.id.in_(sa.select(concerned.c.key)))
    return list(session.execute(statement.order_by(claim.c.id).limit(most + 1)).scalars())


def reports_of(session: Session, claims: Collection[int]) -> int:
    """How many accepted reports these claims have."""
    statement = sa.select(sa.func.count()).select_from(report).where(report.c.claim_id.in_(claims), *_accepted())
    return int(session.execute(statement).scalar_one())


def hop_meant(session: Session, key: int) -> HopMeant | None:
    """The hop with this key, in its report; None where it holds no longer."""
    statement = sa.select(attribution).where(attribution.c.id == key, held(attribution))
    found = rows(session, statement)
    return HopMeant(**_ends(found[0])) if found else None


def _ends(row: Any) -> dict[str, Any]:
    return {
        "upstream": row["upstream_id"],
        "downstream": row["downstream_id"],
        "claim": row["claim_id"],
        "report": row["report_id"],
    }


def _accepted() -> tuple[Condition, ...]:
    return held(report), report.c.state == ReportState.ACCEPTED


def _concerned(meant: Meant) -> list[sa.Select[Any]]:
    """Selections of claims' keys, one for each way to concern a claim."""
    published = report.join(document, document.c.id == report.c.document_id)
    declared = attribution.join(report, report.c.id == attribution.c.report_id)
    found = [sa.select(claim.c.id.label("key")).where(claim.c.id.in_(meant.claims))]
    by_report = sa.or_(report.c.id.in_(meant.reports), report.c.document_id.in_(meant.documents))
    found.append(sa.select(report.c.claim_id.label("key")).where(by_report, *_accepted()))
    if meant.sources:
        publishers = sa.select(report.c.claim_id.label("key")).select_from(published)
        found.append(publishers.where(document.c.publisher_id.in_(meant.sources), *_accepted()))
        for end in (attribution.c.upstream_id, attribution.c.downstream_id):
            relays = sa.select(attribution.c.claim_id.label("key")).select_from(declared)
            found.append(relays.where(end.in_(meant.sources), held(attribution), *_accepted()))
    return found + [_declaring(hop) for hop in meant.hops]


def _declaring(hop: HopMeant) -> sa.Select[Any]:
    conditions = [
        attribution.c.upstream_id.is_not_distinct_from(hop.upstream),
        attribution.c.downstream_id == hop.downstream,
        held(attribution),
    ]
    if hop.claim is not None:
        conditions.append(attribution.c.claim_id == hop.claim)
    if hop.report is not None:
        conditions.append(attribution.c.report_id == hop.report)
    return sa.select(attribution.c.claim_id.label("key")).where(*conditions)
