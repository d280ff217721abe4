"""Google's Fact Check Tools API, the part that its own client needs to search and to keep markup: ``/v1alpha1``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import Field

from api.dependencies import Held
from api.strangers import fact_check_pages
from api.strangers.google_asked import INT32, PagedCommon, answer, known_and_once, of_the_wire
from provenance.errors import InvalidInput
from provenance.exchange.factcheck.answers import ClaimSearchResponse, ImageResult, ImageSearchResponse
from provenance.exchange.factcheck.searching import claims_found
from provenance.storage.addresses import site_asked
from provenance.storage.reads.fact_checks import FactChecksAsked
from provenance.storage.texts import FORMS

router = APIRouter(prefix="/v1alpha1", include_in_schema=False, dependencies=[Depends(known_and_once)])
router.include_router(fact_check_pages.router)


class LanguageAsked(PagedCommon):
    """What both searches take."""

    languageCode: str = Field(default="", max_length=35, description="BCP 47 tag; the region does not matter.")

    @property
    def language(self) -> str | None:
        """The tag; raises :class:`InvalidInput` if it is none."""
        if self.languageCode:
            try:
                FORMS["language"](self.languageCode)
            except ValueError as wrong:
                raise InvalidInput(f"languageCode: {wrong}.", field="languageCode") from wrong
        return self.languageCode or None


class ClaimsAsked(LanguageAsked):
    """What a search for claims takes."""

    query: str = Field(default="", max_length=10_000, description="Words that must all occur in the claim.")
    reviewPublisherSiteFilter: str = Field(default="", max_length=2000, description="Site of the review.")
    maxAgeDays: int = Field(default=0, ge=0, lt=INT32, description="How old a review may be.")


class ImagesAsked(LanguageAsked):
    """What a search by image takes."""

    imageUri: str = Field(default="", max_length=2000, description="Address of the image.")


@router.get("/claims:search")
def search_claims(asked: Annotated[ClaimsAsked, Query()], engine: Held) -> Response:
    """Reviewed claims by words, publisher, language and age."""
    if not asked.query.strip() and not asked.reviewPublisherSiteFilter.strip():
        raise InvalidInput("query: it is required unless reviewPublisherSiteFilter is given. Add one of the two.")
    site = asked.reviewPublisherSiteFilter.strip()
    try:
        question = FactChecksAsked(
            query=asked.query or None,
            site=site_asked(site, "reviewPublisherSiteFilter") if site else None,
            language=asked.language,
            max_age_days=asked.maxAgeDays or None,
            limit=asked.limit,
            cursor=asked.cursor,
        )
        found, following = claims_found(engine, question, asked.offset)
    except InvalidInput as wrong:
        raise of_the_wire(wrong, TOKENS) from wrong
    return answer(ClaimSearchResponse(claims=found, nextPageToken=following), asked)


@router.get("/claims:imageSearch")
def search_images(asked: Annotated[ImagesAsked, Query()], engine: Held) -> Response:
    """Reviewed claims that go with an image, by its address."""
    if not asked.imageUri.strip():
        raise InvalidInput("imageUri: it is required. Add the address of the image.", field="imageUri")
    try:
        question = FactChecksAsked(
            image=asked.imageUri.strip(), language=asked.language, limit=asked.limit, cursor=asked.cursor
        )
        found, following = claims_found(engine, question, asked.offset)
    except InvalidInput as wrong:
        raise of_the_wire(wrong, TOKENS) from wrong
    results = [ImageResult(claim=claim) for claim in found]
    return answer(ImageSearchResponse(results=results, nextPageToken=following), asked)


TOKENS = {"cursor": "pageToken"}
