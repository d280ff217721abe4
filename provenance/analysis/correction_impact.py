"""What falls with a correction: what a withdrawal cuts, or what a denial would cut if it were one.

A withdrawal that is in effect has cut its paths already, so it is looked away from first; so are other withdrawals that
cut some of the same paths, or each of two would seem to do nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from provenance.analysis.falling import answered, hop_words
from provenance.analysis.impact import concerned
from provenance.analysis.picture import ClaimPicture, CorrectionView
from provenance.analysis.picturing import lone_pictures
from provenance.answers import CorrectionItem
from provenance.answers_detail import CorrectionDetail
from provenance.answers_impact import CorrectionImpact, WithdrawnHop, WithdrawnSource, WithdrawnThings
from provenance.chain import HopKey
from provenance.storage.moment import moment_of
from provenance.storage.reads.corrections import correction_detail
from provenance.storage.reads.resting import HopMeant, Meant, hop_meant
from provenance.storage.reads.rows import Found, asked_for, correction
from provenance.vocabulary import CorrectionKind, Presence
from provenance.withdrawal import Consequence, Withdrawal, consequence

Views = Mapping[int, CorrectionView]
Pictures = Mapping[int, ClaimPicture]


def impact_of(session: Session, public_id: str, limit: int) -> CorrectionImpact:
    """What a correction cuts, or would cut if it were a withdrawal.

    :raises NotFound: if there is no such correction at the moment that the session sees.
    """
    row, detail = asked_for(session, correction, public_id), correction_detail(session, public_id)
    aims = _Aims(session)
    claims = concerned(session, _target(row, aims))
    seen = lone_pictures(session, claims)
    views = {key: view for key, one in seen.items() for view in one.corrections if view.public_id == public_id}
    others = _sharing_paths(session, seen, views, aims)
    away = {view.id for view in (*views.values(), *others)}
    pictures = lone_pictures(session, list(views), leaving_out=away)
    found = {key: consequence(pictures[key].chains, aims.at(pictures[key], view)) for key, view in views.items()}
    cuts, applies = detail.kind.withdraws, _applies(session, row, views)
    return answered(
        CorrectionImpact,
        pictures,
        found,
        limit,
        lead=_lead(detail, cuts, applies),
        withdrawn=_shown(detail),
        event=None,
        moment=moment_of(session),
        correction=CorrectionItem(**{name: getattr(detail, name) for name in CorrectionItem.model_fields}),
        cuts=cuts,
        applies=applies,
        also_cut_by=sorted({view.public_id for view in others}),
    )


@dataclass
class _Aims:
    """Turns what a correction aims at into what is withdrawn of a claim, as pictures of claims cut it."""

    session: Session
    hops: dict[int, HopMeant | None] = field(default_factory=dict)

    def hop(self, key: int) -> HopMeant | None:
        """The hop with this key, looked up once."""
        if key not in self.hops:
            self.hops[key] = hop_meant(self.session, key)
        return self.hops[key]

    def at(self, picture: ClaimPicture, view: CorrectionView) -> Withdrawal:
        """What of a claim it withdraws: a hop, a document, whatever leads through its maker, or hops by their ends."""
        if view.attribution is not None:
            hop = self.hop(view.attribution)
            return Withdrawal(hops=frozenset([HopKey(hop.upstream, hop.downstream, hop.report)] if hop else []))
        if view.target_document is not None:
            return Withdrawal(documents=frozenset([view.target_document]))
        if view.upstream is None and view.downstream is None:
            return Withdrawal(sources=frozenset([view.by.id]))
        return Withdrawal(hops=_between(picture, view), reports=_own(picture, view))


def _between(picture: ClaimPicture, view: CorrectionView) -> frozenset[HopKey]:
    upstream, downstream = (end.id if end else None for end in (view.upstream, view.downstream))
    return frozenset(
        HopKey(hop.upstream, hop.downstream)
        for report in picture.reports
        for hop in report.declared.hops
        if upstream in (None, hop.upstream) and downstream in (None, hop.downstream)
    )


def _own(picture: ClaimPicture, view: CorrectionView) -> frozenset[int]:
    """Where all that a source stated is withdrawn, what it stated on its own pages too."""
    if view.upstream is None or view.downstream is not None:
        return frozenset()
    return frozenset(report.id for report in picture.reports if report.publisher == view.upstream)


def _target(row: Found, aims: _Aims) -> Meant:
    if row["attribution_id"] is not None:
        hop = aims.hop(row["attribution_id"])
        return Meant(claims=frozenset([hop.claim] if hop and hop.claim else []))
    if row["claim_id"] is not None:
        return Meant(claims=frozenset([row["claim_id"]]))
    return Meant(documents=frozenset([row["target_document_id"]]))


def _sharing_paths(session: Session, seen: Pictures, views: Views, aims: _Aims) -> list[CorrectionView]:
    """Other withdrawals in effect that break a path which this correction breaks, or would break, too."""
    rivals = {
        key: [other for other in seen[key].corrections if _in_effect(other) and other.id != view.id]
        for key, view in views.items()
    }
    every = {other.id for others in rivals.values() for other in others}
    if not every:
        return []
    bare = lone_pictures(session, list(views), leaving_out=every | {view.id for view in views.values()})
    sharing: dict[int, CorrectionView] = {}
    for key, view in views.items():
        mine = _paths(consequence(bare[key].chains, aims.at(bare[key], view)))
        for other in rivals[key]:
            if mine & _paths(consequence(bare[key].chains, aims.at(bare[key], other))):
                sharing[other.id] = other
    return list(sharing.values())


def _in_effect(view: CorrectionView) -> bool:
    return view.kind.withdraws and view.applies


def _paths(found: Consequence) -> set[tuple[int, tuple[int, ...]]]:
    return {
        (report, tuple(node.actor for node in one.path.nodes))
        for report, broken in found.broken.items()
        for one in broken
    }


def _applies(session: Session, row: Found, views: Views) -> bool:
    if views:
        return all(view.applies for view in views.values())
    # Nothing is held that it aims at, so no picture has looked at its date.
    return moment_of(session).presence(row["effective_earliest"], row["effective_latest"]) is Presence.CERTAIN


def _lead(detail: CorrectionDetail, cuts: bool, applies: bool) -> str:
    made = f"The {detail.kind.value} by {detail.by}"
    if not cuts:
        does = "replaces" if detail.kind is CorrectionKind.SUPERSESSION else "disputes"
        return f"{made} {does} and cuts nothing. If it were a withdrawal of {_aim(detail)}:"
    if not applies:
        return f"{made} had not certainly taken effect. Once it has, without {_aim(detail)}:"
    return f"{made} is in effect. Without {_aim(detail)}:"


def _aim(detail: CorrectionDetail) -> str:
    if detail.attribution is not None:
        return "one hop of one report"
    if detail.target_document is not None:
        return "one document"
    if detail.upstream is None:
        return f"what leads through {detail.by}"
    return hop_words(detail.upstream, detail.downstream)


def _shown(detail: CorrectionDetail) -> WithdrawnThings:
    """What it withdraws, as it is shown."""
    through = detail.target_document is None and detail.attribution is None and detail.upstream is None
    source = WithdrawnSource(source=detail.by, source_id=detail.by_id, given=True)
    return WithdrawnThings(
        sources=[source] if through else [],
        claims=[],
        reports=[],
        documents=[] if detail.target_document is None else [detail.target_document],
        hops=_hops(detail),
    )


def _hops(detail: CorrectionDetail) -> list[WithdrawnHop]:
    if detail.upstream is None:
        return []
    return [
        WithdrawnHop(
            upstream=detail.upstream,
            upstream_id=detail.upstream_id,
            downstream=detail.downstream,
            downstream_id=detail.downstream_id,
            claim=detail.claim,
            report=None,
        )
    ]
