"""Matching: do we know this claim already?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from api.dependencies import Held
from api.documented import given, shows_json
from api.examples_match import MATCH
from provenance.analysis.knowing import match
from provenance.answers import Page
from provenance.answers_match import MatchItem
from provenance.storage.reads.asked_match import MatchAsked
from provenance.storage.session import reading

router = APIRouter(prefix="/match", tags=["match"])


@router.post(
    "",
    summary="Ask whether a claim is known",
    responses=shows_json({"items": [MATCH.model_dump(mode="json")], "next": None}, problems=(400, 413, 415, 422)),
)
def find_matches(body: Annotated[MatchAsked, given("match")], engine: Held) -> Page[MatchItem]:
    """The known claims that are most like a sentence, a post or a proposed report, the best first and each with
    reasons. Nothing is changed, and nothing is decided: `same` is a proposal to an editor.

    Two figures of one measure that no number satisfies are different claims, however alike the words are; they are
    listed, for one is another account of the other. Who denies a claim speaks of the same claim.
    """
    with reading(engine) as session:
        return match(session, body)
