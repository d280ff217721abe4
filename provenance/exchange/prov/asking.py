"""Reads what a PROV document is told from: the pictures of one claim, of what a document states, of a whole event."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlmodel import Session

from provenance.analysis.picture import ClaimPicture, Published
from provenance.analysis.picturing import lone_pictures
from provenance.answers_detail import DocumentDetail
from provenance.chain import Actor, Span
from provenance.errors import InvalidInput
from provenance.exchange.prov.model import Document, Kind, Record
from provenance.exchange.prov.names import name_of
from provenance.exchange.prov.reports import article
from provenance.exchange.prov.sources import agent_of
from provenance.exchange.prov.telling import Telling
from provenance.storage.reads.asked import ClaimsAsked
from provenance.storage.reads.claims import claim_items, claims, require_claim
from provenance.storage.reads.documents import document_detail
from provenance.storage.reads.events import event_detail
from provenance.storage.reads.sources import known_as, sources_called
from provenance.storage.reads.standings import claim_keys
from provenance.vocabulary import ReportState

# Some thousand reports; a document of more would not be read by anybody, and takes long to tell.
MOST_CLAIMS = 500
PAGE = 200


def of_claim(session: Session, public_id: str, base: str) -> Document:
    """All reports of a claim, each with its declared paths, at the moment that the session sees.

    ``base`` is the address of the server without a slash behind it.

    :raises NotFound: if there is no such claim.
    :raises Moved: if it was merged into another.
    """
    require_claim(session, public_id)
    telling = Telling(base)
    for picture in _pictures(session, [public_id]):
        telling.claim(picture, replacing=_replacing(session, [picture]))
    return _described(session, telling)


def of_document(session: Session, public_id: str, base: str) -> Document:
    """A document with what it states of each claim; of the claims nothing that other documents decide.

    :raises NotFound: if there is no such document.
    """
    detail = document_detail(session, public_id)
    telling = Telling(base)
    accepted = [report for report in detail.reports if report.state is ReportState.ACCEPTED]
    for picture in _pictures(session, dict.fromkeys(report.claim for report in accepted)):
        telling.claim(picture, within=public_id)
    telling.add(*_alone(session, detail))
    return _described(session, telling)


def of_event(session: Session, public_id: str, base: str) -> Document:
    """All claims about an event, as `of_claim` tells each.

    :raises NotFound: if there is no such event.
    :raises InvalidInput: if there are more claims than `MOST_CLAIMS`.
    """
    event = event_detail(session, public_id)
    telling = Telling(base)
    telling.event(public_id, event.title)
    told = list(_pictures(session, _claims_of(session, public_id)))
    replacing = _replacing(session, told)
    for picture in told:
        telling.claim(picture, replacing=replacing)
    return _described(session, telling)


def _described(session: Session, telling: Telling) -> Document:
    telling.describe(known_as(session, telling.sources))
    return telling.document()


def _pictures(session: Session, ids: Collection[str]) -> Iterable[ClaimPicture]:
    return lone_pictures(session, claim_keys(session, ids)).values()


def _claims_of(session: Session, event: str) -> list[str]:
    found: list[str] = []
    cursor: str | None = None
    while len(found) <= MOST_CLAIMS:
        page = claims(session, ClaimsAsked(event=event, limit=PAGE, cursor=cursor))
        found += [claim.id for claim in page.items]
        cursor = page.next
        if cursor is None:
            return found
    raise InvalidInput(
        f"event: more than {MOST_CLAIMS} claims are held about {event}, too many for one document. Ask for each by "
        f"itself: GET /v1/claims?event={event} lists them, and GET /v1/claims/ID/provenance tells of one.",
        field="event",
    )


def _replacing(session: Session, pictures: Iterable[ClaimPicture]) -> dict[int, str]:
    keys = [
        correction.superseded_by
        for picture in pictures
        for correction in picture.corrections
        if correction.superseded_by is not None
    ]
    return {key: found.id for key in sorted(set(keys)) for found in claim_items(session, [key])}


def _alone(session: Session, detail: DocumentDetail) -> Iterable[Record]:
    """A document of which no report may tell, and who published it."""
    name, earliest, latest = name_of(detail.id), detail.published_earliest, detail.published_latest
    span = Span(earliest, latest) if earliest is not None and latest is not None else None
    published = Published(span, detail.published_precision, detail.published_basis)
    yield article(name, detail.title, detail.url, detail.language, published)
    for publisher in sources_called(session, [detail.publisher_id]).values():
        agent = agent_of(Actor(0, publisher.name, publisher.kind), publisher.id)
        yield agent
        yield Record(Kind.ATTRIBUTION, None, (name, agent.id))
