"""What sources do in the declared chains of accepted reports, in counts: first named, carrier, publisher.

The lists behind these counts are those of the claims of a source, by the same roles.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.access import EVERYBODY, acting
from provenance.storage.reads.asked import ChainRole
from provenance.storage.reads.chains import begins_unsaid, met_in, plays
from provenance.storage.reads.rows import (
    Condition,
    Found,
    asked_for,
    attribution,
    claim,
    document,
    held,
    report,
    rows,
    source,
)
from provenance.vocabulary import ReportState, SourceKind


@dataclass(frozen=True, slots=True)
class Part:
    """In how many documents, and for how many claims, something holds of a source."""

    documents: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Parts:
    """What one source does. ``unsaid``: nobody is named before it, and it is no origin (an outlet that only relays)."""

    origin: Part = Part()
    carrier: Part = Part()
    publisher: Part = Part()
    unsaid: Part = Part()


def parts_of(session: Session, public_id: str) -> Parts:
    """What a source does, in one query; raises :class:`NotFound`."""
    row = asked_for(session, source, public_id)
    [counted] = _counted(session, row["id"], row["kind"])
    return Parts(*(Part(counted[f"{role}_documents"], counted[f"{role}_claims"]) for role in ROLES))


ROLES = ("origin", "carrier", "publisher", "unsaid")


@acting(EVERYBODY, what_waits=True)
def _counted(session: Session, key: int, kind: SourceKind) -> list[Found]:
    statement = (
        sa.select(
            *_counts("origin", plays(key, kind, ChainRole.ORIGIN)),
            *_counts("carrier", plays(key, kind, ChainRole.CARRIER)),
            *_counts("publisher", plays(key, kind, ChainRole.PUBLISHER)),
            *_counts("unsaid", begins_unsaid(key, kind)),
        )
        .select_from(STATED)
        .where(*_accepted(), report.c.id.in_(met_in(key)))
    )
    return rows(session, statement)


def documents_by_claim(session: Session, public_id: str, role: ChainRole, claims: Collection[str]) -> Mapping[str, int]:
    """In how many documents of each of these claims (public ids) a source plays a role; raises :class:`NotFound`."""
    row = asked_for(session, source, public_id)
    with acting(EVERYBODY, what_waits=True):
        role_played = plays(row["id"], row["kind"], role), report.c.id.in_(met_in(row["id"]))
    statement = (
        sa.select(claim.c.public_id, sa.func.count(report.c.document_id.distinct()).label("documents"))
        .select_from(STATED)
        .where(
            *_accepted(),
            claim.c.public_id.in_(claims),
            *role_played,
        )
        .group_by(claim.c.public_id)
    )
    return {found["public_id"]: found["documents"] for found in rows(session, statement)}


@dataclass(frozen=True, slots=True)
class Seen:
    """How often a source is met: documents that it published, and claims on whose way it is named."""

    published: int = 0
    claims: int = 0


def seen(session: Session, public_ids: Collection[str]) -> Mapping[str, Seen]:
    """How often each of these sources is met, in three queries; those that are never met have zeros."""
    among = source.c.public_id.in_(public_ids), held(source)
    published = (
        sa.select(source.c.public_id, sa.func.count().label("documents"))
        .select_from(source.join(document, document.c.publisher_id == source.c.id))
        .where(*among, held(document))
        .group_by(source.c.public_id)
    )
    printed = {row["public_id"]: row["documents"] for row in rows(session, published)}
    named: dict[str, set[int]] = {}
    for end in (attribution.c.upstream_id, attribution.c.downstream_id):
        joined = source.join(attribution, end == source.c.id).join(STATED, report.c.id == attribution.c.report_id)
        found = sa.select(source.c.public_id, claim.c.id).select_from(joined)
        for row in rows(session, found.where(*among, held(attribution), *_accepted()).distinct()):
            named.setdefault(row["public_id"], set()).add(row["id"])
    return {each: Seen(printed.get(each, 0), len(named.get(each, ()))) for each in public_ids}


STATED = report.join(document, document.c.id == report.c.document_id).join(claim, claim.c.id == report.c.claim_id)


def _accepted() -> tuple[Condition, ...]:
    accepted = report.c.state == ReportState.ACCEPTED, claim.c.state == ReportState.ACCEPTED
    return (held(report, document, claim), *accepted)


def _counts(name: str, plays_it: Condition) -> list[sa.Label[Any]]:
    return [
        sa.func.count(sa.case((plays_it, column)).distinct()).label(f"{name}_{noun}")
        for noun, column in (("documents", report.c.document_id), ("claims", report.c.claim_id))
    ]
