"""Drift: what changed on the way of a claim."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.dependencies import PublicId, Reads
from api.documented import shows_json
from api.examples_drift import DRIFT
from provenance.analysis.drifting import claim_drift
from provenance.answers import Page
from provenance.answers_drift import DriftItem
from provenance.storage.reads.asked import DriftAsked

router = APIRouter(prefix="/claims", tags=["claims"])


@router.get(
    "/{claim_id}/drift",
    summary="List what changed on the way",
    responses=shows_json({"items": [DRIFT.model_dump(mode="json", by_alias=True)], "next": None}, problems=(404, 422)),
)
def list_drift(claim_id: PublicId, asked: Annotated[DriftAsked, Query()], session: Reads) -> Page[DriftItem]:
    """In what each report of a claim differs from the report upstream of it where that is held, else from the claim's
    earliest certain one; and each headline from its text. Printed words and values are compared, not whether two
    figures could both be true. It says that two rows differ, how sure that is, and never which of them is right.
    """
    return claim_drift(session, claim_id, asked)
