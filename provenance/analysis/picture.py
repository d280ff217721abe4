"""A frozen picture of one claim: everything that a rule or the trace may look at, and nothing else.

Pictures are made from rows by ``picturing.py``; in tests by hand. All of it is as published by, and as held at, one
moment, so that the same picture always gives the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from provenance.answers import interval_text, published_text
from provenance.chain import Actor, Analysis, Chains, Declared, Span, Tie
from provenance.moment import NOW, Moment
from provenance.quantity import Measured
from provenance.vocabulary import (
    ClaimKind,
    ClaimStatus,
    CorrectionKind,
    DateBasis,
    DatePrecision,
    DocumentRelationKind,
    Interest,
    Presence,
    Qualifier,
    RelationState,
    ReportState,
    Stance,
)


@dataclass(frozen=True, slots=True)
class Published:
    """A date: the interval that is certain, how exactly and on what ground, and how it reads in JSON."""

    span: Span | None
    precision: DatePrecision
    basis: DateBasis = DateBasis.UNKNOWN

    @property
    def text(self) -> str | None:
        """ISO 8601 with no more digits than are known: ``2022``, ``2022-01``, ``2022-01-06``, ``2022-01-06T06:38Z``."""
        if self.span is None:
            return None
        return published_text(self.span.earliest, self.precision)

    @property
    def interval(self) -> str | None:
        """The same with both ends, where they read differently: ``2022-01-09/2022-01-10``."""
        return None if self.span is None else interval_text(self.span.earliest, self.span.latest, self.precision)


UNDATED = Published(None, DatePrecision.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Printed:
    """What a report itself says that its figure counts, normalised, and as printed where that differs; None: silence.

    ``Measured`` fills these gaps from the tally; what changed on the way must be read from the reports alone.
    """

    measure: str | None = None
    measure_printed: str | None = None
    counted: str | None = None
    counted_printed: str | None = None
    place: str | None = None
    place_printed: str | None = None
    as_of: str | None = None


NOTHING_PRINTED = Printed()


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure that a report prints, with what it measures."""

    id: int
    public_id: str
    text: str
    qualifier: Qualifier
    value: int | Decimal | None
    measured: Measured
    printed: Printed = NOTHING_PRINTED


@dataclass(frozen=True, slots=True)
class Dependence:
    """What a document's text depends on: another document held, or a supplier whose own copy is not."""

    kind: DocumentRelationKind
    document: int | None
    document_public_id: str | None
    source: int | None
    state: RelationState


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
    presence: Presence = Presence.CERTAIN
    said: Published = UNDATED
    translation: str | None = None
    depends_on: tuple[Dependence, ...] = ()
    superseded_by: str | None = None  # public id of a document with changed text under the same address
    judged_zombie: bool | None = None  # an editor's decision; None: nobody has decided
    retrieved_at: datetime | None = None

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
    id: int = 0
    target_document: int | None = None
    attribution: int | None = None
    of_claim: bool = True  # it aims at the claim, or at what somebody is said to have stated on it; not at one document
    took_effect: Published = UNDATED  # ``effective``; where that is unknown, when the document that carries it came out
    applies: bool = True  # by the moment of the picture it had certainly taken effect


@dataclass(frozen=True, slots=True)
class ReviewView:
    """An accepted review of the claim."""

    public_id: str
    author: str
    rating: str
    upholds: bool | None
    reasons: str | None
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
    note: str | None = None  # limits of the search that a reader must know


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
    state: ReportState = ReportState.ACCEPTED
    tally: TallyView | None = None
    interests: Mapping[int, Interest] = field(default_factory=dict)
    corrections: tuple[CorrectionView, ...] = ()
    reviews: tuple[ReviewView, ...] = ()
    coverage: tuple[CoverageView, ...] = ()
    accounts: tuple[Account, ...] = ()
    names: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # all names of a source, in any language
    moment: Moment = NOW
    certain: Analysis | None = None  # of the reports that were certainly published by the moment; None: all were
    happened: Published = UNDATED
    material_examined: frozenset[int] = frozenset()  # who posted material that somebody has verified

    @property
    def chains(self) -> Chains:
        """What the analysis looks at: what would be left without some of it can be computed from this."""
        declared = tuple(report.declared for report in self.reports)
        return Chains(self.actors, declared, self.ties, self.material_examined)

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

    @property
    def certain_documents(self) -> int:
        """How many of them were certainly published by the moment."""
        certain = (report for report in self.asserting if report.presence is Presence.CERTAIN)
        return len({report.document_public_id for report in certain})
