"""Documents in lists and in full, with what their texts depend on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.access import reads_whole_texts
from provenance.answers import DocumentItem, Page, published_text
from provenance.answers_detail import DocumentDetail, RelationDetail
from provenance.storage.reads.asked import DocumentsAsked
from provenance.storage.reads.chains import dated, in_language
from provenance.storage.reads.considering import presences_of
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.reports import reports_in
from provenance.storage.reads.rows import (
    Condition,
    Found,
    asked_for,
    claim,
    document,
    document_relation,
    event,
    publisher,
    referred,
    report,
    rows,
    seen,
    source,
)
from provenance.storage.reads.search import Indexed
from provenance.storage.reads.searching_then import matching
from provenance.vocabulary import Presence


def documents(session: Session, asked: DocumentsAsked) -> Page[DocumentItem]:
    """A page of documents: one query, and one for each id that a filter names."""
    found, following = turn(session, _items().where(*_conditions(session, asked)), asked, ORDERS)
    return Page[DocumentItem](items=_answers(session, found), next=following)


def document_items(session: Session, keys: Sequence[int]) -> list[DocumentItem]:
    """Documents by their keys, in that order; those that not everybody may see are left out."""
    found = {row["key"]: row for row in rows(session, _items().where(document.c.id.in_(keys)))}
    return _answers(session, [found[key] for key in keys if key in found])


def documents_called(session: Session, public_ids: Collection[str]) -> dict[str, DocumentItem]:
    """Documents by their public ids; those that are not held, or that not everybody may see, are left out."""
    found = rows(session, _items().where(document.c.public_id.in_(public_ids)))
    return {item.id: item for item in _answers(session, found)}


def document_detail(session: Session, public_id: str) -> DocumentDetail:
    """One document, with its text for those who may read it whole; raises :class:`NotFound`."""
    found = document_for_extracts(session, public_id)
    return found if reads_whole_texts() else found.model_copy(update={"text": None})


def document_for_extracts(session: Session, public_id: str) -> DocumentDetail:
    """One document with its text, whoever asks: only for those who take no more from it than what reports quote, with
    the few words beside; raises :class:`NotFound`.
    """
    whole = asked_for(session, document, public_id)
    [row] = rows(session, _items().where(document.c.public_id == public_id))
    inherited = DocumentItem.model_fields
    [item] = _answers(session, [row])
    return DocumentDetail(
        **item.model_dump(),
        **{name: whole[name] for name in DocumentDetail.model_fields if name in whole and name not in inherited},
        relations=_relations(session, row["key"]),
        reports=reports_in(session, row["key"]),
    )


ORDERS: dict[str, Keys] = {
    "recorded": (document.c.id,),
    "published": (document.c.published_earliest, document.c.id),
}


def _conditions(session: Session, asked: DocumentsAsked) -> list[Condition]:
    conditions = [*dated(asked.published_from, asked.published_to), *in_language(asked.language)]
    if asked.q:
        conditions.append(document.c.id.in_(matching(session, asked.q, Indexed.DOCUMENT)))
    if asked.publisher is not None:
        conditions.append(document.c.publisher_id == referred(session, source, asked.publisher, "publisher")["id"])
    reported: list[Condition] = []
    if asked.claim is not None:
        reported.append(claim.c.id == referred(session, claim, asked.claim, "claim")["id"])
    if asked.event is not None:
        reported.append(claim.c.event_id == referred(session, event, asked.event, "event")["id"])
    return [*conditions, document.c.id.in_(_reporting(asked, reported))] if reported else conditions


def _reporting(asked: DocumentsAsked, conditions: list[Condition]) -> sa.Select[Any]:
    joined = report.join(claim, claim.c.id == report.c.claim_id)
    states = report.c.state.in_(asked.include.states)
    return sa.select(report.c.document_id).select_from(joined).where(seen(report, claim), states, *conditions)


def _items() -> sa.Select[Any]:
    return (
        sa.select(
            document.c.id.label("key"),
            document.c.public_id.label("id"),
            *(document.c[name] for name in ("url", "title", "language", "published_earliest", "published_latest")),
            document.c.published_precision,
            document.c.published_basis,
            publisher.c.name.label("publisher"),
            publisher.c.public_id.label("publisher_id"),
        )
        .select_from(document.join(publisher, publisher.c.id == document.c.publisher_id))
        .where(seen(document, publisher))
    )


def _answers(session: Session, found: Sequence[Found]) -> list[DocumentItem]:
    return [_answer(row, presence) for row, presence in zip(found, presences_of(session, found), strict=True)]


def _answer(row: Found, presence: Presence) -> DocumentItem:
    return DocumentItem(
        **{name: row[name] for name in DocumentItem.model_fields if name in row},
        published_at=published_text(row["published_earliest"], row["published_precision"]),
        presence=presence,
    )


def _relations(session: Session, key: int) -> list[RelationDetail]:
    other = document.alias("other")
    statement = (
        sa.select(
            document_relation.c.public_id.label("id"),
            document.c.public_id.label("document"),
            document_relation.c.kind,
            other.c.public_id.label("of_document"),
            source.c.name.label("of_source"),
            source.c.public_id.label("of_source_id"),
            document_relation.c.state,
            document_relation.c.note,
        )
        .select_from(document_relation.join(document, document.c.id == document_relation.c.document_id))
        .outerjoin(other, sa.and_(other.c.id == document_relation.c.of_document_id, seen(other)))
        .outerjoin(source, sa.and_(source.c.id == document_relation.c.of_source_id, seen(source)))
        .where(
            seen(document_relation, document),
            sa.or_(document_relation.c.document_id == key, document_relation.c.of_document_id == key),
            sa.or_(other.c.id.is_not(None), source.c.id.is_not(None)),
        )
        .order_by(document_relation.c.id)
    )
    return [RelationDetail(**row) for row in rows(session, statement)]
