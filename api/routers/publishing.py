"""What may be printed about a claim: a sentence, a box about the method, and how to cite its page."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from api import examples_desk as examples
from api.addresses import base_of
from api.conditional import tagged
from api.dependencies import Held, PublicId
from api.documented import READ_ONE, shows
from api.web.links import asked as parameters
from provenance.analysis.publication import publication
from provenance.answers_desk import Publication
from provenance.storage.reads.asked import MomentAsked
from provenance.storage.record import now

router = APIRouter(tags=["claims"])


@router.get(
    "/claims/{claim_id}/publication",
    summary="Read what may be printed about a claim",
    response_model=Publication,
    responses=shows(examples.PUBLICATION, problems=(308, *READ_ONE)),
)
def read_publication(
    claim_id: PublicId, asked: Annotated[MomentAsked, Query()], request: Request, engine: Held
) -> Response:
    """One sentence made from the counts of the trace, a few on the method, and how to cite the page. Without a moment
    it is dated today, for tomorrow more may be held.
    """
    chosen = parameters(as_of=asked.as_of, known_at=asked.known_at)
    address = f"{base_of(request)}/claims/{quote(claim_id, safe='')}{chosen}"
    return tagged(request, publication(engine, claim_id, asked.moment, address, now().date()))
