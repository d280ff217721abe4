"""Makes pictures of claims from their rows: the one place where tables become values that rules can look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from provenance.analysis.picture import (
    UNDATED,
    Account,
    ClaimPicture,
    CorrectionView,
    CoverageView,
    Dependence,
    FigureView,
    Printed,
    Published,
    ReportView,
    ReviewView,
    TallyView,
)
from provenance.analysis.status import status_of
from provenance.chain import Actor, Analysis, Chains, Cut, Declared, Hop, Span, Tie, analyse
from provenance.moment import Moment
from provenance.quantity import Measured, Quantity, language_of_words
from provenance.storage.moment import moment_of
from provenance.storage.reads.picture import ClaimRows, claim_rows, tally_family, tied_rows
from provenance.vocabulary import (
    DocumentRelationKind,
    HopMark,
    Interest,
    Presence,
    RelationState,
    RulingKind,
    Stance,
)

WITHHELD = "a source that is not shown"


def pictures(session: Session, claims: Collection[int]) -> dict[int, ClaimPicture]:
    """The pictures of these claims at the moment that the session sees, by the claims' keys."""
    family = tally_family(session, claims)
    everyone = set(claims).union(*family.values())
    made = _Workshop(claim_rows(session, everyone), moment_of(session))
    alone = {key: made.picture(key) for key in everyone if key in made.claims}
    return {
        key: replace(alone[key], accounts=_accounts(alone[key], (alone[other] for other in sorted(family[key]))))
        for key in claims
        if key in alone
    }


def lone_pictures(
    session: Session, claims: Collection[int], *, leaving_out: Collection[int] = ()
) -> dict[int, ClaimPicture]:
    """As `pictures`, without the other accounts of each claim, whose number grows with the square of the claims'.

    ``leaving_out`` are the keys of corrections that are looked away from, so that what they cut is seen uncut.
    """
    held = claim_rows(session, claims)
    rows = replace(held, corrections=[row for row in held.corrections if row.id not in leaving_out])
    made = _Workshop(rows, moment_of(session))
    return {key: made.picture(key) for key in claims if key in made.claims}


def surroundings(session: Session, sources: Collection[int]) -> Chains:
    """These sources and everybody whom ties join to them at any time, as chains in which nothing is reported."""
    ties, named = tied_rows(session, sources)
    return Chains(_actors(named), (), tuple(_tie(row) for row in ties))


def _accounts(claim: ClaimPicture, others: Iterable[ClaimPicture]) -> tuple[Account, ...]:
    return tuple(
        Account(
            claim=other.id,
            public_id=other.public_id,
            text=other.text,
            figures=other.figures,
            analysis=other.analysis,
            documents=other.documents,
            status=other.status,
            in_same_tally=other.tally == claim.tally,
        )
        for other in others
        if other.asserting
    )


@dataclass(frozen=True, slots=True)
class _CutOrder:
    """A decision that hops support nothing any more: which hops, and why."""

    cut: Cut
    attribution: int | None
    document: int | None
    upstream: int | None
    downstream: int | None
    by: int | None

    def hits_report(self, document: int, publisher: int) -> bool:
        """Whether it takes back a report as a whole, hops or not."""
        if self.document is not None:
            return document == self.document
        if self.by is None or self.attribution is not None or self.downstream is not None:
            return False
        # What somebody stated on their own page is among what they are said to have stated.
        return publisher == (self.by if self.upstream is None else self.upstream)

    def hits(self, row: Any, document: int) -> bool:
        """Whether it cuts this hop."""
        if self.attribution is not None:
            return bool(row.id == self.attribution)
        if self.document is not None:
            return document == self.document
        if self.upstream is None and self.downstream is None:
            return self.by is not None and self.by in (row.upstream_id, row.downstream_id)
        return self.upstream in (None, row.upstream_id) and self.downstream in (None, row.downstream_id)


