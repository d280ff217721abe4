"""The pages of sources: who can speak or publish, what was first said by whom, what was passed on, and what would fall
without a source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session

from api.dependencies import PublicId, Reads
from api.web.choosing import PageAsked
from api.web.falling_words import Falls, grouped
from api.web.links import asked as parameters
from api.web.links import json_link
from api.web.rendering import page
from api.web.source_words import ROLE_TITLES, lead, ties_of, what_it_does
from api.web.taking_along import alternates, taking_along
from api.web.words import sentence
from provenance.analysis.impact import what_if
from provenance.answers import ClaimItem
from provenance.errors import InvalidInput
from provenance.storage.reads import sources as reads
from provenance.storage.reads.asked import ChainRole, CorrectionsAsked, RulingsAsked, SourceClaimsAsked, SourcesAsked
from provenance.storage.reads.asked_impact import WhatIfAsked
from provenance.storage.reads.claims import claims_of_source
from provenance.storage.reads.corrections import corrections
from provenance.storage.reads.roles import Parts, documents_by_claim, parts_of, seen
from provenance.storage.reads.rulings import rulings
from provenance.vocabulary import NameKind, RulingKind, SourceKind

router = APIRouter()

SHOWN_AT_FIRST = 5


class SourcesPage(PageAsked):
    """What the list of sources takes."""

    q: str | None = None
    kind: SourceKind | None = None
    country: str | None = None
    as_of: str | None = None
    known_at: str | None = None
    cursor: str | None = None


@router.get("/sources")
def list_sources(request: Request, asked: Annotated[SourcesPage, Query()], session: Reads) -> Response:
    """Sources by name, with how often each is met."""
    given = asked.model_dump(mode="json", exclude={"cursor"})
    found = reads.sources(session, SourcesAsked(**given, sort="name", limit=60, cursor=asked.cursor))
    return page(
        request,
        "sources.html",
        title="Sources",
        description="Who can speak or publish: offices, agencies, outlets, people, and words that identify nobody.",
        json=f"/v1/sources{parameters(**given, sort='name')}",
        here="sources",
        asked=asked,
        address=f"/sources{parameters(**given)}",
        found=found,
        seen=seen(session, [item.id for item in found.items]),
        kinds=list(SourceKind),
    )


class MomentShown(PageAsked):
    """From which moment a page looks."""

    as_of: str | None = None
    known_at: str | None = None


@router.get("/sources/{source_id}")
def show_source(
    request: Request, source_id: PublicId, asked: Annotated[MomentShown, Query()], session: Reads
) -> Response:
    """One source: who it is, what it did, and what falls without it."""
    detail = reads.source_detail(session, source_id)
    parts = parts_of(session, source_id)
    about = corrections(session, CorrectionsAsked(source=source_id, limit=100)).items
    falls, too_much = _falls(session, source_id)
    # A state or an owner that no page names supports nothing itself; what is asked of it is what its bodies support.
    of_its_bodies = parts == Parts() and any(tie.is_link for tie in ties_of(detail))
    if of_its_bodies:
        falls, too_much = _falls(session, source_id, with_linked=True)
    along = taking_along(source_id, **asked.model_dump())
    return page(
        request,
        "source.html",
        title=detail.name,
        description=f"{detail.name}: {lead(detail, parts)}",
        crumbs=[("Sources", "/sources")],
        json=json_link(source_id, **asked.model_dump()),
        feed=f"/feeds/sources/{source_id}.atom",
        alternates=alternates(along),
        along=along,
        here="sources",
        asked=asked,
        source=detail,
        lead=lead(detail, parts),
        more=what_it_does(detail, parts),
        did=parts,
        lists=[_claims(session, source_id, role, parts) for role in ROLE_TITLES if getattr(parts, role).claims],
        names=[name for name in detail.names[1:] if name.kind is not NameKind.MISTAKEN],
        misspellings=[name for name in detail.names if name.kind is NameKind.MISTAKEN],
        ties=ties_of(detail),
        falls=falls,
        falls_linked=of_its_bodies,
        too_much=too_much,
        made=[one for one in about if one.by_id == source_id],
        concerning=[one for one in about if one.by_id != source_id],
        cuts=rulings(session, RulingsAsked(source=source_id, kind=RulingKind.CUT, limit=100)).items,
    )


@dataclass(frozen=True, slots=True)
class ClaimsInRole:
    """Claims in whose chains a source plays one role, with the documents in which it does."""

    role: ChainRole
    title: str
    claims: list[ClaimItem]
    documents: Mapping[str, int]
    all_documents: int
    all_claims: int
    next: str | None = None

    @property
    def rest(self) -> int:
        """Claims that are not listed here."""
        return self.all_claims - len(self.claims)


def _claims(
    session: Session, source_id: str, role: ChainRole, parts: Parts, asked: RolePage | None = None
) -> ClaimsInRole:
    limit, cursor = (50, asked.cursor) if asked else (SHOWN_AT_FIRST, None)
    question = SourceClaimsAsked(role=role, sort="-documents", limit=limit, cursor=cursor)
    found = claims_of_source(session, source_id, question)
    counts = documents_by_claim(session, source_id, role, [item.id for item in found.items])
    part = getattr(parts, role)
    return ClaimsInRole(role, ROLE_TITLES[role], found.items, counts, part.documents, part.claims, found.next)


def _falls(session: Session, source_id: str, with_linked: bool = False) -> tuple[Falls | None, str | None]:
    """What falls without a source; or why one answer cannot tell it."""
    try:
        return grouped(what_if(session, WhatIfAsked(sources=[source_id], with_linked=with_linked, limit=200))), None
    except InvalidInput as too_much:
        return None, sentence(too_much.message.partition(": ")[2])


class RolePage(MomentShown):
    """What the list of a source's claims takes."""

    role: ChainRole | None = None
    cursor: str | None = None


@router.get("/sources/{source_id}/claims")
def list_claims_of_source(
    request: Request, source_id: PublicId, asked: Annotated[RolePage, Query()], session: Reads
) -> Response:
    """All claims in whose chains a source plays one role."""
    detail, parts = reads.source_detail(session, source_id), parts_of(session, source_id)
    played = [each for each in ROLE_TITLES if getattr(parts, each).claims]
    role = asked.role if asked.role in ROLE_TITLES else next(iter(played), ChainRole.ORIGIN)
    shown = _claims(session, source_id, role, parts, asked)
    moment = {"as_of": asked.as_of, "known_at": asked.known_at}
    return page(
        request,
        "source_claims.html",
        title=f"{detail.name}: {shown.title.lower()}",
        crumbs=[("Sources", "/sources"), (detail.name, f"/sources/{source_id}{parameters(**moment)}")],
        json=json_link(source_id, "claims", role=role.value, sort="-documents", **moment),
        here="sources",
        asked=asked,
        source=detail,
        shown=shown,
        others=[(each, ROLE_TITLES[each]) for each in played if each is not role],
        address=f"/sources/{source_id}/claims{parameters(role=role.value, **moment)}",
    )
