"""Builders of what a machine proposes: reports with the claim, event and sources that they bring, as ingestion writes
them, without any text being read. A source, event or claim that is held is not brought again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.claim import Claim, ClaimBase
from provenance.storage.document import Document
from provenance.storage.event import Event, EventBase
from provenance.storage.figure import FigureBase
from provenance.storage.report import AttributionBase, Report, ReportBase
from provenance.storage.source import Source, SourceBase
from provenance.storage.writes.figures import read_figure
from provenance.storage.writes.proposals import (
    ProposedHop,
    ProposedReport,
    propose_claims,
    propose_event,
    propose_reports,
    propose_source,
)
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Manner, SourceKind
from tests.records import KINDS, Desk

STORY = (
    "Dozens of attackers were eliminated and four policemen were injured, Saltanat Azirbek told Khabar 24, "
    "Tass reports."
)
DOZENS, FOUR = "Dozens of attackers were eliminated", "four policemen were injured"
CHAIN = ("Saltanat Azirbek", "Khabar 24", "Tass")
EVENT = "A night in Almaty"


@dataclass
class Machine:
    """Something that reads documents and proposes what they state."""

    writer: Writer
    extractor: str = "rules 1"

    @property
    def session(self) -> Session:
        return self.writer.session

    def event(self, title: str = EVENT) -> Event:
        held = self._held(Event, col(Event.title) == title)
        return held or propose_event(self.writer, EventBase(title=title))

    def source(self, name: str) -> Source:
        kind = KINDS.get(name, SourceKind.NEWSPAPER)
        held = self._held(Source, col(Source.name) == name)
        return held or propose_source(self.writer, SourceBase(name=name, kind=kind))

    def claim(self, text: str = f"{DOZENS}.", event: str = EVENT) -> Claim:
        held = self._held(Claim, col(Claim.text) == text)
        return held or propose_claims(self.writer, self.event(event), [ClaimBase(text=text)])[0]

    def document(self, publisher: str = "Tass", **more: Any) -> Document:
        self.source(publisher)
        given = {"text": STORY, "title": "Dozens eliminated", "published": "2022-01-06", "language": "en"}
        return Desk(self.writer).document(publisher, **{**given, **more})

    def report(
        self,
        claim: Claim | None = None,
        *chain: str,
        document: Document | None = None,
        quote: str = DOZENS,
        figures: Sequence[str] = ("Dozens",),
        rule: str = "told_outlet",
        confidence: float = 0.8,
        **more: Any,
    ) -> Report:
        chain = chain or CHAIN
        document = document or self.document(chain[-1])
        text = document.text or ""
        place = text.index(quote)
        sources = [self.source(name) for name in chain]
        said = ReportBase(
            quote=quote,
            quote_start=place,
            quote_end=place + len(quote),
            extractor=self.extractor,
            rule=rule,
            confidence=confidence,
            grounds={"zone": "body", "matches": []},
            **more,
        )
        hops = [ProposedHop(one, other, AttributionBase(manner=Manner.SAID)) for one, other in pairwise(sources)]
        proposed = ProposedReport(
            claim or self.claim(), said, tuple(hops), tuple(_figure(text, printed) for printed in figures)
        )
        publisher = self.session.get_one(Source, document.publisher_id)
        return propose_reports(self.writer, document, publisher, [proposed])[0]

    def _held(self, table: type[Any], condition: sa.ColumnElement[bool]) -> Any:
        statement = sa.select(table).where(condition, col(table.recorded_to).is_(None))
        return self.session.execute(statement).scalars().first()


def _figure(text: str, printed: str) -> FigureBase:
    start = text.index(printed)
    read = read_figure(dict.fromkeys(FigureBase.model_fields) | {"text": printed}, "en")
    return FigureBase(**{**read, "text_start": start, "text_end": start + len(printed), "measure": "killed"})
