"""Answers what competes in a tally: reads what its ledger is made from, and tells the ledger and the series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from sqlmodel import Session

from provenance.analysis.accounts import above
from provenance.analysis.ledger import Ledger, ledger, order
from provenance.analysis.ledger_entries import Entry, Printing
from provenance.analysis.ledger_pairs import Compared, Counting, Pair, compared
from provenance.analysis.ledger_series import Mark, Point, Series, marks, series
from provenance.analysis.picture import ClaimPicture, Published
from provenance.analysis.picturing import lone_pictures
from provenance.analysis.rules.words import quoted
from provenance.answers import TallyItem, instant_text
from provenance.answers_detail import TallyDetail
from provenance.answers_ledger import (
    LedgerBetween,
    LedgerClaim,
    LedgerFigure,
    LedgerNote,
    LedgerOrigin,
    LedgerPair,
    LedgerPart,
    LedgerParty,
    LedgerScope,
    PartySeries,
    Printed,
    SeriesMark,
    SeriesPoint,
    TallyLedger,
    TallySeries,
)
from provenance.quantity import PLAIN, POLICIES, Policy
from provenance.storage.moment import moment_of
from provenance.storage.reads.asked import RulingsAsked
from provenance.storage.reads.events import claims_in, tally_detail
from provenance.storage.reads.rulings import rulings
from provenance.vocabulary import FigureStatus, Presence, RulingKind

MOST_NAMED = 10  # claims that an entry names of those that update or contradict it; the rest is a number
MOST_NOTES = 50


def tally_ledger(session: Session, public_id: str, policy: str = PLAIN.name) -> TallyLedger:
    """A tally with its ledger, at the moment that the session sees; raises :class:`NotFound`."""
    detail = tally_detail(session, public_id)
    return _ledger(session, detail, _with_parts(session, detail, policy))


def tally_series(session: Session, public_id: str, policy: str = PLAIN.name) -> TallySeries:
    """A tally in the course of time, at the moment that the session sees; raises :class:`NotFound`."""
    detail = tally_detail(session, public_id)
    return _in_time(session, detail, _ledgers(session, [detail.id], POLICIES[policy])[detail.id])


def ledger_and_series(session: Session, public_id: str, policy: str = PLAIN.name) -> tuple[TallyLedger, TallySeries]:
    """Both of a tally, for whoever shows them together: what they are made from is read once.

    :raises NotFound: if there is no such tally at the moment that the session sees.
    """
    detail = tally_detail(session, public_id)
    ledgers = _with_parts(session, detail, policy)
    return _ledger(session, detail, ledgers), _in_time(session, detail, ledgers[detail.id])


def figure_statuses(session: Session, tallies: Sequence[str]) -> dict[str, FigureStatus]:
    """The word of the ledgers of these tallies for each figure (public id) that stands in one for its claim.

    It is the same under every policy, for so is whether another account contradicts a figure.
    """
    ledgers = _ledgers(session, tallies, PLAIN)
    return {entry.main.figure.public_id: entry.status for whole in ledgers.values() for entry in whole.entries}


def _with_parts(session: Session, detail: TallyDetail, policy: str) -> dict[str, Ledger]:
    return _ledgers(session, [detail.id, *(part.id for part in detail.parts)], POLICIES[policy])


def _ledger(session: Session, detail: TallyDetail, ledgers: Mapping[str, Ledger]) -> TallyLedger:
    whole = ledgers[detail.id]
    public_ids = {entry.picture.id: entry.picture.public_id for one in ledgers.values() for entry in one.entries}
    pairs = compared(whole)
    return TallyLedger(
        **detail.model_dump(),
        **_asked(session, whole.policy),
        figures=_figures(whole, pairs.scopes, public_ids),
        without_figure=[_claim(picture) for picture in whole.without_figure],
        scopes=[_scope(counting) for counting in pairs.scopes],
        comparisons=_between(pairs),
        pairs=[_pair(pair) for pair in pairs.pairs],
        pairs_total=pairs.total,
        figures_of_parts=[
            LedgerPart(
                tally=part.id,
                title=part.title,
                figures=_figures(ledgers[part.id], compared(ledgers[part.id], most=0).scopes, public_ids),
            )
            for part in detail.parts
        ],
        notes=_notes(
            _of_tally(detail, whole), {part.title: _of_tally(part, ledgers[part.id]) for part in detail.parts}
        ),
        rulings=rulings(session, RulingsAsked(tally=detail.id, kind=RulingKind.RANGE, sort="signed", limit=200)).items,
    )


def _in_time(session: Session, detail: TallyDetail, whole: Ledger) -> TallySeries:
    scopes = compared(whole, most=0).scopes
    places = _places(whole, scopes)
    return TallySeries(
        tally=detail.id,
        title=detail.title,
        **_asked(session, whole.policy),
        scopes=[_scope(counting) for counting in scopes],
        series=[_series(one, places) for one in series(whole)],
        corrections=[_mark(mark) for mark in marks(whole)],
    )


def _ledgers(session: Session, tallies: Sequence[str], policy: Policy) -> dict[str, Ledger]:
    claims = claims_in(session, tallies)
    pictures = lone_pictures(session, [key for keys in claims.values() for key in keys])
    return {
        tally: ledger((pictures[key] for key in claims.get(tally, ()) if key in pictures), policy) for tally in tallies
    }


def _asked(session: Session, policy: Policy) -> dict[str, Any]:
    moment = moment_of(session)
    return {
        "policy": policy.name,
        "policy_version": policy.version,
        "as_of": instant_text(moment.as_of),
        "known_at": instant_text(moment.known_at),
    }


def _places(whole: Ledger, scopes: Sequence[Counting]) -> dict[int, int]:
    """The place in the list of scopes of each claim."""
    return {
        whole.entries[place].picture.id: number for number, counting in enumerate(scopes) for place in counting.places
    }


def _figures(whole: Ledger, scopes: Sequence[Counting], public_ids: Mapping[int, str]) -> list[LedgerFigure]:
    places = _places(whole, scopes)
    return [_figure(entry, places[entry.picture.id], public_ids) for entry in whole.entries]


def _figure(entry: Entry, scope: int, public_ids: Mapping[int, str]) -> LedgerFigure:
    picture, first, said = entry.picture, entry.first, entry.said
    reports = picture.asserting
    return LedgerFigure(
        **_printed(entry.main),
        claim=picture.public_id,
        claim_text=picture.text,
        status=entry.status,
        origins=_origins(picture),
        parties=[LedgerParty(name=party.name, established=party.established) for party in picture.analysis.parties],
        published_at=first.published.text,
        published_precision=first.published.precision,
        presence=first.presence,
        said_at=said.text,
        said_precision=said.precision,
        given_for=entry.main.figure.printed.as_of,
        reports=len(reports),
        certain_reports=sum(report.presence is Presence.CERTAIN for report in reports),
        documents=picture.documents,
        certain=picture.certain_documents,
        possible=picture.documents - picture.certain_documents,
        variants=[Printed(**_printed(variant)) for variant in entry.variants],
        scope=scope,
        superseded_by=[public_ids[key] for key in sorted(entry.superseded_by) if key in public_ids],
        updated_by=list(entry.updated_by[:MOST_NAMED]),
        updates=len(entry.updated_by),
        contradicted_by=list(entry.contradicted_by[:MOST_NAMED]),
        contradictions=len(entry.contradicted_by),
    )


def _printed(printing: Printing) -> dict[str, Any]:
    figure = printing.figure
    return {
        "figure": figure.public_id,
        "text": figure.text,
        "qualifier": figure.qualifier,
        "value": _plain(figure.value),
        "low": _plain(printing.interval.low),
        "high": _plain(printing.interval.high),
        **_counted(printing.scope),
        "printed_in_reports": len(printing.reports),
        "printed_in_documents": printing.documents,
    }


def _plain(number: Any) -> float | None:
    return None if number is None else float(number)


def _counted(scope: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(("measure", "counted", "place", "period", "cumulative", "unit"), scope, strict=True))


def _origins(picture: ClaimPicture) -> list[LedgerOrigin]:
    found = sorted(picture.analysis.origins, key=lambda origin: -len(origin.reports))
    return [
        LedgerOrigin(
            source=picture.actors[origin.source].name,
            source_id=picture.public_ids[origin.source],
            established=origin.established,
            **{"class": origin.cls},
        )
        for origin in found
    ]


def _claim(picture: ClaimPicture) -> LedgerClaim:
    return LedgerClaim(claim=picture.public_id, claim_text=picture.text, status=FigureStatus(picture.status.value))


def _scope(counting: Counting) -> LedgerScope:
    return LedgerScope(**_counted(counting.scope), figures=len(counting.places))


def _between(pairs: Compared) -> list[LedgerBetween]:
    return [
        LedgerBetween(
            one=found.one,
            other=found.other,
            answer=found.comparison.answer,
            field=found.comparison.field,
            pairs=found.pairs,
        )
        for found in pairs.between
    ]


def _pair(pair: Pair) -> LedgerPair:
    return LedgerPair(
        claim=pair.one.picture.public_id,
        other=pair.other.picture.public_id,
        answer=pair.answer,
        field=pair.field,
        relation=pair.relation,
    )


def _of_tally(tally: TallyItem, of: Ledger) -> list[Entry]:
    """The entries that count whom the tally counts: a list of dead by name in a tally of all dead is no whole."""
    return [entry for entry in of.entries if entry.main.figure.measured.counted == tally.counted]


def _notes(whole: Sequence[Entry], parts: Mapping[str, Sequence[Entry]]) -> list[LedgerNote]:
    """Where a part is larger than its whole was at the same time or later; what grows only after is no surprise."""
    return [note for _, note in zip(range(MOST_NOTES), _larger_parts(whole, parts), strict=False)]


def _larger_parts(whole: Sequence[Entry], parts: Mapping[str, Sequence[Entry]]) -> Iterator[LedgerNote]:
    for title, part in parts.items():
        for mine, theirs in product(whole, part):
            if not (mine.stands and theirs.stands and all(map(above, theirs.readings, mine.readings))):
                continue
            if mine.main.scope[0] == theirs.main.scope[0] and order(theirs, mine) < 0:
                yield LedgerNote(
                    says=(
                        f"{quoted(theirs.main.figure.text)} in the part {quoted(title)} is larger than the later "
                        f"{quoted(mine.main.figure.text)} for the whole."
                    ),
                    claims=[theirs.picture.public_id, mine.picture.public_id],
                )


def _series(one: Series, places: Mapping[int, int]) -> PartySeries:
    points = [_point(point, places[point.entry.picture.id]) for point in one.points]
    return PartySeries(party=one.party, established=one.established, points=points)


def _point(point: Point, scope: int) -> SeriesPoint:
    entry = point.entry
    return SeriesPoint(
        at=point.at.text,
        at_precision=point.at.precision,
        dated_by=point.dated_by,
        published_at=entry.first.published.text,
        low=_plain(entry.main.interval.low),
        high=_plain(entry.main.interval.high),
        value=_plain(entry.main.figure.value),
        text=entry.main.figure.text,
        claim=entry.picture.public_id,
        status=entry.status,
        documents=entry.picture.documents,
        scope=scope,
    )


def _mark(mark: Mark) -> SeriesMark:
    when: Published = mark.correction.took_effect
    return SeriesMark(
        correction=mark.correction.public_id,
        kind=mark.correction.kind,
        by=mark.correction.by.name,
        by_id=mark.claim.public_ids[mark.correction.by.id],
        claim=mark.claim.public_id,
        at=when.text,
        at_precision=when.precision,
        applies=mark.correction.applies,
    )
