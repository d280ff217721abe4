"""Refuses a report that is held already: sent twice, it would count twice."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from provenance.errors import Conflict
from provenance.storage.figure import Figure
from provenance.storage.reads.merges import leads_to
from provenance.storage.report import Attribution, Report, ReportCreate
from provenance.storage.source import Source


def check_new(session: Session, report: Report, given: ReportCreate) -> None:
    """Whether no report says the same: of this claim in this document, with these words, hops and figures."""
    statement = sa.select(Report).where(
        col(Report.document_id) == report.document_id,
        col(Report.claim_id) == report.claim_id,
        col(Report.stance) == report.stance,
        col(Report.quote).is_not_distinct_from(report.quote),
        col(Report.quote_start).is_not_distinct_from(report.quote_start),
        col(Report.recorded_to).is_(None),
    )
    for other in session.execute(statement).scalars():
        if _hops(session, other) == _given_hops(session, given) and _figures(session, other) == _given_figures(given):
            raise Conflict(
                f"document: the report '{other.public_id}' says the same of it; change it with "
                f"PATCH /v1/reports/{other.public_id}.",
                field="document",
            )


def _hops(session: Session, report: Report) -> set[tuple[str | None, str]]:
    upstream, downstream = aliased(Source), aliased(Source)
    statement = (
        sa.select(col(upstream.public_id), col(downstream.public_id))
        .select_from(Attribution)
        .outerjoin(upstream, col(upstream.id) == col(Attribution.upstream_id))
        .join(downstream, col(downstream.id) == col(Attribution.downstream_id))
        .where(col(Attribution.report_id) == report.key, col(Attribution.recorded_to).is_(None))
    )
    return {(one, other) for one, other in session.execute(statement)}


def _given_hops(session: Session, given: ReportCreate) -> set[tuple[str | None, str]]:
    return {
        (None if hop.upstream is None else _held_as(session, hop.upstream), _held_as(session, hop.downstream))
        for hop in given.attributions
    }


def _held_as(session: Session, source: str) -> str:
    """The id under which a source is held, also where it is named by that of one that was merged into it."""
    return leads_to(session, "source", source) or source


def _figures(session: Session, report: Report) -> Counter[str]:
    statement = sa.select(col(Figure.text)).where(
        col(Figure.report_id) == report.key, col(Figure.recorded_to).is_(None)
    )
    return Counter(session.execute(statement).scalars())


def _given_figures(given: ReportCreate) -> Counter[str]:
    return Counter(figure.text for figure in given.figures)