class _Workshop:
    """The rows of some claims, sorted so that each picture is put together without searching."""

    def __init__(self, rows: ClaimRows, moment: Moment) -> None:
        self.moment = moment
        self.events = {row.id: row for row in rows.events}
        self.claims = {row.id: row for row in rows.claims if row.event_id in self.events}
        self.tallies = {row.id: row for row in rows.tallies}
        self.actors = _actors(rows.sources)
        self.public_ids = {row.id: row.public_id for row in rows.sources}
        self.ties = tuple(_tie(row) for row in rows.ties)
        self.coverage = _grouped(rows.coverage, "event_id")
        self.interests = _grouped(rows.interests, "event_id")
        self.examined = _grouped(rows.examined, "event_id")
        self.reports = _grouped(rows.reports, "claim_id")
        self.hops = _grouped(rows.hops, "report_id")
        self.figures = _grouped(rows.figures, "report_id")
        self.corrections = _grouped(rows.corrections, "claim_id")
        self.of_documents = _grouped(rows.corrections, "target_document_id")
        self.of_hops = _grouped(rows.corrections, "attribution_id")
        self.rulings = _grouped(rows.rulings, "claim_id")
        self.rulings_on_hops = _grouped(rows.rulings, "attribution_id")
        self.rulings_on_reports = _grouped(rows.rulings, "report_id")
        self.names = {key: tuple(row.name for row in names) for key, names in _grouped(rows.names, "source_id").items()}
        self.depending = _grouped(rows.relations, "document_id")
        self.depended_on = _grouped(rows.relations, "of_document_id")
        self.reviews = _grouped(rows.reviews, "claim_id")

    def picture(self, key: int) -> ClaimPicture:
        """The picture of one claim, without the other accounts of the same tally."""
        claim, event = self.claims[key], self.events[self.claims[key].event_id]
        corrections = self._corrections(key)
        views = tuple(self._correction(row) for row in corrections)
        in_effect = [row for row, view in zip(corrections, views, strict=True) if view.applies]
        orders = [*map(self._withdrawal, in_effect), *map(_ruled, self._rulings(key))]
        reports = tuple(
            self._report(row, [order for order in orders if order is not None]) for row in self.reports[key]
        )
        analysis = self._analysis(reports, event.id)
        certain = [report for report in reports if report.presence is Presence.CERTAIN]
        return ClaimPicture(
            id=key,
            public_id=claim.public_id,
            text=claim.text,
            kind=claim.kind,
            event=event.public_id,
            event_title=event.title,
            reports=reports,
            actors=self.actors,
            public_ids=self.public_ids,
            ties=self.ties,
            analysis=analysis,
            status=status_of([view for view in views if view.of_claim and view.applies], analysis),
            state=claim.state,
            tally=self._tally(claim.tally_id),
            interests={row.source_id: Interest(row.interest) for row in self.interests[event.id]},
            corrections=views,
            reviews=tuple(_review(row) for row in self.reviews[key]),
            coverage=tuple(_coverage(row) for row in self.coverage[event.id]),
            names=self.names,
            moment=self.moment,
            certain=None if len(certain) == len(reports) else self._analysis(certain, event.id),
            happened=_dated(claim, "happened"),
            material_examined=self._examined(event.id),
        )

    def _corrections(self, key: int) -> list[Any]:
        aimed = {row.id: row for row in self.corrections[key]}
        for report in self.reports[key]:
            aimed |= {row.id: row for row in self.of_documents[report.document_id] if row.claim_id in (None, key)}
            for hop in self.hops[report.id]:
                aimed |= {row.id: row for row in self.of_hops[hop.id]}
        return [aimed[key] for key in sorted(aimed)]

    def _rulings(self, key: int) -> list[Any]:
        aimed = {row.id: row for row in self.rulings[key]}
        for report in self.reports[key]:
            for hop in self.hops[report.id]:
                aimed |= {row.id: row for row in self.rulings_on_hops[hop.id]}
        return [aimed[key] for key in sorted(aimed)]

    def _analysis(self, reports: Collection[ReportView], event: int) -> Analysis:
        declared = tuple(report.declared for report in reports)
        return analyse(Chains(self.actors, declared, self.ties, self._examined(event)))

    def _examined(self, event: int) -> frozenset[int]:
        return frozenset(row.uploader_id for row in self.examined[event])

    def _report(self, row: Any, orders: Collection[_CutOrder]) -> ReportView:
        hops = self.hops[row.id]
        published = _dated(row, "published")
        declared = Declared(
            report=row.id,
            document=row.document_id,
            publisher=row.publisher_id,
            hops=tuple(_hop(hop, row.document_id, orders, self.actors) for hop in hops),
            published=published.span,
            own_basis=row.own_basis,
            counted=row.stance is Stance.ASSERTS,
            cut=next((order.cut for order in orders if order.hits_report(row.document_id, row.publisher_id)), None),
        )
        changed = [one for one in self.depended_on[row.document_id] if _is_changed_text(one)]
        decided = [one.upholds for one in self.rulings_on_reports[row.id] if one.kind is RulingKind.ZOMBIE]
        tally = self.tallies.get(self.claims[row.claim_id].tally_id)
        return ReportView(
            id=row.id,
            public_id=row.public_id,
            document_public_id=row.document_public_id,
            document_title=row.title,
            document_url=row.url,
            text_held=row.text_held,
            publisher=self.actors[row.publisher_id],
            published=published,
            language=row.language,
            stance=row.stance,
            hedge=row.hedge,
            quote=row.quote,
            declared=declared,
            figures=tuple(_figure(figure, tally, row.language) for figure in self.figures[row.id]),
            presence=self.moment.presence(row.published_earliest, row.published_latest) or Presence.POSSIBLE,
            said=_dated(row, "said"),
            translation=row.translation,
            depends_on=tuple(map(_dependence, self.depending[row.document_id])),
            superseded_by=changed[-1].document_public_id if changed else None,
            judged_zombie=decided[-1] if decided else None,
            retrieved_at=row.retrieved_at,
        )

    def _correction(self, row: Any) -> CorrectionView:
        effective = _dated(row, "effective")
        took_effect = effective if effective.span else _dated(row, "carried")
        span = took_effect.span
        presence = self.moment.presence(*((span.earliest, span.latest) if span else (None, None)))
        return CorrectionView(
            public_id=row.public_id,
            kind=row.kind,
            by=self.actors[row.by_id],
            document=row.document_public_id,
            effective=effective,
            upstream=self.actors.get(row.upstream_id),
            downstream=self.actors.get(row.downstream_id),
            remains=row.remains,
            note=row.note,
            superseded_by=row.superseded_by_id,
            id=row.id,
            target_document=row.target_document_id,
            attribution=row.attribution_id,
            of_claim=_of_the_claim(row),
            took_effect=took_effect,
            applies=presence is Presence.CERTAIN,
        )

    def _withdrawal(self, row: Any) -> _CutOrder | None:
        if not row.kind.withdraws:
            return None
        by, at = self.actors[row.by_id].name, _dated(row, "effective").text
        cut = Cut(by, at, f"{row.kind.value} by {by}")
        return _CutOrder(cut, row.attribution_id, row.target_document_id, row.upstream_id, row.downstream_id, row.by_id)

    def _tally(self, key: int | None) -> TallyView | None:
        row = self.tallies.get(key) if key is not None else None
        return None if row is None else TallyView(row.id, row.public_id, row.title)


