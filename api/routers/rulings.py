"""Rulings: what an editor decided and signed, beside what is reported."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import At, PublicId, Reads, Writes
from api.documented import READ_ONE, WRITE_CHANGE, WRITE_NEW, given, page_of, retired, shows, shows_json
from provenance.answers import Page
from provenance.answers_rulings import GradeItem, RulingDetail, RulingItem, ScaleItem
from provenance.grading import SCALES
from provenance.storage.correction import RulingChange, RulingCreate
from provenance.storage.reads import rulings as reads
from provenance.storage.reads.asked import RulingsAsked
from provenance.storage.writes.rulings import change_ruling, retire_ruling, sign_ruling

router = APIRouter(prefix="/rulings", tags=["rulings"])


@router.get("", summary="List rulings", responses=page_of(examples.RULING))
def list_rulings(asked: Annotated[RulingsAsked, Query()], session: Reads) -> Page[RulingItem]:
    """Ranges that this desk uses, hops that it cut, and reports that it judged to be zombies or not."""
    return reads.rulings(session, asked)


@router.post(
    "",
    status_code=201,
    summary="Sign a ruling",
    response_model=RulingDetail,
    responses=shows(examples.RULING_DETAIL, status=201, problems=WRITE_NEW),
)
def add_ruling(body: Annotated[RulingCreate, given("ruling")], write: Writes) -> Response:
    """Sign a range for a tally, cut a hop, or judge a report to be a zombie or not. Nothing reported is changed."""
    return write.add(sign_ruling, body, reads.ruling_detail, "/v1/rulings")


@router.get("/scales", summary="List the scales", responses=shows_json([examples.SCALE.model_dump(mode="json")]))
def list_scales() -> list[ScaleItem]:
    """The scales that a range may be graded by, each step in a sentence; a desk may also use words of its own."""
    return [
        ScaleItem(
            name=scale.name,
            meaning=scale.meaning,
            grades=[GradeItem(grade=step.grade, meaning=step.meaning) for step in scale.grades],
        )
        for scale in SCALES
    ]


@router.get(
    "/{ruling_id}",
    summary="Read a ruling",
    response_model=RulingDetail,
    responses=shows(examples.RULING_DETAIL, problems=READ_ONE),
)
def read_ruling(ruling_id: PublicId, at: At, request: Request, session: Reads) -> Response:
    """One decision, with its method and who signed it."""
    return tagged(request, reads.ruling_detail(session, ruling_id))


@router.patch(
    "/{ruling_id}",
    summary="Change a ruling",
    response_model=RulingDetail,
    responses=shows(examples.RULING_DETAIL, problems=WRITE_CHANGE),
)
def alter_ruling(ruling_id: PublicId, body: Annotated[RulingChange, given("change_ruling")], write: Writes) -> Response:
    """Change the fields that are given; null means null. What it said before stays in the history."""
    return write.change(ruling_id, change_ruling, body, reads.ruling_detail)


@router.delete("/{ruling_id}", status_code=204, summary="Let a ruling hold no longer", responses=retired())
def let_go_of_ruling(ruling_id: PublicId, write: Writes) -> Response:
    """A hop that it cut supports again what it supported; it stays in the history."""
    return write.retire(ruling_id, retire_ruling, reads.ruling_detail)
