"""What falls if something is withdrawn or distrusted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.conditional import tagged
from api.dependencies import Held, PublicId, Reads
from api.documented import READ_ONE, given, shows
from api.examples_impact import CORRECTION_IMPACT, WHAT_FALLS
from provenance.analysis.correction_impact import impact_of
from provenance.analysis.impact import what_if
from provenance.answers_impact import CorrectionImpact, WhatFalls
from provenance.storage.moment import reading_at
from provenance.storage.reads.asked_impact import ImpactAsked, WhatIfAsked

router = APIRouter(tags=["corrections"])


@router.post("/what-if", summary="Ask what falls", responses=shows(WHAT_FALLS, problems=(400, 413, 415, 422)))
def ask_what_if(body: Annotated[WhatIfAsked, given("what_if")], engine: Held) -> WhatFalls:
    """What loses all support without these sources, claims, reports, documents or hops, what still stands and through
    whom, and the smallest set on which that rests, each with its paths. Nothing is changed.

    A report is supported only by paths that it declares itself; without its ministry an agency is no origin.
    """
    with reading_at(engine, body.moment) as session:
        return what_if(session, body)


@router.get(
    "/corrections/{correction_id}/impact",
    summary="Read what falls with a correction",
    response_model=CorrectionImpact,
    responses=shows(CORRECTION_IMPACT, problems=READ_ONE),
)
def read_impact(
    correction_id: PublicId, asked: Annotated[ImpactAsked, Query()], request: Request, session: Reads
) -> Response:
    """For a withdrawal, what it cuts, beside what there was without it. For a denial, disavowal or supersession, which
    only disputes, what would fall if it were a withdrawal; `cuts` and `says` tell which of the two it is.
    """
    return tagged(request, impact_of(session, correction_id, asked.limit))
