"""Graph files: how a claim travelled, for programs that draw and measure graphs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api.addresses import base_of
from api.conditional import tagged_file
from api.dependencies import Held, PublicId
from api.documented import READ_ONE, shows_files
from api.examples_graphs import GRAPHS
from api.negotiating import negotiated
from provenance.exchange.graph import MEDIA_TYPES, GraphFormat, graph_of, write
from provenance.storage.reads.asked import MomentAsked

router = APIRouter(prefix="/claims", tags=["claims"])


class GraphAsked(MomentAsked):
    """Which graph file, and of which moment."""

    format: GraphFormat | None = Field(
        default=None,
        description="Which file; without it the Accept header decides, and GraphML is sent to whom it may.",
    )


@router.get(
    "/{claim_id}/graph",
    summary="Take along how a claim travelled",
    response_class=Response,
    responses=shows_files({MEDIA_TYPES[one]: said for one, said in GRAPHS.items()}, problems=(308, *READ_ONE, 406)),
)
def read_graph(claim_id: PublicId, asked: Annotated[GraphAsked, Query()], request: Request, engine: Held) -> Response:
    """The hops of a claim as a graph: its sources with what they are, and who relayed whom, how, how often and since
    when. It is the union of what the reports declare, for drawing and measuring; it proves nothing.
    """
    chosen = negotiated(request, asked.format, MEDIA_TYPES)
    body = write(graph_of(engine, claim_id, asked.moment), chosen, base_of(request))
    return tagged_file(request, body, f"{MEDIA_TYPES[chosen]}; charset=utf-8", {"Vary": "Accept"})
