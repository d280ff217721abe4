"""The markup of review pages in Google's Fact Check Tools API; the organization of one is the host of its address."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query
from fastapi.responses import Response
from pydantic import Field

from api.dependencies import Held, PublicId, Writes, one_json_object
from api.strangers.google_asked import Common, PagedCommon, answer, of_the_wire
from provenance.analysis.recording import recording
from provenance.errors import InvalidInput
from provenance.exchange.factcheck import pages
from provenance.exchange.factcheck.answers import Nothing
from provenance.exchange.factcheck.page import ClaimReviewMarkupPage
from provenance.storage.addresses import site_asked
from provenance.storage.reads.review_pages import ReviewPagesAsked
from provenance.storage.session import reading

router = APIRouter(prefix="/pages", dependencies=[Depends(one_json_object)])


class PagesAsked(PagedCommon):
    """What the list of pages takes: an address or an organization."""

    url: str = Field(default="", max_length=2000, description="Address of the page.")
    organization: str = Field(default="", max_length=2000, description="Site of the pages, such as site.com.")


CommonAsked = Annotated[Common, Query()]
Sent = Annotated[ClaimReviewMarkupPage, Body()]


@router.get("")
def list_pages(asked: Annotated[PagesAsked, Query()], engine: Held) -> Response:
    """The page at an address, or the pages of a site."""
    url, organization = asked.url.strip(), asked.organization.strip()
    if bool(url) == bool(organization):
        raise InvalidInput("url: give either url or organization, and not both.", field="url")
    try:
        with reading(engine) as session:
            if url:
                found = pages.found_at(session, url)
            else:
                site = site_asked(organization, "organization")
                found = pages.of_site(
                    session, ReviewPagesAsked(site=site, limit=asked.limit, cursor=asked.cursor), asked.offset
                )
    except InvalidInput as wrong:
        raise of_the_wire(wrong, {"cursor": "pageToken"}) from wrong
    return answer(found, asked)


@router.post("")
def create_page(asked: CommonAsked, body: Sent, write: Writes) -> Response:
    """Record a page with its markup, from then on found by a search."""
    with recording(write.engine, write.who, write.why) as writer:
        public_id = pages.create(writer, body)
    return _page(write, public_id, asked)


@router.get("/{page_id}")
def read_page(page_id: PublicId, asked: CommonAsked, engine: Held) -> Response:
    """A page as it was sent."""
    with reading(engine) as session:
        return answer(pages.read(session, page_id), asked)


@router.put("/{page_id}")
def update_page(page_id: PublicId, asked: CommonAsked, body: Sent, write: Writes) -> Response:
    """Let a page say this and nothing else."""
    with recording(write.engine, write.who, write.why) as writer:
        pages.update(writer, page_id, body)
    return _page(write, page_id, asked)


@router.delete("/{page_id}")
def delete_page(page_id: PublicId, asked: CommonAsked, write: Writes) -> Response:
    """Let a page go, with its reviews."""
    with recording(write.engine, write.who, write.why) as writer:
        pages.delete(writer, page_id)
    return answer(Nothing(), asked)


def _page(write: Writes, public_id: str, asked: Common) -> Response:
    with reading(write.engine) as session:
        return answer(pages.read(session, public_id), asked)
