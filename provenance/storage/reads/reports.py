"""Reports in lists and in full: which document states which claim, with which words and through which hops."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.access import who_asks
from provenance.answers import Page, ReportItem, published_text
from provenance.answers_detail import AttributionDetail, ReportDetail
from provenance.storage.dates import columns
from provenance.storage.reads.asked import ReportsAsked
from provenance.storage.reads.belonging import open_to
from provenance.storage.reads.chains import BY_NAME, ENDS, WITHHELD, Chain, chains_of, names_of, report_conditions
from provenance.storage.reads.considering import presences_of
from provenance.storage.reads.decisions import decisions_about
from provenance.storage.reads.figures import figures_of
from provenance.storage.reads.grounds import claims_compared, told
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import (
    Condition,
    Found,
    asked_for,
    claim,
    document,
    event,
    not_there,
    publisher,
    referred,
    report,
    rows,
    seen,
)
from provenance.storage.record import Instant
from provenance.vocabulary import Presence, ReportState


def reports(session: Session, asked: ReportsAsked) -> Page[ReportItem]:
    """A page of reports: three queries, and one for each id that a filter names."""
    found, following = turn(session, _items().where(*_conditions(session, asked)), asked, ORDERS)
    return Page[ReportItem](items=_answers(session, found), next=following)


def reports_in(session: Session, document_key: int) -> list[ReportItem]:
    """The accepted reports in a document."""
    accepted = (report.c.document_id == document_key, report.c.state == ReportState.ACCEPTED)
    return _answers(session, rows(session, _items().where(*accepted).order_by(report.c.id)))


def report_items(session: Session, keys: Collection[int]) -> list[ReportItem]:
    """Reports by their keys, whatever their state, in the order they were recorded."""
    return _answers(session, rows(session, _items().where(report.c.id.in_(keys)).order_by(report.c.id)))


def report_detail(session: Session, public_id: str) -> ReportDetail:
    """One report, whatever its state; raises :class:`NotFound`."""
    asked_for(session, report, public_id)
    found = rows(session, _whole().where(report.c.public_id == public_id))
    if not found:
        # What it stands on is not for everybody, or was let go by the moment that is asked for.
        raise not_there(session, report, public_id)
    [detail] = _details(session, found)
    return detail


def details_in(session: Session, document_id: str) -> list[ReportDetail]:
    """All reports of a document in full, whatever their state, in the order they were recorded: a fixed number of
    queries, however many there are.

    :raises NotFound: if there is no such document.
    """
    key = asked_for(session, document, document_id)["id"]
    return _details(session, rows(session, _whole().where(report.c.document_id == key).order_by(report.c.id)))


def first_recorded(session: Session, public_ids: Collection[str]) -> dict[str, datetime]:
    """Since when each of these reports has been held, whatever it said then."""
    began = sa.func.min(report.c.recorded_from, type_=Instant)
    statement = sa.select(report.c.public_id, began).where(report.c.public_id.in_(public_ids))
    return {row[0]: row[1] for row in session.execute(statement.group_by(report.c.public_id))}


def _whole() -> sa.Select[Any]:
    return _items().add_columns(*WHOLE)


def _details(session: Session, found: Sequence[Found]) -> list[ReportDetail]:
    keys = [row["report_key"] for row in found]
    chains = chains_of(session, found)
    names = names_of(session, {hop[end] for one in chains.values() for hop in one.hops for end in ENDS})
    figures = figures_of(session, keys)
    decisions = decisions_about(session, keys)
    compared = claims_compared(session, [row["grounds"] for row in found])
    return [
        ReportDetail(
            **item.model_dump(),
            **{column.name: row[column.name] for column in WHOLE if column.name != "grounds"},
            grounds=told(row["grounds"], compared, whole_chain=not _withholds(chains[key], names)),
            said_at=published_text(row["said_earliest"], row["said_precision"]),
            origin_classes=chains[key].classes,
            attributions=[_attribution(hop, names) for hop in chains[key].hops],
            figures=figures.get(key, []),
            decisions=decisions.get(key, []),
        )
        for key, row, item in zip(keys, found, _answers(session, found), strict=True)
    ]


OWN = (
    "quote_prefix",
    "quote_suffix",
    "quote_start",
    "quote_end",
    "translation",
    "translated_by",
    "own_basis",
    *columns("said"),
    "grounds",
    "note",
    "recorded_from",
)
WHOLE = (
    *(report.c[name] for name in OWN),
    *(document.c[name] for name in ("url", "archive_url", "content_hash")),
)

ORDERS: dict[str, Keys] = {
    "recorded": (report.c.id,),
    "published": (document.c.published_earliest, report.c.id),
}


def _conditions(session: Session, asked: ReportsAsked) -> list[Condition]:
    conditions = report_conditions(session, asked)
    if asked.claim is not None:
        conditions.append(report.c.claim_id == referred(session, claim, asked.claim, "claim")["id"])
    if asked.document is not None:
        conditions.append(report.c.document_id == referred(session, document, asked.document, "document")["id"])
    if asked.event is not None:
        conditions.append(claim.c.event_id == referred(session, event, asked.event, "event")["id"])
    if asked.stance is not None:
        conditions.append(report.c.stance == asked.stance)
    return [*conditions, *_proposed(asked)]


def _proposed(asked: ReportsAsked) -> list[Condition]:
    conditions: list[Condition] = []
    if asked.extractor is not None:
        conditions.append(report.c.extractor == asked.extractor)
    if asked.rule is not None:
        conditions.append(report.c.rule == asked.rule)
    if asked.min_confidence is not None:
        conditions.append(report.c.confidence >= asked.min_confidence)
    return conditions


PLAIN = ("stance", "state", "hedge", "quote", "own_basis", "extractor", "rule", "confidence")


# A claim goes with the last proposal that speaks of it; one that was rejected still says which it was.
def _refused() -> Condition:
    return sa.and_(report.c.state == ReportState.REJECTED, open_to(who_asks(), claim))


def _items() -> sa.Select[Any]:
    joined = (
        report.join(claim, claim.c.id == report.c.claim_id)
        .join(document, document.c.id == report.c.document_id)
        .join(publisher, publisher.c.id == document.c.publisher_id)
    )
    return (
        sa.select(
            report.c.public_id.label("id"),
            *(report.c[name] for name in PLAIN),
            claim.c.public_id.label("claim"),
            claim.c.text.label("claim_text"),
            document.c.public_id.label("document"),
            document.c.title.label("document_title"),
            document.c.language,
            document.c.published_earliest,
            document.c.published_latest,
            document.c.published_precision,
            publisher.c.name.label("publisher"),
            publisher.c.public_id.label("publisher_id"),
            report.c.id.label("report_key"),
            document.c.id.label("document_key"),
            publisher.c.id.label("publisher_key"),
        )
        .select_from(joined)
        .where(seen(report, document, publisher), sa.or_(seen(claim), _refused()))
    )


def _answers(session: Session, found: Collection[Found]) -> list[ReportItem]:
    chains = chains_of(session, found)
    presences = presences_of(session, found)
    return [_answer(row, chains[row["report_key"]], presence) for row, presence in zip(found, presences, strict=True)]


def _answer(row: Found, chain: Chain, presence: Presence) -> ReportItem:
    return ReportItem(
        **{name: row[name] for name in ReportItem.model_fields if name in row},
        published_at=published_text(row["published_earliest"], row["published_precision"]),
        presence=presence,
        chains=chain.names,
    )


def _withholds(chain: Chain, names: Mapping[int, tuple[str, str]]) -> bool:
    return any(names[hop[end]][0] == WITHHELD for hop in chain.hops for end in ENDS if hop[end] is not None)


def _attribution(hop: Found, names: dict[int, tuple[str, str]]) -> AttributionDetail:
    upstream, upstream_id = names.get(hop["upstream_id"], (None, None))
    downstream, downstream_id = names[hop["downstream_id"]]
    ends = {"upstream": upstream, "upstream_id": upstream_id, "downstream": downstream, "downstream_id": downstream_id}
    own = {name: hop[name] for name in AttributionDetail.model_fields if name in hop and name not in ends}
    if upstream == WITHHELD:
        own |= dict.fromkeys(BY_NAME)
    return AttributionDetail(**{**own, **ends, "id": hop["public_id"]})
