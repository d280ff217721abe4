"""A frozen picture of one claim: everything that a rule or the trace may look at, and nothing else.

Pictures are made from rows by ``picturing.py``; in tests by hand. All of it is as published by, and as held at, one
moment, so that the same picture always gives the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from provenance.answers import published_text
from provenance.chain import Actor, Analysis, Declared, Span, Tie
from provenance.quantity import Measured
from provenance.vocabulary import (
    ClaimKind,
    ClaimStatus,
    CorrectionKind,
    DatePrecision,
    Interest,
    Qualifier,
    Stance,
)


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date: the interval that is certain, and how it reads in JSON."""

    span: Span | None
    precision: DatePrecision

    @property
    def text(self) -> str | None:
        """ISO 8601 with no more digits than are known: ``2022``, ``2022-01``, ``2022-01-06``, ``2022-01-06T06:38Z``."""
        if self.span is None:
            return None
        return published_text(self.span.earliest, self.precision)


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure that a report prints, with what it measures."""

    id: int
    public_id: str
    text: str
    qualifier: Qualifier
    value: int | Decimal | None
    measured: Measured


@dataclass(frozen=True, slots=True)
class ReportView:
    """One accepted report of the claim."""

    id: int
    public_id: str
    document_public_id: str
    document_title: str | None
    document_url: str | None
    text_held: bool
    publisher: Actor
    published: Published
    language: str | None
    stance: Stance
    hedge: str | None
    quote: str | None
    declared: Declared
    figures: tuple[FigureView, ...] = ()

    @property
    def asserts(self) -> bool:
        """Whether it states the claim, so that it counts."""
        return self.stance is Stance.ASSERTS


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What somebody did to the claim or to a hop of it."""

    public_id: str
    kind: CorrectionKind
    by: Actor
    document: str | None
    effective: Published
    upstream: Actor | None
    downstream: Actor | None
    remains: str | None
    note: str | None
    superseded_by: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """An accepted review of the claim."""

    public_id: str
    author: str
    rating: str
    upholds: bool | None
    reasons: str
    url: str | None
    rests_on_evidence: bool


@dataclass(frozen=True, slots=True)
class TallyView:
    """The tally that the claim is a count in."""

    id: int
    public_id: str
    title: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What was searched, until when: the ground of every negative answer."""

    languages: tuple[str, ...]
    searched_by: str
    searched_until: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """Another claim of the same tally, or of one that is a part of the other, with its own analysis."""

    claim: int
    public_id: str
    text: str
    figures: tuple[FigureView, ...]
    analysis: Analysis
    documents: int
    status: ClaimStatus = ClaimStatus.STANDING
    in_same_tally: bool = True


@dataclass(frozen=True, slots=True)
class ClaimPicture:
    """Everything about one claim that a rule or the trace may look at."""

    id: int
    public_id: str
    text: str
    kind: ClaimKind
    event: str
    event_title: str
    reports: tuple[ReportView, ...]
    actors: Mapping[int, Actor]
    public_ids: Mapping[int, str]
    ties: tuple[Tie, ...]
    analysis: Analysis
    status: ClaimStatus = ClaimStatus.STANDING
    tally: TallyView | None = None
    interests: Mapping[int, Interest] = field(default_factory=dict)
    corrections: tuple[CorrectionView, ...] = ()
    reviews: tuple[ReviewView, ...] = ()
    coverage: tuple[CoverageView, ...] = ()
    accounts: tuple[Account, ...] = ()

    @property
    def asserting(self) -> tuple[ReportView, ...]:
        """The reports that count."""
        return tuple(report for report in self.reports if report.asserts)

    @property
    def figures(self) -> tuple[FigureView, ...]:
        """The figures of the reports that count."""
        return tuple(figure for report in self.asserting for figure in report.figures)

    @property
    def documents(self) -> int:
        """How many documents state the claim."""
        return len({report.document_public_id for report in self.asserting})