def _of_the_claim(row: Any) -> bool:
    # One outlet that takes back its article, or one hop that is corrected, changes what supports the claim and not
    # where the claim itself stands.
    return row.claim_id is not None and row.target_document_id is None and row.attribution_id is None


def _ruled(row: Any) -> _CutOrder | None:
    if row.kind is not RulingKind.CUT:
        return None
    cut = Cut(row.signed_by, row.signed_at.isoformat(), row.method)
    return _CutOrder(cut, row.attribution_id, None, row.upstream_id, row.downstream_id, None)


def _hop(row: Any, document: int, orders: Collection[_CutOrder], actors: Mapping[int, Actor]) -> Hop:
    cut = next((order.cut for order in orders if order.hits(row, document)), None)
    return Hop(
        upstream=row.upstream_id,
        downstream=row.downstream_id,
        manner=row.manner,
        # What the page calls somebody who is not shown may be their name.
        as_named=None if row.upstream_id is not None and actors[row.upstream_id].name == WITHHELD else row.as_named,
        basis=row.basis,
        stated=row.mark is HopMark.STATED,
        access=row.access,
        cut=cut,
    )


def _figure(row: Any, tally: Any, language: str | None) -> FigureView:
    spoken = language_of_words(row.text, row.qualifier, language)
    quantity = Quantity(
        row.text, row.qualifier, _number(row.value), _number(row.low), _number(row.high), row.unit, spoken
    )
    measured = Measured(
        quantity=quantity,
        measure=row.measure or (tally.measure if tally else None),
        counted=row.counted or (tally.counted if tally else None),
        place=row.place or (tally.place if tally else None),
        period=tally.period if tally else None,
        cumulative=tally.cumulative if tally else None,
        unit=row.unit,
    )
    printed = Printed(**{name: getattr(row, name) for name in Printed.__slots__})
    return FigureView(row.id, row.public_id, row.text, row.qualifier, _number(row.value), measured, printed)


def _actors(sources: Iterable[Any]) -> dict[int, Actor]:
    return {row.id: Actor(row.id, row.name if row.shown else WITHHELD, row.kind) for row in sources}


def _tie(row: Any) -> Tie:
    return Tie(
        source=row.source_id,
        kind=row.kind,
        other=row.other_id,
        basis=row.basis,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        reference=row.reference,
        id=row.id,
    )


def _review(row: Any) -> ReviewView:
    return ReviewView(
        row.public_id, row.author, row.rating, row.upholds, row.reasons, row.url, bool(row.rests_on_evidence)
    )


def _coverage(row: Any) -> CoverageView:
    return CoverageView(tuple(row.languages), row.searched_by, row.searched_until, row.note)


def _dependence(row: Any) -> Dependence:
    return Dependence(row.kind, row.of_document_id, row.of_document_public_id, row.of_source_id, row.state)


def _is_changed_text(relation: Any) -> bool:
    return relation.kind is DocumentRelationKind.SUPERSEDES and relation.state is RelationState.CONFIRMED


def _dated(row: Any, name: str) -> Published:
    earliest, latest = getattr(row, f"{name}_earliest"), getattr(row, f"{name}_latest")
    if earliest is None or latest is None:
        return UNDATED
    return Published(Span(earliest, latest), getattr(row, f"{name}_precision"), getattr(row, f"{name}_basis"))


def _number(value: float | None) -> int | Decimal | None:
    if value is None:
        return None
    return int(value) if value == int(value) else Decimal(repr(value))


def _grouped(rows: Iterable[Any], name: str) -> Mapping[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, name)].append(row)
    return groups
