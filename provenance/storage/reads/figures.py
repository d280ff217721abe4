"""Figures in lists and in full: each with the chain it came through, and the quote or the reason it has none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers import FigureItem, FlagNote, Page, published_text
from provenance.answers_detail import FigureDetail
from provenance.quantity import PLAIN as PLAIN_POLICY
from provenance.storage.reads.asked import FiguresAsked
from provenance.storage.reads.bounds import RECORDED, Bounds, bounds_under
from provenance.storage.reads.chains import Chain, chains_of, report_conditions
from provenance.storage.reads.claims import about_the_claim, about_the_standing, with_standing
from provenance.storage.reads.considering import consider, number_at, presences_of, turn_at
from provenance.storage.reads.paging import Keys
from provenance.storage.reads.rows import (
    Condition,
    Found,
    asked_for,
    claim,
    document,
    figure,
    flag,
    flagged_figure,
    grouped,
    not_there,
    publisher,
    referred,
    report,
    rows,
    seen,
    tally,
)
from provenance.vocabulary import Presence

TEXT_NOT_HELD = "The text of this document is not held, so there are no words to show."
NOT_MARKED = "The text of this document is held, and nobody has marked the words in it yet."


def figures(session: Session, asked: FiguresAsked) -> Page[FigureItem]:
    """A page of figures: four queries, one for each id that a filter names, and one for another policy than plain."""
    bounds = bounds_under(session, asked.policy)
    statement, among = _listed(session, asked, bounds)
    orders: dict[str, Keys] = {**ORDERS, "low": (bounds.low, figure.c.id)}
    found, following = turn_at(session, statement, asked, orders, key="claim_key", among=among)
    return Page[FigureItem](items=_answers(session, found), next=following)


def number_of_figures(session: Session, asked: FiguresAsked) -> int:
    """How many figures all pages of :func:`figures` hold together; the page that is asked for does not matter."""
    return number_at(session, *_listed(session, asked, bounds_under(session, asked.policy)))


def _listed(session: Session, asked: FiguresAsked, bounds: Bounds) -> tuple[sa.Select[Any], sa.Select[Any] | None]:
    conditions = _conditions(session, asked, bounds)
    derived = [*about_the_standing(asked), *(figure.c.id.in_(_flagged(rule)) for rule in asked.flag)]
    among = _claims().where(*conditions) if derived else None
    return _items(bounds).where(*conditions, *derived), among


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """The words of one figure and what they allow, where nothing else about it is asked.

    ``no_quote_reason`` is why its report has no quote; None where it has one.
    """

    text: str
    low: float | None
    high: float | None
    unit: str | None
    report: str
    document: str
    no_quote_reason: str | None


def figures_printed(session: Session, claim_id: str) -> list[PrintedFigure]:
    """All figures of a claim, in the order in which `figures` lists them by date; two queries.

    They are the same figures, without chains and flags, which cost ten times as much.
    """
    asked = FiguresAsked(claim=claim_id)
    shown = seen(figure, claim, report, document, publisher)
    statement = (
        sa.select(
            figure.c.text,
            figure.c.low,
            figure.c.high,
            figure.c.unit,
            report.c.public_id.label("report"),
            report.c.quote,
            document.c.public_id.label("document"),
            document.c.text_length,
        )
        .select_from(_joined())
        .where(shown, *_conditions(session, asked, RECORDED))
        .order_by(document.c.published_earliest, figure.c.id)
    )
    return [
        PrintedFigure(
            **{name: row[name] for name in ("text", "low", "high", "unit", "report", "document")},
            no_quote_reason=_why_no_quote(row),
        )
        for row in rows(session, statement)
    ]


def figure_detail(session: Session, public_id: str, policy: str = PLAIN_POLICY.name) -> FigureDetail:
    """One figure; raises :class:`NotFound`."""
    asked_for(session, figure, public_id)
    items = _items(bounds_under(session, policy))
    found = _shown(session, items.add_columns(*OWN).where(figure.c.public_id == public_id))
    if not found:
        # What it stands on is not for everybody, or went with a proposal that was rejected.
        raise not_there(session, figure, public_id)
    [detail] = _details(session, found)
    return detail


def figures_of(session: Session, reports: Collection[int]) -> dict[int, list[FigureItem]]:
    """The figures that reports print, by the keys of the reports; one that prints none is left out."""
    found = _shown(session, _items().where(figure.c.report_id.in_(reports)).order_by(figure.c.id))
    return grouped(zip((row["report_key"] for row in found), _answers(session, found), strict=True))


def figure_details_in(session: Session, document_id: str) -> list[FigureDetail]:
    """All figures that the reports of a document print, in full, in the order they were recorded.

    :raises NotFound: if there is no such document.
    """
    key = asked_for(session, document, document_id)["id"]
    statement = _items().add_columns(*OWN).where(report.c.document_id == key).order_by(figure.c.id)
    return _details(session, _shown(session, statement))


def _details(session: Session, found: Sequence[Found]) -> list[FigureDetail]:
    return [
        FigureDetail(**item.model_dump(), **{column.name: row[column.name] for column in OWN})
        for row, item in zip(found, _answers(session, found), strict=True)
    ]


OWN = tuple(figure.c[name] for name in FigureDetail.model_fields if name not in FigureItem.model_fields)


def _conditions(session: Session, asked: FiguresAsked, bounds: Bounds) -> list[Condition]:
    conditions = [*about_the_claim(session, asked), *report_conditions(session, asked)]
    if asked.claim is not None:
        conditions.append(figure.c.claim_id == referred(session, claim, asked.claim, "claim")["id"])
    if asked.report is not None:
        conditions.append(figure.c.report_id == referred(session, report, asked.report, "report")["id"])
    if asked.qualifier is not None:
        conditions.append(figure.c.qualifier == asked.qualifier)
    if asked.low is not None:
        conditions.append(bounds.low >= asked.low)
    if asked.high is not None:
        conditions.append(bounds.high <= asked.high)
    if asked.measure is not None:
        conditions.append(sa.func.coalesce(figure.c.measure, tally.c.measure) == asked.measure)
    return conditions


def _flagged(rule: str) -> sa.Select[Any]:
    return sa.select(flagged_figure.c.figure_id).where(flagged_figure.c.rule == rule)


ORDERS: dict[str, Keys] = {
    "recorded": (figure.c.id,),
    "published": (document.c.published_earliest, figure.c.id),
}


def _shown(session: Session, statement: sa.Select[Any]) -> list[Found]:
    found = rows(session, statement)
    consider(session, {row["claim_key"] for row in found})
    return found


def _joined() -> sa.FromClause:
    return (
        with_standing(figure.join(claim, claim.c.id == figure.c.claim_id))
        .join(report, report.c.id == figure.c.report_id)
        .join(document, document.c.id == report.c.document_id)
        .join(publisher, publisher.c.id == document.c.publisher_id)
    )


def _claims() -> sa.Select[Any]:
    shown = seen(figure, claim, report, document, publisher)
    return sa.select(figure.c.claim_id).select_from(_joined()).where(shown)


def _items(bounds: Bounds = RECORDED) -> sa.Select[Any]:
    return (
        sa.select(
            figure.c.id.label("key"),
            figure.c.public_id.label("id"),
            *(figure.c[name] for name in PLAIN),
            bounds.low.label("low"),
            bounds.high.label("high"),
            claim.c.public_id.label("claim"),
            claim.c.text.label("claim_text"),
            report.c.public_id.label("report"),
            *(report.c[name] for name in ("quote", "quote_start", "quote_end")),
            document.c.public_id.label("document"),
            document.c.url.label("document_url"),
            document.c.content_hash,
            document.c.text_length,
            document.c.published_earliest,
            document.c.published_latest,
            document.c.published_precision,
            publisher.c.name.label("publisher"),
            publisher.c.public_id.label("publisher_id"),
            claim.c.id.label("claim_key"),
            report.c.id.label("report_key"),
            document.c.id.label("document_key"),
            publisher.c.id.label("publisher_key"),
            report.c.own_basis,
        )
        .select_from(_joined())
        .where(seen(figure, claim, report, document, publisher))
    )


PLAIN = ("text", "qualifier", "value", "unit", "measure", "counted", "place", "as_of")


def _answers(session: Session, found: Collection[Found]) -> list[FigureItem]:
    chains = chains_of(session, found)
    flags = _flags_of(session, [row["key"] for row in found])
    presences = presences_of(session, found)
    return [
        _answer(row, chains[row["report_key"]], flags.get(row["key"], []), presence)
        for row, presence in zip(found, presences, strict=True)
    ]


def _answer(row: Found, chain: Chain, flags: list[FlagNote], presence: Presence) -> FigureItem:
    return FigureItem(
        **{name: row[name] for name in FigureItem.model_fields if name in row},
        published_at=published_text(row["published_earliest"], row["published_precision"]),
        presence=presence,
        chain=chain.names[0] if chain.names else [],
        chains=chain.names,
        origin_class=chain.classes[0] if chain.paths else None,
        no_quote_reason=_why_no_quote(row),
        flags=flags,
    )


def _why_no_quote(row: Found) -> str | None:
    if row["quote"] is not None:
        return None
    return NOT_MARKED if row["text_length"] else TEXT_NOT_HELD


def _flags_of(session: Session, keys: Collection[int]) -> dict[int, list[FlagNote]]:
    statement = (
        sa.select(flagged_figure.c.figure_id, flag.c.rule, flag.c.reason, flag.c.clears_when)
        .join(flag, flag.c.id == flagged_figure.c.flag_id)
        .where(flagged_figure.c.figure_id.in_(keys))
        # A rule may find two things about one figure, and no database keeps an order that nobody asked for.
        .order_by(flagged_figure.c.figure_id, flag.c.rule, flag.c.reason, flag.c.clears_when)
    )
    notes: dict[int, list[FlagNote]] = {}
    for row in rows(session, statement):
        note = FlagNote(rule=row["rule"], reason=row["reason"], clears_when=row["clears_when"])
        notes.setdefault(row["figure_id"], []).append(note)
    return notes
