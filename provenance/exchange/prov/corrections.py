"""Tells of corrections: activities, with whom they are associated, and what they invalidate.

Only who originated or carried something can withdraw it; a denial or disavowal disputes, and invalidates nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from provenance.analysis.picture import ClaimPicture, CorrectionView, ReportView
from provenance.chain import Hop
from provenance.exchange.prov.model import REVISION, TYPE, Attributes, Kind, Name, Record
from provenance.exchange.prov.names import name_of, own, relayed
from provenance.exchange.prov.reports import said
from provenance.exchange.prov.sources import agent_of
from provenance.vocabulary import ClaimStatus


def told(picture: ClaimPicture, reports: Collection[ReportView], replacing: Mapping[int, str]) -> Iterator[Record]:
    """The records of what was done to a claim, as far as it touches these reports.

    ``replacing`` are the public ids of claims that took the place of this one, by their keys.
    """
    for correction in picture.corrections:
        targets = sorted(set(_targets(picture, correction, reports)))
        if correction.of_claim or targets:
            yield from _activity(picture, correction)
            if correction.applies:
                yield from _effects(picture, correction, targets)
            yield from _revision(picture, correction, replacing)


def _activity(picture: ClaimPicture, correction: CorrectionView) -> Iterator[Record]:
    name, by = name_of(correction.public_id), agent_of(correction.by, picture.public_ids[correction.by.id])
    attributes: Attributes = ((TYPE, own("Correction")),)
    attributes += said(
        kind=correction.kind.value,
        effective=correction.effective.interval,
        applies=correction.applies,
        carried_by=name_of(correction.document) if correction.document else None,
        remains=correction.remains,
    )
    yield Record(Kind.ACTIVITY, name, (None, None), attributes)
    yield by
    yield Record(Kind.ASSOCIATION, None, (name, by.id))


def _effects(picture: ClaimPicture, correction: CorrectionView, targets: Collection[Name]) -> Iterator[Record]:
    activity = name_of(correction.public_id)
    if not correction.kind.withdraws:
        yield Record(Kind.INFLUENCE, None, (name_of(picture.public_id), activity))
        return
    span = correction.took_effect.span
    # Where stands the claim changes at the latest possible time, so that nobody is blamed for what was not yet known.
    at = span.latest if span is not None else None
    for target in targets:
        yield Record(Kind.INVALIDATION, None, (target, activity, at))


def _targets(picture: ClaimPicture, correction: CorrectionView, reports: Collection[ReportView]) -> Iterator[Name]:
    if not correction.kind.withdraws:
        return
    if correction.of_claim and picture.status in (ClaimStatus.RETRACTED, ClaimStatus.CORRECTED):
        yield name_of(picture.public_id)
    for view in reports:
        if view.declared.document == correction.target_document:
            yield name_of(view.document_public_id)
        elif _takes_back(correction, view):
            yield name_of(view.public_id)
        else:
            yield from (_step(picture, correction, view, hop) for hop in view.declared.hops if _hits(correction, hop))


def _takes_back(correction: CorrectionView, view: ReportView) -> bool:
    """Whether a report is withdrawn as a whole, since its publisher is who took back what they stated."""
    if not correction.of_claim or correction.downstream is not None:
        return False
    return view.declared.publisher == (correction.upstream or correction.by).id


def _hits(correction: CorrectionView, hop: Hop) -> bool:
    if correction.attribution is not None:
        # The picture knows its hops by what cut them, and not by their keys.
        return hop.cut is not None and hop.cut.reason == f"{correction.kind.value} by {correction.by.name}"
    if not correction.of_claim:
        return False
    if correction.upstream is None and correction.downstream is None:
        return correction.by.id in (hop.upstream, hop.downstream)
    ends = ((correction.upstream, hop.upstream), (correction.downstream, hop.downstream))
    return all(meant is None or meant.id == end for meant, end in ends)


def _step(picture: ClaimPicture, correction: CorrectionView, view: ReportView, hop: Hop) -> Name:
    """What is invalid of a hop: what its source is said to have said, or only what one carrier made of it."""
    withdrawn = correction.upstream or correction.by
    whole = correction.downstream is None and correction.attribution is None and hop.upstream == withdrawn.id
    source = withdrawn.id if whole else hop.downstream
    last = source == view.declared.publisher
    return name_of(view.public_id) if last else relayed(view.public_id, picture.public_ids[source])


def _revision(picture: ClaimPicture, correction: CorrectionView, replacing: Mapping[int, str]) -> Iterator[Record]:
    newer = replacing.get(correction.superseded_by or 0)
    if newer is not None and correction.applies:
        way = relayed(correction.public_id, newer)
        ends = (name_of(newer), name_of(picture.public_id))
        yield Record(Kind.DERIVATION, way, ends, ((TYPE, REVISION), *said(carried_by=name_of(correction.public_id))))
