"""What belongs to one event across all its claims: when they happened, the hops of their reports, and the sources that
all of it names, with the ties above them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.reads.chains import BY_NAME
from provenance.storage.reads.rows import (
    TABLES,
    Found,
    attribution,
    claim,
    document,
    event,
    held,
    instant,
    publisher,
    referred,
    report,
    rows,
    source,
    source_name,
    tie,
)
from provenance.storage.record import PREFIXES
from provenance.vocabulary import ReportState, Visibility

# As many ids as one question names at a time, well below what either database takes.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Happened:
    """When what a claim asserts happened: not before, and not after."""

    earliest: datetime
    latest: datetime


def happenings(session: Session, event_id: str) -> Mapping[str, Happened]:
    """When what the claims of an event assert happened, by their public ids; those for which nothing is known are left
    out. Two queries.
    """
    key = referred(session, event, event_id, "event")["id"]
    columns = (claim.c.public_id, claim.c.happened_earliest, claim.c.happened_latest)
    statement = sa.select(*columns).where(claim.c.event_id == key, held(claim), claim.c.happened_earliest.is_not(None))
    return {
        row["public_id"]: Happened(row["happened_earliest"], row["happened_latest"]) for row in rows(session, statement)
    }


def hops_of_event(session: Session, event_id: str) -> list[Found]:
    """The hops of the accepted reports of an event, by the columns of a hop, with ``report``, ``upstream_id`` and
    ``downstream_id`` as public ids; the id of a source that not everybody may see is None. ``keys`` are those of its
    report and both ends, for whoever looks for it among what was analysed. Two queries.
    """
    key = referred(session, event, event_id, "event")["id"]
    upstream, downstream = source.alias("upstream"), source.alias("downstream")
    plain = ("as_named", "cue", "cue_start", "cue_end", "manner", "basis", "capacity", "mark", "access")
    joined = (
        attribution.join(report, report.c.id == attribution.c.report_id)
        .join(claim, claim.c.id == report.c.claim_id)
        .join(document, document.c.id == report.c.document_id)
        .join(publisher, publisher.c.id == document.c.publisher_id)
        .outerjoin(upstream, sa.and_(upstream.c.id == attribution.c.upstream_id, _shown(upstream)))
        .outerjoin(downstream, sa.and_(downstream.c.id == attribution.c.downstream_id, _shown(downstream)))
    )
    statement = (
        sa.select(
            attribution.c.public_id.label("id"),
            report.c.public_id.label("report"),
            upstream.c.name.label("upstream"),
            upstream.c.public_id.label("upstream_id"),
            downstream.c.name.label("downstream"),
            downstream.c.public_id.label("downstream_id"),
            *(attribution.c[name] for name in plain),
            *(attribution.c[name].label(f"key_of_{name}") for name in ENDS),
        )
        .select_from(joined)
        .where(
            claim.c.event_id == key,
            held(attribution, report, claim, document, publisher),
            report.c.state == ReportState.ACCEPTED,
        )
        .order_by(attribution.c.id)
    )
    found = rows(session, statement)
    return [{**row, **_withheld(row), "keys": tuple(row[f"key_of_{name}"] for name in ENDS)} for row in found]


def _withheld(row: Found) -> dict[str, None]:
    unseen = row["key_of_upstream_id"] is not None and row["upstream_id"] is None
    return dict.fromkeys(BY_NAME) if unseen else {}


ENDS = ("report_id", "upstream_id", "downstream_id")


def recorded_last(session: Session, public_ids: Iterable[str]) -> datetime | None:
    """When the newest of these records was recorded as it is; None if there is none of them. A query for each five
    hundred of a kind.
    """
    kinds = {prefix: TABLES[name] for name, prefix in PREFIXES.items()}
    newest: list[datetime] = []
    for prefix, group in groupby(sorted(public_ids), lambda public_id: public_id.partition("_")[0]):
        table = kinds[prefix]
        for some in _some(set(group)):
            statement = sa.select(instant(sa.func.max(table.c.recorded_from)))
            newest += filter(None, session.scalars(statement.where(table.c.public_id.in_(some), held(table))))
    return max(newest, default=None)


@dataclass(frozen=True, slots=True)
class Named:
    """Sources with all their names, and the ties that lead from them to others, each as its columns."""

    sources: list[Found]
    names: list[Found]
    ties: list[Found]


def named_with_ties(session: Session, public_ids: Iterable[str]) -> Named:
    """The sources with these ids, those that they are tied to, those that these are tied to, and so on; with all their
    names. Three queries for each step from a source to what stands above it.
    """
    sources: list[Found] = []
    names: list[Found] = []
    ties: list[Found] = []
    known: set[str] = set()
    wanted = set(public_ids)
    while wanted:
        known |= wanted
        for some in _some(wanted):
            sources += rows(session, _sources().where(source.c.public_id.in_(some)))
            names += rows(session, _names().where(source.c.public_id.in_(some)))
            ties += rows(session, _ties().where(source.c.public_id.in_(some)))
        wanted = {row["other_id"] for row in ties} - known
    return Named(*(sorted(found, key=lambda row: str(row["id"])) for found in (sources, names, ties)))


def _shown(table: sa.FromClause) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.visibility == Visibility.PUBLIC, table.c.recorded_to.is_(None))


def _some(wanted: set[str]) -> list[list[str]]:
    ordered = sorted(wanted)
    return [ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE)]


def _sources() -> sa.Select[Any]:
    plain = (source.c[name] for name in ("name", "kind", "country", "note"))
    return sa.select(source.c.public_id.label("id"), *plain).where(held(source))


def _names() -> sa.Select[Any]:
    plain = (source_name.c[name] for name in ("name", "kind", "language"))
    return (
        sa.select(source_name.c.public_id.label("id"), source.c.public_id.label("source"), *plain)
        .select_from(source_name.join(source, source.c.id == source_name.c.source_id))
        .where(held(source_name, source))
    )


def _ties() -> sa.Select[Any]:
    other = source.alias("other")
    plain = ("basis", "reference", "valid_from", "valid_to", "signed_by", "signed_at", "note")
    return (
        sa.select(
            tie.c.public_id.label("id"),
            source.c.public_id.label("source_id"),
            source.c.name.label("source"),
            tie.c.kind,
            other.c.public_id.label("other_id"),
            other.c.name.label("other"),
            *(tie.c[name] for name in plain),
        )
        .select_from(tie.join(source, source.c.id == tie.c.source_id).join(other, other.c.id == tie.c.other_id))
        .where(held(tie, source, other))
    )
