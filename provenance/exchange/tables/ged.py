"""The figures of an event in the columns of UCDP GED: a row for each ruling on a tally and each group of figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from provenance.analysis.tallying import figure_statuses
from provenance.answers import ClaimItem, DocumentItem, EventItem, FigureItem, TallyItem, bound_text
from provenance.answers_rulings import RulingItem
from provenance.exchange.tables.every import every
from provenance.exchange.tables.ged_asked import KILLED, GedAsked, check_measure, check_sides
from provenance.exchange.tables.ged_row import BestBasis, GedRow, RowOf
from provenance.storage.reads.asked import (
    ClaimsAsked,
    DocumentsAsked,
    FiguresAsked,
    ReportsAsked,
    RulingsAsked,
    TalliesAsked,
)
from provenance.storage.reads.claims import claims
from provenance.storage.reads.documents import documents
from provenance.storage.reads.events import event_detail, tallies
from provenance.storage.reads.figures import figures
from provenance.storage.reads.of_event import Happened, happenings
from provenance.storage.reads.reports import reports
from provenance.storage.reads.rulings import rulings
from provenance.vocabulary import ClaimStatus, FigureStatus, OriginClass, Presence, Qualifier, RulingKind, Stance

CIVILIANS = frozenset({"civilian", "civilians"})


@dataclass(frozen=True, slots=True)
class Held:
    """What of an event the rows are made from."""

    event: EventItem
    claims: Mapping[str, ClaimItem]
    documents: Mapping[str, DocumentItem]
    tallies: Mapping[str, TallyItem]
    happened: Mapping[str, Happened]
    in_ledgers: Mapping[str, FigureStatus]
    groups: Sequence[Sequence[FigureItem]]
    rulings: Mapping[str, RulingItem]


def ged_rows(session: Session, event_id: str, asked: GedAsked) -> list[GedRow]:
    """The rows of an event: tally by tally, its ruling first, then the claims in the order of their first document.

    :raises NotFound: if there is no such event.
    :raises InvalidInput: if nothing of the event has this measure, a side names whom nothing counts, or both sides
        name the same.
    """
    held = _held(session, event_id, asked)
    made = [_ruled(held, one, asked) for one in held.rulings.values() if _measured(held, one, asked)]
    made += [_claimed(held, group, asked) for group in held.groups]
    _check(session, held, asked, made)
    return sorted(
        made, key=lambda row: (row.tally is None, row.tally_title or "", row.tally or "", row.row != "ruling")
    )


def _held(session: Session, event_id: str, asked: GedAsked) -> Held:
    event = event_detail(session, event_id)
    asserted = {report.id for report in every(session, reports, ReportsAsked, event=event.id, stance=Stance.ASSERTS)}
    printed = every(
        session, figures, FiguresAsked, event=event.id, measure=asked.measure, policy=asked.policy, sort="published"
    )
    counts = {tally.id: tally for tally in every(session, tallies, TalliesAsked, event=event.id)}
    told = {claim.id: claim for claim in every(session, claims, ClaimsAsked, event=event.id)}
    decided = every(session, rulings, RulingsAsked, kind=RulingKind.RANGE, sort="signed")
    return Held(
        event=event,
        claims=told,
        documents={each.id: each for each in every(session, documents, DocumentsAsked, event=event.id)},
        tallies=counts,
        happened=happenings(session, event.id),
        in_ledgers=figure_statuses(session, list(counts)),
        groups=_groups((each for each in printed if each.report in asserted and each.claim in told), told, counts),
        # Of several decisions on one tally the last one signed is the desk's.
        rulings={each.tally: each for each in decided if each.tally in counts},
    )


def _groups(
    printed: Iterable[FigureItem], told: Mapping[str, ClaimItem], counts: Mapping[str, TallyItem]
) -> list[list[FigureItem]]:
    groups: dict[tuple[Any, ...], list[FigureItem]] = {}
    for figure in printed:
        tally = _tally(told[figure.claim], counts)
        key = (figure.claim, _counted(figure, tally), _place(figure, tally), figure.unit)
        groups.setdefault(key, []).append(figure)
    return list(groups.values())


def _measured(held: Held, ruling: RulingItem, asked: GedAsked) -> bool:
    return held.tallies[ruling.tally or ""].measure == asked.measure


def _ruled(held: Held, ruling: RulingItem, asked: GedAsked) -> GedRow:
    tally = held.tallies[ruling.tally or ""]
    best = ruling.low if ruling.low is not None and ruling.low == ruling.high else None
    return _row(
        held,
        tally,
        asked,
        row=RowOf.RULING,
        ruling=ruling.id,
        counted=tally.counted,
        place=tally.place,
        best=best,
        low=ruling.low,
        high=ruling.high,
        best_basis=None if best is None else BestBasis.RULING,
    )


def _claimed(held: Held, group: Sequence[FigureItem], asked: GedAsked) -> GedRow:
    claim = held.claims[group[0].claim]
    tally = _tally(claim, held.tallies)
    told = next((held.in_ledgers[figure.id] for figure in group if figure.id in held.in_ledgers), None)
    best = one_figure(claim.status if tally is None else told, group)
    lows, highs = [figure.low for figure in group], [figure.high for figure in group]
    low = None if None in lows else min(low for low in lows if low is not None)
    high = None if None in highs else max(high for high in highs if high is not None)
    return _row(
        held,
        tally,
        asked,
        row=RowOf.CLAIM,
        claim=claim.id,
        claim_text=claim.text,
        counted=_counted(group[0], tally),
        place=_place(group[0], tally),
        unit=group[0].unit,
        status=claim.status,
        ledger_status=told,
        verdict=claim.verdict,
        parties=claim.parties,
        best=best,
        low=low,
        high=high,
        low_from=None if low is None else len({figure.document for figure in group if figure.low == low}),
        high_from=None if high is None else len({figure.document for figure in group if figure.high == high}),
        best_basis=None if best is None else BestBasis.ONE_FIGURE,
        figures=[figure.id for figure in group],
        **_dates(held.happened.get(claim.id)),
        **_sources(group, held.documents),
    )


def one_figure(status: ClaimStatus | FigureStatus | None, group: Sequence[FigureItem]) -> int | float | None:
    """The number that all these figures print alike and exactly; None where there is no such one, and where they do not
    stand: in the ledger of their tally, where there is one, for there another account may contradict them.
    """
    values = {figure.value if figure.qualifier is Qualifier.EXACT else None for figure in group}
    stands = status in (ClaimStatus.STANDING, FigureStatus.STANDING)
    return values.pop() if stands and len(values) == 1 else None


def _row(held: Held, tally: TallyItem | None, asked: GedAsked, **more: Any) -> GedRow:
    given: dict[str, Any] = {name: [] if name in LISTS else None for name in GedRow.model_fields}
    given |= {"event": held.event.id, "event_title": held.event.title, "measure": asked.measure}
    if tally is not None:
        given |= {"tally": tally.id, "tally_title": tally.title}
        given["event_clarity"] = None if tally.cumulative is None else 2 if tally.cumulative else 1
    given |= more
    return GedRow(**given | _deaths(given["counted"], given["best"], given["unit"], asked))


LISTS = ("source_article", "source_office", "source_date", "source_headline", "source_original", "figures")


def _deaths(counted: str | None, best: float | None, unit: str | None, asked: GedAsked) -> dict[str, Any]:
    if best is None or unit is not None or asked.measure != KILLED:
        return {}
    sides = {
        "deaths_a": asked.side_a,
        "deaths_b": asked.side_b,
        "deaths_civilians": CIVILIANS,
        "deaths_unknown": [None],
    }
    return {column: best for column, counts in sides.items() if counted in counts}


def _dates(happened: Happened | None) -> dict[str, Any]:
    if happened is None:
        return {}
    took = happened.latest - happened.earliest
    steps = [days for days in PRECISIONS if took > timedelta(days=days)]
    return {
        "date_start": bound_text(happened.earliest),
        "date_end": bound_text(happened.latest),
        "date_prec": len(steps) + 1,
    }


# How many days the levels 1 to 4 of `date_prec` span; whatever is longer has level 5.
PRECISIONS = (1, 6, 7, 31)


def _sources(group: Sequence[FigureItem], held: Mapping[str, DocumentItem]) -> dict[str, Any]:
    found = {figure.document: figure for figure in group}
    headlines = {id: held[id].title or "" if id in held else "" for id in found}
    dates = {id: figure.published_at or "" for id, figure in found.items()}
    return {
        "number_of_sources": len(found),
        "possible_sources": sum(figure.presence is Presence.POSSIBLE for figure in found.values()),
        "source_article": [
            ", ".join(filter(None, (figure.publisher, dates[id], headlines[id]))) for id, figure in found.items()
        ],
        "source_office": [figure.publisher for figure in found.values()],
        "source_date": list(dates.values()),
        "source_headline": list(headlines.values()),
        "source_original": list(dict.fromkeys(_originals(group))),
    }


def _originals(group: Sequence[FigureItem]) -> Iterator[str]:
    for figure in group:
        if figure.origin_class is not OriginClass.NOT_STATED:
            yield from (chain[0] for chain in figure.chains)


def _tally(claim: ClaimItem, counts: Mapping[str, TallyItem]) -> TallyItem | None:
    return counts.get(claim.tally or "")


def _counted(figure: FigureItem, tally: TallyItem | None) -> str | None:
    return figure.counted or (tally.counted if tally else None)


def _place(figure: FigureItem, tally: TallyItem | None) -> str | None:
    return figure.place or (tally.place if tally else None)


def _check(session: Session, held: Held, asked: GedAsked, made: Sequence[GedRow]) -> None:
    tallies = held.tallies.values()
    if not made:
        printed = every(session, figures, FiguresAsked, event=held.event.id)
        check_measure(asked, {figure.measure for figure in printed} | {tally.measure for tally in tallies})
    # Tallies too: whoever asks day by day asks for days on which nobody had counted a side yet.
    check_sides(asked, {row.counted for row in made} | {tally.counted for tally in tallies})
