"""Claims in lists and in full, with where they stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers import ClaimItem, Page, published_text
from provenance.answers_detail import ClaimDetail
from provenance.errors import Moved, NotFound
from provenance.storage.dates import columns
from provenance.storage.moment import moment_of
from provenance.storage.reads.asked import AboutClaims, Asked, ClaimsAsked, Included, SourceClaimsAsked
from provenance.storage.reads.chains import plays, report_conditions
from provenance.storage.reads.considering import certain, consider, number_at, turn_at
from provenance.storage.reads.paging import Keys
from provenance.storage.reads.rows import (
    Condition,
    Found,
    asked_for,
    claim,
    document,
    event,
    figure,
    flag,
    held,
    not_there,
    referred,
    report,
    rows,
    seen,
    source,
    standing,
    tally,
)
from provenance.storage.reads.search import Indexed
from provenance.storage.reads.searching_then import matching
from provenance.vocabulary import DatePrecision, ReportState


def claims(session: Session, asked: ClaimsAsked) -> Page[ClaimItem]:
    """A page of claims: two queries, and one for each id that a filter names."""
    statement, among = _listed(session, asked)
    found, following = turn_at(session, statement, asked, ORDERS, key="key", among=among)
    return Page[ClaimItem](items=_answers(session, found), next=following)


def number_of_claims(session: Session, asked: ClaimsAsked) -> int:
    """How many claims all pages of :func:`claims` hold together; the page that is asked for does not matter."""
    return number_at(session, *_listed(session, asked))


def _listed(session: Session, asked: ClaimsAsked) -> tuple[sa.Select[Any], sa.Select[Any] | None]:
    conditions = [*_conditions(session, asked), *told_by_then(session, asked.include, seen)]
    derived = [*about_the_standing(asked), *(claim.c.id.in_(_flagged(rule)) for rule in asked.flag)]
    among = _among(conditions) if derived or _sorts_by_standing(asked) else None
    return _items(session).where(*conditions, *derived), among


def claims_of_source(session: Session, public_id: str, asked: SourceClaimsAsked) -> Page[ClaimItem]:
    """A page of the claims in whose declared chains a source plays a role."""
    through = asked_for(session, source, public_id)
    reported = _reported_where(
        seen(report, document),
        report.c.state.in_(asked.include.states),
        plays(through["id"], through["kind"], asked.role),
    )
    # The source belongs to the question, so its cursor is of no use for another source.
    scoped = _SourceClaims(of=public_id, **asked.model_dump())
    conditions: list[Condition] = [claim.c.id.in_(reported), claim.c.state.in_(asked.include.states)]
    among = _among(conditions) if _sorts_by_standing(asked) else None
    found, following = turn_at(session, _items(session).where(*conditions), scoped, ORDERS, key="key", among=among)
    return Page[ClaimItem](items=_answers(session, found), next=following)


def claim_detail(session: Session, public_id: str) -> ClaimDetail:
    """One claim; raises :class:`NotFound`."""
    consider(session, [asked_for(session, claim, public_id)["id"]])
    reports = (
        sa.select(sa.func.count())
        .select_from(report.join(document, document.c.id == report.c.document_id))
        .where(report.c.claim_id == claim.c.id, report.c.state == ReportState.ACCEPTED, held(report, document))
        .scalar_subquery()
    )
    statement = _items(session).add_columns(*(claim.c[name] for name in OWN), reports.label("reports"))
    [row] = rows(session, statement.where(claim.c.public_id == public_id))
    [item] = _answers(session, [row])
    happened_at = published_text(row["happened_earliest"], row["happened_precision"])
    more = {name: row[name] for name in (*OWN, "reports")}
    return ClaimDetail(**item.model_dump(), **more, happened_at=happened_at)


OWN = (*columns("happened"), "note", "recorded_from")


def require_claim(session: Session, public_id: str) -> None:
    """Raise :class:`NotFound` unless there is such a claim, :class:`Moved` if it was merged into another."""
    asked_for(session, claim, public_id)


def no_claim(session: Session, public_id: str) -> NotFound | Moved:
    """What to tell whoever asks for a claim that is not there: where it went, or that there is none."""
    return not_there(session, claim, public_id)


def claim_items(session: Session, keys: Sequence[int]) -> list[ClaimItem]:
    """Claims by their keys, in that order; those that not everybody may see are left out."""
    consider(session, keys)
    found = {row["key"]: row for row in rows(session, _items(session).where(claim.c.id.in_(keys)))}
    return _answers(session, [found[key] for key in keys if key in found])


def about_the_claim(session: Session, asked: AboutClaims) -> list[Condition]:
    """What is asked of a claim itself, joined with its event and tally; one query for each id named."""
    conditions: list[Condition] = [] if asked.kind is None else [claim.c.kind == asked.kind]
    if asked.q:
        conditions.append(claim.c.id.in_(matching(session, asked.q, Indexed.CLAIM)))
    if asked.event is not None:
        conditions.append(claim.c.event_id == referred(session, event, asked.event, "event")["id"])
    if asked.tally is not None:
        conditions.append(claim.c.tally_id == referred(session, tally, asked.tally, "tally")["id"])
    return conditions


def _conditions(session: Session, asked: ClaimsAsked) -> list[Condition]:
    conditions = [claim.c.state.in_(asked.include.states), *about_the_claim(session, asked)]
    if asked.about_reports:
        conditions.append(claim.c.id.in_(_reported_where(*report_conditions(session, asked))))
    return conditions + _measured(asked)


def about_the_standing(asked: AboutClaims) -> list[Condition]:
    """What is asked of that which is derived about a claim, its flags excepted."""
    conditions: list[Condition] = []
    if asked.verdict is not None:
        conditions.append(standing.c.verdict == asked.verdict)
    if asked.status is not None:
        conditions.append(standing.c.status == asked.status)
    return conditions


Shown = Callable[..., Condition]


def told_by_then(session: Session, include: Included = Included.ACCEPTED, shown: Shown = held) -> list[Condition]:
    """Where somebody asks as of a moment: claims of which some document held may have spoken by then."""
    if moment_of(session).as_of is None:
        return []
    return [claim.c.id.in_(_reported_where(shown(report, document), report.c.state.in_(include.states)))]


def _among(conditions: list[Condition]) -> sa.Select[Any]:
    return sa.select(claim.c.id).select_from(with_standing(claim)).where(seen(claim), *conditions)


def _sorts_by_standing(asked: Asked) -> bool:
    return asked.sort.lstrip("-") != "recorded"


def _measured(asked: AboutClaims) -> list[Condition]:
    if asked.measure is None:
        return []
    printed = (
        sa.select(figure.c.claim_id)
        .join(report, report.c.id == figure.c.report_id)
        .where(figure.c.measure == asked.measure, seen(figure, report), report.c.state.in_(asked.include.states))
    )
    return [sa.or_(tally.c.measure == asked.measure, claim.c.id.in_(printed))]


def _flagged(rule: str) -> sa.Select[Any]:
    return sa.select(flag.c.claim_id).where(flag.c.rule == rule)


def _reported_where(*conditions: Condition) -> sa.Select[Any]:
    joined = report.join(document, document.c.id == report.c.document_id)
    return sa.select(report.c.claim_id).select_from(joined).where(*conditions)


class _SourceClaims(SourceClaimsAsked):
    of: str


ORDERS: dict[str, Keys] = {
    "recorded": (claim.c.id,),
    "published": (standing.c.first_published, claim.c.id),
    "documents": (sa.func.coalesce(standing.c.documents, 0), claim.c.id),
}


def with_standing(claims_held: sa.FromClause) -> sa.FromClause:
    """A selection of claims joined with event, tally and standing; the latter two only where they are."""
    return (
        claims_held.join(event, sa.and_(event.c.id == claim.c.event_id, seen(event)))
        .outerjoin(tally, sa.and_(tally.c.id == claim.c.tally_id, seen(tally)))
        .outerjoin(standing, standing.c.claim_id == claim.c.id)
    )


def _items(session: Session) -> sa.Select[Any]:
    return (
        sa.select(
            claim.c.id.label("key"),
            claim.c.public_id.label("id"),
            claim.c.text,
            claim.c.kind,
            claim.c.state,
            event.c.public_id.label("event"),
            event.c.title.label("event_title"),
            tally.c.public_id.label("tally"),
            tally.c.title.label("tally_title"),
            standing.c.status,
            standing.c.verdict,
            sa.func.coalesce(standing.c.documents, 0).label("documents"),
            certain(session).label("certain"),
            sa.func.coalesce(standing.c.parties, 0).label("parties"),
            standing.c.first_published,
            standing.c.first_published_precision,
            sa.func.coalesce(standing.c.stale, sa.true()).label("stale"),
        )
        .select_from(with_standing(claim))
        .where(seen(claim))
    )


def _answers(session: Session, found: Iterable[Found]) -> list[ClaimItem]:
    found = list(found)
    flags = _rules_of(session, [row["key"] for row in found])
    return [ClaimItem(**_of_an_item(row), flags=flags.get(row["key"], [])) for row in found]


def _of_an_item(row: Found) -> dict[str, Any]:
    item = {name: value for name, value in row.items() if name in ClaimItem.model_fields}
    precision = row["first_published_precision"] or DatePrecision.UNKNOWN
    item["possible"] = row["documents"] - row["certain"]
    return item | {"first_published": published_text(row["first_published"], precision)}


def _rules_of(session: Session, keys: Collection[int]) -> dict[int, list[str]]:
    statement = sa.select(flag.c.claim_id, flag.c.rule).where(flag.c.claim_id.in_(keys)).distinct()
    found: dict[int, list[str]] = {}
    for key, rule in session.execute(statement.order_by(flag.c.claim_id, flag.c.rule)):
        found.setdefault(key, []).append(rule)
    return found
