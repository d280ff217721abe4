"""Answers what changed on the way of a claim, page by page."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from provenance.analysis.drift import Drift, Side, drifts
from provenance.analysis.picture import ClaimPicture, ReportView
from provenance.analysis.picturing import lone_pictures
from provenance.answers import Page
from provenance.answers_drift import DriftItem, DriftSide
from provenance.storage.reads import paging
from provenance.storage.reads.asked import DriftAsked
from provenance.storage.reads.claims import no_claim, require_claim
from provenance.storage.reads.standings import claim_key
from provenance.vocabulary import Sureness

UNDATED = "9999"  # after every date, in a text that is sorted as such


def claim_drift(session: Session, public_id: str, asked: DriftAsked) -> Page[DriftItem]:
    """What changed on the way of a claim, at the moment that the session sees.

    :raises NotFound: if there was no such claim then.
    """
    picture = _picture(session, public_id)
    reports = {report.public_id: report for report in picture.reports}
    down = asked.sort.startswith("-")
    found = sorted(((_place(one, reports), one) for one in _asked_for(picture, asked)), key=lambda pair: pair[0])
    if down:
        found.reverse()
    turned = _Turned(**asked.model_dump(), claim=public_id)
    if asked.cursor is not None:
        last = paging.read(turned)
        found = [pair for pair in found if (pair[0] < last if down else pair[0] > last)]
    page = found[: asked.limit]
    more = len(found) > asked.limit
    return Page[DriftItem](
        items=[_item(picture, reports, one) for _, one in page],
        next=paging.written(turned, page[-1][0]) if more else None,
    )


def whole_drift(session: Session, public_id: str) -> list[DriftItem]:
    """Everything that changed on the way of a claim, as `claim_drift` tells it, without turning pages.

    :raises NotFound: if there was no such claim then.
    """
    picture = _picture(session, public_id)
    reports = {report.public_id: report for report in picture.reports}
    found = sorted(drifts(picture), key=lambda one: _place(one, reports))
    return [_item(picture, reports, one) for one in found]


def _picture(session: Session, public_id: str) -> ClaimPicture:
    require_claim(session, public_id)
    key = claim_key(session, public_id)
    picture = None if key is None else lone_pictures(session, {key}).get(key)
    if picture is None:
        raise no_claim(session, public_id)
    return picture


class _Turned(DriftAsked):
    """What a cursor is good for: these filters, of this claim."""

    claim: str


def _asked_for(picture: ClaimPicture, asked: DriftAsked) -> list[Drift]:
    surest = list(Sureness)
    found = drifts(picture) if asked.field is None else drifts(picture, asked.field)
    return [
        one
        for one in found
        if asked.kind in (None, one.kind)
        and asked.report in (None, one.report)
        and (asked.sure is None or surest.index(one.sure) <= surest.index(asked.sure))
    ]


def _place(one: Drift, reports: Mapping[str, ReportView]) -> list[str]:
    span = reports[one.report].published.span
    when = span.earliest.isoformat() if span else UNDATED
    return [when, one.report, one.after.figure or "", one.field.value, one.kind.value, one.from_, one.to]


def _item(picture: ClaimPicture, reports: Mapping[str, ReportView], one: Drift) -> DriftItem:
    return DriftItem.model_validate(
        {
            "field": one.field,
            "kind": one.kind,
            "from": one.from_,
            "to": one.to,
            "sure": one.sure,
            "against": one.against,
            "stronger": one.stronger,
            "reason": one.reason,
            "before": _side(picture, reports[one.before.report], one.before),
            "after": _side(picture, reports[one.after.report], one.after),
        }
    )


def _side(picture: ClaimPicture, report: ReportView, side: Side) -> DriftSide:
    return DriftSide(
        report=side.report,
        document=side.document,
        publisher=report.publisher.name,
        publisher_id=picture.public_ids[report.publisher.id],
        published_at=report.published.text,
        figure=side.figure,
    )
