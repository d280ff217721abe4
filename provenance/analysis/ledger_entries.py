"""An entry in the ledger of a tally: a claim, the figure that most of its reports print, and who stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from provenance.analysis.accounts import earliest, given_for, main_figure, readings
from provenance.analysis.picture import UNDATED, ClaimPicture, FigureView, Published, ReportView
from provenance.analysis.rules.contradicted_figure import GIVEN_UP
from provenance.analysis.rules.words import printed
from provenance.chain import Span
from provenance.quantity import Interval, Policy, interval
from provenance.vocabulary import ClaimStatus, CorrectionKind, FigureStatus, Presence

Scope = tuple[str | None, str | None, str | None, str | None, bool | None, str | None]


@dataclass(frozen=True, slots=True)
class Printing:
    """One figure as some reports of a claim print it, with its interval under the policy that was asked for."""

    figure: FigureView
    interval: Interval
    reports: tuple[ReportView, ...]

    @property
    def documents(self) -> int:
        """How many documents print it so."""
        return len({report.document_public_id for report in self.reports})

    @property
    def scope(self) -> Scope:
        """What decides whether it can be compared with another figure."""
        return scope_of(self.figure)


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim in the ledger: its figure, the variants, and the claims (public ids) that bear on its status.

    ``readings`` is the figure's interval under every policy, ``seen`` when the claim was first published, ``given_for``
    the moment that the figure says it is for.
    """

    picture: ClaimPicture
    main: Printing
    variants: tuple[Printing, ...]
    readings: tuple[Interval, ...]
    seen: Span | None
    given_for: Published
    parties: frozenset[int]
    superseded_by: frozenset[int]
    contradicted_by: tuple[str, ...] = ()
    updated_by: tuple[str, ...] = ()

    @property
    def status(self) -> FigureStatus:
        """What was done to the claim; where nothing was, whether another account contradicts the figure."""
        if self.picture.status is ClaimStatus.STANDING and self.contradicted_by:
            return FigureStatus.CONTRADICTED
        return FigureStatus(self.picture.status.value)

    @property
    def stands(self) -> bool:
        """Whether it speaks against others: it was not given up, and somebody stands behind it."""
        return self.picture.status not in GIVEN_UP and bool(self.picture.analysis.supported)

    @property
    def first(self) -> ReportView:
        """The earliest report that was certainly published by the moment; where there is none, the earliest that may
        have been.
        """
        certain = [report for report in self.picture.asserting if report.presence is Presence.CERTAIN]
        return min(certain or self.picture.asserting, key=when)

    @property
    def said(self) -> Published:
        """When it was said, by the earliest time that a report gives; undated where none gives any."""
        known = [report.said for report in self.picture.asserting if report.said.span is not None]
        return min(known, key=lambda said: _moment(said.span), default=UNDATED)


def entry_of(picture: ClaimPicture, policy: Policy) -> Entry:
    """The entry of a claim that prints a figure, its readings under this policy; nothing bears on it yet."""
    main = main_figure(printed(picture.asserting)) or picture.figures[0]
    groups: dict[object, tuple[FigureView, list[ReportView]]] = {}
    for report in picture.asserting:
        for figure in report.figures:
            groups.setdefault(_alike(figure), (figure, []))[1].append(report)
    printings = {
        key: Printing(figure, interval(figure.measured.quantity, policy), tuple(reports))
        for key, (figure, reports) in groups.items()
    }
    own = printings.pop(_alike(main))
    return Entry(
        picture=picture,
        main=own,
        variants=tuple(sorted(printings.values(), key=lambda printing: -len(printing.reports))),
        readings=readings(main.measured),
        seen=earliest(report.declared.published for report in picture.asserting),
        given_for=given_for(main),
        parties=frozenset(party.group for party in picture.analysis.established_parties),
        superseded_by=frozenset(
            correction.superseded_by
            for correction in picture.corrections
            if correction.kind is CorrectionKind.SUPERSESSION and correction.applies
            if correction.superseded_by is not None
        ),
    )


def _alike(figure: FigureView) -> object:
    return figure.qualifier, figure.value, figure.text.casefold(), scope_of(figure)


def scope_of(figure: FigureView) -> Scope:
    """What a figure counts: any two of one scope count the same, or lack the same field."""
    measured = figure.measured
    unit = measured.unit or measured.quantity.unit
    return measured.measure, measured.counted, measured.place, measured.period, measured.cumulative, unit


def when(report: ReportView) -> tuple[datetime, datetime, int]:
    """What reports are put in order of time by: the latest moment that a date allows, so that a page dated by no more
    than its year does not come before those of its first days; what has no date comes last.
    """
    return *_moment(report.published.span), report.id


def _moment(span: Span | None) -> tuple[datetime, datetime]:
    return (span.latest, span.earliest) if span else (LAST, LAST)


LAST = datetime.max.replace(tzinfo=UTC)
