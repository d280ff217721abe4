"""Ledgers made up for drawing: as many figures of as many parties as a test wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from provenance.answers_ledger import (
    LedgerFigure,
    LedgerScope,
    PartySeries,
    SeriesMark,
    SeriesPoint,
    TallyLedger,
    TallySeries,
)
from provenance.vocabulary import CorrectionKind, DatePrecision, FigureStatus, PointDate, Presence, Qualifier

SCOPE: dict[str, Any] = {"measure": "killed", "place": "Almaty", "period": "2022-01", "cumulative": True, "unit": None}


@dataclass(frozen=True)
class Given:
    """A figure as somebody gave it; ``low`` and ``high`` are its interval, None where it is open."""

    claim: str
    low: float | None
    high: float | None
    at: str | None = "2022-01-09"
    party: str | None = "State of Kazakhstan"
    established: bool = True
    status: FigureStatus = FigureStatus.STANDING
    counted: str = "total"

    @property
    def text(self) -> str:
        """The figure as printed."""
        return f"{self.low:g}" if self.low is not None else f"up to {self.high}" if self.high is not None else "many"


def ledger_of(*given: Given) -> tuple[TallyLedger, TallySeries]:
    """The two answers of a tally in which these figures compete."""
    scopes = list(dict.fromkeys(one.counted for one in given))
    asked: dict[str, Any] = {"policy": "plain", "policy_version": 1, "as_of": None, "known_at": None}
    listed = [LedgerScope(**SCOPE, counted=name, figures=sum(one.counted == name for one in given)) for name in scopes]
    ledger = TallyLedger(
        **{name: value for name, value in SCOPE.items() if name != "unit"},
        counted="total",
        **asked,
        id="tal_aaaaaaaaaaaaaaaa",
        title="People killed in Almaty",
        event="evt_aaaaaaaaaaaaaaaa",
        event_title="Unrest",
        claims=len(given),
        parent=None,
        parent_title=None,
        parts=[],
        recorded_from=datetime(2022, 1, 20, tzinfo=UTC),
        figures=[_figure(one, scopes) for one in given],
        without_figure=[],
        scopes=listed,
        comparisons=[],
        pairs=[],
        pairs_total=0,
        figures_of_parts=[],
        notes=[],
        rulings=[],
    )
    parties = list(dict.fromkeys((one.party, one.established) for one in given))
    series = TallySeries(
        tally=ledger.id,
        title=ledger.title,
        **asked,
        scopes=listed,
        series=[
            PartySeries(
                party=party,
                established=established,
                points=[_point(one, scopes) for one in given if (one.party, one.established) == (party, established)],
            )
            for party, established in parties
        ],
        corrections=[_mark(one) for one in given if one.status is FigureStatus.RETRACTED],
    )
    return ledger, series


def days(first: date, count: int) -> Sequence[str]:
    """So many days in a row."""
    return [(first + timedelta(days=number)).isoformat() for number in range(count)]


def _precision(at: str | None) -> DatePrecision:
    return {None: DatePrecision.UNKNOWN, 4: DatePrecision.YEAR, 7: DatePrecision.MONTH}.get(
        None if at is None else len(at), DatePrecision.DAY
    )


def _figure(one: Given, scopes: Sequence[str]) -> LedgerFigure:
    return LedgerFigure(
        **SCOPE,
        figure=f"fig_{one.claim}",
        text=one.text,
        qualifier=Qualifier.EXACT,
        value=one.low,
        low=one.low,
        high=one.high,
        counted=one.counted,
        printed_in_reports=1,
        printed_in_documents=1,
        claim=one.claim,
        claim_text="So many were killed.",
        status=one.status,
        origins=[],
        parties=[],
        published_at=one.at,
        published_precision=_precision(one.at),
        presence=Presence.CERTAIN,
        said_at=None,
        said_precision=DatePrecision.UNKNOWN,
        given_for=None,
        reports=1,
        certain_reports=1,
        documents=1,
        certain=1,
        possible=0,
        variants=[],
        scope=scopes.index(one.counted),
        superseded_by=[],
        updated_by=[],
        updates=0,
        contradicted_by=[],
        contradictions=0,
    )


def _point(one: Given, scopes: Sequence[str]) -> SeriesPoint:
    return SeriesPoint(
        at=one.at,
        at_precision=_precision(one.at),
        dated_by=PointDate.PUBLISHED if one.at else PointDate.UNKNOWN,
        published_at=one.at,
        low=one.low,
        high=one.high,
        value=one.low,
        text=one.text,
        claim=one.claim,
        status=one.status,
        documents=1,
        scope=scopes.index(one.counted),
    )


def _mark(one: Given) -> SeriesMark:
    return SeriesMark(
        correction=f"cor_{one.claim}",
        kind=CorrectionKind.RETRACTION,
        by="Ministry of Information",
        by_id="src_aaaaaaaaaaaaaaaa",
        claim=one.claim,
        at=one.at,
        at_precision=_precision(one.at),
        applies=True,
    )
