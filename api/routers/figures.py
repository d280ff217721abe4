"""Figures: the quantities that reports print. They are written with their report."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import examples
from api.conditional import tagged
from api.dependencies import PublicId, Reads, check_rules
from api.documented import READ_ONE, page_of, shows
from provenance.answers import FigureItem, Page
from provenance.answers_detail import FigureDetail
from provenance.storage.reads import figures as reads
from provenance.storage.reads.asked import FiguresAsked, LedgerAsked

router = APIRouter(prefix="/figures", tags=["figures"])


@router.get("", summary="List figures", responses=page_of(examples.FIGURE))
def list_figures(asked: Annotated[FiguresAsked, Query()], session: Reads) -> Page[FigureItem]:
    """Figures, each with its chain, its quote or the reason it has none, and what would clear its flags."""
    check_rules(asked.flag, "flag")
    return reads.figures(session, asked)


@router.get(
    "/{figure_id}",
    summary="Read a figure",
    response_model=FigureDetail,
    responses=shows(examples.FIGURE_DETAIL, problems=READ_ONE),
)
def read_figure(
    figure_id: PublicId, asked: Annotated[LedgerAsked, Query()], request: Request, session: Reads
) -> Response:
    """One figure, also as printed, with where it stands in the text."""
    return tagged(request, reads.figure_detail(session, figure_id, asked.policy))
