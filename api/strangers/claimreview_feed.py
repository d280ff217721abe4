"""The feed of published reviews, as those who collect fact-checks read it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from api.addresses import base_of
from api.dependencies import Held, known_parameters_only
from api.marking_up import LD_JSON, publisher_of, written
from provenance.exchange.claimreview.publishing import feed
from provenance.storage.reads.review_markup import PublishedAsked

router = APIRouter(include_in_schema=False, dependencies=[Depends(known_parameters_only)])
ADDRESS = "/feeds/claimreview.json"


@router.get(ADDRESS)
def read_feed(asked: Annotated[PublishedAsked, Query()], request: Request, engine: Held) -> Response:
    """All published reviews, newest first; where there are more, the `Link` header leads to the next page."""
    page = feed(engine, publisher_of(request), asked)
    headers = {}
    if page.next is not None:
        following = f"{base_of(request)}{ADDRESS}?{urlencode({'limit': asked.limit, 'cursor': page.next})}"
        headers["Link"] = f'<{following}>; rel="next"'
    return Response(written(page.body), headers=headers, media_type=LD_JSON)
