"""What is asked when a table is taken in: which of its events, tallies, claims, documents and reports are held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.event import Event, Tally
from provenance.storage.figure import Figure
from provenance.storage.report import Attribution, Report

AT_ONCE = 400
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a held report says, as far as another is told from it."""

    report: Report
    hops: frozenset[tuple[int | None, int]]
    figures: tuple[str, ...]


def events_titled(session: Session, titles: Collection[str]) -> dict[str, Event]:
    """The events with these very titles; of several, the one that a person stands behind, then the first."""
    found: dict[str, Event] = {}
    for some in _portions(titles):
        statement = sa.select(Event).where(col(Event.title).in_(some), col(Event.recorded_to).is_(None))
        for event in session.execute(statement.order_by(col(Event.state), col(Event.id))).scalars():
            found.setdefault(event.title, event)
    return found


def tallies_of(session: Session, events: Collection[int]) -> list[Tally]:
    """The tallies of events, the first ones first."""
    found: list[Tally] = []
    for some in _portions(events):
        statement = sa.select(Tally).where(col(Tally.event_id).in_(some), col(Tally.recorded_to).is_(None))
        found += session.execute(statement.order_by(col(Tally.id))).scalars()
    return found


def claims_worded(session: Session, event: int, texts: Collection[str]) -> dict[str, Claim]:
    """The claims of an event with these very words; of several, the one that a person stands behind, then the first."""
    found: dict[str, Claim] = {}
    for some in _portions(texts):
        statement = sa.select(Claim).where(
            col(Claim.event_id) == event, col(Claim.text).in_(some), col(Claim.recorded_to).is_(None)
        )
        for claim in session.execute(statement.order_by(col(Claim.state), col(Claim.id))).scalars():
            found.setdefault(claim.text, claim)
    return found


def documents_at(session: Session, addresses: Collection[str]) -> list[Document]:
    """The documents that were found at one of these addresses, or call one their own; the newest first."""
    found: list[Document] = []
    for some in _portions(addresses):
        statement = sa.select(Document).where(
            sa.or_(col(Document.url).in_(some), col(Document.canonical_url).in_(some)),
            col(Document.recorded_to).is_(None),
        )
        found += session.execute(statement).scalars()
    return sorted({document.key: document for document in found}.values(), key=lambda one: -one.key)


def documents_without_address(session: Session, publishers: Collection[int]) -> list[Document]:
    """The documents of these publishers of which nobody recorded an address; the first ones first."""
    found: list[Document] = []
    for some in _portions(publishers):
        statement = sa.select(Document).where(
            col(Document.publisher_id).in_(some), col(Document.url).is_(None), col(Document.recorded_to).is_(None)
        )
        found += session.execute(statement.order_by(col(Document.id))).scalars()
    return found


def stated_in(session: Session, documents: Collection[int]) -> dict[int, list[Stated]]:
    """The reports of documents with their hops and figures, by document; rejected ones too."""
    reports: list[Report] = []
    hops: dict[int, set[tuple[int | None, int]]] = defaultdict(set)
    figures: dict[int, list[str]] = defaultdict(list)
    for some in _portions(documents):
        statement = sa.select(Report).where(col(Report.document_id).in_(some), col(Report.recorded_to).is_(None))
        reports += session.execute(statement.order_by(col(Report.id))).scalars()
    for keys in _portions([report.key for report in reports]):
        of_hops = sa.select(col(Attribution.report_id), col(Attribution.upstream_id), col(Attribution.downstream_id))
        held = of_hops.where(col(Attribution.report_id).in_(keys), col(Attribution.recorded_to).is_(None))
        for report, upstream, downstream in session.execute(held):
            hops[report].add((upstream, downstream))
        printed = sa.select(col(Figure.report_id), col(Figure.text)).where(
            col(Figure.report_id).in_(keys), col(Figure.recorded_to).is_(None)
        )
        for report, text in session.execute(printed):
            figures[report].append(text)
    found: dict[int, list[Stated]] = defaultdict(list)
    for one in reports:
        found[one.document_id].append(Stated(one, frozenset(hops[one.key]), tuple(sorted(figures[one.key]))))
    return found


def _portions(given: Collection[T]) -> Iterator[Sequence[T]]:
    ordered = list(dict.fromkeys(given))
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
